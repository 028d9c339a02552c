/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LINK_STATS_PLOT_H
#define LINK_STATS_PLOT_H

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/// A device whose rates a plot shows.
struct PlottedLink
{
    uint32_t nodeId;   //!< number of its node
    uint32_t index;    //!< its index on the node
    std::string title; //!< what the key calls it
};

/**
 * Write PREFIX.plt, a gnuplot script that plots the rates in PREFIX.csv, a LinkStatsSeries.
 *
 * It makes PREFIX-bytes.png, PREFIX-packets.png and PREFIX-losses.png. It has no data of its own,
 * so that it plots what an aborted run left. Aborts if it cannot be written.
 * @param prefix what the names of the files begin with
 * @param links the devices
 */
void WriteLinkStatsPlot(const std::string& prefix, const std::vector<PlottedLink>& links);

} // namespace ns3

#endif /* LINK_STATS_PLOT_H */
