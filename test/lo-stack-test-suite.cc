/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-test-case.h"

#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6.h"
#include "ns3/lo-helper.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

using namespace ns3;

namespace
{

/// The Internet stack takes the LoNetDevice that it finds for the node's loopback.
class AdoptionTestCase : public TestCase
{
  public:
    AdoptionTestCase(bool ipv4, bool ipv6)
        : TestCase(std::string("the Internet stack adopts lo as ") + (ipv4 ? "127.0.0.1 " : "") +
                   (ipv6 ? "::1" : "")),
          m_ipv4(ipv4),
          m_ipv6(ipv6)
    {
    }

  private:
    void DoRun() override
    {
        NodeContainer node(1);
        LoHelper loHelper;
        const auto lo = loHelper.Install(node).Get(0);
        InternetStackHelper internet;
        internet.SetIpv4StackInstall(m_ipv4);
        internet.SetIpv6StackInstall(m_ipv6);
        internet.Install(node);

        NS_TEST_EXPECT_MSG_EQ(node.Get(0)->GetNDevices(), 1, "no second loopback is made");
        if (m_ipv4)
        {
            const auto ipv4 = node.Get(0)->GetObject<Ipv4>();
            const auto interface = ipv4->GetInterfaceForAddress(Ipv4Address::GetLoopback());
            NS_TEST_ASSERT_MSG_EQ(interface, 0, "127.0.0.1 has an interface");
            NS_TEST_EXPECT_MSG_EQ(ipv4->GetNetDevice(0), lo, "127.0.0.1 is ours");
            NS_TEST_EXPECT_MSG_EQ(ipv4->IsUp(0), true, "and up");
            NS_TEST_EXPECT_MSG_EQ(ipv4->GetMtu(0), 65535, "with our MTU");
        }
        if (m_ipv6)
        {
            const auto ipv6 = node.Get(0)->GetObject<Ipv6>();
            const auto interface = ipv6->GetInterfaceForAddress(Ipv6Address::GetLoopback());
            NS_TEST_ASSERT_MSG_EQ(interface, 0, "::1 has an interface");
            NS_TEST_EXPECT_MSG_EQ(ipv6->GetNetDevice(0), lo, "::1 is ours");
            NS_TEST_EXPECT_MSG_EQ(ipv6->IsUp(0), true, "and up");
        }
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(DynamicCast<LoNetDevice>(lo)->GetStats(),
                              LinkStats(),
                              "nothing is sent over lo without being asked for");
        Simulator::Destroy();
    }

    bool m_ipv4;
    bool m_ipv6;
};

/// A datagram to any address of 127.0.0.0/8 crosses lo, from main or from an application.
class DatagramTestCase : public TestCase
{
  public:
    DatagramTestCase(const std::string& delivery, bool ipv6)
        : TestCase(delivery + ": a UDP datagram over " + (ipv6 ? "::1" : "127.0.0.1") +
                   " arrives, sent from main or in mid-run"),
          m_delivery(delivery),
          m_ipv6(ipv6)
    {
    }

  private:
    void DoRun() override
    {
        const auto node = CreateObject<Node>();
        LoHelper loHelper;
        loHelper.SetDeviceAttribute("Delivery", StringValue(m_delivery));
        loHelper.Install(node);
        InternetStackHelper().Install(node);
        auto server = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
        server->Bind(m_ipv6 ? Address(Inet6SocketAddress(Ipv6Address::GetAny(), 7))
                            : Address(InetSocketAddress(Ipv4Address::GetAny(), 7)));
        server->SetRecvCallback(MakeCallback(&DatagramTestCase::Receive, this));
        m_client = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
        m_client->Connect(m_ipv6 ? Address(Inet6SocketAddress(Ipv6Address::GetLoopback(), 7))
                                 : Address(InetSocketAddress(Ipv4Address::GetLoopback(), 7)));

        SendDatagram();
        Simulator::ScheduleWithContext(node->GetId(),
                                       Seconds(1),
                                       &DatagramTestCase::SendDatagram,
                                       this);
        Simulator::Schedule(Seconds(2), &DatagramTestCase::SendDatagram, this);
        Simulator::Run();

        LinkStats expected;
        expected.txPackets = expected.rxPackets = 3;
        expected.txBytes = expected.rxBytes = expected.rxPackets * (100 + 8 + (m_ipv6 ? 40 : 20));
        NS_TEST_EXPECT_MSG_EQ(m_nReceived, 3, "datagrams received");
        NS_TEST_EXPECT_MSG_EQ(LoHelper::GetLo(node)->GetStats(), expected, "counters");
        m_client = nullptr;
        Simulator::Destroy();
    }

    void SendDatagram()
    {
        m_client->Send(Create<Packet>(100));
    }

    void Receive(Ptr<Socket> socket)
    {
        while (auto packet = socket->Recv())
        {
            NS_TEST_EXPECT_MSG_EQ(packet->GetSize(), 100, "bytes of the datagram");
            ++m_nReceived;
        }
    }

    std::string m_delivery;
    bool m_ipv6;
    Ptr<Socket> m_client;
    uint32_t m_nReceived{0};
};

/// The smallest MTU is one that ns-3's IPv4 can fragment to.
class SmallestMtuTestCase : public TestCase
{
  public:
    SmallestMtuTestCase()
        : TestCase("a datagram crosses lo in fragments of the smallest MTU")
    {
    }

  private:
    void DoRun() override
    {
        const auto node = CreateObject<Node>();
        LoHelper loHelper;
        loHelper.SetDeviceAttribute("Mtu", UintegerValue(LoNetDevice::MIN_MTU));
        loHelper.Install(node);
        InternetStackHelper().Install(node);
        auto server = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
        server->Bind(InetSocketAddress(Ipv4Address::GetAny(), 7));
        auto client = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
        client->Connect(InetSocketAddress(Ipv4Address::GetLoopback(), 7));
        client->Send(Create<Packet>(1000));
        Simulator::Run();

        // 48 bytes of payload in a fragment: 68 less the header, down to a multiple of 8.
        const auto stats = LoHelper::GetLo(node)->GetStats();
        NS_TEST_EXPECT_MSG_EQ(stats.rxPackets, 21, "fragments");
        NS_TEST_EXPECT_MSG_EQ(stats.rxBytes, 1008 + 21 * 20, "their bytes");
        const auto datagram = server->Recv();
        NS_TEST_ASSERT_MSG_EQ(bool(datagram), true, "the datagram arrives");
        NS_TEST_EXPECT_MSG_EQ(datagram->GetSize(), 1000, "whole");
        Simulator::Destroy();
    }
};

class LoStackTestSuite : public TestSuite
{
  public:
    LoStackTestSuite()
        : TestSuite("lo-stack", TestSuite::Type::SYSTEM)
    {
        AddTestCase(new AdoptionTestCase(true, true));
        AddTestCase(new AdoptionTestCase(true, false));
        AddTestCase(new AdoptionTestCase(false, true));
        for (const auto& delivery : AllDeliveries())
        {
            AddTestCase(new DatagramTestCase(delivery, false));
            AddTestCase(new DatagramTestCase(delivery, true));
        }
        AddTestCase(new SmallestMtuTestCase);
    }
};

LoStackTestSuite g_loStackTestSuite;

} // namespace
