/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "drop-reason.h"

#include <cstddef>
#include <iterator>
#include <ostream>

namespace ns3
{

std::ostream&
operator<<(std::ostream& os, DropReason reason)
{
    // In the order of the enumeration.
    constexpr const char* NAMES[]{"DEV_READY",
                                  "DEV_HDR",
                                  "PKT_TOO_BIG",
                                  "QDISC_DROP",
                                  "CPU_BACKLOG",
                                  "UNHANDLED_PROTO",
                                  "OTHERHOST",
                                  "RX_ERROR",
                                  "BLACKHOLE"};
    const auto index = static_cast<std::size_t>(reason);
    return os << (index < std::size(NAMES) ? NAMES[index] : "NOT_SPECIFIED");
}

} // namespace ns3
