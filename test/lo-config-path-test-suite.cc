/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-node.h"
#include "member-test-case.h"
#include "to-callback.h"
#include "udp-flow.h"

#include "ns3/blackhole-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/node-container.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/uinteger.h"

#include <map>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// Two nodes, each with a lo, a blackhole and a stack, under ns3::Config.
class ConfigPathTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Set attributes by the devices' own types and by their parents.
    void Set()
    {
        MakeNodes();
        const std::string devices = "/NodeList/*/DeviceList/*/";
        NS_TEST_EXPECT_MSG_EQ(GetMtus(), "65535 65535 65535 65535 ", "at first");
        Config::Set("/NodeList/0/DeviceList/*/$ns3::LoNetDevice/Mtu", UintegerValue(1500));
        NS_TEST_EXPECT_MSG_EQ(GetMtus(), "1500 65535 65535 65535 ", "lo's type, on one node");
        Config::Set(devices + "$ns3::LoopbackNetDevice/Mtu", UintegerValue(2000));
        NS_TEST_EXPECT_MSG_EQ(GetMtus(), "2000 65535 2000 65535 ", "ns-3's loopback's type");
        Config::Set("/NodeList/1/DeviceList/*/$ns3::BlackholeNetDevice/Mtu", UintegerValue(3000));
        NS_TEST_EXPECT_MSG_EQ(GetMtus(), "2000 65535 2000 3000 ", "the blackhole's type");
        NS_TEST_EXPECT_MSG_EQ(Config::LookupMatches(devices + "$ns3::LoopbackNetDevice").GetN(),
                              2,
                              "no blackhole is a loopback");
    }

    /// Set defaults, and reset them.
    void SetDefault()
    {
        Config::SetDefault("ns3::LoNetDevice::Mtu", UintegerValue(1500));
        Config::SetDefault("ns3::LoNetDevice::ReceiveErrorModel",
                           StringValue("ns3::RateErrorModel[ErrorRate=0]"));
        MakeNodes();
        NS_TEST_EXPECT_MSG_EQ(GetMtus(), "1500 65535 1500 65535 ", "with defaults");
        Config::Reset();
        MakeNodes();
        NS_TEST_EXPECT_MSG_EQ(GetMtus(), "65535 65535 65535 65535 ", "reset");
    }

    /// Set netem's default Parameters, and check the queue discs of two devices.
    void SetDefaultOfNetem()
    {
        Config::SetDefault("ns3::NetemQueueDisc::Parameters", StringValue("loss 100%"));
        MakeNodes();
        TrafficControlHelper control;
        control.SetRootQueueDisc("ns3::NetemQueueDisc");
        for (uint32_t i = 0; i < 2; ++i)
        {
            control.Install(m_nodes.Get(i)->GetDevice(0));
            NS_TEST_EXPECT_MSG_EQ(Send(m_nodes.Get(i), 9), 0, "arrivals on node " << i);
            NS_TEST_EXPECT_MSG_EQ(LoHelper::GetLo(m_nodes.Get(i))->GetStats().txDropped,
                                  COUNT,
                                  "drops on its lo");
        }
    }

    /// Connect trace sources of each kind, and disconnect one.
    void Connect()
    {
        MakeNodes();
        std::map<std::string, uint64_t> counts;
        // NOLINTBEGIN(performance-unnecessary-value-param): ns-3 hands a context over so
        const auto onPacket = ToCallback(
            [&](std::string context, Ptr<const Packet> /* packet */) { ++counts[context]; });
        const auto onCount = ToCallback([&](std::string context, uint64_t before, uint64_t after) {
            counts[context] += after - before;
        });
        const auto onDrop =
            ToCallback([&](std::string context, Ptr<const Packet> /* packet */, DropReason reason) {
                counts[context] += reason == DropReason::BLACKHOLE ? 1 : 100;
            });
        // NOLINTEND(performance-unnecessary-value-param)
        const std::string devices = "/NodeList/*/DeviceList/*/";
        Config::Connect(devices + "$ns3::LoNetDevice/MacTx", onPacket);
        Config::Connect(devices + "$ns3::LoopbackNetDevice/MacRx", onPacket);
        Config::Connect(devices + "$ns3::LoNetDevice/RxPackets", onCount);
        Config::Connect(devices + "$ns3::BlackholeNetDevice/Drop", onDrop);
        Send(m_nodes.Get(1), 1);
        Config::Disconnect(devices + "$ns3::LoNetDevice/MacTx", onPacket);
        Send(m_nodes.Get(1), 2);
        const std::map<std::string, uint64_t> expected{
            {"/NodeList/1/DeviceList/0/$ns3::LoNetDevice/MacTx", COUNT},
            {"/NodeList/1/DeviceList/0/$ns3::LoopbackNetDevice/MacRx", 2 * COUNT},
            {"/NodeList/1/DeviceList/0/$ns3::LoNetDevice/RxPackets", 2 * COUNT},
            {"/NodeList/1/DeviceList/1/$ns3::BlackholeNetDevice/Drop", 2}};
        std::string calls;
        for (const auto& [context, count] : counts)
        {
            calls += context + "=" + std::to_string(count) + " ";
        }
        NS_TEST_EXPECT_MSG_EQ((counts == expected), true, "calls by context: " << calls);
    }

  private:
    void DoTeardown() override
    {
        m_nodes = NodeContainer();
    }

    /// Make the nodes.
    void MakeNodes()
    {
        m_nodes = NodeContainer(2);
        LoHelper().Install(m_nodes);
        BlackholeHelper().Install(m_nodes);
        InternetStackHelper().Install(m_nodes);
    }

    /// @return the MTUs of lo and blackhole of each node
    std::string GetMtus() const
    {
        std::string mtus;
        for (uint32_t i = 0; i < 4; ++i)
        {
            mtus += std::to_string(m_nodes.Get(i / 2)->GetDevice(i % 2)->GetMtu()) + " ";
        }
        return mtus;
    }

    /// Send datagrams over lo and a packet to the blackhole, and return how many arrive.
    static uint32_t Send(Ptr<Node> node, uint16_t port)
    {
        UdpFlowSettings settings;
        settings.port = port;
        const UdpFlow flow(node, node, GetLoopbackAddress(IpVersion::V4), settings);
        const auto blackhole = node->GetDevice(1);
        blackhole->Send(Create<Packet>(100), blackhole->GetBroadcast(), 0x0800);
        Simulator::Run();
        return flow.received;
    }

    NodeContainer m_nodes; //!< the nodes
};

/// This module's devices in ns-3's configuration system.
const Suite g_suite("lo-config-path", TestSuite::Type::UNIT, [](Suite& suite) {
    using Case = ConfigPathTestCase;
    suite.Add("Config::Set finds our devices, through their own type and ns-3's", &Case::Set);
    suite.Add("Config::SetDefault holds for devices that are installed later", &Case::SetDefault);
    suite.Add("Config::SetDefault of netem holds for the queue discs of two devices",
              &Case::SetDefaultOfNetem);
    suite.Add("Config::Connect finds our trace sources, and Disconnect too", &Case::Connect);
});

} // namespace
