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

#include "ns3/dhcp-client.h"
#include "ns3/dhcp-helper.h"
#include "ns3/double.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/loopback-module.h"
#include "ns3/net-device-queue-interface.h"
#include "ns3/packet-socket-address.h"
#include "ns3/packet-socket-factory.h"
#include "ns3/simple-net-device-helper.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/traffic-control-layer.h"
#include "ns3/uinteger.h"

#include <sstream>
#include <string>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// This module's devices beside ns-3's queue discs, packet sockets, protocol handlers and DHCP.
class CoexistenceTestCase : public LoTestCase
{
  public:
    using LoTestCase::LoTestCase;

    /// Shape the packets over lo, or into a blackhole, by a token bucket.
    void Shape(bool isLo)
    {
        const auto node = CreateLoopbackNode(Loopback::IMMEDIATE);
        const auto blackhole = BlackholeHelper().Install(node);
        Ipv4AddressHelper("10.1.1.0", "255.255.255.0").Assign(blackhole);
        const Ptr<NetDevice> device = isLo ? node->GetDevice(0) : blackhole.Get(0);
        InstallTbf(device);
        Time last;
        device->TraceConnectWithoutContext("MacTx", ToCallback([&](Ptr<const Packet>) {
                                               last = Simulator::Now();
                                           }));
        const UdpFlow shaped(node,
                             node,
                             isLo ? Ipv4Address::GetLoopback() : Ipv4Address("10.1.1.77"),
                             GetBurst());
        const auto* link = dynamic_cast<TracedLink*>(PeekPointer(device));
        Simulator::Schedule(Seconds(1) + MilliSeconds(45), [&] {
            NS_TEST_EXPECT_MSG_EQ(link->GetStats().txPackets, 5, "packets dequeued");
        });
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(link->GetStats().txPackets, COUNT, "packets sent");
        NS_TEST_EXPECT_MSG_EQ(shaped.received, (isLo ? COUNT : 0), "datagrams received");
        // The first is sent at once, the others every 10 ms.
        NS_TEST_EXPECT_MSG_EQ_TOL(last,
                                  Seconds(1) + MilliSeconds(90),
                                  MilliSeconds(1),
                                  "when the last packet was sent");
    }

    /// Remove a queue disc from lo, or set lo down, while the queue disc holds packets. A queue
    /// disc with CoDel as its child has dequeued one of them.
    void DropHeld(bool isRemoved, const char* child)
    {
        const auto node = CreateLoopbackNode(Loopback::IMMEDIATE);
        const auto lo = LoHelper::GetLo(node);
        InstallTbf(lo, child);
        std::string reasons;
        lo->TraceConnectWithoutContext("Drop",
                                       ToCallback([&](Ptr<const Packet> packet, DropReason reason) {
                                           std::ostringstream os;
                                           os << packet->GetSize() << " " << reason << " ";
                                           reasons = os.str();
                                       }));
        const UdpFlow flow(node, node, Ipv4Address::GetLoopback(), GetBurst());
        Simulator::Schedule(Seconds(1) + MilliSeconds(45), [&] {
            isRemoved ? TrafficControlHelper().Uninstall(lo) : lo->SetDown();
            lo->SetUp();
        });
        const UdpFlow next(node, node, Ipv4Address::GetLoopback(), GetBurst(Seconds(2), 10));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(flow.received, 5, "datagrams dequeued before");
        NS_TEST_EXPECT_MSG_EQ(next.received, COUNT, "those that were sent later");
        NS_TEST_EXPECT_MSG_EQ(ToText(lo->GetStats()),
                              "rxPackets=15 txPackets=15 rxBytes=1920 txBytes=1920 txDropped=5",
                              "counters");
        NS_TEST_EXPECT_MSG_EQ(reasons,
                              (isRemoved ? "128 QDISC_DROP " : "128 DEV_READY "),
                              "whole packets, and the reason");
    }

    /// Set lo up, and send a packet, for each one that is dropped when lo is set down.
    void SendForDropped()
    {
        MakeLoOnNode();
        TrafficControlHelper control;
        control.SetRootQueueDisc("ns3::NetemQueueDisc", "Delay", StringValue("1ms"));
        control.Install(m_lo);
        OnTrace("MacTxDrop", [this](Ptr<const Packet> /* packet */) {
            if (m_lo->GetStats().txDropped < 10)
            {
                m_lo->SetUp();
                Send(1);
            }
        });
        InNodeContext([this] {
            Send(1);
            Send(1);
            m_lo->SetDown();
        });
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats().txDropped, 2, "packets dropped");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats().txPackets, 2, "packets sent for them");
    }

    /// Send a packet that is dropped while a sink of another packet's drop is called.
    void NestedReasons()
    {
        MakeLoOnNode();
        InstallTbf(m_lo, "ns3::NetemQueueDisc");
        const auto tbf = m_node->GetObject<TrafficControlLayer>()->GetRootQueueDiscOnDevice(m_lo);
        const auto netem = tbf->GetQueueDiscClass(0)->GetQueueDisc();
        netem->SetAttribute("Loss", DoubleValue(1));
        OnTrace("MacTxDrop", [&](Ptr<const Packet> /* packet */) {
            if (m_lo->GetStats().txDropped == 1)
            {
                netem->SetAttribute("Loss", DoubleValue(0));
                netem->SetAttribute("Limit", UintegerValue(0));
                Send(1);
            }
        });
        std::string reasons;
        m_lo->TraceConnectWithoutContext(
            "Drop",
            ToCallback([&](Ptr<const Packet> /* packet */, DropReason /* reason */) {
                reasons += std::string(m_lo->GetQueueDiscReason()) + ", ";
            }));
        InNodeContext([this] { Send(1); });
        Simulator::Run();
        const std::string child = "(Dropped by child queue disc) Netem ";
        NS_TEST_EXPECT_MSG_EQ(reasons,
                              child + "limit exceeded, " + child + "loss, ",
                              "of the inner and the outer drop");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetQueueDiscReason(), std::string(), "the reason afterwards");
    }

    /// Move a queue disc between the lo of two nodes, which no helper installed, and install it on
    /// the same again.
    void Moved()
    {
        const Ptr<LoNetDevice> los[]{CreateObject<LoNetDevice>(), CreateObject<LoNetDevice>()};
        for (const auto& lo : los)
        {
            const auto node = CreateObject<Node>();
            node->AggregateObject(CreateObject<TrafficControlLayer>());
            node->AddDevice(lo);
            NS_TEST_EXPECT_MSG_NE(lo->GetObject<NetDeviceQueueInterface>(), nullptr, "its queue");
        }
        const auto netem = CreateObject<NetemQueueDisc>();
        for (const auto& lo : {los[0], los[1], los[0], los[0]})
        {
            netem->SetAttribute("Loss", DoubleValue(lo == los[0] ? 1 : 0));
            const auto control = lo->GetNode()->GetObject<TrafficControlLayer>();
            control->SetRootQueueDiscOnDevice(lo, netem);
            lo->Initialize();
            lo->Send(Create<Packet>(100), lo->GetAddress(), TEST_PROTOCOL);
            control->DeleteRootQueueDiscOnDevice(lo);
            lo->Send(Create<Packet>(100), lo->GetAddress(), TEST_PROTOCOL);
        }
        NS_TEST_EXPECT_MSG_EQ(los[0]->GetStats().txDropped, 3, "drops on the first lo");
        NS_TEST_EXPECT_MSG_EQ(los[0]->GetStats().txPackets, 3, "sent by it without a queue disc");
        NS_TEST_EXPECT_MSG_EQ(los[1]->GetStats().txPackets, 2, "sent by the second");
    }

    /// Send through a queue disc that needs a NetDeviceQueueInterface.
    void FqCoDel(Loopback loopback)
    {
        const auto node = CreateLoopbackNode(loopback);
        TrafficControlHelper control;
        control.SetRootQueueDisc("ns3::FqCoDelQueueDisc");
        QueueDiscContainer queueDiscs;
        // At run time ns-3 does not set it up.
        Simulator::Schedule(Seconds(0.5),
                            [&] { queueDiscs = control.Install(LoHelper::GetLo(node)); });
        const UdpFlow flow(node, node, Ipv4Address::GetLoopback(), GetBurst());
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(flow.received, COUNT, "datagrams received");
        NS_TEST_EXPECT_MSG_EQ(queueDiscs.Get(0)->GetStats().nTotalDequeuedPackets,
                              COUNT,
                              "all went through the queue disc");
    }

    /// Send over lo and over a link to packet sockets and protocol handlers of each kind.
    void PacketHandlers()
    {
        // Devices 0, 1 and 2: a blackhole, lo and a link.
        NodeContainer nodes(2);
        const auto node = nodes.Get(0);
        BlackholeHelper().Install(node);
        LoHelper().Install(node);
        const auto peer = SimpleNetDeviceHelper().Install(nodes).Get(1);
        InternetStackHelper().Install(nodes);
        std::vector<Ptr<Socket>> sockets;
        for (const int device : {-1, 0, 1})
        {
            PacketSocketAddress address;
            device < 0 ? address.SetAllDevices() : address.SetSingleDevice(device);
            address.SetProtocol(TEST_PROTOCOL);
            sockets.push_back(Socket::CreateSocket(node, PacketSocketFactory::GetTypeId()));
            sockets.back()->Bind(address);
        }
        std::map<std::string, std::string> seen;
        const auto watch = [&](const std::string& name, Ptr<NetDevice> device, bool isPromiscuous) {
            const auto handler =
                ToHandler([&seen, name](Ptr<NetDevice> from, Ptr<const Packet> packet) {
                    seen[name] += Describe(packet, from->GetIfIndex());
                });
            node->RegisterProtocolHandler(handler, TEST_PROTOCOL, device, isPromiscuous);
        };
        watch("promiscuous", nullptr, true);
        watch("promiscuous on lo", node->GetDevice(1), true);
        watch("ordinary", nullptr, false);
        Simulator::ScheduleWithContext(node->GetId(), Seconds(1), [&] {
            for (uint32_t i = 0; i < 3; ++i)
            {
                const auto device = node->GetDevice(i);
                device->Send(Create<Packet>(100 + i), device->GetAddress(), TEST_PROTOCOL);
            }
            const Mac48Address other("00:00:00:00:00:01");
            node->GetDevice(1)->Send(Create<Packet>(400), other, TEST_PROTOCOL);
        });
        Simulator::ScheduleWithContext(nodes.Get(1)->GetId(), Seconds(2), [&] {
            peer->Send(Create<Packet>(200), node->GetDevice(2)->GetAddress(), TEST_PROTOCOL);
        });
        const UdpFlow udp(node, node, Ipv4Address::GetLoopback(), UdpFlowSettings());
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(udp.received, COUNT, "UDP gets each datagram once");
        NS_TEST_EXPECT_MSG_EQ(ReadAll(sockets[0]), "101@1 200@2 ", "the socket on all devices");
        NS_TEST_EXPECT_MSG_EQ(ReadAll(sockets[1]), "", "the socket on the blackhole");
        NS_TEST_EXPECT_MSG_EQ(ReadAll(sockets[2]), "101@1 ", "the socket on lo");
        NS_TEST_EXPECT_MSG_EQ(seen["promiscuous"], "101@1 400@1 200@2 ", "promiscuous handler");
        NS_TEST_EXPECT_MSG_EQ(seen["promiscuous on lo"], "101@1 400@1 ", "that of lo");
        NS_TEST_EXPECT_MSG_EQ(seen["ordinary"], "101@1 200@2 ", "ordinary handler");
    }

    /// Lease an address to a node that has this module's devices always, late or never.
    void Dhcp()
    {
        const auto without = Lease(false, false);
        NS_TEST_EXPECT_MSG_NE(without.find("10.1.1.10"), std::string::npos, "there is a lease");
        NS_TEST_EXPECT_MSG_EQ(Lease(true, false), without + "2 packets over lo", "at all times");
        NS_TEST_EXPECT_MSG_EQ(Lease(false, true), without + "2 packets over lo", "late");
    }

  private:
    /// @return the settings of a flow of packets of 128 bytes, all at once
    static UdpFlowSettings GetBurst(Time start = Seconds(1), uint16_t port = 9)
    {
        return {start, Time(0), COUNT, 100, port};
    }

    /// Limit the rate to a packet of 128 bytes per 10 ms.
    static void InstallTbf(Ptr<NetDevice> device, const std::string& child = "ns3::FifoQueueDisc")
    {
        TrafficControlHelper control;
        const auto handle = control.SetRootQueueDisc("ns3::TbfQueueDisc",
                                                     "Burst",
                                                     UintegerValue(128),
                                                     "Rate",
                                                     StringValue("102400bps"),
                                                     // No limit, as 3.31 divides by the peak rate.
                                                     "Mtu",
                                                     UintegerValue(128),
                                                     "PeakRate",
                                                     StringValue("1Gbps"));
        const auto classes = control.AddQueueDiscClasses(handle, 1, "ns3::QueueDiscClass");
        control.AddChildQueueDisc(handle, classes.front(), child);
        control.Install(device);
    }

    /// @return the size and the device of a packet
    static std::string Describe(Ptr<const Packet> packet, uint32_t device)
    {
        return std::to_string(packet->GetSize()) + "@" + std::to_string(device) + " ";
    }

    /// @return all packets that a packet socket has received
    static std::string ReadAll(Ptr<Socket> socket)
    {
        std::string received;
        Address from;
        while (auto packet = socket->RecvFrom(from))
        {
            received += Describe(packet, PacketSocketAddress::ConvertFrom(from).GetSingleDevice());
        }
        return received;
    }

    /// @return a client's leases with their times, and the packets over its lo if it has one
    std::string Lease(bool hasOursFirst, bool hasOursLast)
    {
        const auto addOurs = [](const NodeContainer& nodes) {
            LoHelper().Install(nodes);
            BlackholeHelper().Install(nodes);
        };
        std::ostringstream leases;
        NodeContainer nodes(2);
        addOurs(hasOursFirst ? nodes : NodeContainer());
        InternetStackHelper internet;
        internet.Install(nodes);
        internet.AssignStreams(nodes, 0);
        const auto link = SimpleNetDeviceHelper().Install(nodes);
        DhcpHelper dhcp;
        const auto server = dhcp.InstallDhcpServer(link.Get(1),
                                                   "10.1.1.1",
                                                   "10.1.1.0",
                                                   "255.255.255.0",
                                                   "10.1.1.10",
                                                   "10.1.1.20");
        const auto client = DynamicCast<DhcpClient>(dhcp.InstallDhcpClient(link.Get(0)).Get(0));
        client->TraceConnectWithoutContext("NewLease", ToCallback([&](const Ipv4Address& address) {
                                               leases << Simulator::Now() << " " << address << ", ";
                                           }));
        Simulator::ScheduleNow([client] { client->AssignStreams(1000); });
        addOurs(hasOursLast ? nodes : NodeContainer());
        const UdpFlowSettings settings{Seconds(30)};
        const UdpFlow there(nodes.Get(1), nodes.Get(0), Ipv4Address("10.1.1.10"), settings);
        const UdpFlow back(nodes.Get(0), nodes.Get(1), Ipv4Address("10.1.1.1"), settings);
        Simulator::Stop(Seconds(60));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(there.received, COUNT, "datagrams to the leased address");
        NS_TEST_EXPECT_MSG_EQ(back.received, COUNT, "datagrams from it");
        if (const auto lo = LoHelper::GetLo(nodes.Get(0)))
        {
            leases << lo->GetStats().rxPackets << " packets over lo";
        }
        Simulator::Destroy();
        return leases.str();
    }
};

/// This module's devices beside whatever else sends, receives and queues packets on a node.
const Suite g_suite("lo-coexistence", TestSuite::Type::SYSTEM, [](Suite& suite) {
    using Case = CoexistenceTestCase;
    suite.Add("a token bucket on lo shapes what crosses it", &Case::Shape, true);
    suite.Add("a token bucket on a blackhole shapes what it discards", &Case::Shape, false);
    for (const auto child : {"ns3::FifoQueueDisc", "ns3::CoDelQueueDisc"})
    {
        const auto held =
            std::string("what a queue disc over ") + child + " holds is dropped when ";
        suite.Add(held + "it is removed", &Case::DropHeld, true, child);
        suite.Add(held + "lo is set down", &Case::DropHeld, false, child);
    }
    suite.Add("a packet that a sink of a held packet's drop sends is not dropped with those held",
              &Case::SendForDropped);
    suite.Add("a sink of a drop sees the queue disc's reason after a packet that another sink sent",
              &Case::NestedReasons);
    for (auto loopback : ALL_LOS)
    {
        suite.Add(NameOf(loopback) + ": datagrams cross lo through FqCoDel, installed at run time",
                  &Case::FqCoDel,
                  loopback);
    }
    suite.Add("a queue disc can move to another lo and back, with each drop counted once, without "
              "LoHelper",
              &Case::Moved);
    suite.Add("packet sockets and handlers, of lo or of all devices, get each packet once",
              &Case::PacketHandlers);
    suite.Add("DHCP leases the same addresses to nodes with our devices", &Case::Dhcp);
});

} // namespace
