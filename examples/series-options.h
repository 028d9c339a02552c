/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SERIES_OPTIONS_H
#define SERIES_OPTIONS_H

#include "program-options.h"

#include "ns3/nstime.h"

#include <string>

/// What a program is to write of something over simulated time, and the options that say so.
struct SeriesOptions
{
    ns3::Time interval; //!< between lines of the series and points of the plot
    std::string series; //!< name of a CSV file; empty for none
    std::string plot;   //!< prefix of a gnuplot script; empty for none

    /**
     * @param options where to add the options
     * @param what is written, for --help
     */
    void AddTo(ProgramOptions& options, const std::string& what);

    /**
     * Check that the interval is neither too short nor too long. If it is, that comes as a
     * ProgramError.
     * @param duration how long the simulation takes
     */
    void CheckInterval(ns3::Time duration) const;
};

#endif /* SERIES_OPTIONS_H */
