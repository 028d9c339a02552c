/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * A ring of hosts, split over the ranks of MPI: each asks itself, over its lo, and the next host,
 * over a link. The counters do not depend on the number of ranks.
 */

#include "example-host.h"
#include "example-options.h"
#include "example-program.h"

#include "ns3/data-rate.h"
#include "ns3/global-value.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/mpi-interface.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/random-variable-stream.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/udp-echo-helper.h"
#include "ns3/uinteger.h"

#include <chrono>
#include <cstdlib>
#include <iomanip>
#include <mpi.h>
#include <optional>
#include <vector>

using namespace ns3;

namespace
{

constexpr auto USAGE = R"(Usage: lo-distributed [OPTION]...
   or: mpirun -np RANKS lo-distributed [OPTION]...
Simulate a ring of hosts, split over the ranks. Each host asks itself, over its
lo, and the host after it, over a link. Print the counters of each lo, and what
became of the requests; that does not depend on the number of ranks. The exit
status is 0 if all requests were answered.
)";

constexpr auto EXAMPLES =
    R"(  lo-distributed                          one process, ns-3's own simulator
  mpirun -np 4 lo-distributed --nodes 64  four, in windows of a link's delay
  mkdir captures && mpirun -np 4 lo-distributed --simulator NullMessage --pcap captures
                                          the other algorithm, and captures
)";

constexpr uint16_t PORT = 7;

/// Random streams of a host: its start, and its netem's.
constexpr int64_t N_STREAMS = 16;

/// The options.
struct Options
{
    uint64_t nodes{8};           //!< hosts in the ring
    uint64_t requests{100};      //!< requests to each of the two
    Time interval{Seconds(0.1)}; //!< between two requests
    uint64_t rate{1000000000};   //!< of a link, bit/s
    Time delay{MilliSeconds(1)}; //!< of a link
    std::string netem;           //!< what impairs each lo
    std::string simulator;       //!< which of ns-3's simulators
    std::string pcap;            //!< folder of the captures
    std::string ascii;           //!< folder of the ascii traces
    bool timing{false};          //!< whether to print what it cost

    /**
     * @param argc main's argument
     * @param argv main's argument
     * @return false if --help was given
     */
    bool Read(int argc, char* argv[])
    {
        ExampleOptions options(USAGE, EXAMPLES);
        options.AddNumber("nodes", nodes, 2, 10000, "hosts in the ring");
        options.AddNumber("requests", requests, 1, 1000000, "requests to each of the two hosts");
        options.AddTime("interval", interval, "time between two requests");
        options.AddNumber("rate", rate, 1000, 1000000000000, "bit/s of a link");
        options.AddTime("delay", delay, "delay of a link");
        options.AddText("netem",
                        "WORDS",
                        netem,
                        "impair each lo, as `tc qdisc add ... netem WORDS`");
        options.AddText("simulator",
                        "NAME",
                        simulator,
                        "Default, Distributed (the default where there are ranks) or NullMessage");
        options.AddText("pcap", "FOLDER", pcap, "capture the lo of host N in FOLDER/lo-N.pcap");
        options.AddText("ascii", "FOLDER", ascii, "trace the lo of host N in FOLDER/lo-N.tr");
        options.AddSwitch("timing", timing, "print on stderr what it cost each rank");
        return options.Read(argc, argv);
    }

    /**
     * @param host a host
     * @param nRanks how many ranks there are
     * @return the rank that simulates it; hosts that stand side by side are on one
     */
    uint32_t GetRank(uint64_t host, uint32_t nRanks) const
    {
        return static_cast<uint32_t>(host * nRanks / nodes);
    }

    /**
     * @param folder a folder, or nothing
     * @param host a host
     * @param extension ends the name
     * @return the file of the host; nothing without a folder
     */
    static std::string GetFile(const std::string& folder, uint64_t host, const char* extension)
    {
        return folder.empty() ? "" : folder + "/lo-" + std::to_string(host) + extension;
    }

    /**
     * Throw an ExampleError unless this rank can do what the options say.
     * @param rank this process
     * @param nRanks how many there are
     */
    void Check(uint32_t rank, uint32_t nRanks)
    {
        if (nRanks > nodes)
        {
            throw ExampleError("--nodes: " + std::to_string(nodes) + " is less than the " +
                               std::to_string(nRanks) + " ranks that mpirun started");
        }
        if (simulator.empty())
        {
            simulator = nRanks == 1 ? "Default" : "Distributed";
        }
        if (simulator != "Default" && simulator != "Distributed" && simulator != "NullMessage")
        {
            throw ExampleError("--simulator: '" + simulator +
                               "' is not one of Default, Distributed and NullMessage");
        }
        if (simulator == "Default" && nRanks > 1)
        {
            throw ExampleError("--simulator: Default is for one rank, and there are " +
                               std::to_string(nRanks) + "; start it without mpirun");
        }
        CheckNetem(netem);
        for (uint64_t host = 0; host < nodes; ++host)
        {
            if (GetRank(host, nRanks) == rank)
            {
                CheckWritable(GetFile(pcap, host, ".pcap"));
                CheckWritable(GetFile(ascii, host, ".tr"));
            }
        }
    }
};

void
CountPacket(uint64_t* counter, Ptr<const Packet> /* packet */)
{
    ++*counter;
}

/// The ring, of which this rank simulates a part.
class Ring
{
  public:
    /**
     * @param options the options
     * @param rank this process
     * @param nRanks how many there are
     */
    Ring(const Options& options, uint32_t rank, uint32_t nRanks)
        : m_nodes(static_cast<uint32_t>(options.nodes)),
          m_rank(rank),
          m_counts(m_nodes)
    {
        NodeContainer nodes;
        for (uint32_t i = 0; i < m_nodes; ++i)
        {
            nodes.Add(CreateObject<Node>(options.GetRank(i, nRanks)));
        }
        const auto devices = LoHelper().Install(nodes);
        InternetStackHelper internet;
        // When IPv6 sends its first packets is drawn from streams that are numbered as stacks are
        // made.
        internet.SetIpv6StackInstall(false);
        internet.Install(nodes);
        LoHelper::RouteLocalAddresses(nodes);
        InstallNetem(options.netem, devices);

        PointToPointHelper link;
        link.SetDeviceAttribute("DataRate", DataRateValue(DataRate(options.rate)));
        link.SetChannelAttribute("Delay", TimeValue(options.delay));
        Ipv4AddressHelper addresses("10.0.0.0", "255.255.255.252");
        for (uint32_t i = 0; i < m_nodes; ++i)
        {
            const auto ends = link.Install(nodes.Get(i), nodes.Get((i + 1) % m_nodes));
            const auto ip = addresses.Assign(ends);
            addresses.NewNetwork();
            if (nodes.Get(i)->GetSystemId() == rank)
            {
                StartHost(options, nodes.Get(i), ip.GetAddress(0), ip.GetAddress(1));
            }
        }
    }

    /**
     * Print the counters of all hosts, on rank 0.
     * @param os where to print
     * @return whether all requests were answered, on rank 0; true elsewhere
     */
    bool Print(std::ostream& os) const
    {
        // A row a host, of which its own rank alone has other numbers than 0.
        const auto nColumns = LinkStats::FIELDS.size() + N_COUNTS;
        std::vector<uint64_t> mine(m_nodes * nColumns);
        for (const auto& [node, lo] : m_los)
        {
            auto cell = mine.begin() + static_cast<std::ptrdiff_t>(node * nColumns);
            const auto stats = lo->GetStats();
            for (const auto& field : LinkStats::FIELDS)
            {
                *cell++ = stats.*field.counter;
            }
            std::copy_n(m_counts[node].n, N_COUNTS, cell);
        }
        std::vector<uint64_t> all(mine.size());
        MPI_Reduce(mine.data(),
                   all.data(),
                   static_cast<int>(mine.size()),
                   MPI_UINT64_T,
                   MPI_SUM,
                   0,
                   MPI_COMM_WORLD);
        return m_rank != 0 || PrintTable(os, all);
    }

  private:
    static constexpr std::size_t N_COUNTS = 4; ///< numbers in Counts

    /// Requests of a host: sent to itself, answered, sent to the next host, answered.
    struct Counts
    {
        uint64_t n[N_COUNTS]{}; //!< the numbers
    };

    void StartHost(const Options& options, Ptr<Node> node, Ipv4Address own, Ipv4Address next)
    {
        const auto id = node->GetId();
        const auto lo = LoHelper::GetLo(node);
        m_los.emplace_back(id, lo);
        UdpEchoServerHelper(PORT).Install(node);
        // A host draws the same whichever rank simulates it, and no two ask in the same nanosecond.
        auto start = CreateObject<UniformRandomVariable>();
        start->SetStream(id * N_STREAMS);
        LoHelper().AssignStreams(NetDeviceContainer(lo), id * N_STREAMS + 1);
        std::size_t count = 0;
        for (const auto& address : {own, next})
        {
            UdpEchoClientHelper client(address, PORT);
            client.SetAttribute("MaxPackets", UintegerValue(options.requests));
            client.SetAttribute("Interval", TimeValue(options.interval));
            auto application = client.Install(node);
            application.Start(Seconds(1) + NanoSeconds(start->GetInteger(0, 1000000000)));
            for (const auto source : {"Tx", "Rx"})
            {
                auto& counter = m_counts[id].n[count++];
                application.Get(0)->TraceConnectWithoutContext(
                    source,
                    MakeBoundCallback(&CountPacket, &counter));
            }
        }
        if (!options.pcap.empty())
        {
            LoHelper().EnablePcap(Options::GetFile(options.pcap, id, ".pcap"), lo, true, true);
        }
        if (!options.ascii.empty())
        {
            const auto file = Options::GetFile(options.ascii, id, ".tr");
            LoHelper().EnableAscii(AsciiTraceHelper().CreateFileStream(file), lo);
        }
    }

    bool PrintTable(std::ostream& os, const std::vector<uint64_t>& all) const
    {
        os << " node";
        for (const auto& field : LinkStats::FIELDS)
        {
            os << std::setw(12) << field.name;
        }
        os << "   asks itself answered   asks next  answered\n";
        bool isAnswered = true;
        auto cell = all.begin();
        for (uint32_t i = 0; i < m_nodes; ++i)
        {
            os << std::setw(5) << i;
            for (std::size_t column = 0; column < LinkStats::FIELDS.size(); ++column)
            {
                os << std::setw(12) << *cell++;
            }
            isAnswered = isAnswered && cell[0] == cell[1] && cell[2] == cell[3];
            os << std::setw(14) << cell[0] << std::setw(9) << cell[1] << std::setw(12) << cell[2]
               << std::setw(10) << cell[3] << '\n';
            cell += N_COUNTS;
        }
        return isAnswered;
    }

    uint32_t m_nodes;                                         //!< hosts in the ring
    uint32_t m_rank;                                          //!< this process
    std::vector<Counts> m_counts;                             //!< requests of each host
    std::vector<std::pair<uint32_t, Ptr<LoNetDevice>>> m_los; //!< this rank's hosts
};

/**
 * Agree with the other ranks on whether to go on.
 * @param error what is wrong on this rank
 * @param rank this process
 * @param nRanks how many there are
 * @return whether all ranks go on; the first rank that has an error throws it
 */
bool
IsFine(const std::optional<ExampleError>& error, uint32_t rank, uint32_t nRanks)
{
    uint32_t first = error ? rank : nRanks;
    MPI_Allreduce(MPI_IN_PLACE, &first, 1, MPI_UINT32_T, MPI_MIN, MPI_COMM_WORLD);
    if (error && first == rank)
    {
        throw *error;
    }
    return first == nRanks;
}

int
Simulate(const Options& options, uint32_t rank, uint32_t nRanks)
{
    GlobalValue::Bind("SimulatorImplementationType",
                      StringValue("ns3::" + options.simulator + "SimulatorImpl"));
    if (options.simulator != "Default")
    {
        MpiInterface::Enable(MPI_COMM_WORLD);
    }
    const Ring ring(options, rank, nRanks);
    const auto begin = std::chrono::steady_clock::now();
    Simulator::Stop(Seconds(10) + options.interval * options.requests);
    Simulator::Run();
    if (options.timing)
    {
        const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
        std::ostringstream line;
        line << "rank " << rank << ": " << Simulator::GetEventCount() << " events in "
             << wall.count() << " s\n";
        std::cerr << line.str();
    }
    const bool isAnswered = ring.Print(std::cout);
    Simulator::Destroy();
    return isAnswered ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
Run(int argc, char* argv[], uint32_t rank, uint32_t nRanks)
{
    Options options;
    bool isHelp = false;
    std::optional<ExampleError> error;
    try
    {
        isHelp = !options.Read(argc, argv);
        if (!isHelp)
        {
            options.Check(rank, nRanks);
        }
    }
    catch (const ExampleError& what)
    {
        error = what;
    }
    if (!IsFine(error, rank, nRanks))
    {
        return EXIT_FAILURE;
    }
    return isHelp ? EXIT_SUCCESS : Simulate(options, rank, nRanks);
}

} // namespace

int
main(int argc, char* argv[])
{
    int rank = 0;
    int nRanks = 1;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &nRanks);
    // All ranks would print the help and the table.
    std::ostringstream silent;
    auto* out = rank == 0 ? nullptr : std::cout.rdbuf(silent.rdbuf());
    const int status = RunExample("lo-distributed", [&] {
        return Run(argc, argv, static_cast<uint32_t>(rank), static_cast<uint32_t>(nRanks));
    });
    if (MpiInterface::IsEnabled())
    {
        MpiInterface::Disable();
    }
    MPI_Finalize();
    if (out)
    {
        std::cout.rdbuf(out);
    }
    return status;
}
