/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef NODE_ROUTES_H
#define NODE_ROUTES_H

#include "loopback-node.h"

#include "ns3/blackhole-helper.h"
#include "ns3/net-device.h"

#include <cstdint>
#include <string>

namespace ns3::tests
{

/**
 * @param address an Ipv4Address or an Ipv6Address
 * @return its bits
 */
uint8_t GetBits(const Address& address);

/**
 * Add a blackhole route to an address's network.
 * @param node the node
 * @param address the Ipv4Address or Ipv6Address
 * @param length the network's prefix length
 * @param reject how the route answers packets
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
 * @return the number of packets that its blackholes discarded
 */
uint64_t CountSunk(Ptr<Node> node);

/**
 * Ask a node's routing protocol to route a packet that the node sends.
 * @param node the node
 * @param destination an Ipv4Address or Ipv6Address
 * @param oif the device that the socket is bound to, or null
 * @return the TypeId name of the route's device; without a route "invalid" for ERROR_INVAL,
 *         otherwise "none"
 */
std::string DecideOutput(Ptr<Node> node, const Address& destination, Ptr<NetDevice> oif = nullptr);

/**
 * Ask a node's routing protocol to route a packet that the node receives.
 * @param node the node
 * @param destination an Ipv4Address or Ipv6Address
 * @param idev the device that receives it
 * @return the TypeId name of the device that forwards it, or "local", "error", "none", or "sunk" if
 *         the node's blackholes have counted it
 */
std::string DecideInput(Ptr<Node> node, const Address& destination, Ptr<NetDevice> idev);

/**
 * Print a routing table.
 * @param node the node
 * @param version the IP version
 * @return the table, as the node's routing protocol prints it
 */
std::string PrintTable(Ptr<Node> node, IpVersion version);

} // namespace ns3::tests

#endif /* NODE_ROUTES_H */
