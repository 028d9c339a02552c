/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-distributed-options.h"

#include "program-options.h"

namespace
{

constexpr auto USAGE = R"(Usage: lo-distributed [OPTION]...
   or: mpirun -np RANKS lo-distributed [OPTION]...
Simulate a ring of hosts, split over the ranks. On each, a chain of services is
asked by the host itself, over its lo, and by the host before it, over a link.
Print the counters of each lo, and what became of the requests; that does not
depend on the number of ranks. The exit status is 0 if all were answered.
)";

constexpr auto EXAMPLES =
    R"(ns-3's own attributes and global values are options too, here and in FILE:
  --ns3::LoNetDevice::Delivery=Backlog   --RngRun=3

Examples:
  lo-distributed                          one process, ns-3's own simulator
  mpirun -np 4 lo-distributed --nodes 64  four, in windows of a link's delay
  mkdir captures && mpirun -np 4 lo-distributed --simulator NullMessage --pcap captures
                                          the other algorithm, and captures
)";

} // namespace

bool
LoDistributedOptions::Read(int argc, char* argv[])
{
    ProgramOptions parser(USAGE, EXAMPLES);
    ring.AddTo(parser);
    chain.AddTo(parser);
    parser.AddInteger("requests",
                      requests,
                      2,
                      1000000,
                      "requests to the services of each host, half of them from the host itself "
                      "and half from the one before it, 200 unless given");
    parser.AddText("simulator",
                   "NAME",
                   simulator,
                   "Default, Distributed (unless given, where there are ranks) or NullMessage");
    parser.AddText(
        "pcap",
        "FOLDER",
        pcap,
        "write what crosses the lo of host N to FOLDER/lo-N.pcap; FOLDER has to be there");
    parser.AddText(
        "ascii",
        "FOLDER",
        ascii,
        "write an ns-3 ascii trace of the lo of host N to FOLDER/lo-N.tr; FOLDER has to be "
        "there");
    parser.AddSwitch("timing", timing, "print on stderr what it cost each rank");
    if (!parser.Read(argc, argv))
    {
        return false;
    }
    // The next host's first service is one more.
    chain.CheckPorts(chain.services + 1);
    return true;
}
