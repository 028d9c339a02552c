/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-stats-series.h"

#include "link-stats-plot.h"

#include "ns3/abort.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iomanip>
#include <iterator>
#include <limits>
#include <locale>
#include <sstream>

namespace ns3
{

namespace
{

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

} // namespace

LinkStatsSeries::LinkStatsSeries(const NodeContainer& nodes,
                                 Time interval,
                                 const std::string& prefix)
    : m_nodes(nodes),
      m_interval(interval),
      m_nDevices(nodes.GetN()),
      m_prefix(prefix),
      m_csv(prefix + ".csv")
{
    CheckWritten(m_csv, prefix + ".csv");
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
    m_csv.flush();
    CheckWritten(m_csv, m_prefix + ".csv");
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
                m_sources.push_back({link, node->GetId(), index, GetNodeName(node), {}});
            }
        }
        m_nDevices[i] = node->GetNDevices();
    }
    if (m_sources.size() > nKnown)
    {
        std::vector<PlottedLink> links;
        for (const auto& source : m_sources)
        {
            links.push_back(
                {source.nodeId, source.index, source.link.name + " of node " + source.node});
        }
        WriteLinkStatsPlot(m_prefix, links);
    }
}

void
LinkStatsSeries::WriteRow(const Source& source, const LinkStats& stats)
{
    // A double has too few digits for an epoch time.
    constexpr int64_t SECOND = 1000000000;
    const auto ns = Simulator::Now().GetNanoSeconds();
    m_csv << ns / SECOND << '.' << std::setw(9) << ns % SECOND << ',' << source.nodeId << ','
          << source.index << ',';
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

bool
LinkStatsSeries::HasPrefix(const std::string& prefix) const
{
    std::error_code error;
    return std::filesystem::equivalent(prefix + ".csv", m_prefix + ".csv", error);
}

std::size_t
LinkStatsSeries::GetRateColumn(uint64_t LinkStats::*counter)
{
    const auto& fields = LinkStats::FIELDS;
    const auto field = std::find_if(fields.begin(), fields.end(), [=](const auto& f) {
        return f.counter == counter;
    });
    return std::size(LEADING) + fields.size() + std::distance(fields.begin(), field) + 1;
}

void
LinkStatsSeries::CheckWritten(const std::ostream& stream, const std::string& path)
{
    NS_ABORT_MSG_UNLESS(stream,
                        "LinkStatsHelper::Sample: cannot write '" << path
                                                                  << "': " << std::strerror(errno));
}

} // namespace ns3
