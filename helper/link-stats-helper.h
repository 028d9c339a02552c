/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LINK_STATS_HELPER_H
#define LINK_STATS_HELPER_H

#include "ns3/node-container.h"
#include "ns3/nstime.h"

#include <ostream>
#include <string>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * A helper that prints the counters of this module's devices as Linux does, and samples them.
 *
 * Only LoNetDevices and BlackholeNetDevices are shown: ns-3's other devices keep no counters. A
 * device is called by its name in ns3::Names. Without one a LoNetDevice is called `lo`, and
 * BlackholeNetDevices `dummy0`, `dummy1` and so on. In the names of nodes and devices, a `_` stands
 * for each control character, double quote, backslash and comma. An interface's index is one more
 * than ns-3's device index, as Linux's lo is 1. Its qdisc is the root queue disc on the device, by
 * tc's name. Each method that prints aborts if the stream has failed.
 */
class LinkStatsHelper
{
  public:
    /**
     * Print what `ip -s link show` prints (iproute2, ip/ipaddress.c). With several nodes, a line
     * `netns: NODE` precedes each, as in `ip -all netns exec`. NODE is the name in ns3::Names or
     * the number.
     * @param os the stream to print to
     * @param nodes the nodes
     */
    static void PrintIpLink(std::ostream& os, const NodeContainer& nodes);

    /**
     * Print what `ip -s -j link show` prints: a JSON array with an object per device. With several
     * nodes each object begins with a member `netns`, the node's name or number.
     * @param os the stream to print to
     * @param nodes the nodes
     */
    static void PrintIpLinkJson(std::ostream& os, const NodeContainer& nodes);

    /**
     * Print what Linux shows in /proc/net/dev (net/core/net-procfs.c). With several nodes, a line
     * `netns: NODE` precedes each.
     * @param os the stream to print to
     * @param nodes the nodes
     */
    static void PrintProcNetDev(std::ostream& os, const NodeContainer& nodes);

    /**
     * Print what `tc -s qdisc show` prints: queue discs and their counters, each followed by its
     * children. Those of all devices of the nodes are shown, not only of this module's. With
     * several nodes, a line `netns: NODE` precedes each. Another device without a name in
     * ns3::Names is called `eth` and its index. Of the parameters only netem's are printed.
     * @param os the stream to print to
     * @param nodes the nodes
     */
    static void PrintTcQdisc(std::ostream& os, const NodeContainer& nodes);

    /**
     * Sample the counters from now until Simulator::Destroy.
     *
     * PREFIX.csv gets a row per device at once, then one every interval. A last one is written at
     * Simulator::Destroy if the time or a counter differs from the row before. In that row, as in
     * GetStats then, packets still pending in the device are dropped ones. Rows are in the file as
     * soon as they are written, so that a run that aborts leaves them. A device that is installed
     * later has rows from the next sample on. Names are those at a device's first row.
     *
     * The first columns are `time (s)`, and ns-3's `node id` and `device index`. Then come a column
     * per counter of LinkStats, such as `rxBytes (bytes)`, and one per rate, such as `rxBytes rate
     * (bytes/s)`. The last are `node` and `device`, the names that PrintIpLink prints. A rate is
     * the mean since the device's row before. It is empty in the first row, and in one at the same
     * time as the row before.
     *
     * PREFIX.plt is there from the start too. `gnuplot PREFIX.plt`, in the directory of the
     * simulation, plots the CSV: PREFIX-bytes.png, PREFIX-packets.png and PREFIX-losses.png show
     * rates, PREFIX-total.png bytes. It leaves out a picture in which all is 0.
     *
     * Sampling adds no event: rows are written before the first event of a later time. It changes
     * one thing: if only cancelled events are left, which ns-3 alone would wait for, Simulator::Run
     * ends before the next sample. The scheduler becomes ns3::MapScheduler, ns-3's default. Aborts
     * if Simulator::SetScheduler is called afterwards.
     *
     * Aborts if the interval is not positive, or if the prefix is empty. Aborts if a file cannot be
     * written (also later, when the disk gets full) or is being written already. Aborts if there is
     * no node, if a node is there twice, or if no node has a device of this module.
     * @param nodes the nodes
     * @param interval time between samples
     * @param prefix what the names of the files begin with; files of these names are overwritten
     */
    static void Sample(const NodeContainer& nodes, Time interval, const std::string& prefix);
};

} // namespace ns3

#endif /* LINK_STATS_HELPER_H */
