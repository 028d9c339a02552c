/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "drop-reason.h"

#include <ostream>

namespace ns3
{

std::ostream&
operator<<(std::ostream& os, DropReason reason)
{
    switch (reason)
    {
    case DropReason::DEV_READY:
        return os << "DEV_READY";
    case DropReason::DEV_HDR:
        return os << "DEV_HDR";
    case DropReason::PKT_TOO_BIG:
        return os << "PKT_TOO_BIG";
    case DropReason::QDISC_DROP:
        return os << "QDISC_DROP";
    case DropReason::CPU_BACKLOG:
        return os << "CPU_BACKLOG";
    case DropReason::UNHANDLED_PROTO:
        return os << "UNHANDLED_PROTO";
    case DropReason::OTHERHOST:
        return os << "OTHERHOST";
    case DropReason::RX_ERROR:
        return os << "RX_ERROR";
    case DropReason::BLACKHOLE:
        return os << "BLACKHOLE";
    }
    return os << "NOT_SPECIFIED";
}

} // namespace ns3
