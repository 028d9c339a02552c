/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-outage-options.h"

#include "program-error.h"
#include "program-options.h"

using namespace ns3;

namespace
{

constexpr auto USAGE = R"(Usage: lo-outage [OPTION]...
Send bytes over TCP from a simulated host to itself, at a steady rate, while its
loopback device goes down and up again. Print when TCP retransmits, when it gets
through, and lo's counters. The exit status is 0 if all bytes arrived.
)";

constexpr auto EXAMPLES =
    R"(ns-3's own attributes and global values are options too, here and in FILE:
  --ns3::TcpSocketBase::MinRto=1s   --RngRun=3

Examples:
  lo-outage                               lo is down from 3 s to 8 s
  lo-outage --plot outage && gnuplot outage.plt
                                          the same, as the picture outage.png
  lo-outage --outage 40s --series outage.csv --pcap outage.pcap
                                          longer, to plot and for Wireshark
)";

/// How long the run takes at least.
Time
GetDuration(const LoOutageOptions& options)
{
    const auto sending = static_cast<double>(options.bytes) * 8 / static_cast<double>(options.rate);
    return Seconds(sending) + options.start + options.outage;
}

} // namespace

bool
LoOutageOptions::Read(int argc, char* argv[])
{
    ProgramOptions parser(USAGE, EXAMPLES);
    host.AddTo(parser);
    tcp.AddTo(parser);
    parser.AddBytes("bytes",
                    bytes,
                    1,
                    1000000000,
                    "bytes to send, 10M unless given; a last segment is filled up");
    parser.AddRate("rate",
                   rate,
                   1000,
                   10000000000,
                   "rate at which the sender's application has bytes to send, 10M unless given");
    parser.RefuseAttribute("bytes", "ns3::OnOffApplication", "MaxBytes");
    parser.RefuseAttribute("rate", "ns3::OnOffApplication", "DataRate");
    parser.RefuseAttribute("segment-size", "ns3::OnOffApplication", "PacketSize");
    parser.AddTime("outage-start", start, "when lo goes down, 3s unless given");
    parser.AddTime("outage", outage, "how long lo is down, 5s unless given");
    series.AddTo(parser, "sequence numbers, congestion window and time-out");
    if (!parser.Read(argc, argv))
    {
        return false;
    }
    series.CheckInterval(GetDuration(*this));
    return true;
}
