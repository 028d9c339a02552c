/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-stats-series.h"

#include "output-file.h"

#include "ns3/gnuplot.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <iomanip>
#include <iterator>
#include <limits>
#include <locale>
#include <sstream>
#include <tuple>

namespace ns3
{

namespace
{

/// What messages begin with.
constexpr auto METHOD = "LinkStatsHelper::Sample";

/// The columns before the counters.
constexpr const char* LEADING[]{"time (s)", "node id", "device index"};

/// Return a name as CSV has it.
std::string
Quote(const std::string& name)
{
    if (name.find_first_of(",\"\r\n") == std::string::npos)
    {
        return name;
    }
    std::ostringstream os;
    os << std::quoted(name, '"', '"');
    return os.str();
}

/// Return the column, from 1, of a counter.
std::size_t
GetColumn(uint64_t LinkStats::*counter)
{
    const auto& fields = LinkStats::FIELDS;
    const auto field = std::find_if(fields.begin(), fields.end(), [=](const auto& f) {
        return f.counter == counter;
    });
    return std::size(LEADING) + std::distance(fields.begin(), field) + 1;
}

/// A picture, with a line per device and counter.
struct Picture
{
    const char* name;  ///< what its file is called by
    const char* title; ///< heading
    const char* unit;  ///< unit of the curves
    std::size_t skip;  ///< columns from a counter to what is plotted, its rate or itself
    const char* style; ///< gnuplot's style
    /// The counters, and what the key calls them
    std::vector<std::pair<uint64_t LinkStats::*, const char*>> curves;
};

std::vector<Picture>
GetPictures()
{
    // A rate holds for the time since the row before, as gnuplot's fsteps does.
    constexpr auto RATE = std::tuple_size_v<decltype(LinkStats::FIELDS)>;
    const decltype(Picture::curves) bytes{{&LinkStats::rxBytes, "received"},
                                          {&LinkStats::txBytes, "sent"}};
    return {{"bytes", "Rate of layer-3 bytes", "bytes/s", RATE, "fsteps", bytes},
            {"packets",
             "Rate of packets",
             "packets/s",
             RATE,
             "fsteps",
             {{&LinkStats::rxPackets, "received"}, {&LinkStats::txPackets, "sent"}}},
            {"losses",
             "Rate of lost packets",
             "packets/s",
             RATE,
             "fsteps",
             {{&LinkStats::rxDropped, "receive dropped"},
              {&LinkStats::txDropped, "send dropped"},
              {&LinkStats::rxErrors, "receive errors"},
              {&LinkStats::txErrors, "send errors"}}},
            {"total", "Layer-3 bytes since the beginning", "bytes", 0, "lines", bytes}};
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
# A device's value; none in the rows of others, and 0 for a rate where no time had passed.
of(node, device, c) = column(2) == node && column(3) == device ? (valid(c) ? column(c) : 0) : NaN
set grid
set border 3 back
set tics nomirror
set colorsequence podo
set key tmargin
set yrange [0:1<*]
)";

} // namespace

LinkStatsSeries::LinkStatsSeries(const NodeContainer& nodes,
                                 Time interval,
                                 const std::string& prefix)
    : m_nodes(nodes),
      m_interval(interval),
      m_nDevices(nodes.GetN()),
      m_prefix(prefix)
{
    ClaimFile(METHOD, prefix + ".csv");
    m_csv.open(prefix + ".csv");
    CheckWritten(m_csv.is_open(), METHOD, prefix + ".csv");
    m_csv.imbue(std::locale::classic());
    m_csv << std::setfill('0') << std::setprecision(std::numeric_limits<double>::digits10);
    for (const auto heading : LEADING)
    {
        m_csv << heading << ',';
    }
    for (const auto& field : LinkStats::FIELDS)
    {
        m_csv << field.name << " (" << field.unit << "),";
    }
    for (const auto& field : LinkStats::FIELDS)
    {
        m_csv << field.name << " rate (" << field.unit << "/s),";
    }
    // Last, because gnuplot does not find the end of a name that has a quote in it.
    m_csv << "node,device\n";
    WriteRows();
}

LinkStatsSeries::~LinkStatsSeries()
{
    if (Simulator::Now() != m_last ||
        std::any_of(m_sources.begin(), m_sources.end(), [](const Source& source) {
            return source.stats != source.link.link->GetStats();
        }))
    {
        WriteRows();
    }
}

Time
LinkStatsSeries::GetNext() const
{
    return m_last + std::min(m_interval, Simulator::GetMaximumSimulationTime() - m_last);
}

void
LinkStatsSeries::WriteRows()
{
    FindNewLinks();
    for (auto& source : m_sources)
    {
        const auto stats = source.link.link->GetStats();
        WriteRow(source, stats);
        source.stats = stats;
        source.isSampled = true;
    }
    m_last = Simulator::Now();
    CheckWritten(bool(m_csv.flush()), METHOD, m_prefix + ".csv");
}

void
LinkStatsSeries::FindNewLinks()
{
    const auto nKnown = m_sources.size();
    for (uint32_t i = 0; i < m_nodes.GetN(); ++i)
    {
        const auto node = m_nodes.Get(i);
        // A node that was disposed has no devices left.
        if (node->GetNDevices() <= m_nDevices[i])
        {
            continue;
        }
        for (const auto& link : GetNamedLinks(node))
        {
            if (const auto index = link.device->GetIfIndex(); index >= m_nDevices[i])
            {
                const auto id = std::to_string(node->GetId()) + "," + std::to_string(index) + ",";
                m_sources.push_back({link, id, GetNodeName(node), {}});
            }
        }
        m_nDevices[i] = node->GetNDevices();
    }
    if (m_sources.size() > nKnown)
    {
        WriteScript();
    }
}

void
LinkStatsSeries::WriteRow(const Source& source, const LinkStats& stats)
{
    // A double has too few digits for an epoch time.
    constexpr int64_t SECOND = 1000000000;
    const auto ns = Simulator::Now().GetNanoSeconds();
    m_csv << ns / SECOND << '.' << std::setw(9) << ns % SECOND << ',' << source.id;
    for (const auto& field : LinkStats::FIELDS)
    {
        m_csv << stats.*field.counter << ',';
    }
    const auto elapsed = (Simulator::Now() - m_last).GetSeconds();
    for (const auto& field : LinkStats::FIELDS)
    {
        if (source.isSampled && elapsed > 0)
        {
            const auto counted = stats.*field.counter - source.stats.*field.counter;
            m_csv << static_cast<double>(counted) / elapsed;
        }
        m_csv << ',';
    }
    m_csv << Quote(source.node) << ',' << Quote(source.link.name) << '\n';
}

void
LinkStatsSeries::WriteScript() const
{
    std::ofstream file(m_prefix + ".plt");
    file.imbue(std::locale::classic());
    file << PROLOGUE;
    const auto csv = "\"" + Escape(m_prefix) + ".csv\" skip 1 using ";
    for (const auto& picture : GetPictures())
    {
        Gnuplot gnuplot(Escape(m_prefix + "-" + picture.name + ".png"), picture.title);
        gnuplot.SetTerminal("pngcairo noenhanced size 900,600");
        gnuplot.SetLegend("simulated time (s)", picture.unit);
        std::string sum;
        int dash = 0;
        for (const auto& [counter, name] : picture.curves)
        {
            sum += (sum.empty() ? "$" : "+$") + std::to_string(GetColumn(counter));
            const auto column = std::to_string(GetColumn(counter) + picture.skip);
            // On lo a dashed line shows the one under it: most of what is received was sent.
            const auto style =
                std::string("with ") + picture.style + " lw 2 dt " + std::to_string(++dash);
            for (const auto& source : m_sources)
            {
                const auto title = source.link.name + " of node " + source.node + ", " + name;
                const auto data = "1:(of(" + source.id + column + "))";
                Gnuplot2dFunction curve(Escape(title), csv + data);
                curve.SetExtra(style);
                gnuplot.AddDataset(curve);
            }
        }
        // What stays 0 needs no picture.
        file << "stats " << csv << "(" << sum << ") nooutput\nif (STATS_max > 0) {\n";
        gnuplot.GenerateOutput(file);
        file << "}\n";
    }
    CheckWritten(bool(file.flush()), METHOD, m_prefix + ".plt");
}

} // namespace ns3
