/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-stats-csv.h"

#include <algorithm>
#include <filesystem>
#include <iomanip>
#include <iterator>
#include <limits>
#include <locale>

namespace ns3
{

namespace
{

/// What stands before the counters.
constexpr const char* LEADING[]{"time (s)", "node id", "device index"};

std::string
Quote(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos)
    {
        return text;
    }
    std::string quoted = "\"";
    for (const auto c : text)
    {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + '"';
}

} // namespace

LinkStatsCsv::LinkStatsCsv(const std::string& path)
    : m_path(path),
      m_file(Create<RecordFile>("LinkStatsHelper::Sample", path))
{
    auto& stream = m_file->GetStream();
    stream << std::setfill('0') << std::setprecision(std::numeric_limits<double>::digits10);
    for (const auto heading : LEADING)
    {
        stream << heading << ',';
    }
    for (const auto& field : LinkStats::FIELDS)
    {
        stream << field.name << " (" << field.unit << "),";
    }
    for (const auto& field : LinkStats::FIELDS)
    {
        stream << field.name << " rate (" << field.unit << "/s),";
    }
    stream << "node,device\n";
}

void
LinkStatsCsv::WriteRow(Time time,
                       const SampledLink& link,
                       const LinkStats& stats,
                       const LinkStats* earlier,
                       Time elapsed)
{
    constexpr int64_t SECOND = 1000000000;
    auto& stream = m_file->GetStream();
    const auto ns = time.GetNanoSeconds();
    // A double has too few digits for an epoch time.
    stream << ns / SECOND << '.' << std::setw(9) << ns % SECOND << ',' << link.nodeId << ','
           << link.deviceIndex << ',';
    for (const auto& field : LinkStats::FIELDS)
    {
        stream << stats.*field.counter << ',';
    }
    const bool hasRates = earlier != nullptr && elapsed.IsStrictlyPositive();
    const auto difference = hasRates ? stats - *earlier : LinkStats();
    for (const auto& field : LinkStats::FIELDS)
    {
        if (hasRates)
        {
            stream << static_cast<double>(difference.*field.counter) / elapsed.GetSeconds();
        }
        stream << ',';
    }
    stream << Quote(link.node) << ',' << Quote(link.device) << '\n';
}

void
LinkStatsCsv::Flush()
{
    m_file->Flush();
}

bool
LinkStatsCsv::IsSameFile(const std::string& path) const
{
    std::error_code error;
    return path == m_path || std::filesystem::equivalent(path, m_path, error);
}

const std::string&
LinkStatsCsv::GetPath() const
{
    return m_path;
}

std::size_t
LinkStatsCsv::GetRateColumn(uint64_t LinkStats::*counter)
{
    const auto field =
        std::find_if(LinkStats::FIELDS.begin(),
                     LinkStats::FIELDS.end(),
                     [counter](const LinkStats::Field& f) { return f.counter == counter; });
    return std::size(LEADING) + LinkStats::FIELDS.size() +
           static_cast<std::size_t>(field - LinkStats::FIELDS.begin()) + 1;
}

} // namespace ns3
