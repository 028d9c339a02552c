/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "rate-limiter.h"

#include <utility>

namespace ns3
{

RateLimiter::Answer
RateLimiter::Ask(Time now, Time interval, uint32_t burst)
{
    uint64_t suppressed = 0;
    if (!m_running || now - m_begin >= interval)
    {
        m_running = true;
        m_begin = now;
        m_allowed = 0;
        suppressed = std::exchange(m_suppressed, 0);
    }
    if (m_allowed < burst)
    {
        ++m_allowed;
        return {true, suppressed};
    }
    ++m_suppressed;
    return {false, suppressed};
}

} // namespace ns3
