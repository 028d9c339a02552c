/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "drop-reason.h"

#include <ostream>

namespace ns3
{

const char*
GetDropReasonName(DropReason reason)
{
    switch (reason)
    {
    case DropReason::DEV_READY:
        return "DEV_READY";
    case DropReason::DEV_HDR:
        return "DEV_HDR";
    case DropReason::PKT_TOO_BIG:
        return "PKT_TOO_BIG";
    case DropReason::QDISC_DROP:
        return "QDISC_DROP";
    case DropReason::CPU_BACKLOG:
        return "CPU_BACKLOG";
    case DropReason::UNHANDLED_PROTO:
        return "UNHANDLED_PROTO";
    case DropReason::OTHERHOST:
        return "OTHERHOST";
    case DropReason::RX_ERROR:
        return "RX_ERROR";
    case DropReason::BLACKHOLE:
        return "BLACKHOLE";
    }
    return "NOT_SPECIFIED";
}

std::ostream&
operator<<(std::ostream& os, DropReason reason)
{
    return os << GetDropReasonName(reason);
}

} // namespace ns3
