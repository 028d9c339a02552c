/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LO_IMPAIRED_OPTIONS_H
#define LO_IMPAIRED_OPTIONS_H

#include "impairment-options.h"
#include "loopback-host.h"
#include "service-chain.h"

#include "ns3/nstime.h"

#include <cstdint>
#include <string>

/// What the command line of lo-impaired says.
struct LoImpairedOptions
{
    LoopbackHostOptions host;     //!< the host
    ServiceChainOptions chain;    //!< the services
    ImpairmentOptions impairment; //!< how lo is impaired
    uint64_t requests{10000};     //!< how many to send
    ns3::Time interval;           //!< between them, on average; 0 if it is not given
    ns3::Time serviceTime;        //!< of each service, on average; 0 if it is not given
    std::string responses;        //!< response times to write
    std::string plot;             //!< prefix of a gnuplot script to write
    bool quiet{false};            //!< whether to show no progress

    /**
     * Read the command line, and make sure of what can be seen from it. What is wrong comes as a
     * ProgramError.
     * @param argc main's argument
     * @param argv main's argument
     * @return false if --help was asked for, and printed
     */
    bool Read(int argc, char* argv[]);
};

#endif /* LO_IMPAIRED_OPTIONS_H */
