/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * Remotely triggered blackholing (RFC 5635): a host is attacked, and a blackhole route for it gives
 * its neighbour the bottleneck back.
 */

#include "blackhole-rtbh-options.h"
#include "ns3-value.h"
#include "output-file.h"
#include "rtbh-network.h"
#include "rtbh-report.h"
#include "run-program.h"
#include "series-files.h"
#include "tcp-settings.h"

#include "ns3/uinteger.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>

using namespace ns3;

namespace
{

void
SetTcpDefaults(const RtbhScenario& scenario)
{
    // What fits Ethernet's MTU, with a time stamp.
    constexpr uint64_t SEGMENT_SIZE = 1448;
    SetNs3DefaultUnlessGiven("ns3::TcpSocket", "SegmentSize", UintegerValue(SEGMENT_SIZE));
    // The download alone fits the queue: what it loses is the attack's doing.
    const auto window = std::max<uint64_t>(2, scenario.queue / scenario.connections) * SEGMENT_SIZE;
    SetNs3DefaultUnlessGiven("ns3::TcpSocket", "SndBufSize", UintegerValue(window));
    // ns-3.37's sender crashes at the end of its receiver's window.
    SetNs3DefaultUnlessGiven("ns3::TcpSocket", "RcvBufSize", UintegerValue(2 * window));
    SetLinuxTimers();
}

int
Run(int argc, char* argv[])
{
    BlackholeRtbhOptions options;
    if (!options.Read(argc, argv))
    {
        FlushStandardOutput();
        return EXIT_SUCCESS;
    }
    SeriesFiles files(options.series,
                      "Remotely triggered blackholing: a neighbour of the victim gets its "
                      "bottleneck back",
                      "Mbit/s");
    SetTcpDefaults(options.scenario);
    RtbhReport report(options.scenario, options.series.interval);
    report.Run();
    report.Print(std::cout);
    files.Write(report);
    FlushStandardOutput();
    return report.IsAccountedFor() ? EXIT_SUCCESS : EXIT_FAILURE;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("blackhole-rtbh", Run, argc, argv);
}
