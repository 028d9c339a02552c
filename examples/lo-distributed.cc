/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * A ring of hosts, split over the ranks of MPI. Each host asks itself, over its lo, and the next
 * host, over a link. The counters do not depend on the number of ranks.
 */

#include "example-program.h"

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"
#include "ns3/mpi-module.h"
#include "ns3/point-to-point-module.h"

#include <array>
#include <cstdlib>
#include <iomanip>
#include <mpi.h>
#include <sstream>
#include <stdexcept>
#include <vector>

using namespace ns3;

namespace
{

constexpr auto USAGE = R"(Usage: lo-distributed [OPTION]...
   or: mpirun -np RANKS lo-distributed [OPTION]...
Simulate a ring of hosts, split over the ranks. Each host asks itself, over its
lo, and the host after it, over a link. Print the counters of each lo, and how
many answers each host got from itself and from the next host; that does not
depend on the number of ranks. The exit status is 0 if all requests were
answered.

Examples:
  lo-distributed                          one process, ns-3's default simulator
  mpirun -np 4 lo-distributed --nodes 64  four, in windows of a link's delay
  mkdir captures && mpirun -np 4 lo-distributed --pcap captures \
    --SimulatorImplementationType=ns3::NullMessageSimulatorImpl
                                          ns-3's other algorithm, and captures
)";

constexpr uint16_t PORT = 7;

/// Random streams per host: one for its start, the others for its netem.
constexpr int64_t N_STREAMS = 16;

/// The options, and the rank of this process.
struct Options
{
    uint64_t nodes{8};           //!< hosts in the ring
    uint64_t requests{100};      //!< requests to each of the two
    Time interval{Seconds(0.1)}; //!< between two requests
    Time delay{MilliSeconds(1)}; //!< of a link
    std::string netem;           //!< netem's parameters for each lo, or nothing
    std::string pcap;            //!< folder of the captures
    int rank{0};                 //!< this process
    int nRanks{1};               //!< number of ranks
    bool isParallel{false};      //!< whether ns-3 simulates in parallel

    /**
     * Read the options. Throw unless this rank can do what they say.
     * @param argc main's argument
     * @param argv main's argument
     */
    void Read(int argc, char* argv[])
    {
        ExampleOptions options(USAGE);
        options.Add("nodes", Number(nodes, 2, 10000), "hosts in the ring");
        options.Add("requests", Number(requests, 1, 100000), "requests to each of the two hosts");
        options.Add("interval", Duration(interval), "time between two requests");
        options.Add("delay", Duration(delay), "delay of a link");
        options.Add("netem",
                    Text("WORDS", netem),
                    "impair each lo as `tc qdisc ... netem WORDS` does");
        options.Add("pcap", Text("FOLDER", pcap), "capture the lo of host N in FOLDER/lo-N.pcap");
        options.Read(argc, argv);
        StringValue simulator;
        GlobalValue::GetValueByName("SimulatorImplementationType", simulator);
        isParallel = nRanks > 1 || simulator.Get() != "ns3::DefaultSimulatorImpl";
        if (static_cast<uint64_t>(nRanks) > nodes)
        {
            throw std::runtime_error("--nodes: " + std::to_string(nodes) + " is less than the " +
                                     std::to_string(nRanks) + " ranks that mpirun started");
        }
        CheckNetem(netem);
        for (uint64_t host = 0; host < nodes; ++host)
        {
            if (GetRank(host) == rank)
            {
                CheckWritable(GetPcap(host));
            }
        }
    }

    /**
     * @param host a host
     * @return the rank that simulates it; hosts side by side are on one
     */
    int GetRank(uint64_t host) const
    {
        return static_cast<int>(host * nRanks / nodes);
    }

    /**
     * @param host a host
     * @return the file of its capture, or nothing
     */
    std::string GetPcap(uint64_t host) const
    {
        return pcap.empty() ? "" : pcap + "/lo-" + std::to_string(host) + ".pcap";
    }
};

void
CountAnswer(uint64_t* counter, Ptr<const Packet> /* packet */)
{
    ++*counter;
}

/// The ring of hosts, of which this rank simulates a part.
class Ring
{
  public:
    /**
     * @param options the options
     */
    explicit Ring(const Options& options)
        : m_options(options),
          m_rows(options.nodes)
    {
        for (uint32_t i = 0; i < options.nodes; ++i)
        {
            m_nodes.Add(CreateObject<Node>(options.GetRank(i)));
        }
        const auto devices = LoHelper().Install(m_nodes);
        InternetStackHelper internet;
        // IPv6 draws when it sends from streams that are numbered in the order of creation.
        internet.SetIpv6StackInstall(false);
        internet.Install(m_nodes);
        LoHelper::RouteLocalAddresses(m_nodes);
        InstallNetem(options.netem, devices);

        PointToPointHelper link;
        link.SetDeviceAttribute("DataRate", StringValue("1Gbps"));
        link.SetChannelAttribute("Delay", TimeValue(options.delay));
        Ipv4AddressHelper addresses("10.0.0.0", "255.255.255.252");
        for (uint32_t i = 0; i < options.nodes; ++i)
        {
            const auto next = m_nodes.Get((i + 1) % m_nodes.GetN());
            const auto ip = addresses.Assign(link.Install(m_nodes.Get(i), next));
            addresses.NewNetwork();
            if (options.GetRank(i) == options.rank)
            {
                StartHost(i, ip.GetAddress(0), ip.GetAddress(1));
            }
        }
    }

    /**
     * Print the counters of all hosts, on rank 0.
     * @return whether all requests were answered, on rank 0; true elsewhere
     */
    bool Print()
    {
        for (uint32_t host = 0; host < m_options.nodes; ++host)
        {
            const auto stats = LoHelper::GetLo(m_nodes.Get(host))->GetStats();
            auto* counter = m_rows[host].data();
            for (const auto& field : LinkStats::FIELDS)
            {
                *counter++ = stats.*field.counter;
            }
        }
        // Only a host's own rank counts anything.
        auto all = m_rows;
        MPI_Reduce(m_rows.data(),
                   all.data(),
                   static_cast<int>(all.size() * all[0].size()),
                   MPI_UINT64_T,
                   MPI_SUM,
                   0,
                   MPI_COMM_WORLD);
        return m_options.rank != 0 || PrintTable(all);
    }

  private:
    /// Counters of lo.
    static constexpr std::size_t N_COUNTERS = LinkStats::FIELDS.size();

    /// A host's counters: those of lo, then the answers from itself and from the next host.
    using Row = std::array<uint64_t, N_COUNTERS + 2>;

    void StartHost(uint32_t id, Ipv4Address own, Ipv4Address next)
    {
        const auto node = m_nodes.Get(id);
        const auto lo = LoHelper::GetLo(node);
        UdpEchoServerHelper(PORT).Install(node);
        // A host draws the same on any rank, and no two hosts ask in the same nanosecond.
        auto start = CreateObject<UniformRandomVariable>();
        start->SetStream(id * N_STREAMS);
        LoHelper().AssignStreams(NetDeviceContainer(lo), id * N_STREAMS + 1);
        auto* counter = m_rows[id].data() + N_COUNTERS;
        for (const auto& address : {own, next})
        {
            UdpEchoClientHelper client(address, PORT);
            client.SetAttribute("MaxPackets", UintegerValue(m_options.requests));
            client.SetAttribute("Interval", TimeValue(m_options.interval));
            auto application = client.Install(node);
            application.Start(Seconds(1) + NanoSeconds(start->GetInteger(0, 1000000000)));
            application.Get(0)->TraceConnectWithoutContext(
                "Rx",
                MakeBoundCallback(&CountAnswer, counter++));
        }
        if (!m_options.pcap.empty())
        {
            LoHelper().EnablePcap(m_options.GetPcap(id), lo, true, true);
        }
    }

    bool PrintTable(const std::vector<Row>& rows) const
    {
        std::cout << " node";
        for (const auto& field : LinkStats::FIELDS)
        {
            std::cout << std::setw(12) << field.name;
        }
        std::cout << " from itself   from next\n";
        bool isAnswered = true;
        for (std::size_t host = 0; host < rows.size(); ++host)
        {
            std::cout << std::setw(5) << host;
            for (const auto number : rows[host])
            {
                std::cout << std::setw(12) << number;
            }
            std::cout << '\n';
            const auto* answers = rows[host].data() + N_COUNTERS;
            isAnswered = isAnswered && answers[0] == m_options.requests && answers[1] == answers[0];
        }
        return isAnswered;
    }

    const Options& m_options; //!< the options
    NodeContainer m_nodes;    //!< the hosts
    std::vector<Row> m_rows;  //!< the counters of each
};

bool
Simulate(const Options& options)
{
    if (options.isParallel)
    {
        // It takes ns3::DistributedSimulatorImpl, unless the user has taken the other one.
        MpiInterface::Enable(MPI_COMM_WORLD);
    }
    Ring ring(options);
    SystemWallClockMs clock;
    clock.Start();
    Simulator::Stop(Seconds(10) + options.interval * options.requests + 2 * options.delay);
    Simulator::Run();
    const auto wallTime = MilliSeconds(clock.End());
    std::ostringstream line;
    line << "rank " << options.rank << ": " << Simulator::GetEventCount() << " events in "
         << wallTime.GetSeconds() << " s\n";
    std::cerr << line.str();
    const bool isAnswered = ring.Print();
    Simulator::Destroy();
    if (MpiInterface::IsEnabled())
    {
        MpiInterface::Disable();
    }
    return isAnswered;
}

/**
 * Wait for the other ranks, and tell whether none of them has an error.
 * @param options the options
 * @param error what is wrong on this rank, or nothing; the first rank that has one throws it
 * @return whether all ranks can simulate
 */
bool
Agree(const Options& options, const std::string& error)
{
    auto first = error.empty() ? options.nRanks : options.rank;
    MPI_Allreduce(MPI_IN_PLACE, &first, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    if (first == options.rank)
    {
        throw std::runtime_error(error);
    }
    return first == options.nRanks;
}

bool
Run(int argc, char* argv[])
{
    Options options;
    MPI_Comm_rank(MPI_COMM_WORLD, &options.rank);
    MPI_Comm_size(MPI_COMM_WORLD, &options.nRanks);
    std::string error;
    try
    {
        options.Read(argc, argv);
    }
    catch (const std::exception& what)
    {
        error = what.what();
    }
    return Agree(options, error) && Simulate(options);
}

} // namespace

int
main(int argc, char* argv[])
{
    MPI_Init(&argc, &argv);
    std::atexit([] { MPI_Finalize(); });
    return RunExample("lo-distributed", [&] { return Run(argc, argv); });
}
