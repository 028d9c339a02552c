/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-node.h"
#include "route-decision.h"
#include "routing-tests.h"
#include "udp-flow.h"
#include "witness-routing.h"

#include "ns3/boolean.h"
#include "ns3/bulk-send-helper.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/ipv6-static-routing-helper.h"
#include "ns3/ipv6-static-routing.h"
#include "ns3/ipv6.h"
#include "ns3/loopback-module.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/packet-sink.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/test.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <memory>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::tests;

namespace
{

constexpr uint64_t COUNT{10}; ///< datagrams in a UdpFlow of default settings

/// A node with a lo and, as the owner of addresses, a blackhole, which would count any packet.
class OwnAddressTestCase : public TestCase
{
  protected:
    OwnAddressTestCase(IpVersion version, const std::string& behaviour)
        : TestCase(NameOf(version) + ": " + behaviour),
          m_version(version)
    {
    }

    /// Make the node, and route its own addresses before it has any.
    void MakeNode()
    {
        m_node = CreateObject<Node>();
        LoHelper().Install(m_node);
        m_lo = LoHelper::GetLo(m_node);
        InternetStackHelper().Install(m_node);
        m_owner = DynamicCast<BlackholeNetDevice>(BlackholeHelper().Install(m_node).Get(0));
        LoHelper::RouteLocalAddresses(m_node);
        if (m_version == IpVersion::V4)
        {
            m_interface = m_node->GetObject<Ipv4>()->AddInterface(m_owner);
        }
        else
        {
            m_interface = m_node->GetObject<Ipv6>()->AddInterface(m_owner);
            // A host would ask for routers by the owner, again and again.
            m_node->GetObject<Ipv6>()->SetForwarding(m_interface, true);
        }
        SetInterface(true);
        AddAddress(1);
    }

    /// @return an address of the owner's network
    Address GetAddress(int host) const
    {
        const auto number = std::to_string(host);
        return m_version == IpVersion::V4 ? Address(Ipv4Address(("10.1.1." + number).c_str()))
                                          : Address(Ipv6Address(("2001:1::" + number).c_str()));
    }

    void AddAddress(int host)
    {
        if (m_version == IpVersion::V4)
        {
            const Ipv4InterfaceAddress address(Ipv4Address::ConvertFrom(GetAddress(host)), "/24");
            m_node->GetObject<Ipv4>()->AddAddress(m_interface, address);
        }
        else
        {
            const Ipv6InterfaceAddress address(Ipv6Address::ConvertFrom(GetAddress(host)),
                                               Ipv6Prefix(64));
            m_node->GetObject<Ipv6>()->AddAddress(m_interface, address);
        }
    }

    void RemoveAddress(int host)
    {
        if (m_version == IpVersion::V4)
        {
            m_node->GetObject<Ipv4>()->RemoveAddress(m_interface,
                                                     Ipv4Address::ConvertFrom(GetAddress(host)));
        }
        else
        {
            m_node->GetObject<Ipv6>()->RemoveAddress(m_interface,
                                                     Ipv6Address::ConvertFrom(GetAddress(host)));
        }
    }

    void SetInterface(bool up)
    {
        if (m_version == IpVersion::V4)
        {
            auto ipv4 = m_node->GetObject<Ipv4>();
            up ? ipv4->SetUp(m_interface) : ipv4->SetDown(m_interface);
        }
        else
        {
            auto ipv6 = m_node->GetObject<Ipv6>();
            up ? ipv6->SetUp(m_interface) : ipv6->SetDown(m_interface);
        }
    }

    /**
     * Have a UdpFlow sent from now on, and the simulation run until after it.
     * @param host the host number of the destination
     * @return datagrams that arrived
     */
    uint32_t SendTo(int host)
    {
        UdpFlowSettings settings;
        settings.port = m_nextPort++;
        // After IPv6 has found out that no other host has the address.
        settings.start = Seconds(5);
        const auto& flow = m_flows.emplace_back(
            std::make_unique<UdpFlow>(m_node, m_node, GetAddress(host), settings));
        Simulator::Stop(Seconds(10));
        Simulator::Run();
        return flow->GetReceived();
    }

    void DoTeardown() override
    {
        m_node = nullptr;
        m_lo = nullptr;
        m_owner = nullptr;
        m_flows.clear();
        Simulator::Destroy();
    }

    const IpVersion m_version;       //!< the IP version
    Ptr<Node> m_node;                //!< the node
    Ptr<LoNetDevice> m_lo;           //!< its lo
    Ptr<BlackholeNetDevice> m_owner; //!< the device that owns the addresses
    uint32_t m_interface{0};         //!< the owner's interface

  private:
    std::vector<std::unique_ptr<UdpFlow>> m_flows;
    uint16_t m_nextPort{1000};
};

/// The addresses that the node has now are what counts.
class AddedLaterTestCase : public OwnAddressTestCase
{
  public:
    explicit AddedLaterTestCase(IpVersion version)
        : OwnAddressTestCase(version,
                             "an address is routed to lo from when it is added until it is "
                             "removed")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        NS_TEST_EXPECT_MSG_EQ(SendTo(2), 0, "datagrams to an address that is not there yet");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats(), LinkStats(), "lo counts nothing of them");
        AddAddress(2);
        const auto before = m_owner->GetStats();
        NS_TEST_EXPECT_MSG_GT_OR_EQ(before.txPackets, COUNT, "they went out by the device");
        NS_TEST_EXPECT_MSG_EQ(SendTo(2), COUNT, "datagrams to the address once it is there");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats().rxPackets, COUNT, "lo counts them");
        RemoveAddress(2);
        NS_TEST_EXPECT_MSG_EQ(SendTo(2), 0, "datagrams to the address when it is gone");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats().txPackets, COUNT, "lo counts nothing of them");
    }
};

/// A device is not needed for its own addresses to be reached, its interface is.
class OwnerDownTestCase : public OwnAddressTestCase
{
  public:
    explicit OwnerDownTestCase(IpVersion version)
        : OwnAddressTestCase(version,
                             "an address is reached while the device that owns it is down, "
                             "not while its interface is")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        SendTo(1);
        m_owner->SetDown();
        const auto before = m_owner->GetStats();
        NS_TEST_EXPECT_MSG_EQ(SendTo(1), COUNT, "datagrams while the device is down");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats().rxPackets, 2 * COUNT, "lo counts them");
        NS_TEST_EXPECT_MSG_EQ(m_owner->GetStats(), before, "the device does not");
        m_owner->SetUp();
        SetInterface(false);
        SendTo(1);
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats().txPackets,
                              2 * COUNT,
                              "lo counts nothing while the interface is down");
        SetInterface(true);
        if (m_version == IpVersion::V6)
        {
            // Which ns-3's IPv6 forgets when the interface goes down.
            AddAddress(1);
        }
        NS_TEST_EXPECT_MSG_EQ(SendTo(1), COUNT, "datagrams when the interface is up again");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats().rxPackets, 3 * COUNT, "lo counts them");
    }
};

/// All of 127.0.0.0/8 is a host's own, but for its broadcast address.
class LoopbackNetTestCase : public OwnAddressTestCase
{
  public:
    LoopbackNetTestCase()
        : OwnAddressTestCase(IpVersion::V4, "all of the loopback network is reached by lo")
    {
    }

  private:
    uint32_t Count(Ipv4Address destination)
    {
        const auto before = m_lo->GetStats();
        m_nReceived = 0;
        m_client->SendTo(Create<Packet>(100), 0, InetSocketAddress(destination, 7));
        Simulator::Run();
        const auto crossed = (m_lo->GetStats() - before).rxPackets;
        NS_TEST_EXPECT_MSG_EQ(crossed, 1, "packets that cross lo on their way to " << destination);
        return m_nReceived;
    }

    void Receive(Ptr<Socket> socket)
    {
        Address from;
        while (socket->RecvFrom(from))
        {
            ++m_nReceived;
            m_from = InetSocketAddress::ConvertFrom(from).GetIpv4();
        }
    }

    void DoRun() override
    {
        MakeNode();
        auto server = Socket::CreateSocket(m_node, UdpSocketFactory::GetTypeId());
        server->Bind(InetSocketAddress(Ipv4Address::GetAny(), 7));
        server->SetRecvCallback(MakeCallback(&LoopbackNetTestCase::Receive, this));
        m_client = Socket::CreateSocket(m_node, UdpSocketFactory::GetTypeId());
        for (const auto destination : {"127.0.0.2", "127.255.255.254"})
        {
            NS_TEST_EXPECT_MSG_EQ(Count(destination), 1, "datagrams to " << destination);
            NS_TEST_EXPECT_MSG_EQ(m_from, Ipv4Address::GetLoopback(), "come from, as in Linux");
        }
        m_client = nullptr;
    }

    Ptr<Socket> m_client;
    uint32_t m_nReceived{0};
    Ipv4Address m_from;
};

/// A host that takes packets by the interface of their address only takes them by lo too.
class StrongModelTestCase : public OwnAddressTestCase
{
  public:
    explicit StrongModelTestCase(IpVersion version)
        : OwnAddressTestCase(version, "own addresses are reached in the strong end-system model")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        LoHelper::UnrouteLocalAddresses(m_node);
        SetStrongModel();
        LoHelper::RouteLocalAddresses(m_node);
        NS_TEST_EXPECT_MSG_EQ(SendTo(1), COUNT, "datagrams");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats().rxPackets, COUNT, "lo counts them");
        LoHelper::UnrouteLocalAddresses(m_node);
        if (m_version == IpVersion::V6)
        {
            BooleanValue strong;
            m_node->GetObject<Ipv6>()->GetAttribute("StrongEndSystemModel", strong);
            NS_TEST_EXPECT_MSG_EQ(strong.Get(),
                                  true,
                                  "the model is what it was once this is undone");
        }
    }

    void SetStrongModel()
    {
        if (m_version == IpVersion::V6)
        {
            m_node->GetObject<Ipv6>()->SetAttribute("StrongEndSystemModel", BooleanValue(true));
            return;
        }
        // As it is called since ns-3.41, and before.
        auto ipv4 = m_node->GetObject<Ipv4>();
        const bool set = ipv4->SetAttributeFailSafe("StrongEndSystemModel", BooleanValue(true)) ||
                         ipv4->SetAttributeFailSafe("WeakEsModel", BooleanValue(false));
        NS_TEST_ASSERT_MSG_EQ(set, true, "the model can be chosen");
    }
};

/// Doing it twice, or undoing what was not done, changes nothing; undoing can be undone.
class RepeatTestCase : public OwnAddressTestCase
{
  public:
    explicit RepeatTestCase(IpVersion version)
        : OwnAddressTestCase(version, "routes to lo can be made and undone any number of times")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        LoHelper::RouteLocalAddresses(m_node);
        LoHelper::RouteLocalAddresses(m_node);
        ExpectCrossing(true, "made thrice");
        LoHelper::UnrouteLocalAddresses(m_node);
        ExpectCrossing(false, "undone once");
        LoHelper::UnrouteLocalAddresses(m_node);
        LoHelper::UnrouteLocalAddresses(CreateObject<Node>());
        ExpectCrossing(false, "undone twice");
        LoHelper::RouteLocalAddresses(m_node);
        ExpectCrossing(true, "made again");
    }

    void ExpectCrossing(bool crossing, const std::string& when)
    {
        const auto before = m_lo->GetStats();
        NS_TEST_EXPECT_MSG_EQ(SendTo(1), COUNT, when << ": datagrams");
        NS_TEST_EXPECT_MSG_EQ((m_lo->GetStats() - before).rxPackets,
                              (crossing ? COUNT : 0),
                              when << ": those of them that cross lo");
    }
};

/// A TCP transfer to an own address crosses lo both ways.
class TcpTestCase : public OwnAddressTestCase
{
  public:
    explicit TcpTestCase(IpVersion version)
        : OwnAddressTestCase(version, "a TCP transfer to an own address crosses lo both ways")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        const auto endpoint = MakeEndpoint(GetAddress(1), 7);
        const auto sink = DynamicCast<PacketSink>(
            PacketSinkHelper("ns3::TcpSocketFactory", endpoint).Install(m_node).Get(0));
        BulkSendHelper sender("ns3::TcpSocketFactory", endpoint);
        sender.SetAttribute("MaxBytes", UintegerValue(SIZE));
        sender.Install(m_node).Start(Seconds(5));
        LinkStats before;
        Simulator::Schedule(Seconds(5), [this, &before] { before = m_owner->GetStats(); });
        Simulator::Stop(Seconds(60));
        Simulator::Run();

        NS_TEST_EXPECT_MSG_EQ(sink->GetTotalRx(), SIZE, "bytes received");
        NS_TEST_EXPECT_MSG_GT(m_lo->GetStats().rxBytes, SIZE, "bytes that cross lo");
        NS_TEST_EXPECT_MSG_EQ(m_owner->GetStats(), before, "the owner counts nothing");
    }

    static constexpr uint32_t SIZE{1'000'000};
};

/// What is added to the node's routing afterwards is behind ours too.
class AddProtocolTestCase : public OwnAddressTestCase
{
  public:
    AddProtocolTestCase()
        : OwnAddressTestCase(IpVersion::V4, "a routing protocol can be added and initialized")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        const auto list =
            DynamicCast<Ipv4ListRouting>(m_node->GetObject<Ipv4>()->GetRoutingProtocol());
        NS_TEST_EXPECT_MSG_EQ(bool(Ipv4StaticRoutingHelper().GetStaticRouting(
                                  m_node->GetObject<Ipv4>())),
                              true,
                              "IPv4 static routing is found");
        NS_TEST_EXPECT_MSG_EQ(bool(Ipv6StaticRoutingHelper().GetStaticRouting(
                                  m_node->GetObject<Ipv6>())),
                              true,
                              "IPv6 static routing is found");
        const auto before = list->GetNRoutingProtocols();
        const auto added = CreateObject<Ipv4StaticRouting>();
        list->AddRoutingProtocol(added, 100);
        NS_TEST_EXPECT_MSG_EQ(list->GetNRoutingProtocols(), before + 1, "protocols");
        int16_t priority = 0;
        NS_TEST_EXPECT_MSG_EQ(list->GetRoutingProtocol(0, priority), added, "the first of them");
        NS_TEST_EXPECT_MSG_EQ(priority, 100, "its priority");
        list->Initialize();
        NS_TEST_EXPECT_MSG_EQ(added->IsInitialized(), true, "it is initialized with the others");
        added->AddHostRouteTo("192.0.2.1", m_interface);
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, Ipv4Address("192.0.2.1")),
                              "ns3::BlackholeNetDevice",
                              "its route is taken");
    }
};

/// What is behind is told as if nothing were before it, and let go of in the end.
class WitnessTestCase : public OwnAddressTestCase
{
  public:
    explicit WitnessTestCase(IpVersion version)
        : OwnAddressTestCase(version,
                             "the node's routing protocol is told of interfaces and addresses, and "
                             "let go of when the node is")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        m_version == IpVersion::V4 ? Check<Ipv4, Ipv4StaticRouting, Ipv4InterfaceAddress>()
                                   : Check<Ipv6, Ipv6StaticRouting, Ipv6InterfaceAddress>();
    }

    template <class Ip, class StaticRouting, class InterfaceAddress>
    void Check()
    {
        const auto witness = CreateObject<WitnessRouting<StaticRouting, InterfaceAddress>>();
        m_node->GetObject<Ip>()->SetRoutingProtocol(witness);
        LoHelper::RouteLocalAddresses(m_node);
        witness->Forget();
        const std::vector<Address> addresses{GetAddress(2)};
        AddAddress(2);
        NS_TEST_EXPECT_MSG_EQ((witness->added == addresses), true, "told of an address");
        RemoveAddress(2);
        NS_TEST_EXPECT_MSG_EQ((witness->removed == addresses), true, "told that it is gone");
        const std::vector<uint32_t> interfaces{m_interface};
        SetInterface(false);
        NS_TEST_EXPECT_MSG_EQ((witness->down == interfaces), true, "told of an interface, down");
        SetInterface(true);
        NS_TEST_EXPECT_MSG_EQ((witness->up == interfaces), true, "told of an interface, up");

        m_node = nullptr;
        Simulator::Destroy();
        NS_TEST_EXPECT_MSG_EQ(witness->GetReferenceCount(), 1, "references to it in the end");
    }
};

/// Routes that a router's advertisement brought, and that go when its time is up.
class AutoconfiguredTestCase : public OwnAddressTestCase
{
  public:
    AutoconfiguredTestCase()
        : OwnAddressTestCase(IpVersion::V6, "an autoconfigured default route comes and goes")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        const auto ipv6 = m_node->GetObject<Ipv6L3Protocol>();
        const Ipv6Address network("2001:2::");
        const Ipv6Address router("fe80::7");
        const Ipv6Address far("2001:db8::1");
        const uint8_t onLinkAutonomous = 0xc0;
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, far), "none", "before");
        ipv6->AddAutoconfiguredAddress(m_interface,
                                       network,
                                       Ipv6Prefix(64),
                                       onLinkAutonomous,
                                       100,
                                       50,
                                       router);
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, far), "ns3::BlackholeNetDevice", "with it");
        Simulator::Stop(Seconds(101));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, far), "none", "after");
    }
};

/// Who prints the routes of a node sees the table that Linux calls local.
class PrintTestCase : public OwnAddressTestCase
{
  public:
    explicit PrintTestCase(IpVersion version)
        : OwnAddressTestCase(version, "routes to own addresses are printed before the others")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        LoHelper::UnrouteLocalAddresses(m_node);
        const auto others = PrintTable();
        LoHelper::RouteLocalAddresses(m_node);
        const auto table = PrintTable();
        const bool isV4 = m_version == IpVersion::V4;
        const std::string loopback = isV4 ? "local 127.0.0.1 dev lo\n" : "local ::1 dev lo\n";
        const std::string own = isV4 ? "local 10.1.1.1 dev lo\n" : "local 2001:1::1 dev lo\n";
        NS_TEST_EXPECT_MSG_EQ(table.find(loopback), 0, "the loopback address first");
        const auto at = table.find(own);
        NS_TEST_EXPECT_MSG_NE(at, std::string::npos, "the other address");
        NS_TEST_EXPECT_MSG_EQ(others.empty(), false, "there are others");
        NS_TEST_EXPECT_MSG_EQ(table.substr(table.size() - others.size()), others, "the others");
        NS_TEST_EXPECT_MSG_EQ(others.find("local"), std::string::npos, "nothing when undone");
        SetInterface(false);
        NS_TEST_EXPECT_MSG_EQ(PrintTable().find(own),
                              std::string::npos,
                              "nothing of an interface that is down");
    }

    std::string PrintTable()
    {
        return m_version == IpVersion::V4 ? tests::PrintTable(m_node->GetObject<Ipv4>())
                                          : tests::PrintTable(m_node->GetObject<Ipv6>());
    }
};

/// LoHelper::RouteLocalAddresses.
class LoLocalRoutingTestSuite : public TestSuite
{
  public:
    LoLocalRoutingTestSuite()
        : TestSuite("lo-local-routing", TestSuite::Type::SYSTEM)
    {
        for (const auto& routing : GetInternetRoutings())
        {
            for (auto* test : MakeLocalRoutingTests(routing))
            {
                AddTestCase(test);
            }
        }
        for (auto version : IP_VERSIONS)
        {
            AddTestCase(new AddedLaterTestCase(version));
            AddTestCase(new OwnerDownTestCase(version));
            AddTestCase(new StrongModelTestCase(version));
            AddTestCase(new RepeatTestCase(version));
            AddTestCase(new TcpTestCase(version));
            AddTestCase(new PrintTestCase(version));
            AddTestCase(new WitnessTestCase(version));
        }
        AddTestCase(new LoopbackNetTestCase);
        AddTestCase(new AddProtocolTestCase);
        AddTestCase(new AutoconfiguredTestCase);
    }
};

/// Registers the suite.
static LoLocalRoutingTestSuite g_loLocalRoutingTestSuite;

} // namespace
