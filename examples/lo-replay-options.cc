/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-replay-options.h"

#include "program-error.h"
#include "program-options.h"

using namespace ns3;

namespace
{

constexpr auto USAGE = R"(Usage: lo-replay FILE --output OUT [OPTION]...
Send the packets of FILE, a capture of a real loopback (tcpdump -i lo -s 0), at
their own times through a simulated one, and write what comes out to OUT. If the
simulated loopback is not told to do otherwise, OUT is byte for byte the same as
FILE. OUT is written when all has gone well, and may be FILE.
)";

constexpr auto EXAMPLES =
    R"(ns-3's own attributes and global values are options too, here and in the file.

Examples:
  lo-replay lo.pcap --output out.pcap && cmp lo.pcap out.pcap
  lo-replay lo.pcap --output out.pcap --ns3::LoNetDevice::Mtu=1500
                                          see what a smaller MTU would have dropped
  lo-replay lo.pcap --output out.pcap \
    '--ns3::LoNetDevice::ReceiveErrorModel=ns3::BurstErrorModel[ErrorRate=0.1]'
                                          lose packets in bursts
)";

} // namespace

bool
LoReplayOptions::Read(int argc, char* argv[])
{
    ProgramOptions parser(USAGE, EXAMPLES);
    parser.AddText("input", "FILE", input, "the capture to read, also without --input");
    parser.AddText("output", "OUT", output, "the capture to write");
    parser.SetPositional("input");
    if (!parser.Read(argc, argv))
    {
        return false;
    }
    if (input.empty())
    {
        throw ProgramError("--input: a capture to read is needed; see --help");
    }
    if (output.empty())
    {
        throw ProgramError("--output: a capture to write is needed; see --help");
    }
    return true;
}
