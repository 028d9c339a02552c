/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"
#include "to-callback.h"
#include "watched-lo.h"

#include "ns3/blackhole-net-device.h"
#include "ns3/channel.h"
#include "ns3/node.h"

#include <string>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// A destination and its packet type.
struct Addressing
{
    const char* destination;    //!< link-layer destination
    NetDevice::PacketType type; //!< the packet type
    bool reachesHandlers;       //!< whether handlers that are not promiscuous get the packet
};

const Addressing DESTINATIONS[]{
    {"00:00:00:00:00:00", NetDevice::PACKET_HOST, true},
    {"02:00:00:00:00:01", NetDevice::PACKET_HOST, true},
    {"ff:ff:ff:ff:ff:ff", NetDevice::PACKET_BROADCAST, true},
    {"01:00:5e:00:00:01", NetDevice::PACKET_MULTICAST, true},
    {"33:33:00:00:00:01", NetDevice::PACKET_MULTICAST, true},
    {"02:00:00:00:00:02", NetDevice::PACKET_OTHERHOST, false},
};

/// The link layer of lo as receivers see it.
class ReceiveTestCase : public LoTestCase
{
  public:
    using LoTestCase::LoTestCase;

    /// Send to destinations of each type.
    void PacketTypes()
    {
        const Mac48Address source("02:00:00:00:00:03");
        for (const auto& [destination, expected, reachesHandlers] : DESTINATIONS)
        {
            MakeLoOnNode();
            m_lo->SetAddress(Mac48Address("02:00:00:00:00:01"));
            auto type = NetDevice::PacketType(0);
            const Node::ProtocolHandler handler = ToCallback([&](Ptr<NetDevice>,
                                                                 Ptr<const Packet>,
                                                                 uint16_t,
                                                                 const Address& from,
                                                                 const Address&,
                                                                 NetDevice::PacketType seen) {
                NS_TEST_EXPECT_MSG_EQ(Mac48Address::ConvertFrom(from), source, "the source");
                type = seen;
            });
            m_node->RegisterProtocolHandler(handler, 0, m_lo, true);
            InNodeContext([&, to = destination] {
                m_lo->SendFrom(Create<Packet>(100), source, Mac48Address(to), TEST_PROTOCOL);
            });
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(type, expected, "packet type of " << destination);
            NS_TEST_EXPECT_MSG_EQ(m_received.size(),
                                  (reachesHandlers ? 1 : 0),
                                  "packets that handlers get of those to " << destination);
            Simulator::Destroy();
        }
    }

    /// Set the link to its current state, and to the other.
    void LinkChange()
    {
        MakeLoOnNoNode();
        std::string states;
        m_lo->AddLinkChangeCallback(
            ToCallback([&] { states += m_lo->IsLinkUp() ? "up " : "down "; }));
        NS_TEST_EXPECT_MSG_EQ(m_lo->IsLinkUp(), true, "a new device is up");
        m_lo->SetUp();
        m_lo->SetDown();
        m_lo->SetDown();
        m_lo->SetUp();
        NS_TEST_EXPECT_MSG_EQ(states, "down up ", "one call per change, with the new state");
        // A packet is pending, because the simulation is not in the context of a node.
        CreateObject<Node>()->AddDevice(m_lo);
        m_lo->Send(Create<Packet>(100), m_lo->GetBroadcast(), 0x0800);
        m_lo->TraceConnectWithoutContext("Drop", ToCallback([&](Ptr<const Packet>, DropReason) {
                                             m_lo->SetUp();
                                         }));
        m_lo->SetDown();
        NS_TEST_EXPECT_MSG_EQ(states, "down up up ", "a sink of the drops sets it up");
    }

    /// Query both devices as the stack does.
    void Nature()
    {
        for (const Ptr<NetDevice>& device : {Ptr<NetDevice>(CreateObject<LoNetDevice>()),
                                             Ptr<NetDevice>(CreateObject<BlackholeNetDevice>())})
        {
            const auto name = device->GetInstanceTypeId().GetName();
            NS_TEST_EXPECT_MSG_EQ(device->IsMulticast(), false, name << " does not filter groups");
            NS_TEST_EXPECT_MSG_EQ(device->GetMulticast(Ipv4Address("224.0.0.251")),
                                  Address(Mac48Address("01:00:5e:00:00:fb")),
                                  name << ", IPv4 group");
            NS_TEST_EXPECT_MSG_EQ(device->GetMulticast(Ipv6Address("ff02::1:2")),
                                  Address(Mac48Address("33:33:00:01:00:02")),
                                  name << ", IPv6 group");
            NS_TEST_EXPECT_MSG_EQ(device->SupportsSendFrom(), true, name << " has SendFrom");
            NS_TEST_EXPECT_MSG_EQ(bool(device->GetChannel()), false, name << " has no channel");
            NS_TEST_EXPECT_MSG_EQ(device->IsPointToPoint(), false, name << " is no such link");
            NS_TEST_EXPECT_MSG_EQ(device->IsBridge(), false, name << " is no bridge");
            NS_TEST_EXPECT_MSG_EQ(device->NeedsArp(), false, name << " needs no ARP");
            NS_TEST_EXPECT_MSG_EQ(device->IsLinkUp(), true, name << " is up");
        }
        const Ptr<NetDevice> blackhole = CreateObject<BlackholeNetDevice>();
        NS_TEST_EXPECT_MSG_EQ(bool(DynamicCast<LoopbackNetDevice>(blackhole)),
                              false,
                              "a blackhole is no loopback");
        NS_TEST_EXPECT_MSG_EQ(blackhole->GetBroadcast(),
                              Address(Mac48Address::GetBroadcast()),
                              "a blackhole's broadcast address is that of Linux's dummy");
    }
};

/// The link layer of this module's devices.
const Suite g_suite("lo-receive", TestSuite::Type::UNIT, [](Suite& suite) {
    using Case = ReceiveTestCase;
    suite.Add("the destination decides which handlers get a packet", &Case::PacketTypes);
    suite.Add("link-change callbacks are called when the link goes up or down", &Case::LinkChange);
    suite.Add(
        "both devices are ordinary interfaces, map groups as Ethernet does, and send from any "
        "address",
        &Case::Nature);
});

} // namespace
