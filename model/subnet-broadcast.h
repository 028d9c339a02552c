/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SUBNET_BROADCAST_H
#define SUBNET_BROADCAST_H

#include "ns3/ipv4-address.h"
#include "ns3/ipv4.h"
#include "ns3/ptr.h"

namespace ns3
{

/**
 * @ingroup loopback
 * @param ip a stack
 * @param address an address
 * @return whether it is the broadcast address of a network that the stack has an address in. A
 *         network of two addresses or of one has none (RFC 3021).
 */
bool IsSubnetBroadcast(Ptr<const Ipv4> ip, Ipv4Address address);

} // namespace ns3

#endif /* SUBNET_BROADCAST_H */
