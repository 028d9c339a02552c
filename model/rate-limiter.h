/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RATE_LIMITER_H
#define RATE_LIMITER_H

#include "ns3/nstime.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * Says whether something may happen once more: at most so many times in an interval, which begins
 * with the first time after the last one ended (Linux's ___ratelimit, lib/ratelimit.c).
 */
class RateLimiter
{
  public:
    /// What Ask answers.
    struct Answer
    {
        bool allowed;        //!< whether it may happen
        uint64_t suppressed; //!< how often it was not allowed in the interval that has just ended
    };

    /**
     * @param now the simulated time, which never goes back
     * @param interval the length of an interval
     * @param burst how often it may happen in an interval
     * @return whether it may happen now, and, at the start of an interval, what the last one
     *         suppressed
     */
    Answer Ask(Time now, Time interval, uint32_t burst);

  private:
    Time m_begin;             //!< when the interval began
    bool m_running{false};    //!< whether an interval ever began
    uint32_t m_allowed{0};    //!< how often in this interval it was allowed
    uint64_t m_suppressed{0}; //!< how often in this interval it was not
};

} // namespace ns3

#endif /* RATE_LIMITER_H */
