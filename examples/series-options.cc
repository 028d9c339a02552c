/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "series-options.h"

#include "program-error.h"

#include <sstream>

using namespace ns3;

void
SeriesOptions::AddTo(ProgramOptions& options, const std::string& what)
{
    std::ostringstream help;
    help << "time between lines of the series and points of the plot, "
         << interval.GetMilliSeconds() << "ms unless given";
    options.AddTime("interval", interval, help.str());
    options.AddText("series", "FILE", series, "write " + what + " to FILE as CSV");
    options.AddPlot(plot);
}

void
SeriesOptions::CheckInterval(Time duration) const
{
    if (interval >= duration)
    {
        throw ProgramError("--interval: the run is not that long");
    }
    if (duration.GetSeconds() / interval.GetSeconds() > 1e6)
    {
        throw ProgramError("--interval: it makes more than a million lines");
    }
}
