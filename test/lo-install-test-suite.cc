/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-node.h"
#include "member-test-case.h"
#include "node-routes.h"
#include "to-callback.h"
#include "udp-flow.h"
#include "watched-lo.h"

#include "ns3/blackhole-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv6-address-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/simple-net-device-helper.h"
#include "ns3/tcp-socket-factory.h"
#include "ns3/udp-socket-factory.h"

#include <sstream>
#include <string>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// The stack of nodes, and when they get lo.
struct Stack
{
    bool isIpv4;       //!< whether they have IPv4
    bool isIpv6;       //!< whether they have IPv6
    bool isBlackholed; //!< whether a node gets a blackhole route before its address
    bool isLoBefore;   //!< whether the stack adopts lo
};

/// A lo that the Internet stack adopts, or that is in the wire of the stack's own loopback.
class InstallTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Compare interfaces, addresses and routes with a node without lo.
    void Unchanged(const Stack& stack)
    {
        const auto without = DescribeNode(stack, false);
        NS_TEST_EXPECT_MSG_EQ(DescribeNode(stack, true), without, "the stack of a node with lo");
        NS_TEST_EXPECT_MSG_NE(without.find(stack.isIpv4 ? "10.1.1.2" : "2001:1::"),
                              std::string::npos,
                              "the link's address in " << without);
    }

    /// Set the interface of 127.0.0.1 down during a flow; ns-3 crashes on that of ::1.
    void LoopbackDown()
    {
        const auto node = CreateLoopbackNode(Loopback::AFTER);
        const UdpFlow flow(node, node, Ipv4Address::GetLoopback(), {Seconds(1)});
        const auto ipv4 = node->GetObject<Ipv4>();
        Simulator::Schedule(MilliSeconds(1450), [ipv4] { ipv4->SetDown(0); });
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(flow.received, 5, "datagrams received");
        NS_TEST_EXPECT_MSG_EQ(LoHelper::GetLo(node)->GetStats().rxPackets, 5, "over lo");
    }

    /// Open sockets of all kinds, then install lo before or during a simulation.
    void Sockets(IpVersion version, bool isLate)
    {
        const auto node = CreateLoopbackNode(Loopback::REFERENCE);
        const auto udp = UdpSocketFactory::GetTypeId();
        const auto tcp = TcpSocketFactory::GetTypeId();
        const auto bind = [&](TypeId factory, const Address& endpoint) {
            auto socket = Socket::CreateSocket(node, factory);
            socket->Bind(endpoint);
            return socket;
        };
        const auto connect = [&](TypeId factory, uint16_t port) {
            auto socket = bind(factory, GetAnyEndpoint(version, 0));
            socket->Connect(GetLoopbackEndpoint(version, port));
            return socket;
        };
        const auto bound = bind(udp, GetLoopbackEndpoint(version, 6));
        const auto onAny = bind(udp, GetAnyEndpoint(version, 7));
        const auto onDevice = bind(udp, GetAnyEndpoint(version, 8));
        onDevice->BindToNetDevice(node->GetDevice(0));
        const auto listening = bind(tcp, GetAnyEndpoint(version, 9));
        Ptr<Socket> accepted;
        listening->SetAcceptCallback(
            MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
            ToCallback([&](Ptr<Socket> socket, const Address&) { accepted = socket; }));
        listening->Listen();
        const auto toBound = connect(udp, 6);
        const auto toAny = connect(udp, 7);
        const auto fromDevice = connect(udp, 8);
        fromDevice->BindToNetDevice(node->GetDevice(0));
        Ptr<Socket> toListening;
        const auto send = [&] {
            for (const auto& socket : {toBound, toAny, fromDevice, toListening})
            {
                socket->Send(Create<Packet>(100));
            }
        };
        Simulator::ScheduleWithContext(node->GetId(), Seconds(1), [&] {
            toListening = connect(tcp, 9);
        });
        Simulator::ScheduleWithContext(node->GetId(), Seconds(2), send);
        Simulator::Schedule(Seconds(isLate ? 3 : 0), [&] { LoHelper().Install(node); });
        LinkStats before;
        Simulator::Schedule(Seconds(4), [&] { before = LoHelper::GetLo(node)->GetStats(); });
        Simulator::ScheduleWithContext(node->GetId(), Seconds(5), send);
        Simulator::Run();
        for (const auto& socket : {bound, onAny, onDevice, accepted})
        {
            NS_TEST_ASSERT_MSG_EQ(bool(socket), true, "the listening socket accepted");
            NS_TEST_EXPECT_MSG_EQ(socket->GetRxAvailable(), 200, "bytes received");
        }
        // Three datagrams, a segment and its acknowledgement.
        NS_TEST_EXPECT_MSG_EQ((LoHelper::GetLo(node)->GetStats() - before).rxPackets,
                              5,
                              "packets of the second time that crossed lo");
    }

    /// Register promiscuous handlers before and after lo is installed.
    void PromiscuousHandlers()
    {
        const auto node = CreateLoopbackNode(Loopback::REFERENCE);
        std::string seen;
        const auto watch = [&](const std::string& name, Ptr<NetDevice> device) {
            const auto handler =
                ToHandler([&seen, name](Ptr<NetDevice> from, Ptr<const Packet> packet) {
                    seen += name + " " + std::to_string(packet->GetSize()) + "@" +
                            std::to_string(from->GetIfIndex()) + ", ";
                });
            node->RegisterProtocolHandler(handler, 0, device, true);
        };
        const auto loopback = node->GetDevice(0);
        watch("before", loopback);
        watch("before of all", nullptr);
        LoHelper().Install(node);
        watch("after", loopback);
        watch("after of all", nullptr);
        const std::string once = "before 100@0, before of all 100@0, after 100@0, after of all "
                                 "100@0, ";
        for (const auto& expected : {once, once + "late 100@0, "})
        {
            seen.clear();
            Simulator::ScheduleWithContext(node->GetId(), Seconds(1), [loopback] {
                loopback->Send(Create<Packet>(100), loopback->GetBroadcast(), TEST_PROTOCOL);
            });
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(seen, expected, "each handler sees the packet once");
            watch("late", loopback);
        }
        NS_TEST_EXPECT_MSG_EQ(LoHelper::GetLo(node)->GetStats().rxPackets, 2, "lo counts both");
    }

    /// Install lo while the node hands a packet to its handlers, which sanitizers watch.
    void FromReceiver()
    {
        const auto node = CreateLoopbackNode(Loopback::REFERENCE);
        uint32_t nSeen = 0;
        const auto handler = ToHandler([&](Ptr<NetDevice>, Ptr<const Packet>) { ++nSeen; });
        node->RegisterProtocolHandler(handler, 0, nullptr, true);
        const auto receiver = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
        receiver->Bind(GetAnyEndpoint(IpVersion::V4, 7));
        receiver->SetRecvCallback(ToCallback([&](Ptr<Socket>) {
            if (!LoHelper::GetLo(node))
            {
                LoHelper().Install(node);
            }
        }));
        const auto sender = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
        sender->Connect(GetLoopbackEndpoint(IpVersion::V4, 7));
        for (const auto second : {1, 2, 3})
        {
            Simulator::ScheduleWithContext(node->GetId(), Seconds(second), [&] {
                sender->Send(Create<Packet>(100));
            });
        }
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(receiver->GetRxAvailable(), 300, "bytes received");
        NS_TEST_EXPECT_MSG_EQ(nSeen, 3, "a promiscuous handler registered before sees each once");
        NS_TEST_EXPECT_MSG_EQ(LoHelper::GetLo(node)->GetStats().rxPackets,
                              2,
                              "lo counts the others");
    }

    /// Put lo into the wire of a script's loopback, until lo is disposed.
    void WithoutStack()
    {
        const auto node = CreateObject<Node>();
        const auto loopback = CreateObject<LoopbackNetDevice>();
        node->AddDevice(loopback);
        uint32_t received = 0;
        const auto handler = ToHandler([&](Ptr<NetDevice> device, Ptr<const Packet>) {
            received += device == loopback ? 1 : 100;
        });
        node->RegisterProtocolHandler(handler, TEST_PROTOCOL, nullptr);
        LoHelper helper;
        helper.SetDeviceAttribute("Mtu", UintegerValue(1500));
        helper.Install(node);
        const auto lo = LoHelper::GetLo(node);
        NS_TEST_EXPECT_MSG_EQ(loopback->GetMtu(), 1500, "the loopback has the MTU of lo");
        lo->SetMtu(2000);
        NS_TEST_EXPECT_MSG_EQ(loopback->GetMtu(), 2000, "and the next one too");
        const auto send = [&](Ptr<NetDevice> device) {
            device->Send(Create<Packet>(100), device->GetBroadcast(), TEST_PROTOCOL);
            Simulator::Run();
        };
        send(loopback);
        send(lo);
        NS_TEST_EXPECT_MSG_EQ(received, 2, "packets received, as from the loopback");
        lo->SetDown();
        send(loopback);
        NS_TEST_EXPECT_MSG_EQ(received, 2, "none while lo is down");
        NS_TEST_EXPECT_MSG_EQ(ToText(lo->GetStats()),
                              "rxPackets=2 txPackets=2 rxBytes=200 txBytes=200 txDropped=1",
                              "counters");
        lo->Dispose();
        send(loopback);
        NS_TEST_EXPECT_MSG_EQ(received, 3, "packets received, one of them without lo");
    }

  private:
    /// @return the stack of a node, which has a link as its device 0
    std::string DescribeNode(const Stack& stack, bool hasLo)
    {
        NodeContainer nodes(2);
        const auto node = nodes.Get(1);
        const auto link = SimpleNetDeviceHelper().Install(nodes);
        // Before 3.37 a simulation continues to count where the last one ended.
        link.Get(0)->SetAddress(Mac48Address("00:00:00:00:00:01"));
        link.Get(1)->SetAddress(Mac48Address("00:00:00:00:00:02"));
        const bool isAdopted = hasLo && stack.isLoBefore;
        const bool isInWire = hasLo && !stack.isLoBefore;
        LoHelper().Install(isAdopted ? nodes : NodeContainer());
        InternetStackHelper internet;
        internet.SetIpv4StackInstall(stack.isIpv4);
        internet.SetIpv6StackInstall(stack.isIpv6);
        internet.Install(nodes);
        LoHelper().Install(isInWire ? nodes : NodeContainer());
        NS_TEST_EXPECT_MSG_EQ(node->GetNDevices(), (isInWire ? 3 : 2), "devices");
        NS_TEST_EXPECT_MSG_EQ(bool(DynamicCast<LoNetDevice>(node->GetDevice(1))),
                              isAdopted,
                              "whether the stack's loopback is lo");
        if (hasLo && stack.isBlackholed)
        {
            BlackholeHelper().AddRoute(node, "203.0.113.0", "/24");
        }
        std::string text;
        if (stack.isIpv4)
        {
            Ipv4AddressHelper("10.1.1.0", "/24").Assign(link);
            text += DescribeStack(node, IpVersion::V4, !stack.isBlackholed);
        }
        if (stack.isIpv6)
        {
            Ipv6AddressHelper("2001:1::", Ipv6Prefix(64)).Assign(link);
            text += DescribeStack(node, IpVersion::V6, !stack.isBlackholed);
        }
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ((hasLo ? ToText(LoHelper::GetLo(node)->GetStats()) : ""),
                              "",
                              "packets on lo before any traffic");
        Simulator::Destroy();
        return text;
    }

    /// @return the interfaces of a stack, and its routes if asked for
    static std::string DescribeStack(Ptr<Node> node, IpVersion version, bool hasRoutes)
    {
        std::ostringstream text;
        WithIp(node, version, [&text](auto ip) {
            for (uint32_t i = 0; i < ip->GetNInterfaces(); ++i)
            {
                text << "interface " << i << " of device " << ip->GetNetDevice(i)->GetIfIndex()
                     << (ip->IsUp(i) ? ": up, MTU " : ": down, MTU ") << ip->GetMtu(i);
                for (uint32_t j = 0; j < ip->GetNAddresses(i); ++j)
                {
                    text << ", " << ip->GetAddress(i, j);
                }
                text << "\n";
            }
        });
        return text.str() + (hasRoutes ? PrintTable(node, version) : "");
    }
};

/// LoHelper::Install before and after the Internet stack.
const Suite g_suite("lo-install", TestSuite::Type::SYSTEM, [](Suite& suite) {
    using Case = InstallTestCase;
    for (const bool isBefore : {false, true})
    {
        const std::string when = isBefore ? "lo before the stack: " : "lo after the stack: ";
        suite.Add(when + "IPv4 keeps its interfaces, addresses and routes",
                  &Case::Unchanged,
                  Stack{true, false, false, isBefore});
        suite.Add(when + "IPv6 keeps its interfaces, addresses and routes",
                  &Case::Unchanged,
                  Stack{false, true, false, isBefore});
        suite.Add(when + "both do, and a blackhole route takes no interface's number",
                  &Case::Unchanged,
                  Stack{true, true, true, isBefore});
    }
    suite.Add("nothing is delivered when the loopback's interface is down", &Case::LoopbackDown);
    suite.Add("a loopback without a stack gets lo in its wire, until lo is disposed",
              &Case::WithoutStack);
    suite.Add("a receiver can install lo", &Case::FromReceiver);
    suite.Add("promiscuous handlers registered before and after see each packet once",
              &Case::PromiscuousHandlers);
    for (auto version : IP_VERSIONS)
    {
        suite.Add(NameOf(version) + ": sockets opened before lo work over it",
                  &Case::Sockets,
                  version,
                  false);
        suite.Add(NameOf(version) + ": they do if lo is installed at run time",
                  &Case::Sockets,
                  version,
                  true);
    }
});

} // namespace
