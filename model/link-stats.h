/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LINK_STATS_H
#define LINK_STATS_H

#include <cstdint>
#include <iosfwd>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * One reading of a device's counters: those of Linux's struct rtnl_link_stats64
 * (include/uapi/linux/if_link.h) that `ip -s link show` prints.
 *
 * Bytes are layer-3 bytes, as Linux counts them on lo: no link-layer header is in them.
 */
struct LinkStats
{
    uint64_t rxPackets{0};  //!< packets delivered
    uint64_t txPackets{0};  //!< packets accepted for transmission
    uint64_t rxBytes{0};    //!< layer-3 bytes delivered
    uint64_t txBytes{0};    //!< layer-3 bytes accepted for transmission
    uint64_t rxErrors{0};   //!< packets that arrived damaged
    uint64_t txErrors{0};   //!< packets that could not be sent for a fault of the device
    uint64_t rxDropped{0};  //!< packets accepted or received that nobody got
    uint64_t txDropped{0};  //!< packets refused when they were sent
    uint64_t multicast{0};  //!< multicast packets delivered, a part of rxPackets
    uint64_t collisions{0}; //!< collisions; 0 on a device without a medium

    /**
     * @param other another reading
     * @return whether every counter is the same
     */
    bool operator==(const LinkStats& other) const;

    /**
     * @param other another reading
     * @return whether any counter differs
     */
    bool operator!=(const LinkStats& other) const;

    /**
     * What was counted since an earlier reading of the same device. Counters only grow: the
     * program ends with a message if the other reading is not an earlier one.
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
