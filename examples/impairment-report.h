/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef IMPAIRMENT_REPORT_H
#define IMPAIRMENT_REPORT_H

#include "response-times.h"
#include "service-chain.h"

#include "ns3/nstime.h"

#include <ostream>
#include <string>
#include <vector>

/// A simulation of a chain of services, and what came of it.
struct ChainRun
{
    std::string label;               //!< what sets it apart
    std::vector<Response> responses; //!< what became of each request that was sent
    std::string counters;            //!< what lo and its impairment counted
};

/**
 * Print the distribution of response times of each run, what became of the requests, and counters.
 * @param os where to
 * @param runs the runs
 * @param minRto TCP's minimum retransmission timeout
 */
void PrintRuns(std::ostream& os, const std::vector<ChainRun>& runs, ns3::Time minRto);

/**
 * Print a line of CSV for each request of each run.
 * @param os where to
 * @param runs the runs
 * @param requests what was asked in each
 */
void WriteResponses(std::ostream& os,
                    const std::vector<ChainRun>& runs,
                    const std::vector<Request>& requests);

#endif /* IMPAIRMENT_REPORT_H */
