/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LO_REPLAY_OPTIONS_H
#define LO_REPLAY_OPTIONS_H

#include <string>

/// What the command line of lo-replay says.
struct LoReplayOptions
{
    std::string input;  //!< capture to read
    std::string output; //!< capture to write

    /**
     * Read the command line, and make sure of what can be seen from it. What is wrong comes as a
     * ProgramError.
     * @param argc main's argument
     * @param argv main's argument
     * @return false if --help was asked for, and printed
     */
    bool Read(int argc, char* argv[]);
};

#endif /* LO_REPLAY_OPTIONS_H */
