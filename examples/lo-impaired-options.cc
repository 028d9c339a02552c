/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-impaired-options.h"

#include "program-options.h"

using namespace ns3;

namespace
{

constexpr auto USAGE = R"(Usage: lo-impaired [OPTION]...
Send requests to a chain of services on one host, of which each asks the next
over TCP on lo, as a service, its sidecar and theirs do. Do so with lo as it is
and then the same with lo impaired as by `tc qdisc add dev lo root netem`. Print
the distributions of the response times, what became of the requests, and what
lo and the impairment counted. A request fails if TCP gives up a connection that
it is on, or to the service that is to have it; it is unanswered if nothing is
known of it an hour after the last one was sent. --pcap and --json are of the
last run; interrupted before it, what has their names is left as it was.
The exit status is 0 if all requests were answered in all runs.

  client --> service 1 --> service 2 --> ... --> service N
)";

constexpr auto EXAMPLES =
    R"(ns-3's own attributes and global values are options too, here and in FILE:
  --ns3::LinkImpairment::Duplicate=0.01   --RngRun=3
  --ns3::RequestSource::ServiceTime=ns3::ConstantRandomVariable[Constant=0.002]

Examples:
  lo-impaired                             delay 1ms, jitter 0.3ms, loss 1 %
  lo-impaired --loss 0,0.1%,1% --plot lo-impaired && gnuplot lo-impaired.plt
                                          what loss does, as lo-impaired.png
  lo-impaired --delay 5ms --loss 0 --responses lo.csv
                                          delay alone; each response time
)";

} // namespace

bool
LoImpairedOptions::Read(int argc, char* argv[])
{
    ProgramOptions parser(USAGE, EXAMPLES);
    host.AddTo(parser);
    chain.AddTo(parser);
    parser.AddInteger("requests", requests, 1, 1000000, "requests to send, 10000 unless given");
    parser.AddTime("interval",
                   interval,
                   "mean time between requests, exponentially distributed, 10ms unless given");
    parser.AddTime("service-time",
                   serviceTime,
                   "mean time that a service works on a request, exponentially distributed, 1ms "
                   "unless given");
    parser.RefuseBoth("interval", "ns3::RequestSource", "Interval");
    parser.RefuseBoth("service-time", "ns3::RequestSource", "ServiceTime");
    impairment.AddTo(parser);
    parser.AddText("responses", "FILE", responses, "write each response time to FILE as CSV");
    parser.AddPlot(plot);
    parser.AddSwitch("quiet", quiet, "show no progress on stderr");
    if (!parser.Read(argc, argv))
    {
        return false;
    }
    chain.CheckPorts(chain.services);
    return true;
}
