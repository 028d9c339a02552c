/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"
#include "watched-lo.h"

#include "ns3/loopback-module.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"

#include <set>
#include <string>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// This module at ns-3's largest numbers of nodes and times.
class LimitsTestCase : public LoTestCase
{
  public:
    using LoTestCase::LoTestCase;

    /// Make more devices than 16 bits can number.
    void ManyNodes()
    {
        constexpr uint32_t N_NODES = 65536 + 4;
        NodeContainer nodes(N_NODES);
        const auto los = LoHelper().Install(nodes);
        const auto blackholes = BlackholeHelper().Install(nodes);
        std::set<Address> addresses;
        for (uint32_t i = 0; i < N_NODES; ++i)
        {
            addresses.insert(blackholes.Get(i)->GetAddress());
            // The number of bytes identifies the node.
            Simulator::ScheduleWithContext(i, Seconds(1), [&los, i] {
                los.Get(i)->Send(Create<Packet>(i / 2), los.Get(i)->GetBroadcast(), TEST_PROTOCOL);
            });
        }
        NS_TEST_EXPECT_MSG_EQ(addresses.size(), N_NODES, "blackholes have an address each");
        Simulator::Run();
        uint32_t nRight = 0;
        for (uint32_t i = 0; i < N_NODES; ++i)
        {
            const auto lo = LoHelper::GetLo(nodes.Get(i));
            nRight +=
                lo == los.Get(i) && lo->GetStats().rxBytes == i / 2 && lo->GetStats().rxPackets == 1
                    ? 1
                    : 0;
        }
        NS_TEST_EXPECT_MSG_EQ(nRight, N_NODES, "nodes whose lo has its packet");
    }

    /// Send, delay and sample until the last nanosecond of ns-3's Time.
    void EndOfTime(const std::string& delivery)
    {
        MakeLoOnNode(delivery);
        LinkStatsHelper::Sample(m_node, Seconds(3000000000), CreateTempDirFilename(delivery));
        TrafficControlHelper control;
        control.SetRootQueueDisc("ns3::NetemQueueDisc", "Delay", StringValue("2s"));
        control.Install(m_lo);
        const auto sendAt = [this](Time at, bool isLast) {
            InNodeContext(
                [this, isLast] {
                    // The delay is too long for the last packet, which is sent without one.
                    if (isLast)
                    {
                        TrafficControlHelper().Uninstall(m_lo);
                    }
                    Send(100);
                },
                at);
        };
        sendAt(Time::Max() - Seconds(3), false);
        sendAt(Time::Max() - MilliSeconds(2500), false);
        sendAt(Time::Max(), true);
        Simulator::Stop(Time::Max());
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(Simulator::Now(), Time::Max(), "the end is reached");
        // The simulation may stop before the events of the last nanosecond.
        NS_TEST_EXPECT_MSG_GT_OR_EQ(m_received.size(), 2, "packets received");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats().txPackets, 3, "packets sent");
    }
};

/// This module's devices at the limits of ns-3's numbers.
const Suite g_suite("lo-limits", TestSuite::Type::UNIT, [](Suite& suite) {
    using Case = LimitsTestCase;
    suite.Add("65,540 nodes have a lo and a blackhole each, with counters of their own",
              &Case::ManyNodes);
    for (const auto& delivery : AllDeliveries())
    {
        suite.Add(delivery + ": devices work until the end of ns-3's Time",
                  &Case::EndOfTime,
                  delivery);
    }
});

} // namespace
