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

#include "ns3/config.h"
#include "ns3/data-rate.h"
#include "ns3/lo-helper.h"
#include "ns3/on-off-helper.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/packet-sink.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

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
        SetDown(MicroSeconds(30'500));
        SetUp(MicroSeconds(60'500));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(flow.received, 70, "datagrams received");
        ExpectLooped(70, 70 * (108 + m_headerSize), 30);
    }

    /// Send a segment every 10 ms for 5 s, with lo down for 200 ms.
    void TcpOutage(Loopback delivery, IpVersion version)
    {
        MakeNode(delivery, version);
        constexpr uint64_t SIZE = 500;
        constexpr uint64_t COUNT = 500;
        const auto sink = SendByTcp("400kbps", SIZE, COUNT);
        Time lastReceived;
        sink->TraceConnectWithoutContext("Rx", ToCallback([&](Ptr<const Packet>, const Address&) {
                                             lastReceived = Simulator::Now();
                                         }));
        SetDown(Seconds(2));
        SetUp(MilliSeconds(2200));
        Simulator::Stop(Seconds(60));
        Simulator::Run();
        const auto stats = m_lo->GetStats();
        NS_TEST_EXPECT_MSG_EQ(sink->GetTotalRx(), COUNT * SIZE, "all bytes arrive");
        NS_TEST_EXPECT_MSG_LT(lastReceived, Seconds(10), "the last ones soon after it was sent");
        NS_TEST_EXPECT_MSG_GT(stats.txDropped, 0, "segments were dropped");
        NS_TEST_EXPECT_MSG_EQ(m_drops[DropReason::DEV_READY],
                              stats.txDropped + stats.rxDropped,
                              "each with its reason");
        NS_TEST_EXPECT_MSG_EQ(m_drops.size(), 1, "and for no other");
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

    /// Lower the MTU in the middle of a stream.
    void TcpMtu(Loopback delivery, IpVersion version)
    {
        constexpr uint64_t SIZE = 10'000;
        constexpr uint64_t COUNT = 100;
        MakeNode(delivery, version);
        Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(SIZE));
        const auto sink = SendByTcp("8Mbps", SIZE, COUNT);
        SetMtu(MilliSeconds(500), 1500);
        Simulator::Stop(Seconds(60));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(sink->GetTotalRx(), COUNT * SIZE, "all bytes arrive");
        NS_TEST_EXPECT_MSG_GT(m_lo->GetStats().rxPackets, COUNT / 2 * 7, "in fragments");
        NS_TEST_EXPECT_MSG_EQ(m_drops.size(), 0, "nothing is dropped");
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
        m_version = version;
        m_headerSize = GetHeaderSize(version);
        m_node = CreateLoopbackNode(delivery);
        m_lo = LoHelper::GetLo(m_node);
        m_lo->TraceConnectWithoutContext(
            "Drop",
            ToCallback([this](Ptr<const Packet>, DropReason reason) { ++m_drops[reason]; }));
    }

    /// Set lo down at a time.
    void SetDown(Time at)
    {
        Simulator::Schedule(at, [this] { m_lo->SetDown(); });
    }

    /// Set lo up at a time.
    void SetUp(Time at)
    {
        Simulator::Schedule(at, [this] { m_lo->SetUp(); });
    }

    /// Set lo's MTU at a time.
    void SetMtu(Time at, uint16_t mtu)
    {
        Simulator::Schedule(at, [this, mtu] { m_lo->SetMtu(mtu); });
    }

    /// Write segments to a TCP connection from the node to itself, and return the receiver.
    Ptr<PacketSink> SendByTcp(const std::string& rate, uint32_t size, uint64_t count)
    {
        PacketSinkHelper receiver("ns3::TcpSocketFactory", GetAnyEndpoint(m_version, 7));
        const auto sink = DynamicCast<PacketSink>(receiver.Install(m_node).Get(0));
        OnOffHelper sender("ns3::TcpSocketFactory", GetLoopbackEndpoint(m_version, 7));
        sender.SetConstantRate(DataRate(rate), size);
        // Not by MaxBytes, which ends the program on 3.31.
        const auto half = DataRate(rate).CalculateBytesTxTime(size) / 2;
        sender.Install(m_node).Stop(half * static_cast<int64_t>(2 * count + 1));
        return sink;
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

    IpVersion m_version{IpVersion::V4};     //!< the IP version of the traffic
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
            add("TCP recovers from a short outage", &Case::TcpOutage);
            add("IP fragments to an MTU that changes at run time", &Case::UdpMtu);
            add("a pending datagram arrives despite a lower MTU", &Case::WaitingMtu);
            add("TCP continues over a lower MTU", &Case::TcpMtu);
        }
    }
});

} // namespace
