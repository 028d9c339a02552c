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
        m_means.push_back(m_batchSum / m_batchSize);
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
    return m_sum / m_count;
}

double
BatchMeans::GetStandardError() const
{
    double mean = 0;
    for (const auto batch : m_means)
    {
        mean += batch / m_means.size();
    }
    double squares = 0;
    for (const auto batch : m_means)
    {
        squares += (batch - mean) * (batch - mean);
    }
    return std::sqrt(squares / (m_means.size() - 1) / m_means.size());
}

} // namespace ns3::tests
