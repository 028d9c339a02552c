/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef HIDDEN_INTERFACE_H
#define HIDDEN_INTERFACE_H

#include "ns3/ipv4.h"
#include "ns3/ipv6.h"
#include "ns3/net-device.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * Give a device an IPv4 interface that is up and that routing protocols are told nothing of. It
 * does not forward, so that global routing passes over it. ns-3 crashes on an interface without an
 * address when it sends a broadcast; this one has 127.0.0.1, which is what OLSR, RIP and broadcasts
 * pass over. Beside nix-vector routing it has 127.128.0.0 plus the node's id, as that ends the
 * program if two nodes have the same.
 *
 * @param ip the stack, ns-3's own
 * @param device a device that has no interface yet
 * @return the interface
 */
uint32_t AddHiddenInterface(Ptr<Ipv4> ip, Ptr<NetDevice> device);

/**
 * @ingroup loopback
 *
 * Give a device an IPv6 interface that is up, without an address, and that routing protocols are
 * told nothing of. It sends neither neighbour nor router solicitations.
 *
 * @param ip the stack, ns-3's own
 * @param device a device that has no interface yet
 * @return the interface
 */
uint32_t AddHiddenInterface(Ptr<Ipv6> ip, Ptr<NetDevice> device);

} // namespace ns3

#endif /* HIDDEN_INTERFACE_H */
