/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-node.h"
#include "routed-network.h"
#include "udp-flow.h"

#include "ns3/dhcp-client.h"
#include "ns3/dhcp-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/loopback-module.h"
#include "ns3/simple-net-device-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/traffic-control-layer.h"
#include "ns3/uinteger.h"

#include <sstream>

using namespace ns3;
using namespace ns3::tests;

namespace
{

constexpr uint32_t COUNT{10}; ///< datagrams in a UdpFlow of default settings

/// Queue discs of other devices work as ever, and lo has none.
class OtherQueueDiscTestCase : public TestCase
{
  public:
    OtherQueueDiscTestCase()
        : TestCase("the queue disc of another device counts as ever, our devices get none")
    {
    }

  private:
    void DoRun() override
    {
        const auto without = Simulate({});
        NS_TEST_EXPECT_MSG_EQ(
            Simulate({Moment::BEFORE_STACK, Moment::NEVER, ThirdDevice::BLACKHOLE}),
            without,
            "with a lo from before the stack");
        NS_TEST_EXPECT_MSG_EQ(Simulate({Moment::LAST, Moment::LAST, ThirdDevice::BLACKHOLE}),
                              without,
                              "with a lo from after it, and own addresses routed to it");
    }

    /// @return what the queue disc of the client's link counted
    std::string Simulate(const NetworkOptions& options)
    {
        const RoutedNetwork network(GetStaticRoutings().front(), options);
        const auto client = network.GetClient();
        const auto control = client->GetObject<TrafficControlLayer>();
        UdpFlowSettings settings;
        settings.start = Seconds(1);
        const UdpFlow flow(client, network.GetServer(), network.GetServerAddress(), settings);
        settings.port++;
        const UdpFlow loopback(client, client, Ipv4Address::GetLoopback(), settings);
        Simulator::Run();

        NS_TEST_EXPECT_MSG_EQ(flow.GetReceived() + loopback.GetReceived(), 2 * COUNT, "arrivals");
        std::ostringstream counted;
        for (uint32_t i = 0; i < client->GetNDevices(); ++i)
        {
            const auto device = client->GetDevice(i);
            const auto queueDisc = control->GetRootQueueDiscOnDevice(device);
            const bool ours =
                DynamicCast<LoopbackNetDevice>(device) || DynamicCast<BlackholeNetDevice>(device);
            NS_TEST_EXPECT_MSG_EQ((ours && queueDisc), false, "device " << i << " has none");
            if (queueDisc && queueDisc->GetStats().nTotalSentPackets > 0)
            {
                counted << queueDisc->GetStats().nTotalSentPackets << " packets, "
                        << queueDisc->GetStats().nTotalSentBytes << " bytes";
            }
        }
        NS_TEST_EXPECT_MSG_EQ(counted.str().empty(), false, "the link's queue disc sent");
        Simulator::Destroy();
        return counted.str();
    }
};

/// A blackhole can be given a queue disc, which shapes what it swallows, and not what crosses lo.
class ShapedBlackholeTestCase : public TestCase
{
  public:
    ShapedBlackholeTestCase()
        : TestCase("a token bucket on a blackhole shapes what it swallows, and not what crosses lo")
    {
    }

  private:
    void DoRun() override
    {
        const auto node = CreateLoopbackNode(Loopback::IMMEDIATE);
        const auto devices = BlackholeHelper().Install(node);
        TrafficControlHelper shaping;
        shaping.SetRootQueueDisc("ns3::TbfQueueDisc",
                                 "Burst",
                                 UintegerValue(SIZE),
                                 "Rate",
                                 StringValue("102400bps"));
        const auto queueDisc = shaping.Install(devices).Get(0);
        Ipv4AddressHelper("10.1.1.0", "255.255.255.0").Assign(devices);
        devices.Get(0)->TraceConnectWithoutContext(
            "MacTx",
            MakeCallback(&ShapedBlackholeTestCase::OnSwallow, this));
        UdpFlowSettings settings;
        settings.start = Seconds(1);
        settings.interval = Time(0);
        settings.size = SIZE - 28;
        const UdpFlow vanishing(node, node, Ipv4Address("10.1.1.77"), settings);
        settings.port++;
        const UdpFlow loopback(node, node, Ipv4Address::GetLoopback(), settings);
        Simulator::Schedule(Seconds(1) + MilliSeconds(1), [&] {
            NS_TEST_EXPECT_MSG_EQ(loopback.GetReceived(), COUNT, "arrivals over lo, at once");
        });
        Simulator::Run();

        const auto blackhole = DynamicCast<BlackholeNetDevice>(devices.Get(0));
        NS_TEST_EXPECT_MSG_EQ(blackhole->GetStats().txPackets, COUNT, "packets swallowed");
        NS_TEST_EXPECT_MSG_EQ(queueDisc->GetStats().nTotalSentPackets, COUNT, "packets queued");
        // One at once, and one every 10 ms.
        NS_TEST_EXPECT_MSG_EQ_TOL(m_lastSwallowed,
                                  Seconds(1) + MilliSeconds(90),
                                  MilliSeconds(1),
                                  "when the last one was swallowed");
        Simulator::Destroy();
    }

    void OnSwallow(Ptr<const Packet> /* packet */)
    {
        m_lastSwallowed = Simulator::Now();
    }

    static constexpr uint32_t SIZE{128}; ///< layer-3 bytes of a datagram

    Time m_lastSwallowed;
};

/// DHCP leases an address to a node with our devices as to one without.
class DhcpTestCase : public TestCase
{
  public:
    DhcpTestCase()
        : TestCase("DHCP leases addresses to nodes with our devices")
    {
    }

  private:
    void DoRun() override
    {
        const auto without = Simulate(Moment::NEVER);
        NS_TEST_EXPECT_MSG_NE(without.find("10.1.1.10"), std::string::npos, "there is a lease");
        NS_TEST_EXPECT_MSG_EQ(Simulate(Moment::BEFORE_STACK), without, "lo before the stack");
        NS_TEST_EXPECT_MSG_EQ(Simulate(Moment::LAST), without, "lo last");
    }

    /// @return the leases that the client got, and when
    std::string Simulate(Moment ours)
    {
        m_leases.clear();
        NodeContainer nodes(2);
        if (ours == Moment::BEFORE_STACK)
        {
            AddOurs(nodes);
        }
        InternetStackHelper internet;
        internet.Install(nodes);
        internet.AssignStreams(nodes, 0);
        const auto link = SimpleNetDeviceHelper().Install(nodes);
        DhcpHelper dhcp;
        auto server = dhcp.InstallDhcpServer(link.Get(1),
                                             "10.1.1.1",
                                             "10.1.1.0",
                                             "255.255.255.0",
                                             "10.1.1.10",
                                             "10.1.1.20");
        auto client = dhcp.InstallDhcpClient(link.Get(0));
        client.Get(0)->TraceConnectWithoutContext("NewLease",
                                                  MakeCallback(&DhcpTestCase::OnLease, this));
        Simulator::ScheduleNow(
            [client] { DynamicCast<DhcpClient>(client.Get(0))->AssignStreams(1000); });
        if (ours == Moment::LAST)
        {
            AddOurs(nodes);
            LoHelper::RouteLocalAddresses(nodes);
        }
        UdpFlowSettings settings;
        settings.start = Seconds(30);
        const UdpFlow flow(nodes.Get(1), nodes.Get(0), Ipv4Address("10.1.1.10"), settings);
        const UdpFlow back(nodes.Get(0), nodes.Get(1), Ipv4Address("10.1.1.1"), settings);
        Simulator::Stop(Seconds(60));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(flow.GetReceived(), COUNT, "datagrams to the leased address");
        NS_TEST_EXPECT_MSG_EQ(back.GetReceived(), COUNT, "datagrams from it");
        Simulator::Destroy();
        return m_leases;
    }

    static void AddOurs(const NodeContainer& nodes)
    {
        LoHelper().Install(nodes);
        BlackholeHelper().Install(nodes);
    }

    void OnLease(const Ipv4Address& address)
    {
        std::ostringstream lease;
        lease << Simulator::Now() << " " << address << ", ";
        m_leases += lease.str();
    }

    std::string m_leases;
};

/// Traffic control and DHCP beside our devices.
class LoCoexistenceTestSuite : public TestSuite
{
  public:
    LoCoexistenceTestSuite()
        : TestSuite("lo-coexistence", TestSuite::Type::SYSTEM)
    {
        AddTestCase(new OtherQueueDiscTestCase);
        AddTestCase(new ShapedBlackholeTestCase);
        AddTestCase(new DhcpTestCase);
    }
};

/// Registers the suite.
static LoCoexistenceTestSuite g_loCoexistenceTestSuite;

} // namespace
