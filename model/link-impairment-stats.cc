/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-impairment-stats.h"

#include <ostream>
#include <tuple>

namespace ns3
{

namespace
{

auto
AsTuple(const LinkImpairmentStats& stats)
{
    return std::tie(stats.passed,
                    stats.lost,
                    stats.overLimit,
                    stats.flushed,
                    stats.duplicated,
                    stats.corrupted,
                    stats.reordered,
                    stats.negativeDelays);
}

} // namespace

bool
LinkImpairmentStats::operator==(const LinkImpairmentStats& other) const
{
    return AsTuple(*this) == AsTuple(other);
}

bool
LinkImpairmentStats::operator!=(const LinkImpairmentStats& other) const
{
    return !(*this == other);
}

std::ostream&
operator<<(std::ostream& os, const LinkImpairmentStats& stats)
{
    return os << "passed=" << stats.passed << " lost=" << stats.lost
              << " overLimit=" << stats.overLimit << " flushed=" << stats.flushed
              << " duplicated=" << stats.duplicated << " corrupted=" << stats.corrupted
              << " reordered=" << stats.reordered << " negativeDelays=" << stats.negativeDelays;
}

} // namespace ns3
