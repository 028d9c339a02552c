/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * Pings a simulated host over its loopback device, and prints what Linux's ping and ip print.
 */

#include "echo-trace.h"
#include "host-files.h"
#include "lo-ping-options.h"
#include "loopback-host.h"
#include "output-file.h"
#include "ping-application.h"
#include "ping-report.h"
#include "program-error.h"
#include "run-program.h"

#include "ns3/ipv4-address.h"
#include "ns3/link-stats-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/output-stream-wrapper.h"
#include "ns3/simulator.h"
#include "ns3/stop-on-signal.h"

#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <optional>
#include <string>

using namespace ns3;

namespace
{

void
CheckSize(uint64_t size, const Address& destination)
{
    const uint64_t max = Ipv4Address::IsMatchingType(destination) ? 65507 : 65527;
    if (size > max)
    {
        throw ProgramError("--size: " + std::to_string(size) + " is more than the " +
                           std::to_string(max) + " bytes that a packet has room for");
    }
    if (size < MIN_PING_SIZE)
    {
        throw ProgramError("--size: " + std::to_string(size) + " is less than the " +
                           std::to_string(MIN_PING_SIZE) +
                           " bytes that ns-3's ping application needs");
    }
}

/// The device's counters over simulated time, a line for each change.
class Series
{
  public:
    Series(const std::string& path, Ptr<LoNetDevice> lo)
        : m_file(path),
          m_lo(lo)
    {
        m_file.GetStream() << "time_s,tx_packets,tx_bytes,rx_packets,rx_bytes\n"
                           << std::fixed << std::setprecision(9);
        const auto write = [this](Ptr<const Packet>) { WriteLine(); };
        m_lo->TraceConnectWithoutContext("MacTx", Callback<void, Ptr<const Packet>>(write));
        m_lo->TraceConnectWithoutContext("MacPromiscRx", Callback<void, Ptr<const Packet>>(write));
    }

    void Close()
    {
        m_file.Close();
    }

  private:
    void WriteLine()
    {
        const auto stats = m_lo->GetStats();
        m_file.GetStream() << Simulator::Now().GetSeconds() << ',' << stats.txPackets << ','
                           << stats.txBytes << ',' << stats.rxPackets << ',' << stats.rxBytes
                           << '\n';
    }

    OutputFile m_file;     //!< the file
    Ptr<LoNetDevice> m_lo; //!< whose counters
};

/// The files that are written while the simulation runs.
class Recording
{
  public:
    Recording(const LoPingOptions& options, const LoopbackHost& host)
        : m_host(host),
          m_hostFiles(options.host)
    {
        m_hostFiles.Watch(host);
        if (!options.ascii.empty())
        {
            auto& stream = m_ascii.emplace(options.ascii).GetStream();
            LoHelper().EnableAscii(Create<OutputStreamWrapper>(&stream), host.lo);
        }
        if (!options.series.empty())
        {
            m_series.emplace(options.series, host.lo);
        }
    }

    /// Packets that wait are dropped when the simulation is destroyed, and traced to the files.
    ~Recording()
    {
        Simulator::Destroy();
    }

    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;

    void Close()
    {
        m_hostFiles.Write(m_host);
        Simulator::Destroy();
        if (m_ascii)
        {
            m_ascii->Close();
        }
        if (m_series)
        {
            m_series->Close();
        }
    }

  private:
    LoopbackHost m_host;               //!< whose files
    HostFiles m_hostFiles;             //!< capture and counters
    std::optional<OutputFile> m_ascii; //!< ascii trace
    std::optional<Series> m_series;    //!< counters over time
};

int
Run(int argc, char* argv[])
{
    LoPingOptions options;
    if (!options.Read(argc, argv))
    {
        FlushStandardOutput();
        return EXIT_SUCCESS;
    }
    const auto host = MakeLoopbackHost(options.host);
    CheckSize(options.size, host.destination);
    const StopOnSignal stop;
    Recording recording(options, host);

    PingReport report(std::cout, host.destination);
    TraceEchoes(
        host.GetNode(),
        [&report](const Echo& echo) { report.AddRequest(echo); },
        [&report](const Echo& echo) { report.AddReply(echo); });
    InstallPing(host.GetNode(),
                {host.destination,
                 static_cast<uint32_t>(options.count),
                 static_cast<uint32_t>(options.size),
                 options.interval});

    report.PrintHeader(static_cast<uint32_t>(options.size));
    Simulator::Run();
    report.PrintStatistics();
    std::cout << '\n';
    LinkStatsHelper::PrintIpLink(std::cout, host.nodes);

    recording.Close();
    FlushStandardOutput();
    return report.HasReply() ? EXIT_SUCCESS : EXIT_FAILURE;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("lo-ping", Run, argc, argv);
}
