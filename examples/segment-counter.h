/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SEGMENT_COUNTER_H
#define SEGMENT_COUNTER_H

#include "ns3/sequence-number.h"

#include <cstdint>
#include <optional>

/// Counts the segments of one direction of a TCP connection.
class SegmentCounter
{
  public:
    /**
     * @param first sequence number of a segment's first byte
     * @param size bytes of its payload; a segment without payload does not count
     * @return whether it starts with bytes that were sent before
     */
    bool Add(ns3::SequenceNumber32 first, uint32_t size);

    /**
     * @return segments with payload
     */
    uint64_t GetCount() const;

    /**
     * @return those of them that went not for the first time
     */
    uint64_t GetRetransmissionCount() const;

  private:
    uint64_t m_count{0};                         //!< segments with payload
    uint64_t m_retransmissions{0};               //!< those that were not new
    std::optional<ns3::SequenceNumber32> m_next; //!< what comes after all that was ever sent
};

#endif /* SEGMENT_COUNTER_H */
