/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PING_REPORT_H
#define PING_REPORT_H

#include "echo-trace.h"

#include "ns3/nstime.h"

#include <cstdint>
#include <map>
#include <ostream>
#include <utility>

/**
 * Prints what Linux's ping prints (iputils, ping/ping_common.c), of what a node pings in simulated
 * time. An echo reply that answers none of its requests is passed over.
 */
class PingReport
{
  public:
    /**
     * @param os where to print
     * @param destination the Ipv4Address or Ipv6Address that is pinged
     */
    PingReport(std::ostream& os, const ns3::Address& destination);

    /**
     * Print the line that ping begins with.
     * @param size bytes of payload in a request
     */
    void PrintHeader(uint32_t size) const;

    /**
     * @param echo a request that the node sent
     */
    void AddRequest(const Echo& echo);

    /**
     * Print the line of a reply.
     * @param echo a reply that the node got
     */
    void AddReply(const Echo& echo);

    /// Print what ping ends with.
    void PrintStatistics() const;

    /**
     * @return whether there was a reply
     */
    bool HasReply() const;

  private:
    /// A request, and whether it is answered.
    struct Request
    {
        ns3::Time sent;       //!< when
        bool answered{false}; //!< a second answer is a duplicate
    };

    /**
     * Account for the round-trip time of a reply.
     * @param microseconds the time
     */
    void AddRoundTrip(int64_t microseconds);

    std::ostream& m_os;         //!< where to print
    ns3::Address m_destination; //!< what is pinged

    std::map<std::pair<uint16_t, uint16_t>, Request> m_requests; //!< by identifier and sequence
    uint64_t m_received{0};                                      //!< requests answered
    uint64_t m_duplicates{0};                                    //!< answers beyond one a request
    ns3::Time m_first;                                           //!< when the first request went
    ns3::Time m_last; //!< when something was sent or received last

    int64_t m_min{0};       //!< shortest round-trip time, in microseconds
    int64_t m_max{0};       //!< longest round-trip time, in microseconds
    int64_t m_sum{0};       //!< of round-trip times, in microseconds
    double m_sumSquares{0}; //!< of round-trip times
};

#endif /* PING_REPORT_H */
