/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"
#include "node-routes.h"
#include "routed-network.h"
#include "to-callback.h"
#include "udp-flow.h"

#include "ns3/ipv4-route.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/loopback-module.h"
#include "ns3/simple-net-device-helper.h"
#include "ns3/tcp-socket-factory.h"
#include "ns3/udp-socket-factory.h"

#include <sstream>

using namespace ns3;
using namespace ns3::tests;

namespace
{

const std::string SINK{"discarded"};
const std::string LINK{"ns3::SimpleNetDevice"};

/// A routing protocol that counts how often it is asked.
class CountingRouting : public Ipv4StaticRouting
{
  public:
    Ptr<Ipv4Route> RouteOutput(Ptr<Packet> packet,
                               const Ipv4Header& header,
                               Ptr<NetDevice> oif,
                               Socket::SocketErrno& error) override
    {
        ++asked;
        return Ipv4StaticRouting::RouteOutput(packet, header, oif, error);
    }

    void PrintRoutingTable(Ptr<OutputStreamWrapper> /* stream */,
                           Time::Unit /* unit */) const override
    {
        ++asked;
    }

    mutable uint32_t asked{0}; //!< calls
};

/// A node with a lo, blackhole routes, and a link with the address 10.1.1.1/24 or 2001:1::1/64.
class BlackholeRoutesCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Check that the longest prefix among blackhole routes and interfaces wins.
    void Length(IpVersion version)
    {
        MakeNode(version);
        const auto neighbour = Get("10.1.1.7", "2001:1::7");
        const auto other = Get("10.128.64.32", "2001:128:64:32::1");
        const auto link = Pick<uint8_t>(m_version, 24, 64);
        AddBlackholeRoute(m_node, neighbour, 0);
        Expect(other, SINK);
        Expect(neighbour, LINK);
        AddBlackholeRoute(m_node, neighbour, link - 1);
        Expect(neighbour, LINK);
        AddBlackholeRoute(m_node, neighbour, link);
        Expect(neighbour, SINK);
        RemoveBlackholeRoute(m_node, neighbour, link);
        Expect(neighbour, LINK);
        AddBlackholeRoute(m_node, neighbour, GetBits(neighbour));
        Expect(neighbour, SINK);
        Expect(Get("10.1.1.8", "2001:1::8"), LINK);
        RemoveBlackholeRoute(m_node, neighbour, GetBits(neighbour));
        SetLink(false);
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, neighbour), "invalid", "the link is down");
        SetLink(true);
        Expect(neighbour, LINK);
        CheckRejects(other);
    }

    /// Check which route won by the socket's error.
    void CheckRejects(const Address& address)
    {
        AddBlackholeRoute(m_node, address, 16, BlackholeHelper::UNREACHABLE);
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, address), "none", "unreachable is longer");
        AddBlackholeRoute(m_node, address, 20, BlackholeHelper::NONE);
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, address), "invalid", "blackhole is longer");
        AddBlackholeRoute(m_node, address, 18, BlackholeHelper::PROHIBIT);
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, address), "invalid", "it still is");
        RemoveBlackholeRoute(m_node, address, 20);
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, address), "none", "prohibit is longest now");
    }

    /// Check that packets for the node, for many hosts, or not to be forwarded are not discarded.
    void NeverDiscarded(IpVersion version, bool local, bool removed)
    {
        MakeNode(version);
        const auto loopback = GetLoopbackAddress(m_version);
        const auto own = Get("10.1.1.1", "2001:1::1");
        AddBlackholeRoute(m_node, own, 0);
        AddBlackholeRoute(m_node, own, GetBits(own));
        AddBlackholeRoute(m_node, loopback, GetBits(loopback));
        if (local)
        {
            LoHelper::RouteLocalAddresses(m_node);
        }
        if (removed)
        {
            WithIp(m_node, m_version, [](auto ip) { ip->RemoveAddress(0, uint32_t{0}); });
        }
        const std::string lo = "ns3::LoNetDevice";
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, own), (local ? lo : LINK), "own address");
        NS_TEST_EXPECT_MSG_NE(DecideOutput(m_node, loopback), "invalid", "to the loopback");
        const UdpFlow flow(m_node, m_node, own, UdpFlowSettings());
        Simulator::Stop(Seconds(5));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(flow.received, COUNT, "datagrams to the own address");

        const auto group = Get("239.1.2.3", "ff15::1");
        NS_TEST_EXPECT_MSG_NE(DecideOutput(m_node, group), "invalid", "to a group");
        NS_TEST_EXPECT_MSG_NE(DecideInput(m_node, group, m_link), "sunk", "a group's, forwarded");
        const auto other = Get("192.168.1.1", "3001::1");
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, other, m_link),
                              "none",
                              "of a socket that is bound to a device");
        NS_TEST_EXPECT_MSG_NE(DecideInput(m_node, other, LoHelper::GetLo(m_node)),
                              "sunk",
                              "of such a socket, by the loopback, as AODV defers it");
        Expect(other, SINK);
        if (m_version == IpVersion::V4)
        {
            CheckIpv4();
        }
        WithIp(m_node, m_version, [this](auto ip) { ip->SetForwarding(m_interface, false); });
        NS_TEST_EXPECT_MSG_EQ(DecideInput(m_node, other, m_link),
                              "error",
                              "for others, at a host that does not forward");
    }

    void CheckIpv4()
    {
        NS_TEST_EXPECT_MSG_EQ(DecideInput(m_node, Ipv4Address("10.1.1.1"), m_link),
                              "local",
                              "to the own address, from outside");
        AddBlackholeRoute(m_node, Ipv4Address("10.1.1.255"), 32);
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, Ipv4Address("10.1.1.255")),
                              LINK,
                              "a broadcast on the link");
        NS_TEST_EXPECT_MSG_NE(DecideOutput(m_node, Ipv4Address("127.0.0.2")),
                              "invalid",
                              "to all of the loopback network");
        NS_TEST_EXPECT_MSG_NE(DecideOutput(m_node, Ipv4Address::GetBroadcast()),
                              "invalid",
                              "the limited broadcast");
    }

    /// Check the errors of a socket.
    void SocketErrors(IpVersion version)
    {
        MakeNode(version);
        AddBlackholeRoute(m_node, Get("10.7.0.0", "2001:7::"), 32, BlackholeHelper::NONE);
        AddBlackholeRoute(m_node, Get("10.8.0.0", "2001:8::"), 32, BlackholeHelper::UNREACHABLE);
        AddBlackholeRoute(m_node, Get("10.9.0.0", "2001:9::"), 32, BlackholeHelper::PROHIBIT);
        CheckErrors(Get("10.7.0.0", "2001:7::"), Socket::ERROR_INVAL);
        CheckErrors(Get("10.8.0.0", "2001:8::"), Socket::ERROR_NOROUTETOHOST);
        CheckErrors(Get("10.9.0.0", "2001:9::"), Socket::ERROR_NOROUTETOHOST);
        NS_TEST_EXPECT_MSG_EQ(CountSunk(m_node), 0, "packets that the device counts");
    }

    void CheckErrors(const Address& destination, Socket::SocketErrno expected)
    {
        const auto endpoint = MakeEndpoint(destination, 9);
        const auto udp = Socket::CreateSocket(m_node, UdpSocketFactory::GetTypeId());
        NS_TEST_EXPECT_MSG_EQ(udp->SendTo(Create<Packet>(10), 0, endpoint), -1, "UDP");
        NS_TEST_EXPECT_MSG_EQ(udp->GetErrno(), expected, "of UDP to " << Print(destination));
        const auto tcp = Socket::CreateSocket(m_node, TcpSocketFactory::GetTypeId());
        NS_TEST_EXPECT_MSG_EQ(tcp->Connect(endpoint), -1, "TCP");
        NS_TEST_EXPECT_MSG_EQ(tcp->GetErrno(), expected, "of TCP to " << Print(destination));
    }

    /// Check that the device gets the packet as the router received it.
    void Forwarded(IpVersion version)
    {
        m_version = version;
        const RoutedNetwork network(GetStaticRouting(version), {});
        const auto router = network.router;
        const auto server = network.serverAddress;
        AddBlackholeRoute(router, server, GetBits(server));
        const auto device = DynamicCast<BlackholeNetDevice>(router->GetDevice(4));
        NS_TEST_ASSERT_MSG_NE(bool(device), false, "the last device is the blackhole");
        uint32_t sunk = 0;
        device->TraceConnectWithoutContext("MacTx", ToCallback([&](Ptr<const Packet> packet) {
                                               ++sunk;
                                               CheckForwarded(packet);
                                           }));
        const UdpFlow flow(network.client, network.server, server, UdpFlowSettings());
        Simulator::Stop(Seconds(5));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_GT_OR_EQ(sunk, COUNT - 1, "packets that the device counts");
        NS_TEST_EXPECT_MSG_EQ(flow.received, 0, "datagrams at the server");
    }

    void CheckForwarded(Ptr<const Packet> packet)
    {
        const bool isV4 = m_version == IpVersion::V4;
        Ipv4Header ipv4;
        Ipv6Header ipv6;
        isV4 ? packet->PeekHeader(ipv4) : packet->PeekHeader(ipv6);
        NS_TEST_EXPECT_MSG_EQ(+(isV4 ? ipv4.GetTtl() : ipv6.GetHopLimit()), 64, "TTL, hop limit");
        NS_TEST_EXPECT_MSG_EQ(packet->GetSize(),
                              GetHeaderSize(m_version) + 8 + UdpFlowSettings().size,
                              "its size");
    }

    /// Check which device AddRoute uses.
    void Device(IpVersion version)
    {
        MakeNode(version);
        const auto destination = Get("10.7.0.1", "2001:7::1");
        AddBlackholeRoute(m_node, destination, 32);
        NS_TEST_ASSERT_MSG_EQ(m_node->GetNDevices(), 3, "lo, the link, a blackhole");
        AddBlackholeRoute(m_node, Get("10.8.0.1", "2001:8::1"), 32);
        NS_TEST_EXPECT_MSG_EQ(m_node->GetNDevices(), 3, "the second route uses the same");
        BlackholeHelper().Install(m_node);
        AddBlackholeRoute(m_node, Get("10.9.0.1", "2001:9::1"), 32);
        Expect(Get("10.9.0.1", "2001:9::1"), SINK);
        const auto first = DynamicCast<BlackholeNetDevice>(m_node->GetDevice(2));
        NS_TEST_EXPECT_MSG_EQ(first->GetStats().txPackets, 1, "the first counts");
    }

    /// Check that the protocol behind is asked once per packet, and never about discarded ones.
    void NotAsked()
    {
        MakeNode(IpVersion::V4);
        const auto behind = CreateObject<CountingRouting>();
        m_node->GetObject<Ipv4>()->SetRoutingProtocol(behind);
        behind->AddHostRouteTo("10.7.0.1", m_interface);
        AddBlackholeRoute(m_node, Ipv4Address("10.0.0.0"), 8);
        Expect(Ipv4Address("10.7.0.1"), SINK);
        NS_TEST_EXPECT_MSG_EQ(behind->asked, 0, "questions about discarded packets");
        DecideOutput(m_node, Ipv4Address("192.168.0.1"));
        NS_TEST_EXPECT_MSG_EQ(behind->asked, 1, "about one that is not");
        DecideOutput(m_node, Ipv4Address("10.1.1.7"));
        NS_TEST_EXPECT_MSG_EQ(behind->asked, 2, "about a neighbour inside the discarded network");
    }

    /// Add and remove routes by text, and check that the table shows them as `ip route` does.
    void Text(IpVersion version)
    {
        MakeNode(version);
        const auto others = PrintTable(m_node, m_version);
        const auto* network = Pick(m_version, "10.7.0.0", "2001:7::0.0.0.0");
        BlackholeHelper helper;
        helper.AddRoute(m_node, network, Pick(m_version, "/16", "/33"));
        helper.AddRoute(m_node, network, Pick(m_version, "255.255.255.255", "ffff:ffff::"));
        helper.SetReject(BlackholeHelper::UNREACHABLE);
        helper.AddRoute(m_node, Pick(m_version, "10.0.0.0", "2000::"), "/8");
        helper.SetReject(BlackholeHelper::PROHIBIT);
        helper.AddRoute(m_node, Pick(m_version, "9.0.0.0", "1000::"), "/8");
        helper.AddRoute(m_node, Pick(m_version, "224.0.0.0", "e000::"), "/3");
        BlackholeHelper::RemoveRoute(m_node,
                                     Pick(m_version, "10.7.0.0", "2001:7::"),
                                     Pick(m_version, "255.255.0.0", "ffff:ffff:8000::"));
        const std::string expected =
            Pick(m_version,
                 "blackhole 10.7.0.0/32\nprohibit 9.0.0.0/8\nunreachable 10.0.0.0/8\n"
                 "prohibit 224.0.0.0/3\n",
                 "blackhole 2001:7::/32\nprohibit 1000::/8\nunreachable 2000::/8\n"
                 "prohibit e000::/3\n");
        NS_TEST_EXPECT_MSG_EQ(PrintTable(m_node, m_version), expected + others, "the table");
    }

    /// Check that both addresses of a two-address link are hosts' (RFC 3021).
    void TwoHosts()
    {
        for (const auto& [mask, decision] : {std::pair("/31", "invalid"), {"/30", LINK.c_str()}})
        {
            MakeNode(IpVersion::V4);
            m_node->GetObject<Ipv4>()->AddAddress(m_interface, {"10.3.1.2", mask});
            BlackholeHelper().AddRoute(m_node, "10.3.1.3", "/32");
            NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, Ipv4Address("10.3.1.3")),
                                  decision,
                                  mask << ": where 10.3.1.3 is reached");
        }
    }

  private:
    /// Make the node.
    void MakeNode(IpVersion version)
    {
        m_version = version;
        m_node = CreateLoopbackNode(Loopback::IMMEDIATE);
        m_link = SimpleNetDeviceHelper().Install(m_node).Get(0);
        m_interface = AddInterface(m_link, "10.1.1.1", "2001:1::1");
    }

    /// @return the address of the version, out of two
    Address Get(const char* ipv4, const char* ipv6) const
    {
        return ParseAddress(Pick(m_version, ipv4, ipv6));
    }

    /// @return an address as text
    static std::string Print(const Address& address)
    {
        std::ostringstream text;
        Ipv4Address::IsMatchingType(address) ? text << Ipv4Address::ConvertFrom(address)
                                             : text << Ipv6Address::ConvertFrom(address);
        return text.str();
    }

    /// Expect packets to an address to be discarded, or to go to the link.
    void Expect(const Address& destination, const std::string& where)
    {
        const bool discarded = where == SINK;
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, destination),
                              (discarded ? "invalid" : where),
                              "sent to " << Print(destination));
        NS_TEST_EXPECT_MSG_EQ(DecideInput(m_node, destination, m_link),
                              (discarded ? "sunk" : where),
                              "forwarded to " << Print(destination));
    }

    /// Set the link's interface up or down.
    void SetLink(bool up)
    {
        WithIp(m_node, m_version, [this, up](auto ip) {
            up ? ip->SetUp(m_interface) : ip->SetDown(m_interface);
        });
        if (up && m_version == IpVersion::V6)
        {
            // ns-3's IPv6 forgets it when the interface goes down.
            m_node->GetObject<Ipv6>()->AddAddress(m_interface,
                                                  {Ipv6Address("2001:1::1"), Ipv6Prefix(64)});
        }
    }

    void DoTeardown() override
    {
        m_node = nullptr;
        m_link = nullptr;
    }

    IpVersion m_version{IpVersion::V4}; //!< the IP version
    Ptr<Node> m_node;                   //!< the node
    Ptr<NetDevice> m_link;              //!< its link
    uint32_t m_interface{0};            //!< the link's interface
};

/// BlackholeHelper::AddRoute and RemoveRoute.
const Suite g_suite("lo-blackhole-routes", TestSuite::Type::SYSTEM, [](Suite& suite) {
    using Case = BlackholeRoutesCase;
    for (auto version : IP_VERSIONS)
    {
        const auto name = NameOf(version) + ": ";
        const auto add = [&suite, version, name](const char* behaviour,
                                                 void (Case::*test)(IpVersion)) {
            suite.Add(name + behaviour, test, version);
        };
        add("the longest blackhole route wins, unless the prefix of an interface is longer",
            &Case::Length);
        add("what the node sends to a discarded network fails at the socket", &Case::SocketErrors);
        add("the device gets a forwarded packet with its header as it was received",
            &Case::Forwarded);
        add("AddRoute takes the node's first blackhole, or installs one", &Case::Device);
        add("AddRoute and RemoveRoute take text; the routes are printed before the others",
            &Case::Text);
        for (const bool local : {false, true})
        {
            for (const bool removed : {false, true})
            {
                suite.Add(name + "a default blackhole route spares what must not be discarded" +
                              (local ? ", with local routes" : "") +
                              (removed ? ", without the loopback address" : ""),
                          &Case::NeverDiscarded,
                          version,
                          local,
                          removed);
            }
        }
    }
    suite.Add("IPv4: the node's routing protocol is not asked for discarded packets",
              &Case::NotAsked);
    suite.Add("the last address of a two-address network is no broadcast address", &Case::TwoHosts);
});

} // namespace
