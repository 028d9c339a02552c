/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-node.h"
#include "member-test-case.h"
#include "udp-flow.h"

#include "ns3/blackhole-helper.h"
#include "ns3/config.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/node-container.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/uinteger.h"

#include <map>

using namespace ns3;
using namespace ns3::tests;

namespace
{

constexpr uint64_t COUNT{10}; ///< datagrams in a UdpFlow of default settings

/// Two nodes by the paths of ns3::Config, each with a lo and a blackhole, and a stack.
class ConfigPathTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Set attributes through the devices' own types and through ns-3's.
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

    /// Set a default of netem, which each of two devices gets a queue disc with.
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
        Config::Reset();
    }

    /// Connect trace sources of each kind, and disconnect one.
    void Connect()
    {
        MakeNodes();
        const std::string devices = "/NodeList/*/DeviceList/*/";
        const std::string macTx = devices + "$ns3::LoNetDevice/MacTx";
        const auto onPacket = MakeCallback(&ConfigPathTestCase::OnPacket, this);
        Config::Connect(macTx, onPacket);
        Config::Connect(devices + "$ns3::LoopbackNetDevice/MacRx", onPacket);
        Config::Connect(devices + "$ns3::LoNetDevice/RxPackets",
                        MakeCallback(&ConfigPathTestCase::OnCount, this));
        Config::Connect(devices + "$ns3::BlackholeNetDevice/Drop",
                        MakeCallback(&ConfigPathTestCase::OnDrop, this));
        Send(m_nodes.Get(1), 1);
        const std::string lo = "/NodeList/1/DeviceList/0/";
        std::map<std::string, uint64_t> expected{
            {lo + "$ns3::LoNetDevice/MacTx", COUNT},
            {lo + "$ns3::LoopbackNetDevice/MacRx", COUNT},
            {lo + "$ns3::LoNetDevice/RxPackets", COUNT},
            {"/NodeList/1/DeviceList/1/$ns3::BlackholeNetDevice/Drop", 1}};
        NS_TEST_EXPECT_MSG_EQ((m_counts == expected), true, "calls by context: " << GetCounts());
        Config::Disconnect(macTx, onPacket);
        Send(m_nodes.Get(1), 2);
        for (auto& [context, count] : expected)
        {
            count *= context == lo + "$ns3::LoNetDevice/MacTx" ? 1 : 2;
        }
        NS_TEST_EXPECT_MSG_EQ((m_counts == expected),
                              true,
                              "twice except for one: " << GetCounts());
    }

  private:
    void DoTeardown() override
    {
        m_nodes = NodeContainer();
        Simulator::Destroy();
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
        return flow.GetReceived();
    }

    // NOLINTBEGIN(performance-unnecessary-value-param): ns-3 hands a context over so
    /// A sink of packets.
    void OnPacket(std::string context, Ptr<const Packet> /* packet */)
    {
        ++m_counts[context];
    }

    /// A sink of a counter.
    void OnCount(std::string context, uint64_t before, uint64_t after)
    {
        m_counts[context] += after - before;
    }

    /// A sink of drops.
    void OnDrop(std::string context, Ptr<const Packet> /* packet */, DropReason reason)
    {
        m_counts[context] += reason == DropReason::BLACKHOLE ? 1 : 100;
    }

    // NOLINTEND(performance-unnecessary-value-param)

    /// @return the calls of the sinks
    std::string GetCounts() const
    {
        std::string counts;
        for (const auto& [context, count] : m_counts)
        {
            counts += context + "=" + std::to_string(count) + " ";
        }
        return counts;
    }

    NodeContainer m_nodes;                    //!< the nodes
    std::map<std::string, uint64_t> m_counts; //!< calls of the sinks, by context
};

/// Our devices by the paths of ns-3's configuration system.
class LoConfigPathTestSuite : public TestSuite
{
  public:
    LoConfigPathTestSuite()
        : TestSuite("lo-config-path", TestSuite::Type::UNIT)
    {
        using Case = ConfigPathTestCase;
        AddTestCase(MakeTestCase("Config::Set finds our devices, through their own type and ns-3's",
                                 &Case::Set));
        AddTestCase(MakeTestCase("Config::SetDefault holds for devices that are installed later",
                                 &Case::SetDefault));
        AddTestCase(MakeTestCase("Config::SetDefault of netem holds for the queue discs of two "
                                 "devices",
                                 &Case::SetDefaultOfNetem));
        AddTestCase(MakeTestCase("Config::Connect finds our trace sources, and Disconnect too",
                                 &Case::Connect));
    }
};

/// Registers the suite.
LoConfigPathTestSuite g_loConfigPathTestSuite;

} // namespace
