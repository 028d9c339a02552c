/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RING_REPORT_H
#define RING_REPORT_H

#include "ns3/link-stats.h"

#include <cstdint>
#include <ostream>
#include <vector>

/**
 * @file
 * What a host of a ring counted, as numbers that one rank sends another, and as a table.
 */

/// What became of a client's requests.
struct RequestTotals
{
    uint64_t sent{0};     //!< requests
    uint64_t answered{0}; //!< those whose response has arrived
    uint64_t failed{0};   //!< those whose connection has failed
    uint64_t time{0};     //!< nanoseconds that all responses took together
    uint64_t longest{0};  //!< nanoseconds that the slowest response took
};

/// What a host counted.
struct HostRecord
{
    uint64_t node{0};   //!< the host's number
    ns3::LinkStats lo;  //!< its lo's counters
    RequestTotals own;  //!< its requests to itself
    RequestTotals next; //!< those to the next host
};

/**
 * @param records what hosts counted
 * @param count for how many hosts there is to be room, at least those
 * @return all that as numbers, in the same way on every rank
 */
std::vector<uint64_t> PackRecords(const std::vector<HostRecord>& records, uint64_t count);

/**
 * @param numbers what PackRecords made, of one rank or of several
 * @return the records
 */
std::vector<HostRecord> UnpackRecords(const std::vector<uint64_t>& numbers);

/**
 * Print a table of counters and one of requests.
 * @param os where to
 * @param records what the hosts counted
 */
void PrintRecords(std::ostream& os, const std::vector<HostRecord>& records);

/**
 * @param records what the hosts counted
 * @return whether each request was answered
 */
bool IsAllAnswered(const std::vector<HostRecord>& records);

#endif /* RING_REPORT_H */
