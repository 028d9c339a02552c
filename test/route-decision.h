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
 * @param node a node
 * @param destination an Ipv4Address or Ipv6Address
 * @param oif the device that the sender is bound to, or null
 * @return the TypeId's name of the device by which the node would send to it, or "none"
 */
std::string DecideOutput(Ptr<Node> node, const Address& destination, Ptr<NetDevice> oif = nullptr);

/**
 * @param node a node
 * @param destination an Ipv4Address or Ipv6Address that it has a route to
 * @return the source address that the route gives what the node sends there
 */
Address DecideSource(Ptr<Node> node, const Address& destination);

/**
 * @param node a node
 * @param destination an Ipv4Address or Ipv6Address
 * @param idev the device by which a packet to it comes in
 * @return the TypeId's name of the device by which the node would forward it, or "local", "error"
 * or "none"
 */
std::string DecideInput(Ptr<Node> node, const Address& destination, Ptr<NetDevice> idev);

/**
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
