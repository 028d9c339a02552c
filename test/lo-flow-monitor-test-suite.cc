/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-node.h"
#include "member-test-case.h"
#include "node-routes.h"
#include "routed-network.h"
#include "udp-flow.h"

#include "ns3/error-model.h"
#include "ns3/flow-monitor-helper.h"
#include "ns3/flow-monitor.h"
#include "ns3/lo-helper.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"

using namespace ns3;
using namespace ns3::tests;

namespace
{

constexpr uint32_t COUNT{20}; ///< datagrams in a flow

/// What FlowMonitor says of datagrams that go over our devices.
class FlowMonitorTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Damage three datagrams, and refuse the last four.
    void Lo(IpVersion version, Loopback loopback)
    {
        const auto node = CreateLoopbackNode(loopback);
        const auto lo = LoHelper::GetLo(node);
        auto damage = CreateObject<ReceiveListErrorModel>();
        damage->SetList({3, 5, 7});
        lo->SetAttribute("ReceiveErrorModel", PointerValue(damage));
        Simulator::Schedule(MilliSeconds(6550), [lo] { lo->SetDown(); });
        const auto flow = Watch(node, node, GetLoopbackAddress(version));
        const auto stats = lo->GetStats();
        NS_TEST_EXPECT_MSG_EQ(stats.rxErrors, 3, "datagrams that lo damaged");
        NS_TEST_EXPECT_MSG_EQ(stats.txDropped, 4, "datagrams that lo refused");
        NS_TEST_EXPECT_MSG_EQ(flow.txPackets, COUNT, "packets sent, as FlowMonitor has it");
        NS_TEST_EXPECT_MSG_EQ(flow.rxPackets, stats.rxPackets, "packets received");
        NS_TEST_EXPECT_MSG_EQ(flow.rxBytes, stats.rxBytes, "bytes received");
        NS_TEST_EXPECT_MSG_EQ(flow.lostPackets, 7, "packets lost");
    }

    /// Have a blackhole route to the server for ten datagrams.
    void BlackholeRoute(IpVersion version, bool isForwarded)
    {
        const RoutedNetwork network(GetStaticRoutings().at(version == IpVersion::V4 ? 0 : 1), {});
        const auto node = isForwarded ? network.router : network.client;
        const auto server = network.serverAddress;
        const auto length = version == IpVersion::V4 ? 32 : 64;
        Simulator::Schedule(MilliSeconds(5450), [=] { AddBlackholeRoute(node, server, length); });
        Simulator::Schedule(MilliSeconds(6450), &RemoveBlackholeRoute, node, server, length);
        const auto flow = Watch(network.client, network.server, server);
        // What the client itself would send fails at its socket, and is in no flow.
        NS_TEST_EXPECT_MSG_EQ(flow.txPackets, (isForwarded ? COUNT : COUNT - 10), "packets sent");
        // ns-3 loses a first datagram where IPv6's neighbour discovery answers by a third device.
        NS_TEST_EXPECT_MSG_GT_OR_EQ(flow.rxPackets, COUNT - 11, "packets received");
        NS_TEST_EXPECT_MSG_LT_OR_EQ(flow.rxPackets, COUNT - 10, "packets received");
        NS_TEST_EXPECT_MSG_EQ(flow.lostPackets + flow.rxPackets,
                              flow.txPackets,
                              "the others are lost");
    }

  private:
    /// @return what FlowMonitor says of datagrams, when it takes lost ones for lost
    FlowMonitor::FlowStats Watch(Ptr<Node> sender, Ptr<Node> receiver, const Address& destination)
    {
        const UdpFlowSettings settings{Seconds(5), MilliSeconds(100), COUNT};
        const UdpFlow flow(sender, receiver, destination, settings);
        FlowMonitorHelper helper;
        const auto monitor = helper.InstallAll();
        Simulator::Stop(Seconds(30));
        Simulator::Run();
        monitor->CheckForLostPackets();
        const auto flows = monitor->GetFlowStats();
        NS_TEST_EXPECT_MSG_EQ(flows.size(), 1, "flows");
        return flows.empty() ? FlowMonitor::FlowStats{} : flows.begin()->second;
    }
};

/// FlowMonitor beside our devices.
const Suite g_suite("lo-flow-monitor", TestSuite::Type::SYSTEM, [](Suite& suite) {
    using Case = FlowMonitorTestCase;
    for (auto version : IP_VERSIONS)
    {
        for (auto loopback : {Loopback::IMMEDIATE, Loopback::AFTER})
        {
            suite.Add(NameOf(version) + ": FlowMonitor and a lo, " + NameOf(loopback) +
                          ", count the same",
                      &Case::Lo,
                      version,
                      loopback);
        }
        suite.Add(NameOf(version) + ": what a router discards is lost",
                  &Case::BlackholeRoute,
                  version,
                  true);
        suite.Add(NameOf(version) + ": what a node discards of its own is not sent",
                  &Case::BlackholeRoute,
                  version,
                  false);
    }
});

} // namespace
