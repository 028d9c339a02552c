/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LO_DISTRIBUTED_OPTIONS_H
#define LO_DISTRIBUTED_OPTIONS_H

#include "ring-network.h"
#include "service-chain.h"

#include <cstdint>
#include <string>

/// What the command line of lo-distributed says.
struct LoDistributedOptions
{
    RingOptions ring;          //!< the hosts
    ServiceChainOptions chain; //!< the services on each
    uint64_t requests{200};    //!< to the services of each host
    std::string simulator;     //!< what simulates
    std::string pcap;          //!< folder for captures
    std::string ascii;         //!< folder for ascii traces
    bool timing{false};        //!< whether to print what it cost

    /// @copydoc LoTcpOptions::Read
    bool Read(int argc, char* argv[]);
};

#endif /* LO_DISTRIBUTED_OPTIONS_H */
