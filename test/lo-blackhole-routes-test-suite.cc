/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "blackhole-routes.h"
#include "route-decision.h"
#include "routing-tests.h"
#include "udp-flow.h"
#include "witness-routing.h"

#include "ns3/boolean.h"
#include "ns3/bulk-send-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-global-routing-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv6-static-routing-helper.h"
#include "ns3/loopback-module.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/packet-sink.h"
#include "ns3/random-variable-stream.h"
#include "ns3/simple-net-device-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <bitset>
#include <map>
#include <sstream>

using namespace ns3;
using namespace ns3::tests;

namespace
{

constexpr uint32_t COUNT{10}; ///< datagrams in a UdpFlow of default settings

const std::string SINK{"ns3::BlackholeNetDevice"};
const std::string LINK{"ns3::SimpleNetDevice"};

/// A node with a lo and a link that has the address 10.1.1.1/24 or 2001:1::1/64.
class OneNodeTestCase : public TestCase
{
  protected:
    OneNodeTestCase(IpVersion version, const std::string& behaviour)
        : TestCase(NameOf(version) + ": " + behaviour),
          m_version(version)
    {
    }

    void MakeNode()
    {
        m_node = CreateLoopbackNode(Loopback::IMMEDIATE);
        m_link = SimpleNetDeviceHelper().Install(m_node).Get(0);
        m_interface = AddInterface(m_link, "10.1.1.1", "2001:1::1");
    }

    /// @return the number of a new interface that is up, which is the same for both versions
    uint32_t AddInterface(Ptr<NetDevice> device, const char* address4, const char* address6)
    {
        auto ipv4 = m_node->GetObject<Ipv4>();
        const auto number = ipv4->AddInterface(device);
        ipv4->AddAddress(number, {address4, "/24"});
        ipv4->SetUp(number);
        auto ipv6 = m_node->GetObject<Ipv6>();
        const auto interface = ipv6->AddInterface(device);
        NS_TEST_EXPECT_MSG_EQ(interface, number, "the interface is the same for both");
        ipv6->AddAddress(interface, {Ipv6Address(address6), Ipv6Prefix(64)});
        ipv6->SetForwarding(interface, true);
        ipv6->SetUp(interface);
        return number;
    }

    /// @return one of two addresses, that of the version
    Address Get(const char* ipv4, const char* ipv6) const
    {
        return m_version == IpVersion::V4 ? Address(Ipv4Address(ipv4)) : Address(Ipv6Address(ipv6));
    }

    /// @return one of two prefix lengths, that of the version
    uint8_t Get(uint8_t ipv4, uint8_t ipv6) const
    {
        return m_version == IpVersion::V4 ? ipv4 : ipv6;
    }

    /// @return an address as text
    static std::string Print(const Address& address)
    {
        std::ostringstream text;
        Ipv4Address::IsMatchingType(address) ? text << Ipv4Address::ConvertFrom(address)
                                             : text << Ipv6Address::ConvertFrom(address);
        return text.str();
    }

    /// Expect that what the node sends and what it would forward to an address goes there.
    void Expect(const Address& destination, const std::string& where)
    {
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, destination),
                              where,
                              "sent to " << Print(destination));
        NS_TEST_EXPECT_MSG_EQ(DecideInput(m_node, destination, m_link),
                              where,
                              "forwarded to " << Print(destination));
    }

    /// Add a route to the link to the network that an address is in.
    void AddLinkRoute(const Address& address, uint8_t length)
    {
        AddInterfaceRoute(address, length, m_interface);
    }

    /// Add a route to an interface to the network that an address is in.
    void AddInterfaceRoute(const Address& address, uint8_t length, uint32_t interface)
    {
        if (m_version == IpVersion::V4)
        {
            const Ipv4Mask mask(("/" + std::to_string(length)).c_str());
            Ipv4StaticRoutingHelper()
                .GetStaticRouting(m_node->GetObject<Ipv4>())
                ->AddNetworkRouteTo(Ipv4Address::ConvertFrom(address).CombineMask(mask),
                                    mask,
                                    interface);
        }
        else
        {
            const Ipv6Prefix prefix(length);
            Ipv6StaticRoutingHelper()
                .GetStaticRouting(m_node->GetObject<Ipv6>())
                ->AddNetworkRouteTo(Ipv6Address::ConvertFrom(address).CombinePrefix(prefix),
                                    prefix,
                                    interface);
        }
    }

    void DoTeardown() override
    {
        m_node = nullptr;
        m_link = nullptr;
        Simulator::Destroy();
    }

    const IpVersion m_version; //!< the IP version
    Ptr<Node> m_node;          //!< the node
    Ptr<NetDevice> m_link;     //!< its link
    uint32_t m_interface{0};   //!< the link's interface
};

/// The longest prefix wins, whatever came first.
class NestedTestCase : public OneNodeTestCase
{
  public:
    explicit NestedTestCase(IpVersion version)
        : OneNodeTestCase(version, "routes and blackhole routes inside one another, in any order")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        const auto address = Get("10.128.64.32", "2001:128:64:32::1");
        const auto step = Get(4, 8);
        AddBlackholeRoute(m_node, address, 0);
        Expect(address, SINK);
        AddLinkRoute(address, 0);
        Expect(address, SINK);
        AddLinkRoute(address, 2 * step);
        Expect(address, LINK);
        AddBlackholeRoute(m_node, address, 3 * step);
        Expect(address, SINK);
        AddBlackholeRoute(m_node, address, step);
        Expect(address, SINK);
        AddLinkRoute(address, 4 * step);
        Expect(address, LINK);
        AddBlackholeRoute(m_node, address, GetBits(address));
        Expect(address, SINK);
        RemoveBlackholeRoute(m_node, address, GetBits(address));
        Expect(address, LINK);
        RemoveBlackholeRoute(m_node, address, step);
        RemoveBlackholeRoute(m_node, address, 3 * step);
        Expect(address, LINK);
        Expect(Get("192.168.1.1", "3001::1"), SINK);
        RemoveBlackholeRoute(m_node, address, 0);
        Expect(Get("192.168.1.1", "3001::1"), LINK);
    }
};

/// Nothing that is for the node, or for many hosts, or not to be forwarded, is sunk.
class NeverSunkTestCase : public OneNodeTestCase
{
  public:
    NeverSunkTestCase(IpVersion version, bool local, bool localFirst)
        : OneNodeTestCase(version,
                          std::string("what is never sunk is not by a default route") +
                              (!local       ? ""
                               : localFirst ? " beside earlier local routing"
                                            : " beside later local routing")),
          m_local(local),
          m_localFirst(localFirst)
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        if (m_local && m_localFirst)
        {
            LoHelper::RouteLocalAddresses(m_node);
        }
        AddBlackholeRoute(m_node, Get("0.0.0.0", "::"), 0);
        const auto own = Get("10.1.1.1", "2001:1::1");
        AddBlackholeRoute(m_node, own, GetBits(own));
        const auto loopback = GetLoopbackAddress(m_version);
        AddBlackholeRoute(m_node, loopback, GetBits(loopback));
        if (m_local && !m_localFirst)
        {
            LoHelper::RouteLocalAddresses(m_node);
        }
        const std::string lo = "ns3::LoNetDevice";
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, own),
                              (m_local ? lo : LINK),
                              "to the node's own address");
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, loopback), lo, "to the loopback");
        NS_TEST_EXPECT_MSG_NE(DecideInput(m_node, own, LoHelper::GetLo(m_node)),
                              SINK,
                              "own address, coming in by lo");
        const auto group = Get("239.1.2.3", "ff15::1");
        NS_TEST_EXPECT_MSG_NE(DecideOutput(m_node, group), SINK, "to a group");
        NS_TEST_EXPECT_MSG_NE(DecideInput(m_node, group, m_link), SINK, "a group's, forwarded");
        const auto other = Get("192.168.1.1", "3001::1");
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, other, m_link),
                              "none",
                              "of a socket that is bound to a device");
        Expect(other, SINK);
        if (m_version == IpVersion::V4)
        {
            ExpectIpv4();
        }
        m_version == IpVersion::V4 ? m_node->GetObject<Ipv4>()->SetForwarding(m_interface, false)
                                   : m_node->GetObject<Ipv6>()->SetForwarding(m_interface, false);
        NS_TEST_EXPECT_MSG_EQ(DecideInput(m_node, other, m_link),
                              "error",
                              "what a host that does not forward gets for others");
    }

    void ExpectIpv4()
    {
        NS_TEST_EXPECT_MSG_EQ(DecideInput(m_node, Ipv4Address("10.1.1.1"), m_link),
                              "local",
                              "to the own address, from outside");
        AddBlackholeRoute(m_node, Ipv4Address("10.1.1.255"), 32);
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, Ipv4Address("10.1.1.255")),
                              LINK,
                              "a broadcast on the link");
        AddBlackholeRoute(m_node, Ipv4Address("127.0.0.0"), 8);
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, Ipv4Address("127.0.0.2")),
                              "ns3::LoNetDevice",
                              "to all of the loopback network");
        NS_TEST_EXPECT_MSG_NE(DecideOutput(m_node, Ipv4Address::GetBroadcast()),
                              SINK,
                              "the limited broadcast");
    }

    const bool m_local;
    const bool m_localFirst;
};

/// What the node itself sends is counted, from an address of its own, and the socket not told.
class LocalSenderTestCase : public OneNodeTestCase
{
  public:
    explicit LocalSenderTestCase(IpVersion version)
        : OneNodeTestCase(version, "a TCP connection waits while its peer is sunk, then goes on")
    {
    }

  private:
    void DoRun() override
    {
        const RoutedNetwork network(GetStaticRoutings().at(m_version == IpVersion::V4 ? 0 : 1), {});
        const auto client = network.GetClient();
        const auto server = network.GetServerAddress();
        const auto endpoint = MakeEndpoint(server, 7);
        const auto sink =
            DynamicCast<PacketSink>(PacketSinkHelper("ns3::TcpSocketFactory", endpoint)
                                        .Install(network.GetServer())
                                        .Get(0));
        BulkSendHelper sender("ns3::TcpSocketFactory", endpoint);
        sender.SetAttribute("MaxBytes", UintegerValue(SIZE));
        sender.Install(client).Start(Seconds(5));
        AddBlackholeRoute(client, server, GetBits(server));
        uint64_t sunkSyn = 0;
        Simulator::Schedule(Seconds(9), [&] {
            sunkSyn = CountSunk(client);
            RemoveBlackholeRoute(client, server, GetBits(server));
        });
        uint64_t received = 0;
        Simulator::Schedule(Seconds(14.1), [&] {
            received = sink->GetTotalRx();
            AddBlackholeRoute(client, server, GetBits(server));
        });
        Simulator::Schedule(Seconds(20), [&] {
            NS_TEST_EXPECT_MSG_LT(sink->GetTotalRx(),
                                  received + 200'000,
                                  "no more than was under way");
            RemoveBlackholeRoute(client, server, GetBits(server));
        });
        Simulator::Stop(Seconds(200));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(sunkSyn, 2, "SYN segments sunk, the first and one sent again");
        NS_TEST_EXPECT_MSG_EQ(sink->GetTotalRx(), SIZE, "bytes received in the end");
        NS_TEST_EXPECT_MSG_EQ((received > 0 && received < SIZE), true, "in two parts");
        NS_TEST_EXPECT_MSG_GT(CountSunk(client), sunkSyn, "segments sunk in between");
    }

    static constexpr uint32_t SIZE{10'000'000};
};

/// Which device AddRoute leads to.
class DeviceTestCase : public OneNodeTestCase
{
  public:
    explicit DeviceTestCase(IpVersion version)
        : OneNodeTestCase(version, "AddRoute takes the first blackhole that is as it would make it")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        const auto plain = BlackholeHelper().Install(m_node).Get(0);
        BlackholeHelper().Install(m_node);
        BlackholeHelper small;
        small.SetDeviceAttribute("Mtu", UintegerValue(1500));
        AddBlackholeRoute(m_node, Get("10.7.0.0", "2001:7::"), 32);
        Add(small, "10.8.0.0", "2001:8::");
        Add(small, "10.9.0.0", "2001:9::");
        NS_TEST_ASSERT_MSG_EQ(m_node->GetNDevices(), 5, "devices: lo, link, two plain, one small");
        for (const auto& destination : {Get("10.7.0.0", "2001:7::"),
                                        Get("10.8.0.0", "2001:8::"),
                                        Get("10.9.0.0", "2001:9::")})
        {
            auto socket =
                Socket::CreateSocket(m_node, TypeId::LookupByName("ns3::UdpSocketFactory"));
            NS_TEST_EXPECT_MSG_EQ(
                socket->SendTo(Create<Packet>(10), 0, MakeEndpoint(destination, 9)),
                10,
                "the socket is not told");
        }
        NS_TEST_EXPECT_MSG_EQ(CountOf(plain), 1, "sunk by the first");
        NS_TEST_EXPECT_MSG_EQ(CountOf(m_node->GetDevice(4)), 2, "sunk by the small one");

        MakeNode();
        BlackholeHelper prohibit;
        prohibit.SetDeviceAttribute("Reject", StringValue("AdminProhibited"));
        Add(prohibit, "10.7.0.0", "2001:7::");
        Add(BlackholeHelper(), "10.8.0.0", "2001:8::");
        Add(prohibit, "10.9.0.0", "2001:9::");
        NS_TEST_EXPECT_MSG_EQ(m_node->GetNDevices(), 4, "lo, link, one that answers, one silent");
    }

    void Add(const BlackholeHelper& helper, const char* ipv4, const char* ipv6)
    {
        m_version == IpVersion::V4 ? helper.AddRoute(m_node, Ipv4Address(ipv4), Ipv4Mask("/32"))
                                   : helper.AddRoute(m_node, Ipv6Address(ipv6), Ipv6Prefix(32));
    }

    static uint64_t CountOf(Ptr<NetDevice> device)
    {
        return DynamicCast<BlackholeNetDevice>(device)->GetStats().txPackets;
    }
};

/// A link's two addresses are both those of hosts (RFC 3021).
class TwoHostsTestCase : public TestCase
{
  public:
    TwoHostsTestCase()
        : TestCase("the last address of a network of two is no broadcast address")
    {
    }

  private:
    void DoRun() override
    {
        for (const auto& [mask, decision] : std::map<std::string, std::string>{
                 {"/31", "ns3::BlackholeNetDevice"},
                 {"/30", "ns3::SimpleNetDevice"},
             })
        {
            const auto node = CreateLoopbackNode(Loopback::IMMEDIATE);
            const auto ipv4 = node->GetObject<Ipv4>();
            const auto link = SimpleNetDeviceHelper().Install(node).Get(0);
            const auto interface = ipv4->AddInterface(link);
            ipv4->AddAddress(interface, {"10.1.1.2", mask.c_str()});
            ipv4->SetUp(interface);
            BlackholeHelper().AddRoute(node, Ipv4Address("10.1.1.3"), Ipv4Mask("/32"));
            NS_TEST_EXPECT_MSG_EQ(DecideOutput(node, Ipv4Address("10.1.1.3")),
                                  decision,
                                  mask << ": where 10.1.1.3 is reached");
        }
    }
};

/// The device does not decide on the route.
class DownTestCase : public OneNodeTestCase
{
  public:
    explicit DownTestCase(IpVersion version)
        : OneNodeTestCase(version, "while the blackhole is down it refuses what is routed there")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        const auto destination = Get("10.1.1.7", "2001:1::7");
        AddBlackholeRoute(m_node, destination, GetBits(destination));
        const auto blackhole = DynamicCast<BlackholeNetDevice>(m_node->GetDevice(2));
        Simulator::Stop(Seconds(10));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(blackhole->GetStats(), LinkStats(), "nothing is sent of itself");
        blackhole->SetDown();
        auto socket = Socket::CreateSocket(m_node, TypeId::LookupByName("ns3::UdpSocketFactory"));
        socket->SendTo(Create<Packet>(10), 0, MakeEndpoint(destination, 9));
        LinkStats expected;
        expected.txDropped = 1;
        NS_TEST_EXPECT_MSG_EQ(blackhole->GetStats(), expected, "refused");
        Expect(destination, SINK);
    }
};

/// What stands in the routing protocols' way does not keep the news from them.
class LinkDownTestCase : public OneNodeTestCase
{
  public:
    explicit LinkDownTestCase(IpVersion version)
        : OneNodeTestCase(version, "routes go and come with their interface behind a blackhole's")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        const auto neighbour = Get("10.1.1.7", "2001:1::7");
        const auto sunk = Get("10.7.0.1", "2001:7::1");
        AddBlackholeRoute(m_node, sunk, 32);
        Expect(neighbour, LINK);
        SetLink(false);
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, neighbour), "none", "while the link is down");
        SetLink(true);
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, neighbour), LINK, "when it is up again");
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, sunk), SINK, "the blackhole route stays");
    }

    void SetLink(bool up)
    {
        auto ipv4 = m_node->GetObject<Ipv4>();
        auto ipv6 = m_node->GetObject<Ipv6>();
        if (m_version == IpVersion::V4)
        {
            up ? ipv4->SetUp(m_interface) : ipv4->SetDown(m_interface);
            return;
        }
        up ? ipv6->SetUp(m_interface) : ipv6->SetDown(m_interface);
        if (up)
        {
            // Which ns-3's IPv6 forgets when the interface goes down.
            ipv6->AddAddress(m_interface, {Ipv6Address("2001:1::1"), Ipv6Prefix(64)});
        }
    }
};

/// The blackhole's interface is no other protocol's business.
class HiddenTestCase : public OneNodeTestCase
{
  public:
    explicit HiddenTestCase(IpVersion version)
        : OneNodeTestCase(version, "no protocol is told of the interface that AddRoute made")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        m_version == IpVersion::V4
            ? Check<Ipv4StaticRouting, Ipv4InterfaceAddress>(m_node->GetObject<Ipv4>())
            : Check<Ipv6StaticRouting, Ipv6InterfaceAddress>(m_node->GetObject<Ipv6>());
    }

    template <class StaticRouting, class InterfaceAddress, class Ip>
    void Check(Ptr<Ip> ip)
    {
        const auto witness = CreateObject<WitnessRouting<StaticRouting, InterfaceAddress>>();
        ip->SetRoutingProtocol(witness);
        witness->Forget();
        AddBlackholeRoute(m_node, Get("10.7.0.1", "2001:7::1"), 32);
        const auto hidden = ip->GetNInterfaces() - 1;
        NS_TEST_ASSERT_MSG_EQ(bool(DynamicCast<BlackholeNetDevice>(ip->GetNetDevice(hidden))),
                              true,
                              "the last interface is the blackhole's");
        for (const auto interface : {hidden, m_interface})
        {
            ip->SetDown(interface);
            ip->SetUp(interface);
        }
        const std::vector<uint32_t> expected{m_interface};
        NS_TEST_EXPECT_MSG_EQ((witness->down == expected), true, "told of the link, down");
        NS_TEST_EXPECT_MSG_EQ((witness->up == expected), true, "told of the link, up");
    }
};

/// Who prints the routes of a node sees those to nowhere, as `ip route` shows them.
class PrintTestCase : public OneNodeTestCase
{
  public:
    explicit PrintTestCase(IpVersion version)
        : OneNodeTestCase(version, "blackhole routes are printed before the others")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        const auto before = PrintTable();
        AddBlackholeRoute(m_node, Get("10.7.0.0", "2001:7::"), 32);
        AddBlackholeRoute(m_node, Get("10.0.0.0", "2000::"), 8);
        AddBlackholeRoute(m_node, Get("9.0.0.0", "1000::"), 8);
        const std::string expected =
            m_version == IpVersion::V4
                ? "blackhole 10.7.0.0/32\nblackhole 9.0.0.0/8\nblackhole 10.0.0.0/8\n"
                : "blackhole 2001:7::/32\nblackhole 1000::/8\nblackhole 2000::/8\n";
        NS_TEST_EXPECT_MSG_EQ(PrintTable(), expected + before, "the table");
    }

    std::string PrintTable()
    {
        return m_version == IpVersion::V4 ? tests::PrintTable(m_node->GetObject<Ipv4>())
                                          : tests::PrintTable(m_node->GetObject<Ipv6>());
    }
};

/// A packet that is sunk has the source that it would have without the route, if it has one.
class SourceTestCase : public OneNodeTestCase
{
  public:
    explicit SourceTestCase(IpVersion version)
        : OneNodeTestCase(version,
                          "the source is that of the route behind, or the first global address "
                          "that is up, or that of the loopback")
    {
    }

  private:
    void DoRun() override
    {
        MakeNode();
        // Before all others, but not for other hosts.
        Ipv4InterfaceAddress linkLocal("169.254.0.1", "/16");
        linkLocal.SetScope(Ipv4InterfaceAddress::LINK);
        const auto ipv4 = m_node->GetObject<Ipv4>();
        ipv4->AddAddress(ipv4->GetInterfaceForAddress(Ipv4Address::GetLoopback()), linkLocal);
        const auto second =
            AddInterface(SimpleNetDeviceHelper().Install(m_node).Get(0), "10.2.2.1", "2001:2::1");
        const auto routed = Get("10.8.0.1", "2001:8::1");
        const auto unrouted = Get("10.7.0.1", "2001:7::1");
        AddBlackholeRoute(m_node, routed, 32);
        AddBlackholeRoute(m_node, unrouted, 32);
        Expect(routed, Get("10.1.1.1", "2001:1::1"), "there is no route behind yet");
        AddInterfaceRoute(routed, Get(16, 32), second);
        Expect(routed, Get("10.2.2.1", "2001:2::1"), "a route to the second interface is behind");
        Expect(unrouted, Get("10.1.1.1", "2001:1::1"), "no route is behind");
        SetDown(m_interface);
        Expect(unrouted, Get("10.2.2.1", "2001:2::1"), "the first interface is down");
        SetDown(second);
        Expect(unrouted, Get("127.0.0.1", "::1"), "no interface is up");
    }

    void Expect(const Address& destination, const Address& source, const std::string& when)
    {
        NS_TEST_EXPECT_MSG_EQ(Print(DecideSource(m_node, destination)), Print(source), when);
    }

    void SetDown(uint32_t interface)
    {
        m_version == IpVersion::V4 ? m_node->GetObject<Ipv4>()->SetDown(interface)
                                   : m_node->GetObject<Ipv6>()->SetDown(interface);
    }
};

/// A route into the blackhole needs no address to come from.
class NoAddressTestCase : public TestCase
{
  public:
    NoAddressTestCase()
        : TestCase("a node without an address of its own can send into a blackhole")
    {
    }

  private:
    void DoRun() override
    {
        const auto node = CreateLoopbackNode(Loopback::IMMEDIATE);
        for (const Address& destination :
             {Address(Ipv4Address("10.7.0.1")), Address(Ipv6Address("2001:7::1"))})
        {
            AddBlackholeRoute(node, destination, 32);
            auto socket = Socket::CreateSocket(node, TypeId::LookupByName("ns3::UdpSocketFactory"));
            NS_TEST_EXPECT_MSG_EQ(
                socket->SendTo(Create<Packet>(10), 0, MakeEndpoint(destination, 9)),
                10,
                "the socket is not told");
        }
        NS_TEST_EXPECT_MSG_EQ(CountSunk(node), 2, "sunk");
        Simulator::Destroy();
    }
};

/// Broadcasts of all sockets still work on a node that has a blackhole's interface.
class BroadcastTestCase : public TestCase
{
  public:
    BroadcastTestCase()
        : TestCase("limited broadcasts pass over the interface that AddRoute made")
    {
    }

  private:
    void DoRun() override
    {
        const RoutedNetwork network(GetStaticRoutings().front(), {});
        AddBlackholeRoute(network.GetClient(), Ipv4Address("0.0.0.0"), 0);
        const UdpFlow flow(network.GetClient(),
                           network.GetRouter(),
                           Ipv4Address::GetBroadcast(),
                           UdpFlowSettings());
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(flow.GetReceived(), COUNT, "broadcasts that the neighbour received");
        NS_TEST_EXPECT_MSG_EQ(CountSunk(network.GetClient()), 0, "sunk");
        Simulator::Destroy();
    }
};

/// Global routing is told nothing of the blackhole's interface.
class RecomputeTestCase : public TestCase
{
  public:
    RecomputeTestCase()
        : TestCase("RecomputeRoutingTables beside blackhole routes")
    {
    }

  private:
    void DoRun() override
    {
        const RoutedNetwork network(GetInternetRoutings().at(2), {});
        const auto before = PrintTables(network);
        for (uint32_t i = 0; i < network.GetNodes().GetN(); ++i)
        {
            AddBlackholeRoute(network.GetNodes().Get(i), Ipv4Address("192.168.0.0"), 16);
        }
        Ipv4GlobalRoutingHelper::RecomputeRoutingTables();
        for (uint32_t i = 0; i < network.GetNodes().GetN(); ++i)
        {
            RemoveBlackholeRoute(network.GetNodes().Get(i), Ipv4Address("192.168.0.0"), 16);
        }
        NS_TEST_EXPECT_MSG_EQ(PrintTables(network), before, "the routes of all protocols");
        Simulator::Destroy();
    }

    static std::string PrintTables(const RoutedNetwork& network)
    {
        std::string tables;
        for (uint32_t i = 0; i < network.GetNodes().GetN(); ++i)
        {
            tables += PrintTable(network.GetNodes().Get(i)->GetObject<Ipv4>());
        }
        return tables;
    }
};

/// Random routes, and a reference that compares addresses bit by bit.
class RandomTestCase : public OneNodeTestCase
{
  public:
    explicit RandomTestCase(IpVersion version)
        : OneNodeTestCase(version, "random routes that come and go, against a slow reference")
    {
    }

  private:
    /// The bits of an address, as text.
    using Bits = std::string;

    uint32_t Draw(uint32_t below)
    {
        return m_random->GetInteger(0, below - 1);
    }

    /// @return an address of which a few bits are random
    Address DrawAddress()
    {
        uint8_t bytes[16]{};
        if (m_version == IpVersion::V4)
        {
            return Ipv4Address(0x0a000000 | (Draw(4) << 22) | (Draw(4) << 15) | (Draw(4) << 7) |
                               Draw(4));
        }
        bytes[0] = 0x20;
        bytes[4] = static_cast<uint8_t>(Draw(4) << 6);
        bytes[8] = static_cast<uint8_t>(Draw(4) << 3);
        bytes[15] = static_cast<uint8_t>(Draw(4));
        return Ipv6Address(bytes);
    }

    static Bits GetBitsOf(const Address& address)
    {
        uint8_t bytes[16];
        Bits bits;
        Ipv4Address::IsMatchingType(address) ? Ipv4Address::ConvertFrom(address).Serialize(bytes)
                                             : Ipv6Address::ConvertFrom(address).Serialize(bytes);
        for (uint8_t i = 0; i < GetBits(address) / 8; ++i)
        {
            bits += std::bitset<8>(bytes[i]).to_string();
        }
        return bits;
    }

    /// @return the longest of the prefixes that the bits begin with, or -1
    static int Find(const std::map<Bits, Address>& prefixes, const Bits& bits)
    {
        int longest = -1;
        for (const auto& [prefix, address] : prefixes)
        {
            if (bits.compare(0, prefix.size(), prefix) == 0)
            {
                longest = std::max(longest, static_cast<int>(prefix.size()));
            }
        }
        return longest;
    }

    void ChangeRoutes()
    {
        const auto address = DrawAddress();
        const auto length = static_cast<uint8_t>(Draw(GetBits(address) + 1));
        const auto prefix = GetBitsOf(address).substr(0, length);
        if (Draw(2) == 0 && m_linkRoutes.emplace(prefix, address).second)
        {
            AddLinkRoute(address, length);
        }
        else if (m_blackholes.emplace(prefix, address).second)
        {
            AddBlackholeRoute(m_node, address, length);
        }
        if (m_blackholes.size() > 12)
        {
            auto removed = m_blackholes.begin();
            std::advance(removed, Draw(static_cast<uint32_t>(m_blackholes.size())));
            RemoveBlackholeRoute(m_node, removed->second, removed->first.size());
            m_blackholes.erase(removed);
        }
    }

    void DoRun() override
    {
        uint32_t sunk = 0;
        uint32_t linked = 0;
        m_random = CreateObject<UniformRandomVariable>();
        m_random->SetStream(1);
        for (int round = 0; round < 20; ++round)
        {
            MakeNode();
            m_linkRoutes.clear();
            m_blackholes.clear();
            const auto connected = Get("10.1.1.0", "2001:1::");
            m_linkRoutes.emplace(GetBitsOf(connected).substr(0, Get(24, 64)), connected);
            for (int i = 0; i < 500; ++i)
            {
                if (i % 10 == 0)
                {
                    ChangeRoutes();
                }
                const auto destination = DrawAddress();
                const auto blackhole = Find(m_blackholes, GetBitsOf(destination));
                const auto link = Find(m_linkRoutes, GetBitsOf(destination));
                const auto decided = DecideOutput(m_node, destination);
                const auto expected = blackhole != -1 && blackhole >= link ? SINK
                                      : link != -1                         ? LINK
                                                                           : "none";
                NS_TEST_EXPECT_MSG_EQ(decided, expected, "sent to " << Print(destination));
                sunk += expected == SINK ? 1 : 0;
                linked += expected == LINK && blackhole != -1 ? 1 : 0;
                const auto forwarded = DecideInput(m_node, destination, m_link);
                NS_TEST_EXPECT_MSG_EQ((forwarded == SINK),
                                      (expected == SINK),
                                      "forwarded to " << Print(destination));
            }
            DoTeardown();
        }
        NS_TEST_EXPECT_MSG_GT(sunk, 1000, "destinations that blackhole routes win");
        NS_TEST_EXPECT_MSG_GT(linked, 1000, "destinations that they lose");
    }

    Ptr<UniformRandomVariable> m_random;
    std::map<Bits, Address> m_linkRoutes;
    std::map<Bits, Address> m_blackholes;
};

/// BlackholeHelper::AddRoute and RemoveRoute.
class LoBlackholeRoutesTestSuite : public TestSuite
{
  public:
    LoBlackholeRoutesTestSuite()
        : TestSuite("lo-blackhole-routes", TestSuite::Type::SYSTEM)
    {
        const std::vector<uint8_t> lengths{0, 0, 24, 24, 64};
        const auto routings = GetInternetRoutings();
        for (size_t i = 0; i < routings.size(); ++i)
        {
            for (auto* test : MakeBlackholeRouteTests(routings[i], lengths.at(i)))
            {
                AddTestCase(test);
            }
        }
        for (auto version : IP_VERSIONS)
        {
            AddTestCase(new NestedTestCase(version));
            AddTestCase(new NeverSunkTestCase(version, false, false));
            AddTestCase(new NeverSunkTestCase(version, true, false));
            AddTestCase(new NeverSunkTestCase(version, true, true));
            AddTestCase(new LocalSenderTestCase(version));
            AddTestCase(new DeviceTestCase(version));
            AddTestCase(new DownTestCase(version));
            AddTestCase(new LinkDownTestCase(version));
            AddTestCase(new HiddenTestCase(version));
            AddTestCase(new PrintTestCase(version));
            AddTestCase(new SourceTestCase(version));
            AddTestCase(new RandomTestCase(version));
        }
        AddTestCase(new NoAddressTestCase);
        AddTestCase(new TwoHostsTestCase);
        AddTestCase(new BroadcastTestCase);
        AddTestCase(new RecomputeTestCase);
    }
};

/// Registers the suite.
static LoBlackholeRoutesTestSuite g_loBlackholeRoutesTestSuite;

} // namespace
