/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-stats-plot.h"

#include "link-stats-series.h"

#include "ns3/gnuplot.h"
#include "ns3/link-stats.h"

#include <fstream>
#include <locale>
#include <sstream>

namespace ns3
{

namespace
{

/// A picture, with a line per device and counter.
struct Picture
{
    const char* name;  ///< what its file is called by
    const char* title; ///< heading
    const char* unit;  ///< unit of the rates
    /// The counters, and what the key calls them
    std::vector<std::pair<uint64_t LinkStats::*, const char*>> curves;
};

std::vector<Picture>
GetPictures()
{
    return {{"bytes",
             "Layer-3 bytes",
             "bytes/s",
             {{&LinkStats::rxBytes, "received"}, {&LinkStats::txBytes, "sent"}}},
            {"packets",
             "Packets",
             "packets/s",
             {{&LinkStats::rxPackets, "received"}, {&LinkStats::txPackets, "sent"}}},
            {"losses",
             "Lost packets",
             "packets/s",
             {{&LinkStats::rxDropped, "receive dropped"},
              {&LinkStats::txDropped, "send dropped"},
              {&LinkStats::rxErrors, "receive errors"},
              {&LinkStats::txErrors, "send errors"}}}};
}

/// Escape what stands between gnuplot's double quotes, where backquotes hold a shell command.
std::string
Escape(const std::string& text)
{
    std::string escaped;
    for (const auto c : text)
    {
        const bool isSpecial = c == '"' || c == '\\' || c == '`' || c == '\n';
        escaped += isSpecial ? "\\" : "";
        escaped += c == '\n' ? 'n' : c;
    }
    return escaped;
}

/// What all pictures need.
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
WriteLinkStatsPlot(const std::string& prefix, const std::vector<PlottedLink>& links)
{
    const auto path = prefix + ".plt";
    std::ofstream file(path);
    file.imbue(std::locale::classic());
    file << PROLOGUE;
    for (const auto& picture : GetPictures())
    {
        Gnuplot gnuplot(Escape(prefix + "-" + picture.name + ".png"), picture.title);
        gnuplot.SetTerminal("pngcairo noenhanced size 900,600");
        gnuplot.SetLegend("simulated time (s)", picture.unit);
        int dash = 0;
        for (const auto& [counter, name] : picture.curves)
        {
            // A rate holds for the time since the row before. On lo a dashed line shows the one
            // under it, as what is received is mostly what is sent.
            const auto style = "with fsteps lw 2 dt " + std::to_string(++dash);
            for (const auto& link : links)
            {
                std::ostringstream rate;
                rate.imbue(std::locale::classic());
                rate << '"' << Escape(prefix) << ".csv\" skip 1 using 1:(rate(" << link.nodeId
                     << ", " << link.index << ", " << LinkStatsSeries::GetRateColumn(counter)
                     << "))";
                Gnuplot2dFunction curve(Escape(link.title + ", " + name), rate.str());
                curve.SetExtra(style);
                gnuplot.AddDataset(curve);
            }
        }
        gnuplot.GenerateOutput(file);
    }
    file.flush();
    LinkStatsSeries::CheckWritten(file, path);
}

} // namespace ns3
