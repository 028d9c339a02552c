/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LINK_STATS_PLOT_H
#define LINK_STATS_PLOT_H

#include "link-stats-csv.h"

#include <string>
#include <vector>

namespace ns3
{

/**
 * Write a gnuplot script that plots the rates of a LinkStatsCsv: PREFIX.plt, which makes
 * PREFIX-bytes.png, PREFIX-packets.png and PREFIX-losses.png. It has no data of its own, so that
 * it plots whatever got into the CSV. That it can not be written ends the program with a message.
 * @param prefix what the names of all these files begin with
 * @param csv name of the CSV
 * @param links whose rates to plot
 */
void WriteLinkStatsPlot(const std::string& prefix,
                        const std::string& csv,
                        const std::vector<SampledLink>& links);

} // namespace ns3

#endif /* LINK_STATS_PLOT_H */
