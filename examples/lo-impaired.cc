/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * A chain of services on one host, with and without an impairment of lo: the distribution of its
 * response times.
 */

#include "host-files.h"
#include "impairment-options.h"
#include "impairment-report.h"
#include "lo-impaired-options.h"
#include "loopback-host.h"
#include "ns3-value.h"
#include "output-file.h"
#include "plot-file.h"
#include "program-error.h"
#include "request-source.h"
#include "response-times.h"
#include "run-program.h"
#include "service-chain.h"
#include "tcp-settings.h"
#include "whole-file.h"

#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/link-stats-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/object-factory.h"
#include "ns3/pointer.h"
#include "ns3/show-progress.h"
#include "ns3/simulator.h"
#include "ns3/stop-on-signal.h"
#include "ns3/tcp-socket-base.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

/// Give an attribute of RequestSource the mean that an option says, if it is given.
void
ApplyMean(Time mean, const std::string& attribute)
{
    if (mean.IsZero())
    {
        return;
    }
    const auto variable =
        CreateObjectWithAttributes<ExponentialRandomVariable>("Mean",
                                                              DoubleValue(mean.GetSeconds()));
    SetNs3DefaultUnlessGiven("ns3::RequestSource", attribute, PointerValue(variable));
}

void
SetTcpDefaults(const LoImpairedOptions& options)
{
    const std::string tcp = "ns3::TcpSocket";
    // A message is one segment if it fits the MTU, with an IPv6 header and a time stamp.
    const auto mtu =
        options.host.mtu == 0 ? CreateObject<LoNetDevice>()->GetMtu() : options.host.mtu;
    SetNs3DefaultUnlessGiven(tcp,
                             "SegmentSize",
                             UintegerValue(std::max<uint64_t>(536 + 72, mtu) - 72));
    SetNs3DefaultUnlessGiven(tcp, "SndBufSize", UintegerValue(131072));
    // ns-3.37's sender crashes at the end of its receiver's window.
    SetNs3DefaultUnlessGiven(tcp, "RcvBufSize", UintegerValue(262144));
    SetNs3DefaultUnlessGiven(tcp, "TcpNoDelay", BooleanValue(true));
    // ns-3.37 echoes an old time stamp where requests and responses alternate: a sender takes the
    // age of the connection for its round-trip time, and waits as long before it retransmits.
    SetNs3DefaultUnlessGiven("ns3::TcpSocketBase", "Timestamp", BooleanValue(false));
    SetLinuxTimers();
}

Time
GetMinRto()
{
    TimeValue value;
    CreateObject<TcpSocketBase>()->GetAttribute("MinRto", value);
    return value.Get();
}

void
CheckMessageSize(const ServiceChainOptions& chain)
{
    UintegerValue room;
    CreateObject<TcpSocketBase>()->GetAttribute("SndBufSize", room);
    for (const auto size : {chain.requestSize, chain.responseSize})
    {
        if (size > room.Get())
        {
            throw ProgramError("--ns3::TcpSocket::SndBufSize: a message of " +
                               std::to_string(size) + " bytes has no room in " +
                               std::to_string(room.Get()));
        }
    }
}

/// A run is written to --pcap and --json, or is not, if there are no files.
ChainRun
RunChain(const LoImpairedOptions& options,
         const std::vector<Request>& requests,
         const std::string& label,
         Ptr<LinkImpairment> impairment,
         HostFiles* files)
{
    const auto host = MakeLoopbackHost(options.host);
    if (host.lo->GetImpairment())
    {
        throw ProgramError("--ns3::LoNetDevice::Impairment: lo-impaired makes its own; give it "
                           "the attributes of ns3::LinkImpairment");
    }
    host.lo->SetImpairment(impairment);
    LoHelper().AssignStreams(NetDeviceContainer(host.lo), RequestSource::N_STREAMS);
    const StopOnSignal stop;
    if (files)
    {
        files->Watch(host);
    }
    std::optional<ShowProgress> progress;
    if (!options.quiet)
    {
        progress.emplace(Seconds(10), std::cerr);
    }
    std::ostringstream counters;
    ServiceChain chain(host, options.chain, requests);
    chain.Run();
    progress.reset();
    LinkStatsHelper::PrintIpLink(counters, host.nodes);
    if (impairment)
    {
        counters << "    impairment: " << impairment->GetStats() << '\n';
    }
    if (files)
    {
        files->Write(host);
    }
    return {label, chain.GetResponses(), counters.str()};
}

std::string
GetLabel(std::optional<double> loss)
{
    if (!loss)
    {
        return "impaired";
    }
    std::ostringstream os;
    os << "impaired: loss " << 100 * *loss << " %";
    return os.str();
}

std::vector<ChainRun>
RunAll(const LoImpairedOptions& options, const std::vector<Request>& requests, HostFiles& files)
{
    // Before any time is spent.
    for (const auto& loss : options.impairment.GetLosses())
    {
        MakeImpairment(loss);
    }
    std::vector<ChainRun> runs{RunChain(options, requests, "lo as it is", nullptr, nullptr)};
    Simulator::Destroy();
    for (const auto& loss : options.impairment.GetLosses())
    {
        if (StopOnSignal::GetSignal() != 0)
        {
            break;
        }
        const bool isLast = &loss == &options.impairment.GetLosses().back();
        runs.push_back(RunChain(options,
                                requests,
                                GetLabel(loss),
                                MakeImpairment(loss),
                                isLast ? &files : nullptr));
        Simulator::Destroy();
    }
    return runs;
}

/// @return what stands above the picture
std::string
GetTitle(const LoImpairedOptions& options)
{
    std::ostringstream os;
    os << "Response times of a chain of " << options.chain.services << " services on one host";
    const auto& words = options.impairment.GetWords();
    return os.str() + (words.empty() ? "" : ", lo as it is and with " + words);
}

void
Draw(PlotFile& file, const std::vector<ChainRun>& runs, Time minRto)
{
    // From cool to hot, grey for what is not impaired.
    constexpr const char* COLOURS[]{"#7f7f7f",
                                    "#1f77b4",
                                    "#2ca02c",
                                    "#ff7f0e",
                                    "#d62728",
                                    "#9467bd",
                                    "#8c564b",
                                    "#e377c2",
                                    "#17becf"};
    auto& plot = file.GetPlot();
    plot.SetLegend("response time (ms)", "requests that take that long or longer");
    const auto rto = minRto.GetSeconds() * 1000;
    std::ostringstream extra;
    // What is long is on the right, so the left bottom is free, and what is left of the timeout
    // above all but the highest losses.
    extra << "set logscale xy\n"
             "set yrange [*:1]\n"
             "set ytics ('all' 1, '10 %% (p90)' 0.1, '1 %% (p99)' 0.01, '0.1 %% (p99.9)' 0.001, "
             "'0.01 %%' 1e-4, '0.001 %%' 1e-5, '0.0001 %%' 1e-6)\n"
             "set key inside vertical maxcols 1 left bottom Left reverse opaque\n"
          << "set arrow from " << rto << ",graph 0 to " << rto
          << ",graph 1 nohead dashtype 2 linecolor rgb '#404040'\n"
          << "set label \"TCP retransmits after\\n"
          << rto << " ms at the earliest\" at " << rto << ",graph 0.93 right offset -0.7,0";
    plot.AppendExtra(extra.str());
    for (std::size_t i = 0; i < runs.size(); ++i)
    {
        const auto points = ResponseTimes(runs[i].responses).GetCurve();
        // Of a run without answers gnuplot would take the next curve's points for commands.
        if (points.empty())
        {
            continue;
        }
        Gnuplot2dDataset curve(runs[i].label);
        curve.SetStyle(Gnuplot2dDataset::FSTEPS);
        curve.SetExtra(std::string("lw 3 lc rgb '") + COLOURS[i] + "'");
        for (const auto& [milliseconds, share] : points)
        {
            curve.Add(milliseconds, share);
        }
        plot.AddDataset(curve);
    }
}

bool
IsAllAnswered(const std::vector<ChainRun>& runs, uint64_t nRequests)
{
    return std::all_of(runs.begin(), runs.end(), [nRequests](const auto& run) {
        return ResponseTimes(run.responses).GetCount() == nRequests;
    });
}

int
Run(int argc, char* argv[])
{
    LoImpairedOptions options;
    if (!options.Read(argc, argv))
    {
        FlushStandardOutput();
        return EXIT_SUCCESS;
    }
    options.impairment.Apply();
    ApplyMean(options.interval, "Interval");
    ApplyMean(options.serviceTime, "ServiceTime");
    SetTcpDefaults(options);
    CheckMessageSize(options.chain);
    HostFiles files(options.host);
    std::optional<WholeFile> responses;
    if (!options.responses.empty())
    {
        responses.emplace(options.responses);
    }
    std::optional<PlotFile> plot;
    if (!options.plot.empty())
    {
        plot.emplace(options.plot, GetTitle(options), "");
    }
    const auto requests =
        CreateObject<RequestSource>()->Draw(options.requests, options.chain.services);
    const auto runs = RunAll(options, requests, files);
    const auto minRto = GetMinRto();
    PrintRuns(std::cout, runs, minRto);
    if (responses)
    {
        WriteResponses(responses->GetStream(), runs, requests);
        responses->Close();
    }
    if (plot)
    {
        Draw(*plot, runs, minRto);
        plot->Close();
    }
    FlushStandardOutput();
    return IsAllAnswered(runs, options.requests) ? EXIT_SUCCESS : EXIT_FAILURE;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("lo-impaired", Run, argc, argv);
}
