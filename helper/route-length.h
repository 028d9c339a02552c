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
 * \ingroup loopback
 *
 * How long the prefix is of the route that a routing protocol has to a destination. ns-3's routes
 * do not tell. A protocol is asked in the first of these ways that fits:
 *
 * - a list (Ipv4ListRouting, Ipv6ListRouting, what stands before them): the first of its protocols
 *   that has a route, as that is the one that is used;
 * - Ipv4GlobalRouting: the first route that matches, which is what it uses;
 * - Ipv4StaticRouting, Ipv6StaticRouting: the longest route that matches;
 * - one that prints a table (PrintRoutingTable) with a column `Destination`: the longest row that
 *   matches. A row has the prefix length of its column `Genmask` (RIP), of the destination's `/LEN`
 *   (RIPng), or else that of a host (OLSR, AODV, DSDV). OLSR's routes to other networks (HNA) are
 * in a table of the former kind. A row that is marked DOWN or IN_SEARCH is no route yet;
 * - any other, and nix-vector routing, which prints only what it has been asked before: a host
 * route wherever it has a route at all.
 *
 * \tparam Family Ipv4Family or Ipv6Family
 * \param protocol the protocol
 * \param destination the destination, of a single host
 * \return the length, in bits, or NO_ROUTE
 */
template <class Family>
int GetRouteLength(Ptr<typename Family::Protocol> protocol, typename Family::Address destination);

} // namespace ns3

#endif /* ROUTE_LENGTH_H */
