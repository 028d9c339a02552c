/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-node.h"
#include "member-test-case.h"
#include "node-routes.h"
#include "udp-flow.h"

#include "ns3/boolean.h"
#include "ns3/ipv4-list-routing.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6.h"
#include "ns3/loopback-module.h"
#include "ns3/udp-socket-factory.h"

#include <list>
#include <string>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// A node with a lo, and a blackhole that owns its addresses and would count any packet.
class LocalRoutingCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Check that only the node's current addresses are routed to lo.
    void Own(IpVersion version)
    {
        MakeNode(version);
        const auto address = ParseAddress(Pick(version, "10.1.2.1", "2001:2::1"));
        Expect(address, 0, false, "before the address is there");
        const auto owner =
            DynamicCast<BlackholeNetDevice>(BlackholeHelper().Install(m_node).Get(0));
        const auto interface = AddInterface(owner, "10.1.2.1", "2001:2::1");
        Expect(address, COUNT, true, "with the address");
        owner->SetDown();
        Expect(address, COUNT, true, "while the device that owns it is down");
        owner->SetUp();
        LoHelper::RouteLocalAddresses(m_node);
        Expect(address, COUNT, true, "after a second RouteLocalAddresses");
        LoHelper::UnrouteLocalAddresses(m_node);
        Expect(address, COUNT, false, "after one UnrouteLocalAddresses");
        LoHelper::UnrouteLocalAddresses(m_node);
        LoHelper::UnrouteLocalAddresses(CreateObject<Node>());
        LoHelper::RouteLocalAddresses(m_node);
        Expect(address, COUNT, true, "when it is made again");
        WithIp(m_node, m_version, [interface](auto ip) {
            ip->RemoveAddress(interface, uint32_t{0});
        });
        Expect(address, 0, false, "when the address is gone");
        WithIp(m_node, m_version, [this](auto ip) { ip->SetDown(m_interface); });
        // Of an interface that is down IPv6 forgets the addresses, in ns-3 as in Linux.
        Expect(GetAddress(),
               Pick<uint64_t>(version, COUNT, 0),
               version == IpVersion::V4,
               "to an address of an interface that is down");
    }

    /// Check that all of 127.0.0.0/8 is reached through lo.
    void LoopbackNet()
    {
        MakeNode(IpVersion::V4);
        for (const auto* destination : {"127.0.0.2", "127.255.255.254"})
        {
            Expect(Ipv4Address(destination), COUNT, true, destination);
        }
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(m_node, Ipv4Address("127.0.0.2"), m_owner),
                              "none",
                              "of a socket that is bound to another device");
    }

    /// Check that sockets that are bound to the device of an address get what is sent to it.
    void Bound(bool isSender)
    {
        MakeNode(IpVersion::V4);
        const auto bind = [this](uint16_t port, Ptr<NetDevice> device) {
            auto socket = Socket::CreateSocket(m_node, UdpSocketFactory::GetTypeId());
            socket->Bind(GetAnyEndpoint(m_version, port));
            socket->BindToNetDevice(device);
            return socket;
        };
        const auto receiver = bind(5000, m_owner);
        const auto stranger = bind(5000, m_lo);
        const auto sender = bind(0, isSender ? m_owner : nullptr);
        Simulator::ScheduleWithContext(m_node->GetId(), Seconds(1), [&] {
            sender->SendTo(Create<Packet>(10), 0, MakeEndpoint(GetAddress(), 5000));
        });
        Simulator::Stop(Seconds(2));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats().rxPackets, 1, "packets that cross lo");
        NS_TEST_EXPECT_MSG_EQ((receiver->Recv() != nullptr), true, "at the bound socket");
        NS_TEST_EXPECT_MSG_EQ((stranger->Recv() != nullptr), false, "at one bound to lo");
    }

    /// Check that a strong end system, too, accepts packets for its addresses over lo.
    void StrongModel(IpVersion version)
    {
        MakeNode(version);
        WithIp(m_node, m_version, [this](auto ip) {
            // Its name since ns-3.41, and before.
            const bool set = ip->SetAttributeFailSafe("StrongEndSystemModel", BooleanValue(true)) ||
                             ip->SetAttributeFailSafe("WeakEsModel", BooleanValue(false));
            NS_TEST_EXPECT_MSG_EQ(set, true, "the model can be chosen");
        });
        LoHelper::UnrouteLocalAddresses(m_node);
        LoHelper::RouteLocalAddresses(m_node);
        BooleanValue strong(true);
        if (version == IpVersion::V4)
        {
            m_node->GetObject<Ipv4>()->GetAttributeFailSafe("StrongEndSystemModel", strong);
        }
        NS_TEST_EXPECT_MSG_EQ(strong.Get(), true, "IPv4's model stays, as it does no harm");
        Expect(GetAddress(), COUNT, true, "in the strong model");
        m_node->GetObject<Ipv6>()->GetAttribute("StrongEndSystemModel", strong);
        NS_TEST_EXPECT_MSG_EQ(strong.Get(), false, "IPv6's model is weak meanwhile");
        LoHelper::UnrouteLocalAddresses(m_node);
        m_node->GetObject<Ipv6>()->GetAttribute("StrongEndSystemModel", strong);
        NS_TEST_EXPECT_MSG_EQ(strong.Get(), true, "IPv6's model is what it was once it is undone");
    }

    /// Check that a protocol that is added afterwards is behind the local routes too.
    void AddProtocol()
    {
        MakeNode(IpVersion::V4);
        const auto list =
            DynamicCast<Ipv4ListRouting>(m_node->GetObject<Ipv4>()->GetRoutingProtocol());
        NS_TEST_ASSERT_MSG_NE(bool(list), false, "the node's routing is a list");
        const auto added = CreateObject<Ipv4StaticRouting>();
        list->AddRoutingProtocol(added, 100);
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

    /// Check that the table shows what Linux's `ip route show table local` does.
    void Print(IpVersion version)
    {
        MakeNode(version);
        for (int i = 0; i < 2; ++i)
        {
            AddInterface(BlackholeHelper().Install(m_node).Get(0), "10.1.2.1", "2001:2::1");
        }
        const auto table = PrintTable(m_node, version);
        const auto twice = Pick(version, "local 10.1.2.1 dev lo\n", "local 2001:2::1 dev lo\n");
        NS_TEST_EXPECT_MSG_NE(table.find(twice), std::string::npos, "one of two interfaces");
        NS_TEST_EXPECT_MSG_EQ(table.find(twice), table.rfind(twice), "once");
        LoHelper::UnrouteLocalAddresses(m_node);
        const auto others = PrintTable(m_node, version);
        NS_TEST_EXPECT_MSG_EQ(others.find("local"),
                              std::string::npos,
                              "no local route once undone");
        NS_TEST_EXPECT_MSG_EQ(table.substr(table.size() - others.size()), others, "the others");
        const auto first = Pick(version, "local 127.0.0.1 dev lo\n", "local ::1 dev lo\n");
        NS_TEST_EXPECT_MSG_EQ(table.find(first), 0, "the loopback address first");
        const auto own = Pick(version, "local 10.1.1.1 dev lo\n", "local 2001:1::1 dev lo\n");
        NS_TEST_EXPECT_MSG_NE(table.find(own), std::string::npos, "the other address");
        LoHelper::RouteLocalAddresses(m_node);
        WithIp(m_node, m_version, [this](auto ip) { ip->SetDown(m_interface); });
        NS_TEST_EXPECT_MSG_EQ((PrintTable(m_node, version).find(own) == std::string::npos),
                              (version == IpVersion::V6),
                              "no address that IPv6 forgot with an interface that is down");
    }

  private:
    /// Make the node, and call RouteLocalAddresses before it has any address.
    void MakeNode(IpVersion version)
    {
        m_version = version;
        m_node = CreateLoopbackNode(Loopback::IMMEDIATE);
        m_lo = LoHelper::GetLo(m_node);
        m_owner = DynamicCast<BlackholeNetDevice>(BlackholeHelper().Install(m_node).Get(0));
        LoHelper::RouteLocalAddresses(m_node);
        m_interface = AddInterface(m_owner, "10.1.1.1", "2001:1::1");
    }

    /// @return the owner's address
    Address GetAddress() const
    {
        return ParseAddress(Pick(m_version, "10.1.1.1", "2001:1::1"));
    }

    /// Expect a number of a flow's datagrams to arrive, over lo or not.
    void Expect(const Address& destination, uint32_t received, bool crossing, const char* when)
    {
        UdpFlowSettings settings;
        settings.port = m_nextPort++;
        // After IPv6's duplicate address detection.
        settings.start = Seconds(5);
        const auto before = m_lo->GetStats();
        const auto& flow = m_flows.emplace_back(m_node, m_node, destination, settings);
        Simulator::Stop(Seconds(10));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(flow.received, received, "datagrams " << when);
        NS_TEST_EXPECT_MSG_EQ((m_lo->GetStats() - before).rxPackets,
                              (crossing ? COUNT : 0),
                              "those of them that cross lo " << when);
    }

    void DoTeardown() override
    {
        m_node = nullptr;
        m_lo = nullptr;
        m_owner = nullptr;
        m_flows.clear();
    }

    IpVersion m_version{IpVersion::V4}; //!< the IP version
    Ptr<Node> m_node;                   //!< the node
    Ptr<LoNetDevice> m_lo;              //!< its lo
    Ptr<BlackholeNetDevice> m_owner;    //!< the device that owns the addresses
    uint32_t m_interface{0};            //!< the owner's interface

    std::list<UdpFlow> m_flows;
    uint16_t m_nextPort{1000};
};

/// LoHelper::RouteLocalAddresses.
const Suite g_suite("lo-local-routing", TestSuite::Type::SYSTEM, [](Suite& suite) {
    using Case = LocalRoutingCase;
    for (auto version : IP_VERSIONS)
    {
        const auto add = [&suite, version](const char* behaviour, void (Case::*test)(IpVersion)) {
            suite.Add(NameOf(version) + ": " + behaviour, test, version);
        };
        add("an address is reached through lo while it is there and RouteLocalAddresses is not "
            "undone",
            &Case::Own);
        add("own addresses are reached in the strong end-system model", &Case::StrongModel);
        add("routes to own addresses are printed before the others", &Case::Print);
    }
    suite.Add("IPv4: all of the loopback network is reached by lo", &Case::LoopbackNet);
    suite.Add("IPv4: a routing protocol can be added behind local routes", &Case::AddProtocol);
    for (const bool isSender : {false, true})
    {
        suite.Add(std::string("IPv4: a socket that is bound to a device gets what ") +
                      (isSender ? "one that is bound to it" : "any other") +
                      " sends to the device's address",
                  &Case::Bound,
                  isSender);
    }
});

} // namespace
