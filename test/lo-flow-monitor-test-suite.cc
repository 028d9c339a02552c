/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-node.h"
#include "member-test-case.h"
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

constexpr uint32_t N_SENT{20}; ///< datagrams in a flow

/// FlowMonitor's view of datagrams over a lo. test/examples/blackhole-rtbh.sh covers a blackhole.
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
        const UdpFlowSettings settings{Seconds(5), MilliSeconds(100), N_SENT};
        const UdpFlow sent(node, node, GetLoopbackAddress(version), settings);
        FlowMonitorHelper helper;
        const auto monitor = helper.InstallAll();
        Simulator::Stop(Seconds(30));
        Simulator::Run();
        monitor->CheckForLostPackets();
        const auto flows = monitor->GetFlowStats();
        NS_TEST_ASSERT_MSG_EQ(flows.size(), 1, "flows");
        const auto& flow = flows.begin()->second;
        const auto stats = lo->GetStats();
        NS_TEST_EXPECT_MSG_EQ(stats.rxErrors, 3, "datagrams that lo damaged");
        NS_TEST_EXPECT_MSG_EQ(stats.txDropped, 4, "datagrams that lo refused");
        NS_TEST_EXPECT_MSG_EQ(flow.txPackets, N_SENT, "packets sent, by FlowMonitor");
        NS_TEST_EXPECT_MSG_EQ(flow.rxPackets, stats.rxPackets, "packets received");
        NS_TEST_EXPECT_MSG_EQ(flow.rxBytes, stats.rxBytes, "bytes received");
        NS_TEST_EXPECT_MSG_EQ(flow.lostPackets, 7, "packets lost");
    }
};

/// FlowMonitor beside this module's devices.
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
    }
});

} // namespace
