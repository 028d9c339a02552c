/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * A transfer over TCP from a simulated host to itself, while its loopback device is down for a
 * time.
 */

#include "host-files.h"
#include "lo-outage-options.h"
#include "loopback-host.h"
#include "outage-log.h"
#include "output-file.h"
#include "run-program.h"
#include "series-files.h"
#include "tcp-settings.h"

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

using namespace ns3;

namespace
{

constexpr uint16_t PORT = 5001;

/// When a transfer that stalls is given up.
const Time TIME_LIMIT = Days(2);

/// What the sender's application has to send, in whole segments.
uint64_t
RoundUp(uint64_t bytes, uint64_t segmentSize)
{
    return (bytes + segmentSize - 1) / segmentSize * segmentSize;
}

/// Have the host send to itself, at the rate of the options: lo takes no time that would pace it.
Ptr<OnOffApplication>
StartTransfer(const LoOutageOptions& options, const LoopbackHost& host, OutageLog& log)
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

int
Run(int argc, char* argv[])
{
    LoOutageOptions options;
    if (!options.Read(argc, argv))
    {
        FlushStandardOutput();
        return EXIT_SUCCESS;
    }
    SeriesFiles files(options.series,
                      "TCP over a loopback that goes down: each time-out doubles the wait for the "
                      "next try",
                      "sequence number (MB)");
    options.tcp.Apply();
    SetLinuxTimers();
    const auto host = MakeLoopbackHost(options.host);
    HostFiles hostFiles(options.host);
    const StopOnSignal stop;
    hostFiles.Watch(host);

    OutageLog log({RoundUp(options.bytes, options.tcp.segmentSize),
                   options.start,
                   options.start + options.outage,
                   options.series.interval});
    log.Watch(StartTransfer(options, host, log));
    const auto context = host.GetNode()->GetId();
    Simulator::ScheduleWithContext(context, options.start, &LoNetDevice::SetDown, host.lo);
    Simulator::ScheduleWithContext(context,
                                   options.start + options.outage,
                                   &LoNetDevice::SetUp,
                                   host.lo);
    Simulator::Stop(TIME_LIMIT);
    Simulator::Run();
    log.Print(std::cout);
    std::cout << '\n';
    LinkStatsHelper::PrintIpLink(std::cout, host.nodes);

    hostFiles.Write(host);
    files.Write(log);
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
