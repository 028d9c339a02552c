/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * Remotely triggered blackholing (RFC 5635): a router discards what goes to an attacked host, and a
 * neighbour of that host gets its bottleneck back.
 */

#include "example-options.h"
#include "example-program.h"

#include "ns3/blackhole-helper.h"
#include "ns3/bulk-send-helper.h"
#include "ns3/config.h"
#include "ns3/flow-monitor-helper.h"
#include "ns3/gnuplot.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-flow-classifier.h"
#include "ns3/ipv4-global-routing-helper.h"
#include "ns3/ipv4-queue-disc-item.h"
#include "ns3/on-off-helper.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/queue-size.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iomanip>
#include <map>
#include <optional>
#include <set>

using namespace ns3;

namespace
{

constexpr auto USAGE = R"(Usage: blackhole-rtbh [OPTION]...
Attack a host behind a router, blackhole its address on the router, and remove
the route again. Print the goodput of a neighbour that downloads over the same
bottleneck, beside that of a run without the attack, and what became of the
attack's packets. The exit status is 0 if the packets that were sunk or dropped
are those that FlowMonitor calls lost.

  attackers, server -- router == bottleneck == access router -- victim, neighbour
)";

constexpr auto EXAMPLES =
    R"(ns-3's own attributes and global values are options too, here and in FILE:
  --ns3::TcpSocketBase::MinRto=1s   --RngRun=3

Examples:
  blackhole-rtbh                          the route from 10 s to 15 s
  blackhole-rtbh --plot rtbh && gnuplot rtbh.plt
                                          the same, as the picture rtbh.png
  blackhole-rtbh --attack-rate 100M --blackhole-start 6s --series rtbh.csv
                                          a larger attack, soon sunk, to plot
)";

constexpr uint64_t SEGMENT_SIZE = 1448;       ///< what fits Ethernet's MTU, with a time stamp
constexpr uint32_t ATTACK_PACKET_SIZE = 1000; ///< IP bytes of a packet of the attack
constexpr uint32_t HEADERS_SIZE = 28;         ///< IPv4's and UDP's headers
const auto SETTLING = Seconds(1);             ///< what a change is given to settle
const auto RESOLUTION = MilliSeconds(10);     ///< how exactly a recovery is told
constexpr double TOLERANCE = 0.05;            ///< how far from the attack-free goodput is recovered

/// The options.
struct Options
{
    uint64_t bottleneck{10000000};    //!< rate of the bottleneck, bit/s
    uint64_t queue{100};              //!< packets that fit its queue
    uint64_t connections{6};          //!< TCP connections that the neighbour downloads over
    uint64_t attackers{8};            //!< hosts that attack; 0 in the run without an attack
    uint64_t attackRate{20000000};    //!< IP bit/s of all attackers together, on average
    Time attackStart{Seconds(5)};     //!< when the attack begins
    Time blackholeStart{Seconds(10)}; //!< when the route is added
    Time blackholeStop{Seconds(15)};  //!< when the route is removed
    Time attackStop{Seconds(20)};     //!< when the attack ends
    Time end{Seconds(25)};            //!< when the download ends
    Time interval{MilliSeconds(200)}; //!< of the series and the plot
    std::string series;               //!< file of the series
    std::string plot;                 //!< prefix of the plot's files
    std::string reject{"none"};       //!< what the route answers

    /**
     * @param argc main's argument
     * @param argv main's argument
     * @return false if --help was given
     */
    bool Read(int argc, char* argv[])
    {
        constexpr uint64_t M = 1000000;
        ExampleOptions options(USAGE, EXAMPLES);
        options.AddNumber("bottleneck", bottleneck, M / 10, 1000 * M, "bit/s of the bottleneck");
        options.AddNumber("queue", queue, 1, 100000, "packets that wait for the bottleneck");
        options.AddNumber("connections", connections, 1, 100, "TCP connections of the download");
        options.AddNumber("attackers", attackers, 1, 1000, "hosts that attack");
        options.AddNumber("attack-rate", attackRate, M / 10, 4000 * M, "bit/s of all attackers");
        options.AddTime("attack-start", attackStart, "when the attack begins");
        options.AddTime("blackhole-start", blackholeStart, "when the route is added");
        options.AddTime("blackhole-stop", blackholeStop, "when the route is removed");
        options.AddTime("attack-stop", attackStop, "when the attack ends");
        options.AddTime("end", end, "when the download ends");
        options.AddText("reject", "TYPE", reject, "type of the route: none, unreachable, prohibit");
        options.AddTime("interval", interval, "time between the rows of --series and --plot");
        options.AddFile("series", series, "write rates over time to FILE, as CSV");
        options.AddText("plot", "PREFIX", plot, "write PREFIX.plt, which gnuplot draws");
        if (!options.Read(argc, argv))
        {
            return false;
        }
        CheckOrder("attack-start", attackStart, "blackhole-start", blackholeStart);
        CheckOrder("blackhole-start", blackholeStart, "blackhole-stop", blackholeStop);
        CheckOrder("attack-start", attackStart, "attack-stop", attackStop);
        CheckOrder("blackhole-stop", blackholeStop, "end", end);
        CheckOrder("attack-stop", attackStop, "end", end);
        if (interval > end || end / interval > 1000000)
        {
            throw ExampleError("--interval: it makes no row, or more than a million");
        }
        GetReject();
        return true;
    }

    /**
     * @return the type of the route
     */
    BlackholeHelper::Reject GetReject() const
    {
        static const std::map<std::string, BlackholeHelper::Reject> types{
            {"none", BlackholeHelper::NONE},
            {"unreachable", BlackholeHelper::UNREACHABLE},
            {"prohibit", BlackholeHelper::PROHIBIT}};
        const auto type = types.find(reject);
        if (type == types.end())
        {
            throw ExampleError("--reject: '" + reject + "' is not none, unreachable or prohibit");
        }
        return type->second;
    }

  private:
    static void CheckOrder(const char* first, Time before, const char* second, Time after)
    {
        if (before >= after)
        {
            throw ExampleError(std::string("--") + second + ": it must be later than --" + first);
        }
    }
};

/// What was counted up to a time.
struct Counts
{
    uint64_t goodput{0}; //!< bytes that the neighbour's applications got
    uint64_t sent{0};    //!< packets of the attack that were sent
    uint64_t arrived{0}; //!< those that arrived at the victim
    uint64_t sunk{0};    //!< those that the blackhole sank
    uint64_t dropped{0}; //!< those that found the bottleneck's queue full
};

/// The network, simulated once.
class Network
{
  public:
    /**
     * @param options the options
     */
    explicit Network(const Options& options)
        : m_options(options)
    {
        Connect();
        StartDownload();
        if (options.attackers > 0)
        {
            StartAttack();
        }
    }

    /**
     * Simulate, until what is on its way has arrived.
     * @param times when to read the counters
     */
    void Run(const std::set<Time>& times)
    {
        const auto drain = 12000.0 * static_cast<double>(m_options.queue + 1);
        const auto end =
            m_options.end + Seconds(drain / static_cast<double>(m_options.bottleneck) + 1);
        FlowMonitorHelper monitor;
        // What waits long in the queue is not lost; FlowMonitor would give it up after 10 s.
        monitor.SetMonitorAttribute("MaxPerHopDelay", TimeValue(end));
        monitor.InstallAll();
        for (const auto& time : times)
        {
            Simulator::Schedule(time, &Network::Sample, this);
        }
        Simulator::Stop(end);
        Simulator::Run();
        Sample();

        // Nothing is on its way any more, so what has not arrived never will.
        monitor.GetMonitor()->CheckForLostPackets(Time());
        const auto classifier = DynamicCast<Ipv4FlowClassifier>(monitor.GetClassifier());
        for (const auto& [id, flow] : monitor.GetMonitor()->GetFlowStats())
        {
            if (classifier->FindFlow(id).destinationAddress == m_victimAddress)
            {
                flows.txPackets += flow.txPackets;
                flows.rxPackets += flow.rxPackets;
                flows.lostPackets += flow.lostPackets;
            }
        }
        Simulator::Destroy();
    }

    std::map<Time, Counts> counts; //!< the counters at each of these times, and at the end
    Counts now;                    //!< what was counted so far

    /// What FlowMonitor makes of the attack.
    struct
    {
        uint64_t txPackets{0};   //!< packets sent
        uint64_t rxPackets{0};   //!< packets received
        uint64_t lostPackets{0}; //!< packets lost
    } flows;

  private:
    void Connect()
    {
        NodeContainer nodes(5);
        m_server = nodes.Get(0);
        m_router = nodes.Get(1);
        m_accessRouter = nodes.Get(2);
        m_victim = nodes.Get(3);
        m_neighbour = nodes.Get(4);
        m_attackers.Create(static_cast<uint32_t>(m_options.attackers));
        InternetStackHelper().Install(NodeContainer(nodes, m_attackers));
        m_blackhole = DynamicCast<BlackholeNetDevice>(BlackholeHelper().Install(m_router).Get(0));

        PointToPointHelper fast;
        fast.SetDeviceAttribute("DataRate", StringValue("10Gbps"));
        fast.SetChannelAttribute("Delay", StringValue("1ms"));
        PointToPointHelper slow;
        slow.SetDeviceAttribute("DataRate", DataRateValue(DataRate(m_options.bottleneck)));
        slow.SetChannelAttribute("Delay", StringValue("5ms"));
        Ipv4AddressHelper addresses("192.0.2.0", "255.255.255.252");
        const auto connect = [&](Ptr<Node> a, Ptr<Node> b) {
            const auto address = addresses.Assign(fast.Install(a, b)).GetAddress(1);
            addresses.NewNetwork();
            return address;
        };
        const auto bottleneck = slow.Install(m_router, m_accessRouter);
        LimitQueue(bottleneck.Get(0));
        addresses.Assign(bottleneck);
        addresses.NewNetwork();
        connect(m_router, m_server);
        m_neighbourAddress = connect(m_accessRouter, m_neighbour);
        addresses.SetBase("10.0.0.0", "255.255.255.252");
        for (uint32_t i = 0; i < m_attackers.GetN(); ++i)
        {
            connect(m_router, m_attackers.Get(i));
        }
        addresses.SetBase("203.0.113.0", "255.255.255.0");
        m_victimAddress = connect(m_accessRouter, m_victim);
        Ipv4GlobalRoutingHelper::PopulateRoutingTables();
    }

    void LimitQueue(Ptr<NetDevice> device)
    {
        // First come, first served: with ns-3's default, FQ-CoDel, a neighbour has its share
        // anyway.
        TrafficControlHelper helper;
        const QueueSize size(QueueSizeUnit::PACKETS, static_cast<uint32_t>(m_options.queue));
        helper.SetRootQueueDisc("ns3::FifoQueueDisc", "MaxSize", QueueSizeValue(size));
        helper.Install(device).Get(0)->TraceConnectWithoutContext(
            "Drop",
            MakeCallback(&Network::CountDrop, this));
    }

    void StartDownload()
    {
        const InetSocketAddress address(m_neighbourAddress, 5001);
        auto sink = PacketSinkHelper("ns3::TcpSocketFactory", address).Install(m_neighbour);
        sink.Get(0)->TraceConnectWithoutContext("Rx", MakeCallback(&Network::CountGoodput, this));
        sink.Stop(m_options.end);
        BulkSendHelper senders("ns3::TcpSocketFactory", address);
        senders.SetAttribute("MaxBytes", UintegerValue(0));
        for (uint64_t i = 0; i < m_options.connections; ++i)
        {
            auto sender = senders.Install(m_server);
            sender.Start(MilliSeconds(10 * i));
            sender.Stop(m_options.end);
        }
    }

    void StartAttack()
    {
        const InetSocketAddress address(m_victimAddress, 9);
        auto sink = PacketSinkHelper("ns3::UdpSocketFactory", address).Install(m_victim);
        sink.Get(0)->TraceConnectWithoutContext("Rx", MakeCallback(&Network::CountArrival, this));

        // Each is on for half the time.
        constexpr auto PERIOD = "ns3::ExponentialRandomVariable[Mean=0.01]";
        constexpr uint32_t PAYLOAD_SIZE = ATTACK_PACKET_SIZE - HEADERS_SIZE;
        const auto rate = 2 * m_options.attackRate / m_options.attackers;
        OnOffHelper senders("ns3::UdpSocketFactory", address);
        senders.SetConstantRate(DataRate(rate * PAYLOAD_SIZE / ATTACK_PACKET_SIZE), PAYLOAD_SIZE);
        senders.SetAttribute("OnTime", StringValue(PERIOD));
        senders.SetAttribute("OffTime", StringValue(PERIOD));
        auto applications = senders.Install(m_attackers);
        senders.AssignStreams(m_attackers, 1);
        for (auto sender = applications.Begin(); sender != applications.End(); ++sender)
        {
            (*sender)->TraceConnectWithoutContext("Tx", MakeCallback(&Network::CountSent, this));
        }
        applications.Start(m_options.attackStart);
        applications.Stop(m_options.attackStop);

        const auto router = m_router->GetId();
        Simulator::ScheduleWithContext(router, m_options.blackholeStart, [this] {
            BlackholeHelper helper;
            helper.SetReject(m_options.GetReject());
            helper.AddRoute(m_router, m_victimAddress, Ipv4Mask::GetOnes());
        });
        Simulator::ScheduleWithContext(router, m_options.blackholeStop, [this] {
            BlackholeHelper::RemoveRoute(m_router, m_victimAddress, Ipv4Mask::GetOnes());
        });
    }

    void Sample()
    {
        now.sunk = m_blackhole->GetStats().txPackets;
        counts[Simulator::Now()] = now;
    }

    void CountGoodput(Ptr<const Packet> packet, const Address& /* from */)
    {
        now.goodput += packet->GetSize();
    }

    void CountSent(Ptr<const Packet> /* packet */)
    {
        ++now.sent;
    }

    void CountArrival(Ptr<const Packet> /* packet */, const Address& /* from */)
    {
        ++now.arrived;
    }

    void CountDrop(Ptr<const QueueDiscItem> item)
    {
        const auto packet = DynamicCast<const Ipv4QueueDiscItem>(item);
        now.dropped += packet && packet->GetHeader().GetDestination() == m_victimAddress ? 1 : 0;
    }

    Options m_options;                   //!< the options
    Ptr<Node> m_server;                  //!< serves the download
    Ptr<Node> m_router;                  //!< has the blackhole route
    Ptr<Node> m_accessRouter;            //!< the bottleneck's other end
    Ptr<Node> m_victim;                  //!< is attacked
    Ptr<Node> m_neighbour;               //!< downloads
    NodeContainer m_attackers;           //!< the attackers
    Ipv4Address m_victimAddress;         //!< address of the victim
    Ipv4Address m_neighbourAddress;      //!< address of the neighbour
    Ptr<BlackholeNetDevice> m_blackhole; //!< where the route leads to
};

/// A part of the run.
using Period = std::pair<Time, Time>;

/// What the two runs say of a period, in Mbit/s.
struct Rates
{
    double goodput;    //!< the neighbour's
    double attackFree; //!< the neighbour's without the attack
    double sent;       //!< of the attack
    double arrived;    //!< of the attack, at the victim
    double sunk;       //!< of the attack, by the blackhole
    double dropped;    //!< of the attack, by the bottleneck's queue
};

/// Runs the network without and with the attack, and compares the two.
class Report
{
  public:
    /**
     * @param options the options
     */
    explicit Report(const Options& options)
        : m_options(options)
    {
        std::set<Time> times;
        for (const auto& periods : {GetPeriods(), GetIntervals(), GetSecondsAfterRoute()})
        {
            for (const auto& [from, to] : periods)
            {
                times.insert({from, to});
            }
        }
        auto quiet = options;
        quiet.attackers = 0;
        Network attackFree(quiet);
        attackFree.Run(times);
        m_attackFree = attackFree.counts;
        Network attacked(options);
        attacked.Run(times);
        m_attacked = attacked.counts;
        m_total = attacked.now;
        m_flows = attacked.flows;
    }

    /**
     * @return whether FlowMonitor lost what the blackhole sank and the queue dropped
     */
    bool IsAccountedFor() const
    {
        return m_flows.lostPackets == m_total.sunk + m_total.dropped &&
               m_flows.txPackets == m_flows.rxPackets + m_flows.lostPackets;
    }

    /**
     * @param os where to print
     */
    void Print(std::ostream& os) const;

    /**
     * Write a row of CSV for each interval.
     * @param os where to write
     */
    void WriteSeries(std::ostream& os) const;

    /**
     * Write a gnuplot script that draws the series.
     * @param os where to write
     */
    void WritePlot(std::ostream& os) const;

  private:
    /// @return the parts that the changes divide the run into, and a second after each of these
    std::vector<Period> GetPeriods() const
    {
        std::set<Time> times{m_options.end};
        for (const auto& change : {m_options.attackStart,
                                   m_options.blackholeStart,
                                   m_options.blackholeStop,
                                   m_options.attackStop})
        {
            times.insert({change, std::min(change + SETTLING, m_options.end)});
        }
        std::vector<Period> periods;
        Time from;
        for (const auto& time : times)
        {
            periods.emplace_back(from, time);
            from = time;
        }
        return periods;
    }

    /// @return the periods of the series
    std::vector<Period> GetIntervals() const
    {
        std::vector<Period> intervals;
        for (Time from; from + m_options.interval <= m_options.end; from += m_options.interval)
        {
            intervals.emplace_back(from, from + m_options.interval);
        }
        return intervals;
    }

    /// @return each second while the route is there
    std::vector<Period> GetSecondsAfterRoute() const
    {
        std::vector<Period> seconds;
        for (auto from = m_options.blackholeStart; from + SETTLING <= m_options.blackholeStop;
             from += RESOLUTION)
        {
            seconds.emplace_back(from, from + SETTLING);
        }
        return seconds;
    }

    Rates GetRates(const Period& period) const
    {
        const auto& from = m_attacked.at(period.first);
        const auto& to = m_attacked.at(period.second);
        const auto rate = [&](uint64_t bytes) {
            return static_cast<double>(bytes) * 8e-6 / (period.second - period.first).GetSeconds();
        };
        return {
            rate(to.goodput - from.goodput),
            rate(m_attackFree.at(period.second).goodput - m_attackFree.at(period.first).goodput),
            rate((to.sent - from.sent) * ATTACK_PACKET_SIZE),
            rate((to.arrived - from.arrived) * ATTACK_PACKET_SIZE),
            rate((to.sunk - from.sunk) * ATTACK_PACKET_SIZE),
            rate((to.dropped - from.dropped) * ATTACK_PACKET_SIZE)};
    }

    /// @return how long after the route goodput is back for good, if it is
    std::optional<Time> GetRecovery() const
    {
        std::optional<Time> back;
        for (const auto& second : GetSecondsAfterRoute())
        {
            const auto rates = GetRates(second);
            if (std::abs(rates.goodput - rates.attackFree) > TOLERANCE * rates.attackFree)
            {
                back.reset();
            }
            else if (!back)
            {
                back = second.first - m_options.blackholeStart;
            }
        }
        return back;
    }

    Options m_options;                   //!< the options
    std::map<Time, Counts> m_attackFree; //!< the run without the attack
    std::map<Time, Counts> m_attacked;   //!< the run with it
    Counts m_total;                      //!< the end of the run with it
    decltype(Network::flows) m_flows;    //!< the attack as FlowMonitor saw it
};

void
Report::Print(std::ostream& os) const
{
    os << "                               neighbour's goodput          packets of the attack\n"
          "  from s    to s  state           Mbit/s of attack-free     sent  arrived     sunk"
          "  dropped\n"
       << std::fixed;
    for (const auto& period : GetPeriods())
    {
        const auto [begin, end] = period;
        const bool isAttacked = begin >= m_options.attackStart && begin < m_options.attackStop;
        const bool isSunk = begin >= m_options.blackholeStart && begin < m_options.blackholeStop;
        const auto rates = GetRates(period);
        const auto& from = m_attacked.at(begin);
        const auto& to = m_attacked.at(end);
        os << std::setprecision(2) << std::setw(8) << begin.GetSeconds() << std::setw(8)
           << end.GetSeconds() << "  " << std::left << std::setw(21)
           << std::string(isAttacked ? "attack" : "no attack") + (isSunk ? ", blackholed" : "")
           << std::right << std::setw(8) << rates.goodput << std::setprecision(1) << std::setw(13)
           << (rates.attackFree > 0 ? 100 * rates.goodput / rates.attackFree : 100) << " %"
           << std::setw(9) << to.sent - from.sent << std::setw(9) << to.arrived - from.arrived
           << std::setw(9) << to.sunk - from.sunk << std::setw(9) << to.dropped - from.dropped
           << '\n';
    }
    os << "\nThe neighbour's goodput is ";
    if (const auto recovery = GetRecovery())
    {
        os << "back to within 5 % of the attack-free run " << std::setprecision(2)
           << recovery->GetSeconds() << " s after the route\n";
    }
    else
    {
        os << "not back to within 5 % of the attack-free run for a second\n"
              "before the route is removed\n";
    }
    os << "FlowMonitor: " << m_flows.txPackets << " packets of the attack sent, "
       << m_flows.rxPackets << " received, " << m_flows.lostPackets << " lost\n"
       << "The blackhole sank " << m_total.sunk << ", the bottleneck's queue dropped "
       << m_total.dropped << "; together " << m_total.sunk + m_total.dropped << ", "
       << (IsAccountedFor() ? "as many as" : "which are not those that") << " FlowMonitor lost\n";
}

void
Report::WriteSeries(std::ostream& os) const
{
    os << "time_s,goodput_mbps,attack_free_goodput_mbps,attack_sent_mbps,attack_arrived_mbps,"
          "attack_sunk_mbps,attack_dropped_mbps\n"
       << std::fixed << std::setprecision(6);
    for (const auto& interval : GetIntervals())
    {
        const auto rates = GetRates(interval);
        os << interval.second.GetSeconds() << ',' << rates.goodput << ',' << rates.attackFree << ','
           << rates.sent << ',' << rates.arrived << ',' << rates.sunk << ',' << rates.dropped
           << '\n';
    }
}

void
Report::WritePlot(std::ostream& os) const
{
    const struct
    {
        const char* title;
        const char* look;
        double Rates::*rate;
    } curves[]{
        {"attack, sunk by the blackhole", "lw 2 lc rgb '#7f7f7f'", &Rates::sunk},
        {"attack, arriving at the victim", "lw 2 lc rgb '#d55e00'", &Rates::arrived},
        {"neighbour without an attack", "lw 2 dt 2 lc rgb '#009e73'", &Rates::attackFree},
        {"neighbour", "lw 3 lc rgb '#0072b2'", &Rates::goodput},
    };

    Gnuplot plot(m_options.plot + ".png",
                 "Remotely triggered blackholing: a neighbour of the victim gets its bottleneck "
                 "back");
    plot.SetTerminal("pngcairo size 900,600");
    plot.SetLegend("simulated time (s)", "Mbit/s");
    plot.AppendExtra(
        "set key tmargin\nset border 3 back\nset tics nomirror\nset grid\nset yrange [0:*]");
    MarkPeriod(plot, m_options.attackStart, m_options.blackholeStart, "#fde0dd", "attack");
    MarkPeriod(plot,
               m_options.blackholeStart,
               m_options.blackholeStop,
               "#e0ecf4",
               "victim blackholed");
    if (m_options.attackStop > m_options.blackholeStop)
    {
        MarkPeriod(plot, m_options.blackholeStop, m_options.attackStop, "#fde0dd", "route removed");
    }
    for (const auto& curve : curves)
    {
        Gnuplot2dDataset dataset(curve.title);
        dataset.SetStyle(Gnuplot2dDataset::LINES);
        dataset.SetExtra(curve.look);
        for (const auto& interval : GetIntervals())
        {
            dataset.Add(((interval.first + interval.second) / 2).GetSeconds(),
                        GetRates(interval).*curve.rate);
        }
        plot.AddDataset(dataset);
    }
    plot.GenerateOutput(os);
}

int
Run(int argc, char* argv[])
{
    // As Linux's: ns-3's shortest time-out is 1 s, and its delayed acknowledgement takes as long as
    // Linux's shortest time-out.
    Config::SetDefault("ns3::TcpSocketBase::MinRto", TimeValue(MilliSeconds(200)));
    Config::SetDefault("ns3::TcpSocket::DelAckTimeout", TimeValue(MilliSeconds(40)));
    Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(SEGMENT_SIZE));
    Options options;
    if (!options.Read(argc, argv))
    {
        return EXIT_SUCCESS;
    }
    // The download alone fits the queue: what it loses is the attack's doing.
    const auto window = std::max<uint64_t>(2, options.queue / options.connections) * SEGMENT_SIZE;
    Config::SetDefault("ns3::TcpSocket::SndBufSize", UintegerValue(window));
    // ns-3.37's sender crashes at the end of its receiver's window.
    Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(2 * window));
    OutputFile series(options.series);
    OutputFile plot(options.plot.empty() ? "" : options.plot + ".plt");

    const Report report(options);
    report.Print(GetReport({options.series}));
    report.WriteSeries(series.GetStream());
    report.WritePlot(plot.GetStream());
    series.Close();
    plot.Close();
    return report.IsAccountedFor() ? EXIT_SUCCESS : EXIT_FAILURE;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunExample("blackhole-rtbh", [&] { return Run(argc, argv); });
}
