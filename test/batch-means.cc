/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "batch-means.h"

#include <cmath>

namespace ns3::tests
{

BatchMeans::BatchMeans(std::size_t batchSize)
    : m_batchSize(batchSize)
{
}

void
BatchMeans::Add(double sample)
{
    ++m_count;
    m_sum += sample;
    m_batchSum += sample;
    if (m_count % m_batchSize == 0)
    {
        m_means.push_back(m_batchSum / static_cast<double>(m_batchSize));
        m_batchSum = 0;
    }
}

std::size_t
BatchMeans::GetCount() const
{
    return m_count;
}

double
BatchMeans::GetMean() const
{
    return m_sum / static_cast<double>(m_count);
}

double
BatchMeans::GetStandardError() const
{
    const auto count = static_cast<double>(m_means.size());
    double mean = 0;
    for (const auto batch : m_means)
    {
        mean += batch / count;
    }
    double squares = 0;
    for (const auto batch : m_means)
    {
        squares += (batch - mean) * (batch - mean);
    }
    return std::sqrt(squares / (count - 1) / count);
}

} // namespace ns3::tests
