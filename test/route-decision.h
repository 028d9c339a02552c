/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef ROUTE_DECISION_H
#define ROUTE_DECISION_H

#include "ns3/address.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/output-stream-wrapper.h"

#include <sstream>
#include <string>

namespace ns3::tests
{

/**
 * Ask a node's routing protocol where a packet that the node sends goes to.
 * @param node the node
 * @param destination an Ipv4Address or Ipv6Address
 * @param oif the device that the socket is bound to, or null
 * @return the TypeId's name of the route's device; without a route "invalid" for ERROR_INVAL, or
 *         "none"
 */
std::string DecideOutput(Ptr<Node> node, const Address& destination, Ptr<NetDevice> oif = nullptr);

/**
 * Ask a node's routing protocol where a packet that comes in goes to.
 * @param node the node
 * @param destination an Ipv4Address or Ipv6Address
 * @param idev the device by which it comes in
 * @return the TypeId's name of the device by which it is forwarded, or "local", "error", "none", or
 *         "sunk" if the node's blackholes have counted it
 */
std::string DecideInput(Ptr<Node> node, const Address& destination, Ptr<NetDevice> idev);

/**
 * Print a routing table.
 * @param ip an Ipv4 or Ipv6 stack
 * @return its routing table, as its routing protocol prints it
 */
template <class Ip>
std::string
PrintTable(Ptr<Ip> ip)
{
    std::ostringstream text;
    ip->GetRoutingProtocol()->PrintRoutingTable(Create<OutputStreamWrapper>(&text));
    return text.str();
}

} // namespace ns3::tests

#endif /* ROUTE_DECISION_H */
