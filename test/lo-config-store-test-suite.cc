/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"

#include "ns3/blackhole-helper.h"
#include "ns3/config-store.h"
#include "ns3/double.h"
#include "ns3/error-model.h"
#include "ns3/lo-helper.h"
#include "ns3/node.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <sstream>
#include <string>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// Files of ns-3's ConfigStore, in its default format.
class ConfigStoreTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Save devices none of whose attributes has its default, and load them into other devices.
    void Attributes()
    {
        const auto node = MakeNode();
        const auto lo = node->GetDevice(0);
        lo->SetAttribute("Mtu", UintegerValue(1500));
        lo->SetAttribute("Delivery", StringValue("Backlog"));
        lo->SetAttribute("MaxBacklog", UintegerValue(77));
        lo->SetAttribute("Budget", UintegerValue(7));
        node->GetDevice(1)->SetAttribute("Mtu", UintegerValue(1400));
        Config::Set("/NodeList/*/DeviceList/0/$ns3::LoNetDevice/ReceiveErrorModel/"
                    "$ns3::RateErrorModel/ErrorRate",
                    DoubleValue(0.25));
        const auto saved = Save("saved.txt");
        Simulator::Destroy();

        MakeNode();
        std::istringstream others(saved);
        std::istringstream defaults(Save("defaults.txt"));
        std::string other;
        for (std::string line; std::getline(defaults, line) && std::getline(others, other);)
        {
            const bool isOurs = line.find("DeviceList") != std::string::npos &&
                                line.find("ErrorModel") == std::string::npos;
            NS_TEST_EXPECT_MSG_EQ((isOurs && line == other), false, line << " is the default");
        }
        Configure("saved.txt", "Load");
        NS_TEST_EXPECT_MSG_EQ(Save("again.txt"), saved, "all attributes of the node");
    }

  private:
    /// @return a node with a lo that has an error model, and a blackhole
    static Ptr<Node> MakeNode()
    {
        auto node = CreateObject<Node>();
        LoHelper lo;
        lo.SetDeviceAttribute("ReceiveErrorModel", StringValue("ns3::RateErrorModel"));
        lo.Install(node);
        BlackholeHelper().Install(node);
        return node;
    }

    /// Write the attributes of all objects to a file, or read them from it.
    void Configure(const std::string& name, const std::string& mode)
    {
        Config::SetDefault("ns3::ConfigStore::Filename", StringValue(CreateTempDirFilename(name)));
        Config::SetDefault("ns3::ConfigStore::Mode", StringValue(mode));
        ConfigStore().ConfigureAttributes();
    }

    /// @return the contents of a file with the attributes of all objects
    std::string Save(const std::string& name)
    {
        Configure(name, "Save");
        return ReadFile(CreateTempDirFilename(name));
    }
};

/// ns-3's ConfigStore and this module's devices.
const Suite g_suite("lo-config-store", TestSuite::Type::UNIT, [](Suite& suite) {
    suite.Add("every attribute of our devices is dumped, and read",
              &ConfigStoreTestCase::Attributes);
});

} // namespace
