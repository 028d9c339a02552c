/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-ping-options.h"

#include "program-options.h"

using namespace ns3;

namespace
{

constexpr auto USAGE = R"(Usage: lo-ping [OPTION]...
Ping a simulated host over its loopback device, and print what Linux's ping and
`ip -s link show lo` print. The exit status is 0 if there was a reply, and 1 if
there was none or something is wrong.
)";

constexpr auto EXAMPLES =
    R"(ns-3's own attributes and global values are options too, here and in FILE:
  --ns3::LoNetDevice::MaxBacklog=1000   --RngRun=3

Examples:
  lo-ping                                 ping 127.0.0.1 five times
  lo-ping --dest ::1 --size 4000 --mtu 1500 --pcap lo.pcap
                                          see IPv6 fragments in Wireshark
  lo-ping --delivery Backlog --interval 200ms --series lo.csv
                                          counters over simulated time, to plot
)";

} // namespace

bool
LoPingOptions::Read(int argc, char* argv[])
{
    ProgramOptions parser(USAGE, EXAMPLES);
    host.AddTo(parser);
    // The sequence number of an echo has 16 bits.
    parser.AddInteger("count", count, 1, 65535, "requests to send, 5 unless given");
    parser.AddInteger("size", size, 0, 65527, "bytes of payload, 56 unless given");
    parser.AddTime("interval", interval, "time between requests, 1s unless given");
    parser.AddText("ascii", "FILE", ascii, "write an ns-3 ascii trace of lo to FILE");
    parser.AddText("series",
                   "FILE",
                   series,
                   "write lo's counters to FILE as CSV, a line for each packet sent or received");
    return parser.Read(argc, argv);
}
