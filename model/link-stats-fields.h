/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LINK_STATS_FIELDS_H
#define LINK_STATS_FIELDS_H

#include "link-stats.h"

#include <array>

namespace ns3
{

/// A counter of LinkStats.
struct LinkStatsField
{
    const char* name;             //!< of the member
    const char* unit;             //!< what is counted
    uint64_t LinkStats::*counter; //!< the member
};

/// All counters, in their order. Not installed.
inline constexpr std::array<LinkStatsField, 10> LINK_STATS_FIELDS{{
    {"rxPackets", "packets", &LinkStats::rxPackets},
    {"txPackets", "packets", &LinkStats::txPackets},
    {"rxBytes", "bytes", &LinkStats::rxBytes},
    {"txBytes", "bytes", &LinkStats::txBytes},
    {"rxErrors", "packets", &LinkStats::rxErrors},
    {"txErrors", "packets", &LinkStats::txErrors},
    {"rxDropped", "packets", &LinkStats::rxDropped},
    {"txDropped", "packets", &LinkStats::txDropped},
    {"multicast", "packets", &LinkStats::multicast},
    {"collisions", "collisions", &LinkStats::collisions},
}};

} // namespace ns3

#endif /* LINK_STATS_FIELDS_H */
