/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef BLACKHOLE_ROUTES_H
#define BLACKHOLE_ROUTES_H

#include "loopback-node.h"

#include "ns3/blackhole-helper.h"

#include <cstdint>

namespace ns3::tests
{

/**
 * @param address an Ipv4Address or an Ipv6Address
 * @return its bits
 */
uint8_t GetBits(const Address& address);

/**
 * Add a blackhole route to the network that an address is in.
 * @param node the node
 * @param address the Ipv4Address or Ipv6Address
 * @param length the network's prefix length
 * @param reject what packets are answered with
 */
void AddBlackholeRoute(Ptr<Node> node,
                       const Address& address,
                       uint8_t length,
                       Reject reject = Reject::NONE);

/**
 * Remove the route that AddBlackholeRoute added.
 * @param node the node
 * @param address the Ipv4Address or Ipv6Address
 * @param length the network's prefix length
 */
void RemoveBlackholeRoute(Ptr<Node> node, const Address& address, uint8_t length);

/**
 * @param node a node
 * @return packets that all its blackholes took
 */
uint64_t CountSunk(Ptr<Node> node);

} // namespace ns3::tests

#endif /* BLACKHOLE_ROUTES_H */
