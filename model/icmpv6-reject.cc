/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "icmp-reject.h"

#include "ns3/icmpv6-header.h"
#include "ns3/icmpv6-l4-protocol.h"
#include "ns3/ipv6-header.h"
#include "ns3/ipv6-route.h"
#include "ns3/ipv6-routing-protocol.h"
#include "ns3/ipv6.h"
#include "ns3/socket.h"

#include <array>

namespace ns3
{

namespace
{

constexpr uint32_t IP_HEADER_SIZE = 40;
constexpr uint32_t ICMP_HEADER_SIZE = 8;
constexpr uint32_t MAX_SIZE = 1280;      // RFC 4443, section 2.4 (c)
constexpr uint8_t FIRST_INFO_TYPE = 128; // RFC 4443, section 2.1
constexpr uint8_t AUTHENTICATION = 51;

bool
IsExtension(uint8_t header)
{
    return header == Ipv6Header::IPV6_EXT_HOP_BY_HOP || header == Ipv6Header::IPV6_EXT_ROUTING ||
           header == Ipv6Header::IPV6_EXT_FRAGMENTATION ||
           header == Ipv6Header::IPV6_EXT_DESTINATION || header == AUTHENTICATION;
}

/**
 * Whether the payload is an ICMPv6 error, or may be one and is cut off before that can be seen
 * (is_ineligible and ipv6_skip_exthdr in Linux), or is that of a fragment other than the first.
 */
bool
IsIcmpErrorOrLaterFragment(uint8_t next, Ptr<const Packet> payload)
{
    std::array<uint8_t, MAX_SIZE> bytes{};
    const auto size = payload->CopyData(bytes.data(), bytes.size());
    uint32_t at = 0;
    bool fragmented = false;
    while (IsExtension(next))
    {
        const bool isFragment = next == Ipv6Header::IPV6_EXT_FRAGMENTATION;
        if (at + (isFragment ? 4 : 2) > size)
        {
            return false;
        }
        uint32_t length = 8 * (bytes[at + 1] + 1);
        if (isFragment)
        {
            const uint32_t offsetAndFlags = bytes[at + 2] << 8 | bytes[at + 3];
            if (offsetAndFlags > 7)
            {
                return true;
            }
            fragmented = offsetAndFlags != 0;
            length = 8;
        }
        else if (next == AUTHENTICATION)
        {
            length = 4 * (bytes[at + 1] + 2);
        }
        next = bytes[at];
        at += length;
    }
    if (next != Icmpv6L4Protocol::PROT_NUMBER)
    {
        return false;
    }
    return at < size ? bytes[at] < FIRST_INFO_TYPE : !fragmented;
}

/// Whether an address can be that of one host, and is enough to find it: a link-local one is not.
bool
IsHost(const Ipv6Address& address)
{
    return !address.IsAny() && !address.IsMulticast() && !address.IsLocalhost() &&
           !address.IsLinkLocal();
}

/// Whether a packet came from another host; what this one sends has not been decremented, or is
/// from an address of its own.
bool
IsForwarded(Ptr<Ipv6> ipv6, const Ipv6Header& header)
{
    return header.GetHopLimit() < 255 && ipv6->GetInterfaceForAddress(header.GetSource()) < 0;
}

/// The header and what it says is the payload, if both are there.
bool
Split(Ptr<Packet> packet, Ipv6Header& header)
{
    uint8_t first = 0;
    packet->CopyData(&first, 1);
    if (packet->GetSize() < IP_HEADER_SIZE || first >> 4 != 6)
    {
        return false;
    }
    packet->RemoveHeader(header);
    if (header.GetPayloadLength() > packet->GetSize())
    {
        return false;
    }
    packet->RemoveAtEnd(packet->GetSize() - header.GetPayloadLength());
    return true;
}

/// What the message quotes: the packet as it arrived.
Ptr<Packet>
QuoteArrived(Ipv6Header header, Ptr<const Packet> payload)
{
    auto packet = payload->Copy();
    header.SetHopLimit(header.GetHopLimit() + 1);
    packet->AddHeader(header);
    return Quote(packet, MAX_SIZE - IP_HEADER_SIZE - ICMP_HEADER_SIZE);
}

} // namespace

std::optional<IcmpError>
MakeIcmpv6Error(Ptr<Node> node, Ptr<const Packet> packet, bool prohibited)
{
    const auto ipv6 = node->GetObject<Ipv6>();
    auto payload = packet->Copy();
    Ipv6Header header;
    if (!ipv6 || !ipv6->GetRoutingProtocol() || !Split(payload, header) ||
        !IsForwarded(ipv6, header) || !IsHost(header.GetSource()) ||
        header.GetDestination().IsMulticast() || header.GetDestination().IsLocalhost() ||
        IsIcmpErrorOrLaterFragment(header.GetNextHeader(), payload))
    {
        return std::nullopt;
    }

    const auto peer = header.GetSource();
    auto message = Create<Packet>();
    Ipv6Header back;
    back.SetDestination(peer);
    back.SetNextHeader(Icmpv6L4Protocol::PROT_NUMBER);
    Socket::SocketErrno error{};
    const auto route = ipv6->GetRoutingProtocol()->RouteOutput(message, back, nullptr, error);
    if (!route)
    {
        return std::nullopt;
    }
    const auto quoted = QuoteArrived(header, payload);
    Icmpv6DestinationUnreachable icmp;
    icmp.SetCode(prohibited ? Icmpv6Header::ICMPV6_ADM_PROHIBITED : Icmpv6Header::ICMPV6_NO_ROUTE);
    icmp.SetPacket(quoted);
    icmp.CalculatePseudoHeaderChecksum(route->GetSource(),
                                       peer,
                                       ICMP_HEADER_SIZE + quoted->GetSize(),
                                       Icmpv6L4Protocol::PROT_NUMBER);
    message->AddAtEnd(quoted);
    message->AddHeader(icmp);
    return IcmpError{
        peer,
        [ipv6, message, peer, route] {
            ipv6->Send(message, route->GetSource(), peer, Icmpv6L4Protocol::PROT_NUMBER, route);
        }};
}

} // namespace ns3
