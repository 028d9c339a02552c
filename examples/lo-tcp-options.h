/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LO_TCP_OPTIONS_H
#define LO_TCP_OPTIONS_H

#include "loopback-host.h"
#include "tcp-settings.h"

#include <cstdint>

/// What the command line of lo-tcp says.
struct LoTcpOptions
{
    LoopbackHostOptions host;  //!< the host
    uint64_t bytes{100000000}; //!< to send
    TcpSettings tcp;           //!< how to send
    bool quiet{false};         //!< whether to show no progress

    /**
     * Read the command line, and make sure of what can be seen from it. What is wrong comes as a
     * ProgramError.
     * @param argc main's argument
     * @param argv main's argument
     * @return false if --help was asked for, and printed
     */
    bool Read(int argc, char* argv[]);
};

#endif /* LO_TCP_OPTIONS_H */
