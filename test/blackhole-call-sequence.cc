/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "blackhole-call-sequence.h"

#include "ns3/boolean.h"
#include "ns3/icmpv6-l4-protocol.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6.h"
#include "ns3/mac64-address.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <utility>

namespace ns3::tests
{

namespace
{

/// Give a device addresses, so that what is sent to their networks goes into it.
void
AddAddresses(Ptr<NetDevice> device, const char* ipv4Address, const char* ipv6Address)
{
    const auto node = device->GetNode();
    auto ipv4 = node->GetObject<Ipv4>();
    const auto ipv4Interface = ipv4->AddInterface(device);
    ipv4->AddAddress(ipv4Interface, Ipv4InterfaceAddress(Ipv4Address(ipv4Address), Ipv4Mask("/8")));
    ipv4->SetUp(ipv4Interface);
    auto ipv6 = node->GetObject<Ipv6>();
    const auto ipv6Interface = ipv6->AddInterface(device);
    ipv6->AddAddress(ipv6Interface, Ipv6InterfaceAddress(Ipv6Address(ipv6Address), Ipv6Prefix(64)));
    ipv6->SetUp(ipv6Interface);
}

/// 10.0.0.2 to 11.0.0.2, UDP, and 2001::2 to 2002::2.
constexpr uint8_t IPV4_HEADER[]{0x45, 0, 0, 28, 0, 0, 0, 0, 63, 17, 0, 0, 10, 0, 0, 2, 11, 0, 0, 2};
constexpr uint8_t IPV6_HEADER[]{0x60, 0, 0, 0, 0, 8, 17, 63, 0x20, 1, 0,    0, 0, 0,
                                0,    0, 0, 0, 0, 0, 0,  0,  0,    2, 0x20, 2, 0, 0,
                                0,    0, 0, 0, 0, 0, 0,  0,  0,    0, 0,    2};

} // namespace

void
BlackholeCallSequence::Run()
{
    m_device = CreateObject<BlackholeNetDevice>();
    m_device->TraceConnectWithoutContext("Drop",
                                         MakeCallback(&BlackholeCallSequence::OnDrop, this));
    if (DrawBool())
    {
        MakeNode();
    }
    for (auto n = 1 + Draw(30); n > 0; --n)
    {
        Simulator::Schedule(MilliSeconds(Draw(50)), [this] { Do(); });
    }
    Simulator::Stop(Seconds(1));
    Simulator::Run();
    Check("at the end");
    m_node = nullptr;
    Simulator::Destroy();
    Check("after Simulator::Destroy");
    m_device = nullptr;
}

void
BlackholeCallSequence::MakeNode()
{
    m_node = CreateObject<Node>();
    auto wayBack = CreateObject<BlackholeNetDevice>();
    m_node->AddDevice(m_device);
    m_node->AddDevice(wayBack);
    InternetStackHelper().Install(m_node);
    m_node->GetObject<Icmpv6L4Protocol>()->SetAttribute("DAD", BooleanValue(false));
    // A host would solicit routers a moment later, and ns-3 does so on a disposed node too: a
    // crash.
    m_node->GetObject<Ipv6>()->SetAttribute("IpForward", BooleanValue(true));
    AddAddresses(m_device, "11.0.0.1", "2002::1");
    AddAddresses(wayBack, "10.0.0.1", "2001::1");
}

void
BlackholeCallSequence::Do()
{
    switch (Draw(8))
    {
    case 0:
        m_device->SetDown();
        break;
    case 1:
        m_device->SetUp();
        break;
    case 2:
    case 3:
        Change();
        break;
    case 4:
        if (Draw(8) == 1)
        {
            m_device->Dispose();
        }
        break;
    default:
        Send();
    }
    Check("after a step");
}

Ptr<Packet>
BlackholeCallSequence::MakePacket()
{
    std::vector<uint8_t> bytes;
    switch (Draw(3))
    {
    case 0:
        bytes.assign(std::begin(IPV4_HEADER), std::end(IPV4_HEADER));
        break;
    case 1:
        bytes.assign(std::begin(IPV6_HEADER), std::end(IPV6_HEADER));
        break;
    default:
        break;
    }
    // A few bytes of the header are others.
    for (auto n = Draw(4); n > 0 && !bytes.empty(); --n)
    {
        bytes[Draw(static_cast<uint32_t>(bytes.size()))] = static_cast<uint8_t>(Draw(256));
    }
    for (auto n = Draw(60); n > 0; --n)
    {
        bytes.push_back(static_cast<uint8_t>(Draw(256)));
    }
    return Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
}

void
BlackholeCallSequence::Send()
{
    static const std::vector<uint16_t> protocols{0x0800, 0x86dd, 0x88b5};
    static const std::vector<Address> addresses{Mac48Address("ff:ff:ff:ff:ff:ff"),
                                                Mac64Address("00:00:00:00:00:00:00:01"),
                                                Address()};
    const auto packet = MakePacket();
    const auto protocol = DrawOneOf(protocols);
    const auto& to = DrawOneOf(addresses);
    ++m_nSends;
    DrawBool() ? m_device->Send(packet, to, protocol)
               : m_device->SendFrom(packet, DrawOneOf(addresses), to, protocol);
}

void
BlackholeCallSequence::Change()
{
    static const std::vector<std::pair<std::string, std::string>> changes{
        {"Reject", "None"},
        {"Reject", "HostUnreachable"},
        {"Reject", "AdminProhibited"},
        {"RejectIpv4Interval", "0s"},
        {"RejectIpv4Interval", "1ms"},
        {"RejectIpv4Burst", "2"},
        {"RejectIpv6Interval", "0s"},
        {"RejectIpv6Burst", "1000000"},
        {"WarnInterval", "0s"},
        {"WarnBurst", "0"},
        {"Mtu", "68"}};
    const auto& [name, value] = DrawOneOf(changes);
    m_device->SetAttribute(name, StringValue(value));
}

void
BlackholeCallSequence::Check(const std::string& when)
{
    const auto stats = m_device->GetStats();
    Expect(stats.txPackets == m_nSwallowed, when, "TxPackets as Drop tells of BLACKHOLE");
    Expect(stats.txDropped == m_nRefused, when, "TxDropped as Drop tells of another reason");
    // And what the stack itself sends into it.
    Expect(stats.txPackets + stats.txDropped >= m_nSends, when, "each packet sent to be counted");
    Expect(stats.rxPackets == 0, when, "no packet to come back");
}

void
BlackholeCallSequence::OnDrop(Ptr<const Packet> /* packet */, DropReason reason)
{
    ++(reason == DropReason::BLACKHOLE ? m_nSwallowed : m_nRefused);
}

} // namespace ns3::tests
