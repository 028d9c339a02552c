/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LINK_STATS_HELPER_H
#define LINK_STATS_HELPER_H

#include "ns3/node-container.h"

#include <ostream>

namespace ns3
{

/**
 * \ingroup loopback
 *
 * Prints the counters of this module's devices as Linux does.
 *
 * Only LoNetDevices and BlackholeNetDevices are printed: ns-3's other devices keep no counters. A
 * device is called by its name in ns3::Names, or else a LoNetDevice `lo`, and BlackholeNetDevices
 * `dummy0`, `dummy1` and so on. An interface's index is one more than ns-3's device index, as
 * Linux's lo is 1.
 */
class LinkStatsHelper
{
  public:
    /**
     * Print what `ip -s link show` prints (iproute2, ip/ipaddress.c). Where there are several
     * nodes, a line `netns: NODE` goes before each, as in `ip -all netns exec`; NODE is its name in
     * ns3::Names or its number.
     * \param os the stream to print to
     * \param nodes the nodes
     */
    static void PrintIpLink(std::ostream& os, const NodeContainer& nodes);

    /**
     * Print what `ip -s -j link show` prints: a JSON array with an object a device. Where there are
     * several nodes each object begins with a member `netns`, the node's name or number.
     * \param os the stream to print to
     * \param nodes the nodes
     */
    static void PrintIpLinkJson(std::ostream& os, const NodeContainer& nodes);

    /**
     * Print what Linux shows in /proc/net/dev (net/core/net-procfs.c). Where there are several
     * nodes, a line `netns: NODE` goes before each.
     * \param os the stream to print to
     * \param nodes the nodes
     */
    static void PrintProcNetDev(std::ostream& os, const NodeContainer& nodes);
};

} // namespace ns3

#endif /* LINK_STATS_HELPER_H */
