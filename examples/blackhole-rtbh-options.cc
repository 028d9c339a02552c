/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "blackhole-rtbh-options.h"

#include "program-error.h"
#include "program-options.h"

using namespace ns3;

namespace
{

constexpr auto USAGE = R"(Usage: blackhole-rtbh [OPTION]...
Attack a host behind a router, blackhole its address on the router, and remove
the route again. Print the goodput of a neighbour that downloads over the same
bottleneck, beside that of a run without the attack, and what became of the
attack's packets. The exit status is 0 if the packets that were sunk or dropped
are those that FlowMonitor calls lost.

  attackers, server -- router == bottleneck == access router -- victim, neighbour
)";

constexpr auto EXAMPLES =
    R"(ns-3's own attributes and global values are options too, here and in FILE:
  --ns3::BlackholeNetDevice::Reject=AdminProhibited   --RngRun=3

Examples:
  blackhole-rtbh                          the route from 10 s to 15 s
  blackhole-rtbh --plot rtbh && gnuplot rtbh.plt
                                          the same, as the picture rtbh.png
  blackhole-rtbh --attack-rate 100M --blackhole-start 6s --series rtbh.csv
                                          a larger attack, soon sunk, to plot
)";

void
AddScenario(ProgramOptions& parser, RtbhScenario& scenario)
{
    constexpr uint64_t M = 1'000'000;
    parser.AddRate("bottleneck",
                   scenario.bottleneck,
                   M / 10,
                   1000 * M,
                   "rate of the bottleneck, 10M unless given");
    parser.AddInteger("queue",
                      scenario.queue,
                      1,
                      100000,
                      "packets that wait for the bottleneck, 100 unless given");
    parser.AddInteger("connections",
                      scenario.connections,
                      1,
                      100,
                      "TCP connections that the neighbour downloads over, 6 unless given");
    parser.AddInteger("attackers",
                      scenario.attackers,
                      1,
                      1000,
                      "hosts that attack, 8 unless given");
    parser.AddRate("attack-rate",
                   scenario.attackRate,
                   M / 10,
                   4000 * M,
                   "rate of the attack, all hosts together, on average, 20M unless given");
    parser.AddTime("attack-start", scenario.attackStart, "when it begins, 5s unless given");
    parser.AddTime("blackhole-start",
                   scenario.blackholeStart,
                   "when the route is added, 10s unless given");
    parser.AddTime("blackhole-stop",
                   scenario.blackholeStop,
                   "when the route is removed, 15s unless given");
    parser.AddTime("attack-stop", scenario.attackStop, "when the attack ends, 20s unless given");
    parser.AddTime("end", scenario.end, "when the download ends, 25s unless given");
}

/// Check that one time is before another.
void
CheckOrder(const std::string& first, Time before, const std::string& second, Time after)
{
    if (before >= after)
    {
        throw ProgramError("--" + second + ": it has to be later than --" + first);
    }
}

void
CheckTimes(const BlackholeRtbhOptions& options)
{
    const auto& scenario = options.scenario;
    CheckOrder("attack-start", scenario.attackStart, "blackhole-start", scenario.blackholeStart);
    CheckOrder("blackhole-start",
               scenario.blackholeStart,
               "blackhole-stop",
               scenario.blackholeStop);
    CheckOrder("attack-start", scenario.attackStart, "attack-stop", scenario.attackStop);
    CheckOrder("blackhole-stop", scenario.blackholeStop, "end", scenario.end);
    CheckOrder("attack-stop", scenario.attackStop, "end", scenario.end);
    options.series.CheckInterval(scenario.end);
}

} // namespace

bool
BlackholeRtbhOptions::Read(int argc, char* argv[])
{
    ProgramOptions parser(USAGE, EXAMPLES);
    AddScenario(parser, scenario);
    series.AddTo(parser, "rates over time");
    if (!parser.Read(argc, argv))
    {
        return false;
    }
    CheckTimes(*this);
    return true;
}
