/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-stats.h"

#include "ns3/abort.h"

#include <algorithm>
#include <ostream>

namespace ns3
{

const std::array<LinkStats::Field, 10> LinkStats::FIELDS{{
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

bool
LinkStats::operator==(const LinkStats& other) const
{
    return std::all_of(FIELDS.begin(), FIELDS.end(), [&](const Field& field) {
        return this->*field.counter == other.*field.counter;
    });
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
    for (const auto& field : FIELDS)
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
    for (const auto& field : LinkStats::FIELDS)
    {
        os << separator << field.name << "=" << stats.*field.counter;
        separator = " ";
    }
    return os;
}

} // namespace ns3
