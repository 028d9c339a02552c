/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "netem-random.h"

#include "ns3/integer.h"
#include "ns3/object-factory.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace ns3
{

namespace
{

/// The inverse of a cumulative distribution function, in units of 1/SCALE standard deviations.
using Table = std::array<int, 4096>;

/// One standard deviation in a table (NETEM_DIST_SCALE).
const int SCALE = 8192;

/// @return the tables of iproute2's netem/normal.c, pareto.c and paretonormal.c, in this order
std::array<Table, 3>
MakeTables()
{
    std::array<Table, 3> tables{};
    auto& [normal, pareto, paretonormal] = tables;
    int entry = -5 * SCALE;
    for (std::size_t i = 0; i < normal.size(); ++i)
    {
        const auto share = static_cast<double>(i) / static_cast<double>(normal.size());
        // The quantile at the upper end of the interval that rounds to 4i 16384ths.
        while (std::erfc(-(entry + 0.5) / SCALE / M_SQRT2) / 2 < share + 0.5 / 16384)
        {
            ++entry;
        }
        // The kernel's entries have 16 bits.
        normal[i] = std::max(entry, -0x8000);
        const auto quantile = (1 / std::cbrt(1 - share) - 1.5) * 4 / 3;
        pareto[i] = std::min(static_cast<int>(std::rint(quantile * SCALE)), 0x7fff);
        paretonormal[i] = (entry + 3 * pareto[i]) / 4;
    }
    return tables;
}

} // namespace

uint32_t
ScaleNetemProbability(double probability)
{
    return static_cast<uint32_t>(std::rint(probability * std::numeric_limits<uint32_t>::max()));
}

double
ToNetemPercent(double probability)
{
    return 100.0 * ScaleNetemProbability(probability) / std::numeric_limits<uint32_t>::max();
}

// Not by SetStream, before which the variable would take an automatic stream.
NetemRandom::NetemRandom(int64_t stream)
    : m_variable(CreateObjectWithAttributes<UniformRandomVariable>("Stream", IntegerValue(stream)))
{
}

uint32_t
NetemRandom::Draw()
{
    return static_cast<uint32_t>(m_variable->GetValue() * 4294967296.0);
}

uint32_t
NetemRandom::Draw(double correlation)
{
    const auto rho = ScaleNetemProbability(correlation);
    if (rho != m_rho)
    {
        m_last = rho == 0 ? 0 : Draw();
        m_rho = rho;
    }
    if (rho == 0)
    {
        return Draw();
    }
    const auto weight = uint64_t{rho} + 1;
    m_last =
        static_cast<uint32_t>((((uint64_t{1} << 32) - weight) * Draw() + weight * m_last) >> 32);
    return m_last;
}

Time
NetemRandom::DrawDelay(Time mean, Time jitter, double correlation, NetemDistribution distribution)
{
    // ns-3's Time may have a finer resolution than nanoseconds.
    const auto sigma = std::clamp<int64_t>(jitter.GetNanoSeconds(), 1, INT32_MAX);
    const auto random = Draw(correlation);
    auto ns = random % (2 * sigma) - sigma;
    if (distribution != NETEM_UNIFORM)
    {
        static const auto tables = MakeTables();
        const auto& table = tables.at(distribution - NETEM_NORMAL);
        const int64_t entry = table[random % table.size()];
        const auto part = sigma % SCALE * entry;
        ns = (part + (part >= 0 ? SCALE / 2 : -SCALE / 2)) / SCALE + sigma / SCALE * entry;
    }
    // NanoSeconds takes no negative numbers at a coarser resolution.
    return ns < 0 ? mean - NanoSeconds(-ns) : mean + NanoSeconds(ns);
}

} // namespace ns3
