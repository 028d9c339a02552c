/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/blackhole-helper.h"
#include "ns3/config-store.h"
#include "ns3/config.h"
#include "ns3/error-model.h"
#include "ns3/lo-helper.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"

#include <fstream>
#include <map>
#include <string>

using namespace ns3;

namespace
{

using Values = std::map<std::string, std::string>; ///< by the name of the attribute

/// @return whether an attribute is a part, with attributes of its own, and not a value
bool
IsPart(const TypeId::AttributeInformation& attribute)
{
    return bool(DynamicCast<const PointerChecker>(attribute.checker));
}

/// @return a value for each attribute of our devices that differs from its default
const Values&
GetOtherValues(const std::string& type)
{
    static const std::map<std::string, Values> values{
        {"ns3::LoNetDevice",
         {{"Mtu", "1500"}, {"Delivery", "Backlog"}, {"MaxBacklog", "77"}, {"Budget", "7"}}},
        {"ns3::BlackholeNetDevice",
         {{"Mtu", "1400"}}},
    };
    return values.at(type);
}

Values
GetValues(Ptr<NetDevice> device)
{
    Values values;
    const auto type = device->GetInstanceTypeId();
    for (std::size_t i = 0; i < type.GetAttributeN(); ++i)
    {
        const auto attribute = type.GetAttribute(i);
        if (!IsPart(attribute))
        {
            StringValue value;
            device->GetAttribute(attribute.name, value);
            values[attribute.name] = value.Get();
        }
    }
    return values;
}

std::string
ToText(const Values& values)
{
    std::string text;
    for (const auto& [name, value] : values)
    {
        text += name + "=" + value + " ";
    }
    return text;
}

/// Write the configuration to a file, or read it from there.
void
Configure(const std::string& mode, const std::string& format, const std::string& filename)
{
    Config::SetDefault("ns3::ConfigStore::Filename", StringValue(filename));
    Config::SetDefault("ns3::ConfigStore::FileFormat", StringValue(format));
    Config::SetDefault("ns3::ConfigStore::Mode", StringValue(mode));
    ConfigStore store;
    store.ConfigureAttributes();
}

/// The attributes of our devices are in what ConfigStore writes, and are as it reads them.
class DumpTestCase : public TestCase
{
  public:
    explicit DumpTestCase(const std::string& format)
        : TestCase(format + ": ConfigStore dumps every attribute of our devices and reloads it"),
          m_format(format)
    {
    }

  private:
    void DoRun() override
    {
        const auto filename = CreateTempDirFilename("config-store." + m_format);
        auto node = CreateNode();
        for (uint32_t i = 0; i < node->GetNDevices(); ++i)
        {
            SetAll(node->GetDevice(i));
        }
        SetErrorRate(node, 0.25);
        Configure("Save", m_format, filename);
        node = nullptr;
        Simulator::Destroy();

        node = CreateNode();
        Configure("Load", m_format, filename);
        for (uint32_t i = 0; i < node->GetNDevices(); ++i)
        {
            const auto device = node->GetDevice(i);
            NS_TEST_EXPECT_MSG_EQ(ToText(GetValues(device)),
                                  ToText(GetOtherValues(device->GetInstanceTypeId().GetName())),
                                  "attributes as they were dumped");
        }
        NS_TEST_EXPECT_MSG_EQ(GetErrorRate(node), 0.25, "and that of the error model of lo");
        Config::Reset();
        Simulator::Destroy();
    }

    /// @return a node with a lo, which has an error model, and a blackhole
    static Ptr<Node> CreateNode()
    {
        auto node = CreateObject<Node>();
        LoHelper lo;
        lo.SetDeviceAttribute("ReceiveErrorModel", PointerValue(CreateObject<RateErrorModel>()));
        lo.Install(node);
        BlackholeHelper().Install(node);
        return node;
    }

    void SetAll(Ptr<NetDevice> device)
    {
        const auto others = GetOtherValues(device->GetInstanceTypeId().GetName());
        for (const auto& [name, value] : GetValues(device))
        {
            const auto other = others.find(name);
            NS_TEST_ASSERT_MSG_EQ((other != others.end()), true, name << " is missing here");
            NS_TEST_EXPECT_MSG_NE(value, other->second, name << " has another default");
            device->SetAttribute(name, StringValue(other->second));
        }
    }

    static Ptr<RateErrorModel> GetErrorModel(Ptr<Node> node)
    {
        PointerValue model;
        LoHelper::GetLo(node)->GetAttribute("ReceiveErrorModel", model);
        return model.Get<RateErrorModel>();
    }

    static void SetErrorRate(Ptr<Node> node, double rate)
    {
        GetErrorModel(node)->SetRate(rate);
    }

    static double GetErrorRate(Ptr<Node> node)
    {
        return GetErrorModel(node)->GetRate();
    }

    std::string m_format;
};

/// The defaults of our devices are in what ConfigStore writes, and are as it reads them.
class DefaultsTestCase : public TestCase
{
  public:
    explicit DefaultsTestCase(const std::string& format)
        : TestCase(format + ": ConfigStore dumps and reloads defaults of our devices"),
          m_format(format)
    {
    }

  private:
    void DoRun() override
    {
        const auto filename = CreateTempDirFilename("config-store-defaults." + m_format);
        ForAllValues([](const std::string& name, const std::string& value) {
            Config::SetDefault(name, StringValue(value));
        });
        ConfigureDefaults("Save", filename);
        Config::Reset();
        RemoveOthers(filename);
        ConfigureDefaults("Load", filename);
        NS_TEST_EXPECT_MSG_EQ(ToText(GetValues(CreateObject<LoNetDevice>())),
                              ToText(GetOtherValues("ns3::LoNetDevice")),
                              "defaults of lo as they were dumped");
        NS_TEST_EXPECT_MSG_EQ(ToText(GetValues(CreateObject<BlackholeNetDevice>())),
                              ToText(GetOtherValues("ns3::BlackholeNetDevice")),
                              "defaults of a blackhole");
        Config::Reset();
        Simulator::Destroy();
    }

    void ConfigureDefaults(const std::string& mode, const std::string& filename)
    {
        Config::SetDefault("ns3::ConfigStore::Filename", StringValue(filename));
        Config::SetDefault("ns3::ConfigStore::FileFormat", StringValue(m_format));
        Config::SetDefault("ns3::ConfigStore::Mode", StringValue(mode));
        ConfigStore store;
        store.ConfigureDefaults();
    }

    /// Take the defaults of other classes out of a file: ns-3 can not read some that it wrote.
    static void RemoveOthers(const std::string& filename)
    {
        std::ifstream dumped(filename);
        std::string ours;
        for (std::string line; std::getline(dumped, line);)
        {
            const bool isValue = line.find("ns3::") != std::string::npos ||
                                 line.find("global ") != std::string::npos;
            if (!isValue || line.find("ns3::LoNetDevice::") != std::string::npos ||
                line.find("ns3::BlackholeNetDevice::") != std::string::npos)
            {
                ours += line + "\n";
            }
        }
        std::ofstream(filename) << ours;
    }

    template <class Action>
    static void ForAllValues(Action action)
    {
        for (const std::string type : {"ns3::LoNetDevice", "ns3::BlackholeNetDevice"})
        {
            for (const auto& [name, value] : GetOtherValues(type))
            {
                action(type + "::" + name, value);
            }
        }
    }

    std::string m_format;
};

/// ns-3's ConfigStore and our devices.
class LoConfigStoreTestSuite : public TestSuite
{
  public:
    LoConfigStoreTestSuite()
        : TestSuite("lo-config-store", TestSuite::Type::UNIT)
    {
        for (const auto format : {"RawText", "Xml"})
        {
            AddTestCase(new DumpTestCase(format));
            AddTestCase(new DefaultsTestCase(format));
        }
    }
};

/// Registers the suite.
static LoConfigStoreTestSuite g_loConfigStoreTestSuite;

} // namespace
