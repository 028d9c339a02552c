/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LINK_STATS_H
#define LINK_STATS_H

#include <array>
#include <cstdint>
#include <iosfwd>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * A device's counters: those of struct rtnl_link_stats64 that `ip -s link show` prints.
 *
 * Bytes are layer-3 bytes, as Linux counts them on lo: no link-layer header is in them
 * (include/uapi/linux/if_link.h).
 */
struct LinkStats
{
    uint64_t rxPackets{0};  //!< packets delivered
    uint64_t txPackets{0};  //!< packets accepted for transmission
    uint64_t rxBytes{0};    //!< layer-3 bytes delivered
    uint64_t txBytes{0};    //!< layer-3 bytes accepted for transmission
    uint64_t rxErrors{0};   //!< packets that arrived damaged
    uint64_t txErrors{0};   //!< packets not sent because of a fault; these devices have none
    uint64_t rxDropped{0};  //!< packets dropped on their way up, not damaged or for another host
    uint64_t txDropped{0};  //!< packets refused, or dropped by a root queue disc
    uint64_t multicast{0};  //!< 0, because Linux's lo and dummy count no multicast packets
    uint64_t collisions{0}; //!< 0, because there is no medium

    /// A counter as printers know it.
    struct Field
    {
        const char* name;             //!< name of the member
        const char* unit;             //!< unit of the count
        uint64_t LinkStats::*counter; //!< the member
    };

    /// All counters, in the order of the members.
    static const std::array<Field, 10> FIELDS;

    /**
     * Compare all counters.
     * @param other another reading
     * @return true if every counter is the same
     */
    bool operator==(const LinkStats& other) const;

    /**
     * Compare all counters.
     * @param other another reading
     * @return true if any counter differs
     */
    bool operator!=(const LinkStats& other) const;

    /**
     * Return what was counted since an earlier reading of the same device. Aborts if the other
     * reading is not an earlier one, because counters only grow.
     * @param earlier a reading taken before this one
     * @return the difference, counter by counter
     */
    LinkStats operator-(const LinkStats& earlier) const;
};

/**
 * Print every counter on one line, as `rxPackets=6 txPackets=6 ...`.
 * @param os the stream to print to
 * @param stats the counters
 * @return the stream
 */
std::ostream& operator<<(std::ostream& os, const LinkStats& stats);

} // namespace ns3

#endif /* LINK_STATS_H */
