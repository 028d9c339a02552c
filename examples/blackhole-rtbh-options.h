/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef BLACKHOLE_RTBH_OPTIONS_H
#define BLACKHOLE_RTBH_OPTIONS_H

#include "rtbh-network.h"
#include "series-options.h"

#include "ns3/nstime.h"

/// What the command line of blackhole-rtbh says.
struct BlackholeRtbhOptions
{
    RtbhScenario scenario;                                //!< what happens
    SeriesOptions series{ns3::MilliSeconds(200), {}, {}}; //!< rates over time

    /**
     * Read the command line, and make sure of what can be seen from it. What is wrong comes as a
     * ProgramError.
     * @param argc main's argument
     * @param argv main's argument
     * @return false if --help was asked for, and printed
     */
    bool Read(int argc, char* argv[]);
};

#endif /* BLACKHOLE_RTBH_OPTIONS_H */
