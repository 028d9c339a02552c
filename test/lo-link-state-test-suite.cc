/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-node.h"
#include "udp-flow.h"

#include "ns3/config.h"
#include "ns3/data-rate.h"
#include "ns3/loopback-module.h"
#include "ns3/on-off-helper.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/packet-sink.h"
#include "ns3/simulator.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <map>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// A node with a lo, and what its lo drops for which reason.
class LinkStateTestCase : public TestCase
{
  protected:
    LinkStateTestCase(Loopback delivery, IpVersion version, const std::string& behaviour)
        : TestCase(NameOf(delivery) + ", " + NameOf(version) + ": " + behaviour),
          m_delivery(delivery),
          m_version(version)
    {
    }

    void MakeNode()
    {
        m_node = CreateLoopbackNode(m_delivery);
        m_lo = LoHelper::GetLo(m_node);
        m_lo->TraceConnectWithoutContext("Drop", MakeCallback(&LinkStateTestCase::OnDrop, this));
    }

    /// As `ip link set lo down`, at a time.
    void ScheduleDown(Time at)
    {
        Simulator::Schedule(at, [this] { m_lo->SetDown(); });
    }

    /// As `ip link set lo up`, at a time.
    void ScheduleUp(Time at)
    {
        Simulator::Schedule(at, [this] { m_lo->SetUp(); });
    }

    /// As `ip link set lo mtu MTU`, at a time.
    void ScheduleMtu(Time at, uint16_t mtu)
    {
        Simulator::Schedule(at, [this, mtu] { m_lo->SetMtu(mtu); });
    }

    /**
     * Send over TCP from the node to itself.
     * @param rate how fast
     * @param size bytes of a write
     * @param count how many of them
     * @return the receiver
     */
    Ptr<PacketSink> InstallTcpFlow(DataRate rate, uint32_t size, uint64_t count)
    {
        PacketSinkHelper receiver("ns3::TcpSocketFactory", GetAnyEndpoint(m_version, 7));
        OnOffHelper sender("ns3::TcpSocketFactory", GetLoopbackEndpoint(m_version, 7));
        sender.SetConstantRate(rate, size);
        sender.SetAttribute("MaxBytes", UintegerValue(count * size));
        const auto sink = DynamicCast<PacketSink>(receiver.Install(m_node).Get(0));
        sender.Install(m_node);
        return sink;
    }

    /// @return bytes of an IP header
    uint32_t GetIpHeaderSize() const
    {
        return m_version == IpVersion::V4 ? 20 : 40;
    }

    void DoTeardown() override
    {
        m_node = nullptr;
        m_lo = nullptr;
        Simulator::Destroy();
    }

    const Loopback m_delivery;              //!< the Delivery of lo
    const IpVersion m_version;              //!< the IP version of the traffic
    Ptr<Node> m_node;                       //!< the node
    Ptr<LoNetDevice> m_lo;                  //!< its lo
    std::map<DropReason, uint64_t> m_drops; //!< packets dropped for each reason

  private:
    void OnDrop(Ptr<const Packet> /* packet */, DropReason reason)
    {
        ++m_drops[reason];
    }
};

/// Datagrams that are sent while lo is down are lost, and no others.
class UdpOutageTestCase : public LinkStateTestCase
{
  public:
    UdpOutageTestCase(Loopback delivery, IpVersion version)
        : LinkStateTestCase(delivery, version, "datagrams sent while lo is down are lost")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        UdpFlowSettings settings;
        settings.interval = MilliSeconds(1);
        settings.count = 100;
        const UdpFlow flow(m_node, m_node, GetLoopbackAddress(m_version), settings);
        ScheduleDown(MicroSeconds(30'500));
        ScheduleUp(MicroSeconds(60'500));
        Simulator::Run();

        LinkStats expected;
        expected.txPackets = expected.rxPackets = 70;
        expected.txBytes = expected.rxBytes = uint64_t{70} * (100 + 8 + GetIpHeaderSize());
        expected.txDropped = 30;
        NS_TEST_EXPECT_MSG_EQ(flow.GetReceived(), 70, "datagrams received");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats(), expected, "counters");
        NS_TEST_EXPECT_MSG_EQ(
            (m_drops == std::map<DropReason, uint64_t>{{DropReason::DEV_READY, 30}}),
            true,
            "each of the lost ones has a reason");
    }
};

/// What waits when lo goes down is lost, where lo lets packets wait.
class WaitingTestCase : public LinkStateTestCase
{
  public:
    WaitingTestCase(Loopback delivery, IpVersion version)
        : LinkStateTestCase(delivery, version, "a datagram that waits when lo goes down is lost")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        UdpFlowSettings settings;
        settings.start = Seconds(1);
        settings.count = 1;
        const UdpFlow flow(m_node, m_node, GetLoopbackAddress(m_version), settings);
        // After the datagram is sent, before an event that the sending schedules.
        ScheduleDown(Seconds(1));
        ScheduleUp(Seconds(2));
        Simulator::Run();

        const uint64_t lost = m_delivery == Loopback::IMMEDIATE ? 0 : 1;
        NS_TEST_EXPECT_MSG_EQ(flow.GetReceived(), 1 - lost, "datagrams received");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats().txPackets, 1, "counted as sent");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats().rxDropped, lost, "and as lost while waiting");
        NS_TEST_EXPECT_MSG_EQ(m_drops[DropReason::DEV_READY], lost, "with the reason");
    }
};

/// TCP sends again what was lost while lo was down.
class TcpOutageTestCase : public LinkStateTestCase
{
  public:
    TcpOutageTestCase(Loopback delivery, IpVersion version)
        : LinkStateTestCase(delivery, version, "TCP recovers from a short outage")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        // A segment every 10 ms for 5 s.
        const auto sink = InstallTcpFlow(DataRate("400kbps"), SIZE, COUNT);
        sink->TraceConnectWithoutContext("Rx", MakeCallback(&TcpOutageTestCase::OnReceive, this));
        ScheduleDown(MilliSeconds(2000));
        Simulator::Schedule(MilliSeconds(2050),
                            [this, sink] { m_receivedAtOutage = sink->GetTotalRx(); });
        ScheduleUp(MilliSeconds(2200));
        Simulator::Stop(Seconds(60));
        Simulator::Run();

        const auto stats = m_lo->GetStats();
        NS_TEST_EXPECT_MSG_LT(m_receivedAtOutage, COUNT * SIZE / 2, "there was more to come");
        NS_TEST_EXPECT_MSG_EQ(sink->GetTotalRx(), COUNT * SIZE, "all bytes arrive");
        NS_TEST_EXPECT_MSG_GT(stats.txDropped, 0, "though segments were lost");
        NS_TEST_EXPECT_MSG_EQ(m_drops[DropReason::DEV_READY],
                              stats.txDropped + stats.rxDropped,
                              "each with its reason");
        NS_TEST_EXPECT_MSG_EQ(m_drops.size(), 1, "and for no other");
        NS_TEST_EXPECT_MSG_LT(m_lastReceived,
                              Seconds(10),
                              "the last byte arrives soon after it was sent");
    }

    void OnReceive(Ptr<const Packet> /* packet */, const Address& /* from */)
    {
        m_lastReceived = Simulator::Now();
    }

    static constexpr uint32_t SIZE{500};
    static constexpr uint64_t COUNT{500};

    uint64_t m_receivedAtOutage{0};
    Time m_lastReceived;
};

/// IP cuts datagrams to the MTU that lo has when they are sent.
class UdpMtuTestCase : public LinkStateTestCase
{
  public:
    UdpMtuTestCase(Loopback delivery, IpVersion version)
        : LinkStateTestCase(delivery, version, "IP fragments to an MTU that changes in mid-run")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        UdpFlowSettings settings;
        settings.interval = MilliSeconds(1);
        settings.count = 30;
        settings.size = 4000;
        const UdpFlow flow(m_node, m_node, GetLoopbackAddress(m_version), settings);
        ScheduleMtu(MicroSeconds(9500), 1500);
        ScheduleMtu(MicroSeconds(19'500), 65535);
        Simulator::Run();

        // 4008 bytes of IP payload in fragments of at most 1480 or, over IPv6, whose fragments have
        // a header of 8 bytes more, 1448.
        const uint32_t header = GetIpHeaderSize();
        const uint32_t fragmentHeader = header + (m_version == IpVersion::V4 ? 0 : 8);
        LinkStats expected;
        expected.txPackets = expected.rxPackets = 20 + 10 * 3;
        expected.txBytes = expected.rxBytes =
            20 * (4008 + header) + 10 * (4008 + 3 * fragmentHeader);
        NS_TEST_EXPECT_MSG_EQ(flow.GetReceived(), 30, "datagrams received whole");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats(), expected, "counters");
        NS_TEST_EXPECT_MSG_EQ(m_drops.size(), 0, "nothing is dropped");
    }
};

/// A datagram is held to the MTU when it is sent, not when it arrives.
class WaitingMtuTestCase : public LinkStateTestCase
{
  public:
    WaitingMtuTestCase(Loopback delivery, IpVersion version)
        : LinkStateTestCase(delivery, version, "a datagram that waits outlives a lower MTU")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        UdpFlowSettings settings;
        settings.start = Seconds(1);
        settings.count = 1;
        settings.size = 4000;
        const UdpFlow flow(m_node, m_node, GetLoopbackAddress(m_version), settings);
        ScheduleMtu(Seconds(1), 1500);
        Simulator::Run();

        NS_TEST_EXPECT_MSG_EQ(flow.GetReceived(), 1, "datagrams received whole");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats().rxPackets, 1, "in one packet");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetMtu(), 1500, "the MTU had changed");
    }
};

/// TCP's segments are cut by IP when they no longer fit.
class TcpMtuTestCase : public LinkStateTestCase
{
  public:
    TcpMtuTestCase(Loopback delivery, IpVersion version)
        : LinkStateTestCase(delivery, version, "TCP goes on over a lower MTU")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(SIZE));
        const auto sink = InstallTcpFlow(DataRate("8Mbps"), SIZE, COUNT);
        ScheduleMtu(MilliSeconds(500), 1500);
        Simulator::Stop(Seconds(60));
        Simulator::Run();

        NS_TEST_EXPECT_MSG_EQ(sink->GetTotalRx(), COUNT * SIZE, "all bytes arrive");
        // Half of the segments in seven fragments each, and their acknowledgements.
        NS_TEST_EXPECT_MSG_GT(m_lo->GetStats().rxPackets, COUNT / 2 * 7, "in fragments");
        NS_TEST_EXPECT_MSG_EQ(m_drops.size(), 0, "nothing is dropped");
        Config::Reset();
    }

    static constexpr uint32_t SIZE{10'000};
    static constexpr uint64_t COUNT{100};
};

/// `ip link set lo down`, `up` and `mtu` in mid-run.
class LoLinkStateTestSuite : public TestSuite
{
  public:
    LoLinkStateTestSuite()
        : TestSuite("lo-link-state", TestSuite::Type::SYSTEM)
    {
        for (auto delivery : DELIVERIES)
        {
            for (auto version : IP_VERSIONS)
            {
                AddTestCase(new UdpOutageTestCase(delivery, version));
                AddTestCase(new WaitingTestCase(delivery, version));
                AddTestCase(new TcpOutageTestCase(delivery, version));
                AddTestCase(new UdpMtuTestCase(delivery, version));
                AddTestCase(new WaitingMtuTestCase(delivery, version));
                AddTestCase(new TcpMtuTestCase(delivery, version));
            }
        }
    }
};

/// Registers the suite.
static LoLinkStateTestSuite g_loLinkStateTestSuite;

} // namespace
