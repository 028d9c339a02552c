/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LINK_IMPAIRMENT_STATS_H
#define LINK_IMPAIRMENT_STATS_H

#include <cstdint>
#include <iosfwd>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * A reading of the counters of a LinkImpairment.
 *
 * Packets that were enqueued + duplicated = passed + lost + overLimit + flushed + packets that
 * wait (LinkImpairment::GetNPackets).
 */
struct LinkImpairmentStats
{
    uint64_t passed{0};         //!< packets that went on, duplicates too
    uint64_t lost{0};           //!< packets lost at random
    uint64_t overLimit{0};      //!< packets dropped because Limit packets waited
    uint64_t flushed{0};        //!< packets lost while they waited, by Flush or Detach
    uint64_t duplicated{0};     //!< duplicates that were made; they may be lost again
    uint64_t corrupted{0};      //!< packets in which a bit was flipped
    uint64_t reordered{0};      //!< packets that went at once by Reorder
    uint64_t negativeDelays{0}; //!< draws of Delay below 0, which were taken as 0

    /**
     * @param other another reading
     * @return whether every counter is the same
     */
    bool operator==(const LinkImpairmentStats& other) const;

    /**
     * @param other another reading
     * @return whether any counter differs
     */
    bool operator!=(const LinkImpairmentStats& other) const;
};

/**
 * Print every counter on one line, as `passed=6 lost=0 ...`.
 * @param os the stream to print to
 * @param stats the counters
 * @return the stream
 */
std::ostream& operator<<(std::ostream& os, const LinkImpairmentStats& stats);

} // namespace ns3

#endif /* LINK_IMPAIRMENT_STATS_H */
