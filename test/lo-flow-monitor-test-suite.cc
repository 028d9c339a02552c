/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "blackhole-routes.h"
#include "loopback-node.h"
#include "routed-network.h"
#include "udp-flow.h"

#include "ns3/error-model.h"
#include "ns3/flow-monitor-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-interface-container.h"
#include "ns3/ipv6-interface-address.h"
#include "ns3/ipv6.h"
#include "ns3/loopback-module.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <fstream>
#include <sstream>

using namespace ns3;
using namespace ns3::tests;

namespace
{

constexpr uint32_t COUNT{20}; ///< datagrams in a flow

/// What FlowMonitor says of datagrams that go over one of our devices.
class FlowTestCase : public TestCase
{
  protected:
    FlowTestCase(IpVersion version, const std::string& behaviour)
        : TestCase(NameOf(version) + ": " + behaviour),
          m_version(version)
    {
    }

    /// Have datagrams sent from a node while FlowMonitor watches, until it takes lost ones for
    /// lost.
    FlowMonitor::FlowStats Watch(Ptr<Node> node,
                                 const Address& destination,
                                 Ptr<Node> receiver = nullptr)
    {
        UdpFlowSettings settings;
        settings.start = Seconds(5);
        settings.count = COUNT;
        const UdpFlow flow(node, receiver ? receiver : node, destination, settings);
        m_monitor = m_helper.InstallAll();
        Simulator::Stop(Seconds(30));
        Simulator::Run();
        m_monitor->CheckForLostPackets();
        const auto flows = m_monitor->GetFlowStats();
        NS_TEST_EXPECT_MSG_EQ(flows.size(), 1, "flows");
        return flows.empty() ? FlowMonitor::FlowStats{} : flows.begin()->second;
    }

    /// Expect that FlowMonitor's file tells of lost packets what we expect.
    void ExpectInXml(uint64_t lost)
    {
        const auto filename = CreateTempDirFilename("flow-monitor.xml");
        m_monitor->SerializeToXmlFile(filename, false, false);
        std::ostringstream xml;
        xml << std::ifstream(filename).rdbuf();
        const auto expected = "lostPackets=\"" + std::to_string(lost) + "\"";
        NS_TEST_EXPECT_MSG_NE(xml.str().find(expected),
                              std::string::npos,
                              "no " << expected << " in " << xml.str());
    }

    void DoTeardown() override
    {
        m_monitor = nullptr;
        Simulator::Destroy();
    }

    const IpVersion m_version; //!< the IP version

  private:
    FlowMonitorHelper m_helper;
    Ptr<FlowMonitor> m_monitor;
};

/// FlowMonitor and lo count the same packets.
class LoFlowTestCase : public FlowTestCase
{
  public:
    LoFlowTestCase(IpVersion version, bool after)
        : FlowTestCase(version,
                       std::string("FlowMonitor and a lo installed ") +
                           (after ? "after" : "before") +
                           " the stack count the same, the lost packets too"),
          m_after(after)
    {
    }

  private:
    void DoRun() override
    {
        auto node = CreateLoopbackNode(m_after ? Loopback::REFERENCE : Loopback::IMMEDIATE);
        if (m_after)
        {
            LoHelper().Install(node);
        }
        const auto lo = LoHelper::GetLo(node);
        auto damage = CreateObject<ReceiveListErrorModel>();
        damage->SetList({3, 5, 7});
        lo->SetAttribute("ReceiveErrorModel", PointerValue(damage));
        // For the last four of the datagrams.
        Simulator::Schedule(MilliSeconds(6550), [lo] { lo->SetDown(); });
        const auto flow = Watch(node, GetLoopbackAddress(m_version));

        const auto stats = lo->GetStats();
        NS_TEST_EXPECT_MSG_EQ(stats.rxErrors, 3, "datagrams that lo damaged");
        NS_TEST_EXPECT_MSG_EQ(stats.txDropped, 4, "datagrams that lo refused");
        NS_TEST_EXPECT_MSG_EQ(flow.txPackets,
                              stats.txPackets + stats.txDropped,
                              "packets sent, as FlowMonitor has it");
        NS_TEST_EXPECT_MSG_EQ(flow.rxPackets, stats.rxPackets, "packets received");
        NS_TEST_EXPECT_MSG_EQ(flow.rxBytes, stats.rxBytes, "bytes received");
        NS_TEST_EXPECT_MSG_EQ(flow.lostPackets, stats.rxErrors + stats.txDropped, "packets lost");
        ExpectInXml(stats.rxErrors + stats.txDropped);
    }

    bool m_after;
};

/// What a blackhole swallows is what FlowMonitor misses.
class BlackholeFlowTestCase : public FlowTestCase
{
  public:
    explicit BlackholeFlowTestCase(IpVersion version)
        : FlowTestCase(version, "FlowMonitor takes for lost what a blackhole counts as swallowed")
    {
    }

  private:
    void DoRun() override
    {
        auto node = CreateLoopbackNode(Loopback::IMMEDIATE);
        const auto devices = BlackholeHelper().Install(node);
        const auto blackhole = DynamicCast<BlackholeNetDevice>(devices.Get(0));
        AssignAddress(node, devices);
        LinkStats before;
        Simulator::Schedule(Seconds(4), [&] { before = blackhole->GetStats(); });
        const auto flow = Watch(node,
                                m_version == IpVersion::V4 ? Address(Ipv4Address("10.1.1.77"))
                                                           : Address(Ipv6Address("2001:1::77")));

        const auto stats = blackhole->GetStats() - before;
        NS_TEST_EXPECT_MSG_EQ(stats.txPackets, COUNT, "datagrams that the blackhole swallowed");
        NS_TEST_EXPECT_MSG_EQ(flow.txPackets, stats.txPackets, "packets sent");
        NS_TEST_EXPECT_MSG_EQ(flow.txBytes, stats.txBytes, "bytes sent");
        NS_TEST_EXPECT_MSG_EQ(flow.rxPackets, 0, "packets received");
        NS_TEST_EXPECT_MSG_EQ(flow.lostPackets, stats.txPackets, "packets lost");
        ExpectInXml(stats.txPackets);
    }

    void AssignAddress(Ptr<Node> node, const NetDeviceContainer& devices)
    {
        if (m_version == IpVersion::V4)
        {
            Ipv4AddressHelper("10.1.1.0", "255.255.255.0").Assign(devices);
            return;
        }
        auto ipv6 = node->GetObject<Ipv6>();
        const auto interface = ipv6->AddInterface(devices.Get(0));
        // A host would ask for routers by it, again and again.
        ipv6->SetForwarding(interface, true);
        ipv6->AddAddress(interface, Ipv6InterfaceAddress("2001:1::1", Ipv6Prefix(64)));
        ipv6->SetUp(interface);
    }
};

/// What a router discards is what FlowMonitor misses; what a node discards itself is never sent.
class BlackholeRouteFlowTestCase : public FlowTestCase
{
  public:
    explicit BlackholeRouteFlowTestCase(IpVersion version)
        : FlowTestCase(version, "FlowMonitor takes for lost what a router discards")
    {
    }

  private:
    void DoRun() override
    {
        const RoutedNetwork network(GetStaticRoutings().at(m_version == IpVersion::V4 ? 0 : 1), {});
        const auto router = network.GetRouter();
        const auto server = network.GetServerAddress();
        Simulator::Schedule(MilliSeconds(5450),
                            &AddBlackholeRoute,
                            router,
                            server,
                            m_version == IpVersion::V4 ? 32 : 64);
        Simulator::Schedule(MilliSeconds(6450),
                            &RemoveBlackholeRoute,
                            router,
                            server,
                            m_version == IpVersion::V4 ? 32 : 64);
        const auto flow = Watch(network.GetClient(), server, network.GetServer());
        NS_TEST_EXPECT_MSG_EQ(CountSunk(router), 10, "datagrams that were sunk");
        NS_TEST_EXPECT_MSG_EQ(flow.txPackets, COUNT, "packets sent");
        // ns-3 loses a first datagram where IPv6's neighbour discovery answers by a third device.
        NS_TEST_EXPECT_MSG_GT_OR_EQ(flow.rxPackets, COUNT - 11, "packets received");
        NS_TEST_EXPECT_MSG_EQ(flow.lostPackets + flow.rxPackets, COUNT, "the others are lost");
        ExpectInXml(flow.lostPackets);
    }
};

/// FlowMonitor beside our devices.
class LoFlowMonitorTestSuite : public TestSuite
{
  public:
    LoFlowMonitorTestSuite()
        : TestSuite("lo-flow-monitor", TestSuite::Type::SYSTEM)
    {
        for (auto version : IP_VERSIONS)
        {
            AddTestCase(new LoFlowTestCase(version, false));
            AddTestCase(new LoFlowTestCase(version, true));
            AddTestCase(new BlackholeFlowTestCase(version));
            AddTestCase(new BlackholeRouteFlowTestCase(version));
        }
    }
};

/// Registers the suite.
static LoFlowMonitorTestSuite g_loFlowMonitorTestSuite;

} // namespace
