/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-tcp-options.h"

#include "program-options.h"

using namespace ns3;

namespace
{

constexpr auto USAGE = R"(Usage: lo-tcp [OPTION]...
Send bytes over TCP from a simulated host to itself, and print the goodput in
simulated time, and lo's counters. The exit status is 0 if all bytes arrived.
)";

constexpr auto EXAMPLES =
    R"(ns-3's own attributes and global values are options too, here and in FILE:
  --ns3::TcpSocketBase::Sack=false   --RngRun=3

Examples:
  lo-tcp                                  100 MB in segments of 536 bytes
  lo-tcp --segment-size 65000             as large as Linux makes them on lo
  lo-tcp --bytes 1M --dest ::1 --socket-type TcpNewReno --pcap lo.pcap
                                          see a connection in Wireshark
)";

} // namespace

bool
LoTcpOptions::Read(int argc, char* argv[])
{
    ProgramOptions parser(USAGE, EXAMPLES);
    host.AddTo(parser);
    parser.AddBytes("bytes",
                    bytes,
                    1,
                    1000000000000,
                    "bytes to send, 100M unless given; k, M and G are powers of 1000");
    parser.RefuseAttribute("bytes", "ns3::BulkSendApplication", "MaxBytes");
    parser.RefuseAttribute("segment-size", "ns3::BulkSendApplication", "SendSize");
    tcp.AddTo(parser);
    parser.AddSwitch("quiet", quiet, "show no progress on stderr");
    return parser.Read(argc, argv);
}
