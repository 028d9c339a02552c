/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LO_OUTAGE_OPTIONS_H
#define LO_OUTAGE_OPTIONS_H

#include "loopback-host.h"
#include "series-options.h"
#include "tcp-settings.h"

#include "ns3/nstime.h"

#include <cstdint>

/// What the command line of lo-outage says.
struct LoOutageOptions
{
    LoopbackHostOptions host;                            //!< the host
    TcpSettings tcp;                                     //!< how to send
    uint64_t bytes{10000000};                            //!< to send
    uint64_t rate{10000000};                             //!< at which they are sent, bit/s
    ns3::Time start{ns3::Seconds(3)};                    //!< when lo goes down
    ns3::Time outage{ns3::Seconds(5)};                   //!< how long it stays down
    SeriesOptions series{ns3::MilliSeconds(10), {}, {}}; //!< what TCP does over time

    /**
     * Read the command line, and make sure of what can be seen from it. What is wrong comes as a
     * ProgramError.
     * @param argc main's argument
     * @param argv main's argument
     * @return false if --help was asked for, and printed
     */
    bool Read(int argc, char* argv[]);
};

#endif /* LO_OUTAGE_OPTIONS_H */
