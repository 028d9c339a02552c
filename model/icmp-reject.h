/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef ICMP_REJECT_H
#define ICMP_REJECT_H

#include "ns3/address.h"
#include "ns3/node.h"
#include "ns3/packet.h"

#include <cstdint>
#include <functional>
#include <optional>

/**
 * @file
 * @ingroup loopback
 * What a router answers with that has an `unreachable` or a `prohibit` route. Not installed.
 */

namespace ns3
{

/// An ICMP or ICMPv6 error that is ready to go.
struct IcmpError
{
    Address peer;               //!< whom it is for, an Ipv4Address or an Ipv6Address
    std::function<void()> send; //!< sends it
};

/**
 * The answer to an IPv4 packet (Linux's ip_error and icmp_send).
 * @param node the router
 * @param packet the packet with its header, as it was forwarded: its TTL has been decremented
 * @param prohibited whether the route is a `prohibit` one
 * @return the answer, or nothing for a packet that gets none: one that is not whole, not forwarded,
 *         not from one host to another, an ICMP error, or a fragment other than the first
 */
std::optional<IcmpError> MakeIcmpv4Error(Ptr<Node> node, Ptr<const Packet> packet, bool prohibited);

/**
 * The answer to an IPv6 packet (Linux's ip6_pkt_drop and icmp6_send).
 * @param node the router
 * @param packet the packet with its header, as it was forwarded: its hop limit has been decremented
 * @param prohibited whether the route is a `prohibit` one
 * @return the answer, or nothing for a packet that gets none: one that is not whole, not forwarded,
 *         not from one host to another, an ICMPv6 error, or a fragment other than the first
 */
std::optional<IcmpError> MakeIcmpv6Error(Ptr<Node> node, Ptr<const Packet> packet, bool prohibited);

/**
 * @param packet a packet
 * @param size how many bytes to quote
 * @return its first bytes, without its tags, which those who put them on would take for the
 *         packet's own
 */
Ptr<Packet> Quote(Ptr<const Packet> packet, uint32_t size);

} // namespace ns3

#endif /* ICMP_REJECT_H */
