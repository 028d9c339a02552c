/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * \file
 * A transfer over TCP from a simulated host to itself, while its loopback device is down for a
 * time.
 */

#include "loopback-host.h"
#include "outage-log.h"
#include "output-file.h"
#include "plot-file.h"
#include "program-error.h"
#include "program-options.h"
#include "tcp-settings.h"
#include "whole-file.h"

#include "ns3/data-rate.h"
#include "ns3/link-stats-helper.h"
#include "ns3/on-off-helper.h"
#include "ns3/onoff-application.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/simulator.h"
#include "ns3/stop-on-signal.h"
#include "ns3/uinteger.h"

#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>

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

constexpr uint16_t PORT = 5001;

/// When a transfer that stalls is given up.
const Time TIME_LIMIT = Days(2);

/// What the command line says.
struct Options
{
    LoopbackHostOptions host;        //!< the host
    TcpSettings tcp;                 //!< how to send
    uint64_t bytes{10000000};        //!< to send
    uint64_t rate{10000000};         //!< at which they are sent, bit/s
    Time start{Seconds(3)};          //!< when lo goes down
    Time outage{Seconds(5)};         //!< how long it stays down
    Time interval{MilliSeconds(10)}; //!< of the series and the plot
    std::string series;              //!< what TCP does over time to write
    std::string plot;                //!< prefix of a gnuplot script to write
};

bool
ReadOptions(int argc, char* argv[], Options& options)
{
    ProgramOptions parser("lo-outage", USAGE, EXAMPLES);
    options.host.AddTo(parser);
    options.tcp.AddTo(parser);
    parser.AddBytes("bytes",
                    options.bytes,
                    1,
                    1000000000,
                    "bytes to send, 10M unless given; a last segment is filled up");
    parser.AddRate("rate",
                   options.rate,
                   1000,
                   10000000000,
                   "rate at which the sender's application has bytes to send, 10M unless given");
    parser.AddTime("outage-start", options.start, "when lo goes down, 3s unless given");
    parser.AddTime("outage", options.outage, "how long lo is down, 5s unless given");
    parser.AddTime("interval",
                   options.interval,
                   "time between lines of the series and points of the plot, 10ms unless given");
    parser.AddText("series",
                   "FILE",
                   options.series,
                   "write sequence numbers, congestion window and time-out to FILE as CSV");
    parser.AddText("plot",
                   "PREFIX",
                   options.plot,
                   "write PREFIX.plt, of which gnuplot makes the picture PREFIX.png");
    return parser.Read(argc, argv);
}

/// What the sender's application has to send, in whole segments.
uint64_t
RoundUp(uint64_t bytes, uint64_t segmentSize)
{
    return (bytes + segmentSize - 1) / segmentSize * segmentSize;
}

/// Have the host send to itself, at the rate of the options: lo takes no time that would pace it.
Ptr<OnOffApplication>
StartTransfer(const Options& options, const LoopbackHost& host, OutageLog& log)
{
    const auto address = MakeSocketAddress(host.destination, PORT);
    const auto sinks = PacketSinkHelper("ns3::TcpSocketFactory", address).Install(host.nodes);
    sinks.Get(0)->TraceConnectWithoutContext("Rx", MakeCallback(&OutageLog::AddArrival, &log));
    OnOffHelper senders("ns3::TcpSocketFactory", address);
    senders.SetConstantRate(DataRate(options.rate), static_cast<uint32_t>(options.tcp.segmentSize));
    senders.SetAttribute("MaxBytes",
                         UintegerValue(RoundUp(options.bytes, options.tcp.segmentSize)));
    return DynamicCast<OnOffApplication>(senders.Install(host.nodes).Get(0));
}

void
CheckInterval(const Options& options)
{
    const auto sending = static_cast<double>(options.bytes) * 8 / static_cast<double>(options.rate);
    const auto duration = sending + (options.start + options.outage).GetSeconds();
    if (duration / options.interval.GetSeconds() > 1e6)
    {
        throw ProgramError("--interval: it makes more than a million lines");
    }
}

int
Run(int argc, char* argv[])
{
    Options options;
    if (!ReadOptions(argc, argv, options))
    {
        FlushStandardOutput();
        return EXIT_SUCCESS;
    }
    CheckInterval(options);
    std::optional<WholeFile> series;
    if (!options.series.empty())
    {
        series.emplace(options.series);
    }
    std::optional<PlotFile> plot;
    if (!options.plot.empty())
    {
        plot.emplace(options.plot,
                     "TCP over a loopback that goes down: each time-out doubles the wait for the "
                     "next try",
                     "sequence number (MB)");
    }
    options.tcp.Apply();
    SetLinuxRetransmission();
    const auto host = MakeLoopbackHost(options.host);
    std::optional<CaptureFile> pcap;
    if (!options.host.pcap.empty())
    {
        pcap.emplace(options.host.pcap, host.lo);
    }

    OutageLog log({RoundUp(options.bytes, options.tcp.segmentSize),
                   options.start,
                   options.start + options.outage,
                   options.interval});
    log.Watch(StartTransfer(options, host, log));
    const auto context = host.GetNode()->GetId();
    Simulator::ScheduleWithContext(context, options.start, &LoNetDevice::SetDown, host.lo);
    Simulator::ScheduleWithContext(context,
                                   options.start + options.outage,
                                   &LoNetDevice::SetUp,
                                   host.lo);
    Simulator::Stop(TIME_LIMIT);
    const StopOnSignal stop;
    Simulator::Run();
    log.Print(std::cout);
    std::cout << '\n';
    LinkStatsHelper::PrintIpLink(std::cout, host.nodes);

    WriteJson(options.host.json, host);
    if (pcap)
    {
        pcap->Close();
    }
    if (series)
    {
        log.WriteSeries(series->GetStream());
        series->Close();
    }
    if (plot)
    {
        log.Draw(*plot);
        plot->Close();
    }
    FlushStandardOutput();
    Simulator::Destroy();
    return log.IsComplete() ? EXIT_SUCCESS : EXIT_FAILURE;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("lo-outage", Run, argc, argv);
}
