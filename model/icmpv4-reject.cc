/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "icmp-reject.h"
#include "subnet-broadcast.h"

#include "ns3/icmpv4-l4-protocol.h"
#include "ns3/icmpv4.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/ipv4.h"
#include "ns3/socket.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr uint8_t VERSION_AND_LENGTH = 0x45; // ns-3 has no IPv4 options
constexpr uint32_t IP_HEADER_SIZE = 20;
constexpr uint32_t ICMP_HEADER_SIZE = 8;
constexpr uint32_t MAX_SIZE = 576;  // RFC 1812, section 4.3.2.3
constexpr uint32_t MIN_PAYLOAD = 8; // ns-3's receivers read so much without a look at the size
constexpr uint8_t TOS_MASK = 0x1e;  // RFC 1349, and Linux's IPTOS_TOS_MASK
constexpr uint8_t INTERNETWORK_CONTROL = 0xc0; // RFC 1812, section 4.3.2.5
constexpr uint8_t HOST_UNREACH = Icmpv4DestinationUnreachable::ICMPV4_HOST_UNREACHABLE;
constexpr uint8_t PKT_FILTERED = 13; // RFC 1812, section 5.2.7.1

/// Types that are not known count as errors (icmp_pointers and NR_ICMP_TYPES in Linux).
bool
IsErrorType(uint8_t type)
{
    return type != Icmpv4Header::ICMPV4_ECHO_REPLY && type != Icmpv4Header::ICMPV4_ECHO &&
           (type < 13 || type > 18); // 13 to 18 ask for time stamps, information, address masks
}

bool
IsIcmpError(const Ipv4Header& header, Ptr<const Packet> payload)
{
    uint8_t type = 0;
    return header.GetProtocol() == Icmpv4L4Protocol::PROT_NUMBER &&
           (payload->CopyData(&type, 1) == 0 || IsErrorType(type));
}

/// Whether an address can be that of one host.
bool
IsHost(Ptr<Ipv4> ipv4, Ipv4Address address)
{
    const auto network = address.Get() >> 24;
    return network != 0 && network != 127 && !address.IsMulticast() && !address.IsBroadcast() &&
           !IsSubnetBroadcast(ipv4, address);
}

/// Whether a packet came from another host; what this one sends has not been decremented, or is
/// from an address of its own.
bool
IsForwarded(Ptr<Ipv4> ipv4, const Ipv4Header& header)
{
    return header.GetTtl() < 255 && ipv4->GetInterfaceForAddress(header.GetSource()) < 0;
}

/// The header and what it says is the payload, if both are there.
bool
Split(Ptr<Packet> packet, Ipv4Header& header)
{
    uint8_t first = 0;
    packet->CopyData(&first, 1);
    if (packet->GetSize() < IP_HEADER_SIZE || first != VERSION_AND_LENGTH)
    {
        return false;
    }
    packet->RemoveHeader(header);
    if (header.GetPayloadSize() > packet->GetSize())
    {
        return false;
    }
    packet->RemoveAtEnd(packet->GetSize() - header.GetPayloadSize());
    return true;
}

/// The packet as it arrived, and zeros as far as ns-3's receivers read.
Ptr<Packet>
Restore(Ipv4Header header, Ptr<const Packet> payload)
{
    auto packet = payload->Copy();
    if (packet->GetSize() < MIN_PAYLOAD)
    {
        packet->AddAtEnd(Create<Packet>(MIN_PAYLOAD - packet->GetSize()));
    }
    header.SetTtl(header.GetTtl() + 1);
    if (Node::ChecksumEnabled())
    {
        header.EnableChecksum();
    }
    packet->AddHeader(header);
    return packet;
}

/// Fill in the message, of which the 4 bytes after the ICMP header are there.
void
Fill(Ptr<Packet> message,
     const Ipv4Header& header,
     Ptr<const Packet> payload,
     uint32_t size,
     uint8_t code)
{
    message->AddAtEnd(Quote(Restore(header, payload), size));
    Icmpv4Header icmp;
    icmp.SetType(Icmpv4Header::ICMPV4_DEST_UNREACH);
    icmp.SetCode(code);
    if (Node::ChecksumEnabled())
    {
        icmp.EnableChecksum();
    }
    message->AddHeader(icmp);
    SocketIpTosTag tos;
    tos.SetTos((header.GetTos() & TOS_MASK) | INTERNETWORK_CONTROL);
    message->AddPacketTag(tos);
}

} // namespace

std::optional<IcmpError>
MakeIcmpv4Error(Ptr<Node> node, Ptr<const Packet> packet, bool prohibited)
{
    const auto ipv4 = node->GetObject<Ipv4>();
    auto payload = packet->Copy();
    Ipv4Header header;
    if (!ipv4 || !ipv4->GetRoutingProtocol() || !Split(payload, header) ||
        !IsForwarded(ipv4, header) || !IsHost(ipv4, header.GetSource()) ||
        !IsHost(ipv4, header.GetDestination()) || header.GetFragmentOffset() > 0 ||
        IsIcmpError(header, payload))
    {
        return std::nullopt;
    }

    const auto peer = header.GetSource();
    auto message = Create<Packet>(4);
    Ipv4Header back;
    back.SetDestination(peer);
    back.SetProtocol(Icmpv4L4Protocol::PROT_NUMBER);
    Socket::SocketErrno error{};
    const auto route = ipv4->GetRoutingProtocol()->RouteOutput(message, back, nullptr, error);
    if (!route)
    {
        return std::nullopt;
    }
    const auto mtu = std::min<uint32_t>(MAX_SIZE, route->GetOutputDevice()->GetMtu());
    if (mtu < 2 * IP_HEADER_SIZE + ICMP_HEADER_SIZE + MIN_PAYLOAD)
    {
        return std::nullopt;
    }
    Fill(message,
         header,
         payload,
         mtu - IP_HEADER_SIZE - ICMP_HEADER_SIZE,
         prohibited ? PKT_FILTERED : HOST_UNREACH);
    return IcmpError{
        peer,
        [ipv4, message, peer, route] {
            ipv4->Send(message, route->GetSource(), peer, Icmpv4L4Protocol::PROT_NUMBER, route);
        }};
}

} // namespace ns3
