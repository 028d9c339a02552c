/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ring-report.h"

#include "../model/link-stats-fields.h"

#include <algorithm>
#include <array>
#include <iomanip>
#include <string>

using namespace ns3;

namespace
{

/// Stands where there is no host's number.
constexpr uint64_t NO_NODE = UINT64_MAX;

/// All numbers of RequestTotals.
constexpr std::array<uint64_t RequestTotals::*, 5> REQUEST_FIELDS{&RequestTotals::sent,
                                                                  &RequestTotals::answered,
                                                                  &RequestTotals::failed,
                                                                  &RequestTotals::time,
                                                                  &RequestTotals::longest};

/// Do something with each number of a record, which may change it, in an order of its own.
template <class Record, class Function>
void
ForEachNumber(Record& record, Function function)
{
    function(record.node);
    for (const auto& field : LINK_STATS_FIELDS)
    {
        function(record.lo.*field.counter);
    }
    for (const auto field : REQUEST_FIELDS)
    {
        function(record.own.*field);
        function(record.next.*field);
    }
}

std::string
FormatMilliseconds(uint64_t nanoseconds)
{
    auto digits = std::to_string(nanoseconds % 1000000);
    digits.insert(0, 6 - digits.size(), '0');
    return std::to_string(nanoseconds / 1000000) + '.' + digits;
}

void
PrintTotals(std::ostream& os, uint64_t node, const char* server, const RequestTotals& totals)
{
    const auto mean = totals.answered > 0 ? totals.time / totals.answered : 0;
    os << std::setw(5) << node << "  " << std::left << std::setw(6) << server << std::right
       << std::setw(9) << totals.sent << std::setw(9) << totals.answered << std::setw(8)
       << totals.failed << std::setw(14) << FormatMilliseconds(mean) << std::setw(14)
       << FormatMilliseconds(totals.longest) << '\n';
}

} // namespace

std::vector<uint64_t>
PackRecords(const std::vector<HostRecord>& records, uint64_t count)
{
    std::vector<uint64_t> numbers;
    const auto add = [&numbers](uint64_t number) { numbers.push_back(number); };
    for (const auto& record : records)
    {
        ForEachNumber(record, add);
    }
    HostRecord none;
    none.node = NO_NODE;
    for (auto i = records.size(); i < count; ++i)
    {
        ForEachNumber(none, add);
    }
    return numbers;
}

std::vector<HostRecord>
UnpackRecords(const std::vector<uint64_t>& numbers)
{
    std::vector<HostRecord> records;
    auto next = numbers.begin();
    while (next != numbers.end())
    {
        HostRecord record;
        ForEachNumber(record, [&next](uint64_t& number) { number = *next++; });
        if (record.node != NO_NODE)
        {
            records.push_back(record);
        }
    }
    return records;
}

void
PrintRecords(std::ostream& os, const std::vector<HostRecord>& records)
{
    os << " node";
    for (const auto& field : LINK_STATS_FIELDS)
    {
        os << std::setw(12) << field.name;
    }
    os << '\n';
    for (const auto& record : records)
    {
        os << std::setw(5) << record.node;
        for (const auto& field : LINK_STATS_FIELDS)
        {
            os << std::setw(12) << record.lo.*field.counter;
        }
        os << '\n';
    }
    os << "\n node  asks    requests answered  failed       mean ms    longest ms\n";
    for (const auto& record : records)
    {
        PrintTotals(os, record.node, "itself", record.own);
        PrintTotals(os, record.node, "next", record.next);
    }
}

bool
IsAllAnswered(const std::vector<HostRecord>& records)
{
    const auto isAnswered = [](const RequestTotals& totals) {
        return totals.answered == totals.sent;
    };
    return std::all_of(records.begin(), records.end(), [&](const HostRecord& record) {
        return isAnswered(record.own) && isAnswered(record.next);
    });
}
