/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-stats-plot.h"

#include "record-file.h"

#include "ns3/gnuplot.h"

#include <sstream>

namespace ns3
{

namespace
{

/// A line of a plot, for each device.
struct Curve
{
    uint64_t LinkStats::*counter; ///< whose rate
    const char* name;             ///< what the key says
    const char* style;            ///< how it is drawn
};

/// What stands in a plot.
struct Plot
{
    const char* name;          ///< how its file is called
    const char* title;         ///< what is over it
    const char* unit;          ///< of the rates
    std::vector<Curve> curves; ///< the lines
};

// A rate holds for the time since the row before: that is gnuplot's fsteps. On lo what is received
// is mostly what is sent, so that one line has to show through the other.
constexpr auto SOLID = "with fsteps lw 2";
constexpr auto DASHED = "with fsteps lw 2 dt 2";
constexpr auto DOTTED = "with fsteps lw 2 dt 3";
constexpr auto DASH_DOTTED = "with fsteps lw 2 dt 4";

std::vector<Plot>
GetPlots()
{
    return {{"bytes",
             "Layer-3 bytes",
             "bytes/s",
             {{&LinkStats::rxBytes, "received", SOLID}, {&LinkStats::txBytes, "sent", DASHED}}},
            {"packets",
             "Packets",
             "packets/s",
             {{&LinkStats::rxPackets, "received", SOLID}, {&LinkStats::txPackets, "sent", DASHED}}},
            {"losses",
             "Packets that were lost",
             "packets/s",
             {{&LinkStats::rxDropped, "receive dropped", SOLID},
              {&LinkStats::txDropped, "send dropped", DASHED},
              {&LinkStats::rxErrors, "receive errors", DOTTED},
              {&LinkStats::txErrors, "send errors", DASH_DOTTED}}}};
}

/// For between gnuplot's double quotes.
std::string
Escape(const std::string& text)
{
    std::string escaped;
    for (const auto c : text)
    {
        if (c == '\n')
        {
            escaped += "\\n";
            continue;
        }
        // A shell command stands in backquotes.
        if (c == '"' || c == '\\' || c == '`')
        {
            escaped += '\\';
        }
        escaped += c;
    }
    return escaped;
}

Gnuplot2dFunction
MakeCurve(const Curve& curve, const std::string& csv, const SampledLink& link)
{
    std::ostringstream rate;
    rate << "\"" << Escape(csv) << "\" skip 1 using 1:(rate(" << link.nodeId << ", "
         << link.deviceIndex << ", " << LinkStatsCsv::GetRateColumn(curve.counter) << "))";
    Gnuplot2dFunction dataset(Escape(link.device + " of node " + link.node + ", " + curve.name),
                              rate.str());
    dataset.SetExtra(curve.style);
    return dataset;
}

/// What the plots have in common.
constexpr auto PROLOGUE = R"(set datafile separator comma
set datafile missing NaN
# A device's rate; none in the rows of others, and 0 where no time had passed.
rate(node, device, c) = column(2) == node && column(3) == device ? (valid(c) ? column(c) : 0) : NaN
set grid
set key outside below
set yrange [0:1<*]
)";

} // namespace

void
WriteLinkStatsPlot(const std::string& prefix,
                   const std::string& csv,
                   const std::vector<SampledLink>& links)
{
    RecordFile file("LinkStatsHelper::Sample", prefix + ".plt");
    auto& stream = file.GetStream();
    stream << PROLOGUE;
    for (const auto& plot : GetPlots())
    {
        Gnuplot gnuplot(Escape(prefix + "-" + plot.name + ".png"), plot.title);
        gnuplot.SetTerminal("pngcairo noenhanced size 900,600");
        gnuplot.SetLegend("simulated time (s)", plot.unit);
        for (const auto& curve : plot.curves)
        {
            for (const auto& link : links)
            {
                gnuplot.AddDataset(MakeCurve(curve, csv, link));
            }
        }
        gnuplot.GenerateOutput(stream);
        file.EndRecord();
    }
}

} // namespace ns3
