/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "impairment-report.h"

#include <algorithm>
#include <iomanip>

using namespace ns3;

namespace
{

constexpr int LABEL_WIDTH = 24;

const char*
GetName(Response::Outcome outcome)
{
    switch (outcome)
    {
    case Response::ANSWERED:
        return "answered";
    case Response::FAILED:
        return "failed";
    case Response::UNANSWERED:
        break;
    }
    return "unanswered";
}

auto
Count(const ChainRun& run, Response::Outcome outcome)
{
    return std::count_if(run.responses.begin(), run.responses.end(), [outcome](const auto& each) {
        return each.outcome == outcome;
    });
}

void
PrintTimes(std::ostream& os, const ChainRun& run, Time minRto)
{
    const ResponseTimes times(run.responses);
    os << std::left << std::setw(LABEL_WIDTH) << run.label << std::right;
    for (const auto percent : {50.0, 90.0, 99.0, 99.9, 100.0})
    {
        os << ' ' << std::setw(10);
        if (times.GetCount() > 0)
        {
            os << static_cast<double>(times.GetPercentile(percent).GetNanoSeconds()) / 1e6;
        }
        else
        {
            os << '-';
        }
    }
    os << std::setw(10) << 100 * times.GetShareFrom(minRto) << " %\n";
}

/// Nanoseconds as seconds, exactly.
std::string
ToSeconds(Time time)
{
    auto digits = std::to_string(time.GetNanoSeconds());
    if (digits.size() < 10)
    {
        digits.insert(0, 10 - digits.size(), '0');
    }
    return digits.insert(digits.size() - 9, ".");
}

} // namespace

void
PrintRuns(std::ostream& os, const std::vector<ChainRun>& runs, Time minRto)
{
    os << std::left << std::setw(LABEL_WIDTH) << "response time, ms" << std::right << std::fixed
       << std::setprecision(3);
    for (const auto name : {"p50", "p90", "p99", "p99.9", "max"})
    {
        os << std::setw(11) << name;
    }
    os << "  >= min RTO\n";
    for (const auto& run : runs)
    {
        PrintTimes(os, run, minRto);
    }
    os << '\n' << std::left << std::setw(LABEL_WIDTH) << "requests" << std::right;
    for (const auto name : {"sent", "answered", "failed", "unanswered"})
    {
        os << std::setw(11) << name;
    }
    for (const auto& run : runs)
    {
        os << '\n'
           << std::left << std::setw(LABEL_WIDTH) << run.label << std::right << std::setw(11)
           << run.responses.size();
        for (const auto outcome : {Response::ANSWERED, Response::FAILED, Response::UNANSWERED})
        {
            os << std::setw(11) << Count(run, outcome);
        }
    }
    os << '\n';
    for (const auto& run : runs)
    {
        os << '\n' << run.label << ":\n" << run.counters;
    }
}

void
WriteResponses(std::ostream& os,
               const std::vector<ChainRun>& runs,
               const std::vector<Request>& requests)
{
    os << "run,request,sent_s,outcome,response_s,service_s\n";
    for (const auto& run : runs)
    {
        for (std::size_t i = 0; i < run.responses.size(); ++i)
        {
            const auto& response = run.responses[i];
            os << run.label << ',' << i << ',' << ToSeconds(requests[i].sent) << ','
               << GetName(response.outcome) << ',';
            if (response.outcome != Response::UNANSWERED)
            {
                os << ToSeconds(response.time);
            }
            os << ',' << ToSeconds(requests[i].GetServiceTime()) << '\n';
        }
    }
}
