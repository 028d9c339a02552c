/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef ROUTE_LENGTH_H
#define ROUTE_LENGTH_H

#include "ip-family.h"

namespace ns3
{

/// What GetRouteLength gives where there is no route.
constexpr int NO_ROUTE{-1};

/**
 * @ingroup loopback
 *
 * How long the prefix is of the route that a routing protocol has to a destination. ns-3's routes
 * do not tell. A protocol is asked in the first of these ways that fits:
 *
 * - a list (Ipv4ListRouting, Ipv6ListRouting, what stands before them): the first of its protocols
 *   that has a route, as that is the one that is used;
 * - Ipv4GlobalRouting: the first route that matches, which is what it uses;
 * - Ipv4StaticRouting, Ipv6StaticRouting: the longest route that matches;
 * - any other (RIP, RIPng, OLSR, AODV, DSDV, nix-vector, one that is not ns-3's): it is asked for a
 *   route (RouteOutput). One into the loopback is none, as AODV and DSDV hold packets back there
 * for which they have no route yet. Its length is that of the longest row with the route's
 * destination in the tables that the protocol prints (PrintRoutingTable), by the column `Genmask`
 * (RIP, OLSR's HNA) or the destination's `/LEN` (RIPng), and where there is no such row that of a
 * host.
 *
 * @tparam Family Ipv4Family or Ipv6Family
 * @param protocol the protocol
 * @param destination the destination, of a single host
 * @return the length, in bits, or NO_ROUTE
 */
template <class Family>
int GetRouteLength(Ptr<typename Family::Protocol> protocol, typename Family::Address destination);

} // namespace ns3

#endif /* ROUTE_LENGTH_H */
