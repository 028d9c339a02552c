/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LO_PING_OPTIONS_H
#define LO_PING_OPTIONS_H

#include "loopback-host.h"

#include "ns3/nstime.h"

#include <cstdint>
#include <string>

/// What the command line of lo-ping says.
struct LoPingOptions
{
    LoopbackHostOptions host;            //!< the host
    uint64_t count{5};                   //!< requests
    uint64_t size{56};                   //!< bytes of payload
    ns3::Time interval{ns3::Seconds(1)}; //!< between requests
    std::string ascii;                   //!< ascii trace to write
    std::string series;                  //!< counters over time to write

    /**
     * Read the command line, and make sure of what can be seen from it. What is wrong comes as a
     * ProgramError.
     * @param argc main's argument
     * @param argv main's argument
     * @return false if --help was asked for, and printed
     */
    bool Read(int argc, char* argv[]);
};

#endif /* LO_PING_OPTIONS_H */
