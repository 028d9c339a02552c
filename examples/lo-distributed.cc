/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * A ring of hosts, simulated by one process or by several that MPI connects: services that talk
 * over each host's own loopback device and with those of the next host.
 */

#include "lo-distributed-options.h"
#include "mpi-session.h"
#include "output-file.h"
#include "program-error.h"
#include "request-source.h"
#include "ring-host.h"
#include "ring-network.h"
#include "ring-report.h"
#include "run-program.h"

#include "ns3/lo-helper.h"
#include "ns3/output-stream-wrapper.h"
#include "ns3/simulator.h"

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

/// How long after the last request the simulation ends.
const Time PATIENCE = Seconds(5);

/// The files of this rank's hosts.
class Recording
{
  public:
    Recording(const LoDistributedOptions& options, const RingNetwork& network)
    {
        for (const auto index : network.GetLocal())
        {
            const auto lo = network.GetHost(index).lo;
            const auto name = "lo-" + std::to_string(index);
            if (!options.pcap.empty())
            {
                m_captures.emplace_back(std::filesystem::path(options.pcap) / (name + ".pcap"), lo);
            }
            if (!options.ascii.empty())
            {
                auto& file =
                    m_traces.emplace_back(std::filesystem::path(options.ascii) / (name + ".tr"));
                LoHelper().EnableAscii(Create<OutputStreamWrapper>(&file.GetStream()), lo);
            }
        }
    }

    void Close()
    {
        for (auto& capture : m_captures)
        {
            capture.Close();
        }
        for (auto& trace : m_traces)
        {
            trace.Close();
        }
    }

  private:
    std::vector<CaptureFile> m_captures; //!< captures
    std::deque<OutputFile> m_traces;     //!< ascii traces, which stay where they are
};

/// The hosts that this rank simulates.
class LocalHosts
{
  public:
    LocalHosts(const LoDistributedOptions& options, const RingNetwork& network)
    {
        auto source = CreateObject<RequestSource>();
        const auto draw = [&](uint64_t host) -> const std::vector<Request>& {
            auto& requests = m_requests[host];
            if (requests.empty())
            {
                // A host is asked the same whoever simulates it, and also who asks has to know.
                requests = source->Draw(options.requests,
                                        options.chain.services,
                                        static_cast<int64_t>(host) * RequestSource::N_STREAMS);
            }
            return requests;
        };
        for (const auto index : network.GetLocal())
        {
            const auto next = (index + 1) % options.ring.nodes;
            m_hosts[index] = std::make_unique<RingHost>(network.GetHost(index),
                                                        network.GetHost(next),
                                                        options.chain,
                                                        draw(index),
                                                        draw(next));
        }
    }

    Time GetEnd() const
    {
        Time end;
        for (const auto& [index, host] : m_hosts)
        {
            end = std::max(end, host->GetEnd());
        }
        return end;
    }

    std::vector<HostRecord> GetRecords() const
    {
        std::vector<HostRecord> records;
        for (const auto& [index, host] : m_hosts)
        {
            records.push_back(
                {index, host->GetStats(), host->GetOwnTotals(), host->GetNextTotals()});
        }
        return records;
    }

  private:
    std::map<uint64_t, std::vector<Request>> m_requests;   //!< what hosts are asked
    std::map<uint32_t, std::unique_ptr<RingHost>> m_hosts; //!< the hosts
};

/// What it cost to simulate.
class Cost
{
  public:
    void Print(const MpiSession& session, uint64_t nHosts) const
    {
        const auto microseconds = [](auto duration) {
            return std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
        };
        const auto all = session.Gather(
            {nHosts,
             Simulator::GetEventCount(),
             static_cast<uint64_t>(microseconds(std::chrono::steady_clock::now() - m_begin)),
             static_cast<uint64_t>(std::clock() - m_clock) * 1000000 / CLOCKS_PER_SEC});
        std::ostringstream os;
        os << " rank  hosts     events    wall s     CPU s\n" << std::fixed << std::setprecision(3);
        for (size_t i = 0; i < all.size(); i += 4)
        {
            os << std::setw(5) << i / 4 << std::setw(7) << all[i] << std::setw(11) << all[i + 1]
               << std::setw(10) << static_cast<double>(all[i + 2]) / 1e6 << std::setw(10)
               << static_cast<double>(all[i + 3]) / 1e6 << '\n';
        }
        if (!all.empty())
        {
            std::cerr << os.str();
        }
    }

  private:
    std::chrono::steady_clock::time_point m_begin{std::chrono::steady_clock::now()}; //!< wall clock
    std::clock_t m_clock{std::clock()}; //!< time of this process
};

/// Simulate. An error on one rank alone ends them all, as the others wait for its messages.
void
Simulate()
{
    try
    {
        Simulator::Run();
    }
    catch (const ProgramError& error)
    {
        MpiSession::Abort(std::string("lo-distributed: ") + error.what());
    }
}

int
Run(MpiSession& session, int argc, char* argv[])
{
    LoDistributedOptions options;
    bool isHelp = false;
    // Together, as each machine has files of its own, --config among them.
    session.DoTogether([&] {
        isHelp = !options.Read(argc, argv);
        FlushStandardOutput();
    });
    if (isHelp)
    {
        return EXIT_SUCCESS;
    }
    session.SetSimulator(options.simulator);
    if (session.GetSize() > options.ring.nodes)
    {
        throw ProgramError("--nodes: " + std::to_string(options.ring.nodes) + " is less than the " +
                           std::to_string(session.GetSize()) + " ranks that mpirun started");
    }
    std::optional<RingNetwork> network;
    std::optional<LocalHosts> hosts;
    std::optional<Recording> recording;
    session.DoTogether([&] {
        network.emplace(options.ring, session.GetRank(), session.GetSize());
        network->AssignStreams(static_cast<int64_t>(options.ring.nodes) * RequestSource::N_STREAMS);
        hosts.emplace(options, *network);
        recording.emplace(options, *network);
    });

    Simulator::Stop(NanoSeconds(session.GetLargest(hosts->GetEnd().GetNanoSeconds())) + PATIENCE);
    const Cost cost;
    Simulate();
    if (options.timing)
    {
        cost.Print(session, network->GetLocal().size());
    }
    const auto most = (options.ring.nodes - 1) / session.GetSize() + 1;
    const auto records = UnpackRecords(session.Gather(PackRecords(hosts->GetRecords(), most)));
    session.DoTogether([&] {
        if (session.GetRank() == 0)
        {
            PrintRecords(std::cout, records);
        }
        FlushStandardOutput();
        recording->Close();
    });
    return IsAllAnswered(records) ? EXIT_SUCCESS : EXIT_FAILURE;
}

} // namespace

int
main(int argc, char* argv[])
{
    // It ends after the error has been printed: mpirun ends all ranks when one has failed.
    MpiSession session(argc, argv);
    const auto run = [&session](int argc, char* argv[]) {
        try
        {
            return Run(session, argc, argv);
        }
        catch (const ProgramError&)
        {
            if (session.GetRank() == 0)
            {
                throw;
            }
            return EXIT_FAILURE;
        }
    };
    return RunProgram("lo-distributed", run, argc, argv);
}
