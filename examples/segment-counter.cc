/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "segment-counter.h"

#include <algorithm>

bool
SegmentCounter::Add(ns3::SequenceNumber32 first, uint32_t size)
{
    if (size == 0)
    {
        return false;
    }
    ++m_count;
    const bool again = m_next && first < *m_next;
    m_retransmissions += again ? 1 : 0;
    const auto end = first + static_cast<int32_t>(size);
    m_next = m_next ? std::max(*m_next, end) : end;
    return again;
}

uint64_t
SegmentCounter::GetCount() const
{
    return m_count;
}

uint64_t
SegmentCounter::GetRetransmissionCount() const
{
    return m_retransmissions;
}
