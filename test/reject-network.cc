/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "reject-network.h"

#include "../model/ns3-release.h"
#include "to-callback.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/flow-id-tag.h"
#include "ns3/icmpv6-header.h"
#include "ns3/icmpv6-l4-protocol.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/node-container.h"
#include "ns3/simple-net-device-helper.h"
#include "ns3/simulator.h"

namespace ns3::tests
{

Bytes
GetBytes(Ptr<const Packet> packet)
{
    Bytes bytes(packet->GetSize());
    packet->CopyData(bytes.data(), bytes.size());
    return bytes;
}

RejectNetwork::RejectNetwork(Reject reject)
    : host(CreateObject<Node>()),
      router(CreateObject<Node>())
{
    Config::SetDefault("ns3::Icmpv6L4Protocol::DAD", BooleanValue(false));
    const NodeContainer nodes(host, router);
    InternetStackHelper internet;
    internet.Install(nodes);
    internet.AssignStreams(nodes, 0);
    const auto devices = SimpleNetDeviceHelper().Install(nodes);
    m_hostLink = devices.Get(0);
    link = devices.Get(1);
    AddInterface(m_hostLink, "10.1.1.1", "fd01::1");
    AddInterface(link, "10.1.1.2", "fd01::2");
    SetDefaultRoute(router, Ipv4Address("10.1.1.1"));
    SetDefaultRoute(router, Ipv6Address("fd01::1"));
    SetDefaultRoute(host, Ipv4Address("10.1.1.2"));
    SetDefaultRoute(host, Ipv6Address("fd01::2"));
    BlackholeHelper blackhole;
    blackhole.SetReject(reject);
    blackhole.AddRoute(router, "10.9.0.0", "/24");
    blackhole.AddRoute(router, "fd09::", "/64");

    const auto handler =
        ToHandler([this](Ptr<NetDevice>, Ptr<const Packet> packet) { OnReceive(packet); });
    host->RegisterProtocolHandler(handler, 0, m_hostLink);
    const auto follow = [](const std::string& source, uint64_t& count) {
        Config::ConnectWithoutContextFailSafe(
            "/NodeList/*/$ns3::IcmpRejecter/" + source,
            ToCallback([&count](uint64_t /* before */, uint64_t after) { count = after; }));
    };
    follow("Sent", sent);
    follow("Suppressed", suppressed);
}

RejectNetwork::~RejectNetwork()
{
    Simulator::Destroy();
}

Bytes
RejectNetwork::Send(const Bytes& packet)
{
    const uint16_t protocol = packet[0] >> 4 == 4 ? 0x0800 : 0x86dd;
    Simulator::ScheduleWithContext(host->GetId(), Time(0), [this, packet, protocol] {
        const auto carrier = Create<Packet>(packet.data(), packet.size());
        carrier->AddByteTag(FlowIdTag(1));
        carrier->AddPacketTag(FlowIdTag(2));
        m_hostLink->Send(carrier, link->GetAddress(), protocol);
    });
    // The stacks resolve the neighbours' addresses at random moments.
    Simulator::Stop(Seconds(1));
    Simulator::Run();
    return answers.empty() ? Bytes(100) : answers.back();
}

void
RejectNetwork::OnReceive(Ptr<const Packet> packet)
{
    const auto bytes = GetBytes(packet);
    const auto version = bytes[0] >> 4;
    if (version == 4 || (version == 6 && bytes[40] < Icmpv6Header::ICMPV6_ND_ROUTER_SOLICITATION))
    {
        answers.push_back(bytes);
        FlowIdTag tag;
        tagged = tagged || packet->FindFirstMatchingByteTag(tag) || packet->PeekPacketTag(tag);
    }
}

Ipv4Header
MakeIpv4Header()
{
    Ipv4Header header;
    header.SetSource("10.1.1.1");
    header.SetDestination("10.9.0.1");
    header.SetProtocol(17);
    header.SetTtl(64);
    header.SetTos(0xb8);
    header.SetIdentification(0x1234);
    return header;
}

Ipv6Header
MakeIpv6Header()
{
    Ipv6Header header;
    SetAddresses(header, Ipv6Address("fd01::1"), Ipv6Address("fd09::1"));
    header.SetNextHeader(17);
    header.SetHopLimit(64);
    header.SetTrafficClass(0xb8);
    header.SetFlowLabel(0x12345);
    return header;
}

namespace
{

template <class Header>
Bytes
Join(const Header& header, const Bytes& payload)
{
    const auto packet = Create<Packet>(payload.data(), payload.size());
    packet->AddHeader(header);
    return GetBytes(packet);
}

} // namespace

Bytes
MakePacket(Ipv4Header header, const Bytes& payload)
{
    header.SetPayloadSize(payload.size());
    if (Node::ChecksumEnabled())
    {
        header.EnableChecksum();
    }
    return Join(header, payload);
}

Bytes
MakePacket(Ipv6Header header, const Bytes& payload)
{
    header.SetPayloadLength(payload.size());
    return Join(header, payload);
}

Bytes
MakeUdp(IpVersion version, uint32_t size)
{
    Bytes payload(size);
    for (uint32_t i = 0; i < size; ++i)
    {
        payload[i] = 7 * i + 1;
    }
    return version == IpVersion::V4 ? MakePacket(MakeIpv4Header(), payload)
                                    : MakePacket(MakeIpv6Header(), payload);
}

} // namespace ns3::tests
