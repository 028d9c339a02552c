/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"

#include "ns3/blackhole-helper.h"
#include "ns3/config-store.h"
#include "ns3/config.h"
#include "ns3/error-model.h"
#include "ns3/lo-helper.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <map>
#include <string>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// A value for each attribute of our devices that differs from its default.
const std::map<std::string, std::map<std::string, std::string>> OTHER_VALUES{
    {"ns3::LoNetDevice",
     {{"Mtu", "1500"}, {"Delivery", "Backlog"}, {"MaxBacklog", "77"}, {"Budget", "7"}}},
    {"ns3::BlackholeNetDevice", {{"Mtu", "1400"}}},
};

/// ns-3's ConfigStore, in its default format.
class ConfigStoreTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Dump and reload the attributes of devices.
    void Attributes()
    {
        const auto filename = CreateTempDirFilename("config-store.txt");
        const auto makeNode = [] {
            auto node = CreateObject<Node>();
            LoHelper lo;
            lo.SetDeviceAttribute("ReceiveErrorModel",
                                  PointerValue(CreateObject<RateErrorModel>()));
            lo.Install(node);
            BlackholeHelper().Install(node);
            return node;
        };
        auto node = makeNode();
        for (uint32_t i = 0; i < node->GetNDevices(); ++i)
        {
            const auto device = node->GetDevice(i);
            const auto type = device->GetInstanceTypeId();
            for (std::size_t j = 0; j < type.GetAttributeN(); ++j)
            {
                const auto attribute = type.GetAttribute(j);
                if (!DynamicCast<const PointerChecker>(attribute.checker))
                {
                    const auto& other = OTHER_VALUES.at(type.GetName()).at(attribute.name);
                    StringValue value;
                    device->GetAttribute(attribute.name, value);
                    NS_TEST_EXPECT_MSG_NE(value.Get(), other, attribute.name << ": the default");
                    device->SetAttribute(attribute.name, StringValue(other));
                }
            }
        }
        GetErrorModel(node)->SetRate(0.25);
        Configure(filename, "Save");
        node = nullptr;
        Simulator::Destroy();

        node = makeNode();
        Configure(filename, "Load");
        ExpectOtherValues(node->GetDevice(0));
        ExpectOtherValues(node->GetDevice(1));
        NS_TEST_EXPECT_MSG_EQ(GetErrorModel(node)->GetRate(), 0.25, "lo's error model's rate");
    }

  private:
    /// @return the error model of a node's lo
    static Ptr<RateErrorModel> GetErrorModel(Ptr<Node> node)
    {
        PointerValue model;
        LoHelper::GetLo(node)->GetAttribute("ReceiveErrorModel", model);
        return model.Get<RateErrorModel>();
    }

    /// Write the attributes of all objects to a file, or read them from there.
    static void Configure(const std::string& filename, const std::string& mode)
    {
        Config::SetDefault("ns3::ConfigStore::Filename", StringValue(filename));
        Config::SetDefault("ns3::ConfigStore::Mode", StringValue(mode));
        ConfigStore().ConfigureAttributes();
    }

    /// Expect a device to have the other values.
    void ExpectOtherValues(Ptr<NetDevice> device)
    {
        for (const auto& [name, other] : OTHER_VALUES.at(device->GetInstanceTypeId().GetName()))
        {
            StringValue value;
            device->GetAttribute(name, value);
            NS_TEST_EXPECT_MSG_EQ(value.Get(), other, name << " as it was dumped");
        }
    }
};

/// ns-3's ConfigStore and our devices.
const Suite g_suite("lo-config-store", TestSuite::Type::UNIT, [](Suite& suite) {
    suite.Add("every attribute of our devices is dumped, and read",
              &ConfigStoreTestCase::Attributes);
});

} // namespace
