/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-node.h"
#include "member-test-case.h"
#include "to-callback.h"
#include "udp-flow.h"
#include "watched-lo.h"

#include "ns3/lo-helper.h"
#include "ns3/simulator.h"

#include <map>
#include <string>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// `ip link set lo down`, `up` and `mtu` while traffic crosses the lo of a node.
class LinkStateTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Send a datagram per millisecond, 30 of 100 while lo is down.
    void UdpOutage(Loopback delivery, IpVersion version)
    {
        MakeNode(delivery, version);
        const UdpFlowSettings settings{Time(0), MilliSeconds(1), 100};
        const UdpFlow flow(m_node, m_node, GetLoopbackAddress(version), settings);
        Simulator::Schedule(MicroSeconds(30'500), [this] { m_lo->SetDown(); });
        Simulator::Schedule(MicroSeconds(60'500), [this] { m_lo->SetUp(); });
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(flow.received, 70, "datagrams received");
        ExpectLooped(70, 70 * (108 + m_headerSize), 30);
    }

    /// Send datagrams of 4000 bytes, 10 of 30 while the MTU is 1500.
    void UdpMtu(Loopback delivery, IpVersion version)
    {
        MakeNode(delivery, version);
        const UdpFlowSettings settings{Time(0), MilliSeconds(1), 30, 4000};
        const UdpFlow flow(m_node, m_node, GetLoopbackAddress(version), settings);
        SetMtu(MicroSeconds(9500), 1500);
        SetMtu(MicroSeconds(19'500), 65535);
        Simulator::Run();
        // 4008 bytes of IP payload in fragments of at most 1480, or of 1448 over IPv6, whose
        // headers are 20 and 8 bytes longer.
        const auto fragmentHeader = m_headerSize + Pick(version, 0, 8);
        NS_TEST_EXPECT_MSG_EQ(flow.received, 30, "datagrams received whole");
        ExpectLooped(20 + 10 * 3, 20 * (4008 + m_headerSize) + 10 * (4008 + 3 * fragmentHeader), 0);
    }

    /// Lower the MTU while a datagram is pending.
    void WaitingMtu(Loopback delivery, IpVersion version)
    {
        MakeNode(delivery, version);
        const UdpFlowSettings settings{Seconds(1), Time(0), 1, 4000};
        const UdpFlow flow(m_node, m_node, GetLoopbackAddress(version), settings);
        SetMtu(Seconds(1), 1500);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(flow.received, 1, "datagrams received whole");
        ExpectLooped(1, 4008 + m_headerSize, 0);
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetMtu(), 1500, "the MTU had changed");
    }

  private:
    void DoTeardown() override
    {
        m_node = nullptr;
        m_lo = nullptr;
    }

    /// Make a node with a lo, and record the drops.
    void MakeNode(Loopback delivery, IpVersion version)
    {
        m_headerSize = GetHeaderSize(version);
        m_node = CreateLoopbackNode(delivery);
        m_lo = LoHelper::GetLo(m_node);
        m_lo->TraceConnectWithoutContext(
            "Drop",
            ToCallback([this](Ptr<const Packet>, DropReason reason) { ++m_drops[reason]; }));
    }

    /// Set lo's MTU at a time.
    void SetMtu(Time at, uint16_t mtu)
    {
        Simulator::Schedule(at, [this, mtu] { m_lo->SetMtu(mtu); });
    }

    /// Expect counts over lo, and drops only while the device is down.
    void ExpectLooped(uint64_t packets, uint64_t bytes, uint64_t refused)
    {
        auto expected = MakeLooped(packets, bytes);
        expected.txDropped = refused;
        NS_TEST_EXPECT_MSG_EQ(ToText(m_lo->GetStats()), ToText(expected), "counters");
        NS_TEST_EXPECT_MSG_EQ(m_drops[DropReason::DEV_READY], refused, "drops with the reason");
        NS_TEST_EXPECT_MSG_EQ(m_drops.size(), 1, "and for no other");
    }

    uint64_t m_headerSize{0};               //!< bytes of an IP header
    Ptr<Node> m_node;                       //!< the node
    Ptr<LoNetDevice> m_lo;                  //!< its lo
    std::map<DropReason, uint64_t> m_drops; //!< packets dropped for each reason
};

/// The link state and the MTU of a lo in a running simulation.
const Suite g_suite("lo-link-state", TestSuite::Type::SYSTEM, [](Suite& suite) {
    using Case = LinkStateTestCase;
    for (auto delivery : DELIVERIES)
    {
        for (auto version : IP_VERSIONS)
        {
            const auto add = [&](const std::string& behaviour, auto test) {
                suite.Add(NameOf(delivery) + ", " + NameOf(version) + ": " + behaviour,
                          test,
                          delivery,
                          version);
            };
            add("datagrams sent while lo is down are dropped", &Case::UdpOutage);
            add("IP fragments to an MTU that changes at run time", &Case::UdpMtu);
            add("a pending datagram arrives despite a lower MTU", &Case::WaitingMtu);
        }
    }
});

} // namespace
