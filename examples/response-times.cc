/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "response-times.h"

#include <algorithm>
#include <cmath>

using namespace ns3;

ResponseTimes::ResponseTimes(const std::vector<Response>& responses)
{
    for (const auto& response : responses)
    {
        if (response.outcome == Response::ANSWERED)
        {
            m_sorted.push_back(response.time);
        }
    }
    std::sort(m_sorted.begin(), m_sorted.end());
}

uint64_t
ResponseTimes::GetCount() const
{
    return m_sorted.size();
}

Time
ResponseTimes::GetPercentile(double percent) const
{
    const auto count = static_cast<double>(m_sorted.size());
    // 99.9 is no binary fraction: 999 of 1000 are not to become 1000.
    const auto rank = std::ceil(percent * count / 100 - 1e-6);
    return m_sorted.at(static_cast<std::size_t>(std::max(1.0, rank)) - 1);
}

double
ResponseTimes::GetShareFrom(Time time) const
{
    if (m_sorted.empty())
    {
        return 0;
    }
    const auto first = std::lower_bound(m_sorted.begin(), m_sorted.end(), time);
    return static_cast<double>(m_sorted.end() - first) / static_cast<double>(m_sorted.size());
}

std::vector<std::pair<double, double>>
ResponseTimes::GetCurve() const
{
    // Factor between points: half a pixel, if 1000 pixels are 6 decades.
    constexpr double VISIBLE = 1.007;
    // Times below have no place on a logarithmic axis.
    constexpr double MIN_MILLISECONDS = 1e-6;
    std::vector<std::pair<double, double>> curve;
    for (std::size_t i = 0; i < m_sorted.size(); ++i)
    {
        const auto milliseconds = std::max(MIN_MILLISECONDS, m_sorted[i].GetSeconds() * 1000);
        const auto share =
            static_cast<double>(m_sorted.size() - i) / static_cast<double>(m_sorted.size());
        const bool isLast = i + 1 == m_sorted.size();
        if (curve.empty() || isLast || milliseconds > curve.back().first * VISIBLE ||
            share < curve.back().second / VISIBLE)
        {
            curve.emplace_back(milliseconds, share);
        }
    }
    return curve;
}
