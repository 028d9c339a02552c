/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-stats.h"

#include "link-stats-fields.h"

#include "ns3/abort.h"

#include <algorithm>
#include <ostream>

namespace ns3
{

bool
LinkStats::operator==(const LinkStats& other) const
{
    return std::all_of(
        LINK_STATS_FIELDS.begin(),
        LINK_STATS_FIELDS.end(),
        [&](const LinkStatsField& field) { return this->*field.counter == other.*field.counter; });
}

bool
LinkStats::operator!=(const LinkStats& other) const
{
    return !(*this == other);
}

LinkStats
LinkStats::operator-(const LinkStats& earlier) const
{
    LinkStats difference;
    for (const auto& field : LINK_STATS_FIELDS)
    {
        NS_ABORT_MSG_IF(this->*field.counter < earlier.*field.counter,
                        "LinkStats: " << field.name << " was " << earlier.*field.counter
                                      << " and is " << this->*field.counter
                                      << ": subtract the earlier reading from the later one, both "
                                         "of the same device");
        difference.*field.counter = this->*field.counter - earlier.*field.counter;
    }
    return difference;
}

std::ostream&
operator<<(std::ostream& os, const LinkStats& stats)
{
    const char* separator = "";
    for (const auto& field : LINK_STATS_FIELDS)
    {
        os << separator << field.name << "=" << stats.*field.counter;
        separator = " ";
    }
    return os;
}

} // namespace ns3
