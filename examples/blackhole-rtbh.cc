/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * Remotely triggered blackholing (RFC 5635): a router discards all packets to an attacked host, and
 * a neighbour of that host gets its bottleneck back.
 */

#include "example-program.h"

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/flow-monitor-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"
#include "ns3/point-to-point-layout-module.h"
#include "ns3/point-to-point-module.h"
#include "ns3/traffic-control-module.h"

#include <algorithm>
#include <array>
#include <iomanip>
#include <sstream>
#include <stdexcept>
#include <vector>

using namespace ns3;

namespace
{

constexpr auto USAGE = R"(Usage: blackhole-rtbh [OPTION]...
Attack a host behind a router, blackhole its address on the router, and remove
the route again. Print the goodput of a neighbour that downloads over the same
bottleneck, beside that of a run without the attack, and what became of the
attack's packets. The exit status is 0 if FlowMonitor counts as many packets
lost as the blackhole discarded and the bottleneck's queue dropped.

  attackers, server -- router == bottleneck == access router -- victim, neighbour

Examples:
  blackhole-rtbh                          the route from 10 s to 15 s
  blackhole-rtbh --plot rtbh && gnuplot rtbh.plt
                                          the same, as the picture rtbh.png
  blackhole-rtbh --attack-rate 100M --blackhole-start 6s
                                          a larger attack, soon discarded
)";

/// gnuplot's commands for the rates over time. A row has the end of its interval.
constexpr auto PLOT =
    R"GNUPLOT(
set title "Remotely triggered blackholing: a neighbour of the victim gets its bottleneck back"
set xlabel "simulated time (s)"
set ylabel "Mbit/s"
set border 3 back
set yrange [0:*]
set style data lines
plot csv using ($1-0.1):6 lw 2 lc rgb '#7f7f7f' title 'attack, discarded by the blackhole', \
    csv using ($1-0.1):5 lw 2 lc rgb '#d55e00' title 'attack, arriving at the victim', \
    csv using ($1-0.1):3 lw 2 dt 2 lc rgb '#009e73' title 'neighbour without an attack', \
    csv using ($1-0.1):2 lw 3 lc rgb '#0072b2' title 'neighbour'
)GNUPLOT";

constexpr uint32_t QUEUE_SIZE = 100;          ///< packets that wait for the bottleneck
constexpr uint32_t N_CONNECTIONS = 6;         ///< that the neighbour downloads over
constexpr uint32_t N_ATTACKERS = 8;           ///< hosts that attack
constexpr uint32_t ATTACK_PACKET_SIZE = 1000; ///< IP bytes of a packet of the attack
constexpr uint64_t SEGMENT_SIZE = 1448;       ///< what fits Ethernet's MTU, with a time stamp
/// The download alone fits the queue: all its losses are due to the attack.
constexpr uint64_t WINDOW = QUEUE_SIZE / N_CONNECTIONS * SEGMENT_SIZE;
const Time SETTLING = Seconds(1);   ///< how long a change may take to settle
const Time TICK = MilliSeconds(10); ///< between two readings of the counters
const Time INTERVAL = 20 * TICK;    ///< between two rows of the plot

/// A change in the run.
struct Change
{
    const char* option; //!< the option that says when
    Time time;          //!< when
    const char* help;   //!< what changes
    const char* state;  //!< the state before
};

/// The changes, in their order.
enum
{
    ATTACK_START,
    BLACKHOLE_START,
    BLACKHOLE_STOP,
    ATTACK_STOP,
    END
};

/// The options.
struct Options
{
    uint64_t attackRate{20000000}; //!< IP bit/s of all attackers together, on average
    /// What changes when.
    std::vector<Change> changes{
        {"attack-start", Seconds(5), "when the attack begins", "no attack"},
        {"blackhole-start", Seconds(10), "when the route is added", "attack"},
        {"blackhole-stop", Seconds(15), "when the route is removed", "attack, blackholed"},
        {"attack-stop", Seconds(20), "when the attack ends", "attack"},
        {"end", Seconds(25), "when the download ends", "no attack"}};
};

void
CheckTimes(const Options& options)
{
    const auto& changes = options.changes;
    for (std::size_t i = 1; i < changes.size(); ++i)
    {
        if (changes[i].time <= changes[i - 1].time)
        {
            throw std::runtime_error(std::string("--") + changes[i].option +
                                     ": it must be later than --" + changes[i - 1].option);
        }
    }
}

/// The counters, in bytes.
enum Counter
{
    GOODPUT,     //!< received by the neighbour's application
    ATTACK_FREE, //!< the same, without the attack
    SENT,        //!< of the attack
    ARRIVED,     //!< of the attack, at the victim
    DISCARDED,   //!< of the attack, by the blackhole
    DROPPED,     //!< of the attack, by the bottleneck's queue
    LOST,        //!< of the attack, says FlowMonitor
    N_COUNTERS
};

/// A value of each Counter, at each TICK and after the end.
using Counts = std::vector<std::array<uint64_t, N_COUNTERS>>;

PointToPointHelper
CreateLink(const char* rate, const char* delay)
{
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", StringValue(rate));
    link.SetChannelAttribute("Delay", StringValue(delay));
    return link;
}

/// The network, which its constructor simulates once.
class Network
{
  public:
    /**
     * Simulate until all packets have arrived or are lost.
     * @param options the options
     * @param isAttacked whether there is an attack
     */
    Network(const Options& options, bool isAttacked)
        : m_options(options)
    {
        Connect();
        StartDownload();
        if (isAttacked)
        {
            StartAttack();
        }
        m_monitor.InstallAll();
        ReadCounters();
        // Any packet that is missing after that second is lost.
        Simulator::Stop(GetTime(END) + Seconds(1));
        Simulator::Run();
        m_monitor.GetMonitor()->CheckForLostPackets(Time());
        ReadCounters();
        Simulator::Destroy();
    }

    Counts counts; //!< what was counted

  private:
    Time GetTime(std::size_t change) const
    {
        return m_options.changes[change].time;
    }

    void Connect()
    {
        m_hosts.InstallStack(InternetStackHelper());
        // First come, first served: ns-3's default, FQ-CoDel, would give the neighbour its share.
        TrafficControlHelper queue;
        queue.SetRootQueueDisc("ns3::FifoQueueDisc",
                               "MaxSize",
                               QueueSizeValue(QueueSize(QueueSizeUnit::PACKETS, QUEUE_SIZE)));
        queue.Install(m_router->GetDevice(0)); // the dumbbell's first: to the bottleneck
        m_hosts.AssignIpv4Addresses(Ipv4AddressHelper("10.1.0.0", "255.255.255.252"),
                                    Ipv4AddressHelper("10.2.0.0", "255.255.255.252"),
                                    Ipv4AddressHelper("10.3.0.0", "255.255.255.252"));
        Ipv4GlobalRoutingHelper::PopulateRoutingTables();
        m_victimAddress = m_hosts.GetRightIpv4Address(0);
        m_router->AddDevice(m_blackhole);
    }

    void StartDownload()
    {
        const InetSocketAddress address(m_hosts.GetRightIpv4Address(1), 5001);
        auto sink = PacketSinkHelper("ns3::TcpSocketFactory", address).Install(m_hosts.GetRight(1));
        m_download = DynamicCast<PacketSink>(sink.Get(0));
        sink.Stop(GetTime(END));
        BulkSendHelper senders("ns3::TcpSocketFactory", address);
        senders.SetAttribute("MaxBytes", UintegerValue(0));
        for (uint32_t i = 0; i < N_CONNECTIONS; ++i)
        {
            auto sender = senders.Install(m_hosts.GetLeft(0));
            sender.Start(MilliSeconds(uint64_t{10} * i));
            sender.Stop(GetTime(END));
        }
    }

    void StartAttack()
    {
        const InetSocketAddress address(m_victimAddress, 9);
        PacketSinkHelper("ns3::UdpSocketFactory", address).Install(m_hosts.GetRight(0));

        // Each attacker sends half of the time.
        constexpr auto PERIOD = "ns3::ExponentialRandomVariable[Mean=0.01]";
        const auto rate = 2 * m_options.attackRate / N_ATTACKERS;
        OnOffHelper senders("ns3::UdpSocketFactory", address);
        constexpr auto PAYLOAD_SIZE = ATTACK_PACKET_SIZE - 28;
        senders.SetConstantRate(DataRate(rate * PAYLOAD_SIZE / ATTACK_PACKET_SIZE), PAYLOAD_SIZE);
        senders.SetAttribute("OnTime", StringValue(PERIOD));
        senders.SetAttribute("OffTime", StringValue(PERIOD));
        NodeContainer attackers;
        for (uint32_t i = 1; i <= N_ATTACKERS; ++i)
        {
            attackers.Add(m_hosts.GetLeft(i));
        }
        auto applications = senders.Install(attackers);
        senders.AssignStreams(attackers, 1);
        applications.Start(GetTime(ATTACK_START));
        applications.Stop(GetTime(ATTACK_STOP));

        Simulator::Schedule(GetTime(BLACKHOLE_START), [this] {
            BlackholeHelper().AddRoute(m_router, m_victimAddress, Ipv4Mask::GetOnes());
        });
        Simulator::Schedule(GetTime(BLACKHOLE_STOP), [this] {
            BlackholeHelper::RemoveRoute(m_router, m_victimAddress, Ipv4Mask::GetOnes());
        });
    }

    void ReadCounters()
    {
        auto& now = counts.emplace_back();
        now[GOODPUT] = m_download->GetTotalRx();
        now[DISCARDED] = m_blackhole->GetStats().txBytes;
        const auto classifier = DynamicCast<Ipv4FlowClassifier>(m_monitor.GetClassifier());
        for (const auto& [id, flow] : m_monitor.GetMonitor()->GetFlowStats())
        {
            if (classifier->FindFlow(id).destinationAddress == m_victimAddress)
            {
                now[SENT] += flow.txBytes;
                now[ARRIVED] += flow.rxBytes;
                now[LOST] += uint64_t{flow.lostPackets} * ATTACK_PACKET_SIZE;
                if (flow.bytesDropped.size() > Ipv4FlowProbe::DROP_QUEUE_DISC)
                {
                    now[DROPPED] += flow.bytesDropped[Ipv4FlowProbe::DROP_QUEUE_DISC];
                }
            }
        }
        if (Simulator::Now() < GetTime(END))
        {
            Simulator::Schedule(TICK, &Network::ReadCounters, this);
        }
    }

    const Options& m_options; //!< the options
    /// Left: the server, then the attackers. Right: the victim and its neighbour.
    PointToPointDumbbellHelper m_hosts{1 + N_ATTACKERS,
                                       CreateLink("10Gbps", "1ms"),
                                       2,
                                       CreateLink("10Gbps", "1ms"),
                                       CreateLink("10Mbps", "5ms")};
    Ptr<Node> m_router{m_hosts.GetLeft()}; //!< has the blackhole route
    Ipv4Address m_victimAddress;           //!< is attacked
    /// Discards what the route takes.
    Ptr<BlackholeNetDevice> m_blackhole{CreateObject<BlackholeNetDevice>()};
    Ptr<PacketSink> m_download;  //!< the neighbour's application
    FlowMonitorHelper m_monitor; //!< follows the attack's packets
};

/// Return what was counted between two times.
uint64_t
Count(const Counts& counts, std::size_t counter, Time from, Time to)
{
    const auto at = [&](Time time) {
        return counts.at(time.GetTimeStep() / TICK.GetTimeStep())[counter];
    };
    return at(to) - at(from);
}

/// Return the same in Mbit/s.
double
GetRate(const Counts& counts, std::size_t counter, Time from, Time to)
{
    const auto bytes = static_cast<double>(Count(counts, counter, from, to));
    return bytes * 8e-6 / (to - from).GetSeconds();
}

void
PrintRow(std::ostream& os, const Counts& counts, const char* state, Time from, Time to)
{
    const auto goodput = GetRate(counts, GOODPUT, from, to);
    const auto attackFree = GetRate(counts, ATTACK_FREE, from, to);
    os << std::setprecision(2) << std::setw(8) << from.GetSeconds() << std::setw(8)
       << to.GetSeconds() << "  " << std::left << std::setw(21) << state << std::right
       << std::setw(8) << goodput << std::setprecision(1) << std::setw(13)
       << (attackFree > 0 ? 100 * goodput / attackFree : 100) << " %";
    for (const auto counter : {SENT, ARRIVED, DISCARDED, DROPPED})
    {
        os << std::setw(11) << Count(counts, counter, from, to) / ATTACK_PACKET_SIZE;
    }
    os << '\n';
}

/// Print the parts of the run. The second after each change is a part of its own.
void
Print(std::ostream& os, const Options& options, const Counts& counts)
{
    os << "                               neighbour's goodput               packets of the attack\n"
          "  from s    to s  state           Mbit/s of attack-free       sent    arrived"
          "  discarded    dropped\n"
       << std::fixed;
    Time from;
    for (const auto& change : options.changes)
    {
        const auto settled = from.IsZero() ? from : std::min(from + SETTLING, change.time);
        for (const auto& to : {settled, change.time})
        {
            if (to - from >= TICK)
            {
                PrintRow(os, counts, change.state, from, to);
            }
            from = to;
        }
    }
    const auto packets = [&](Counter counter) {
        return counts.back()[counter] / ATTACK_PACKET_SIZE;
    };
    os << "\nFlowMonitor: " << packets(SENT) << " packets of the attack sent, " << packets(ARRIVED)
       << " received, " << packets(LOST) << " lost\n"
       << "The blackhole discarded " << packets(DISCARDED) << ", the bottleneck's queue dropped "
       << packets(DROPPED) << "; together " << packets(DISCARDED) + packets(DROPPED) << '\n';
}

void
WriteRates(const std::string& prefix, const Options& options, const Counts& counts)
{
    std::ostringstream rows;
    rows << "time_s,goodput_mbps,attack_free_goodput_mbps,attack_sent_mbps,attack_arrived_mbps,"
            "attack_discarded_mbps,attack_dropped_mbps\n"
         << std::fixed << std::setprecision(6);
    for (auto to = INTERVAL; to <= options.changes[END].time; to += INTERVAL)
    {
        rows << to.GetSeconds();
        for (const auto counter : {GOODPUT, ATTACK_FREE, SENT, ARRIVED, DISCARDED, DROPPED})
        {
            rows << ',' << GetRate(counts, counter, to - INTERVAL, to);
        }
        rows << '\n';
    }
    const auto mark = [&](std::size_t change, const char* color, const char* text) {
        const auto& changes = options.changes;
        return MarkPeriod(changes[change].time, changes[change + 1].time, color, text);
    };
    WritePlot(prefix,
              rows.str(),
              mark(ATTACK_START, "#fde0dd", "attack") +
                  mark(BLACKHOLE_START, "#e0ecf4", "victim blackholed") +
                  mark(BLACKHOLE_STOP, "#fde0dd", "route removed") + PLOT);
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunExample("blackhole-rtbh", [&] {
        SetLinuxTcp();
        Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(SEGMENT_SIZE));
        Config::SetDefault("ns3::TcpSocket::SndBufSize", UintegerValue(WINDOW));
        // ns-3.37's sender crashes at the end of its receiver's window.
        Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(2 * WINDOW));
        Options o;
        std::string plot;
        ExampleOptions options(USAGE);
        options.Add("attack-rate",
                    Number(o.attackRate, 100000, 4000000000),
                    "rate of all attackers together, bit/s");
        for (auto& change : o.changes)
        {
            options.Add(change.option, Duration(change.time), change.help);
        }
        options.AddPlot(plot, "rates over time");
        options.Read(argc, argv);
        CheckTimes(o);

        auto counts = Network(o, true).counts;
        const auto attackFree = Network(o, false).counts;
        for (std::size_t i = 0; i < counts.size(); ++i)
        {
            counts[i][ATTACK_FREE] = attackFree[i][GOODPUT];
        }
        Print(options.GetReport(), o, counts);
        WriteRates(plot, o, counts);
        const auto& total = counts.back();
        return total[LOST] == total[DISCARDED] + total[DROPPED];
    });
}
