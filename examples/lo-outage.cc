/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * A host that sends to itself over TCP while its loopback device goes down and up again: how TCP's
 * retransmission time-out doubles until it gets through.
 */

#include "example-host.h"
#include "example-options.h"
#include "example-program.h"

#include "ns3/config.h"
#include "ns3/data-rate.h"
#include "ns3/gnuplot.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-socket-base.h"
#include "ns3/tcp-socket-factory.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cstdlib>
#include <iomanip>
#include <optional>
#include <vector>

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

/// The options.
struct Options
{
    LoHost host;                     //!< sends to itself
    uint64_t bytes{10000000};        //!< to send
    uint64_t rate{10000000};         //!< of the sending application, bit/s
    Time start{Seconds(3)};          //!< when lo goes down
    Time outage{Seconds(5)};         //!< how long lo is down
    Time interval{MilliSeconds(50)}; //!< of the series and the plot
    std::string series;              //!< file of the series
    std::string plot;                //!< prefix of the plot's files

    /**
     * @param argc main's argument
     * @param argv main's argument
     * @return false if --help was given
     */
    bool Read(int argc, char* argv[])
    {
        ExampleOptions options(USAGE, EXAMPLES);
        host.AddOptions(options);
        options.AddNumber("bytes", bytes, 1, 1000000000, "bytes to send, in whole segments");
        options.AddNumber("rate", rate, 1000, 10000000000, "bit/s of the sending application");
        options.AddAttribute("segment-size",
                             "ns3::TcpSocket::SegmentSize",
                             "payload of a segment in bytes",
                             1,
                             65535 - 40 - 32);
        options.AddTime("outage-start", start, "when lo goes down");
        options.AddTime("outage", outage, "how long lo is down");
        options.AddTime("interval", interval, "time between the rows of --series and --plot");
        options.AddFile("series", series, "write what TCP does over time to FILE, as CSV");
        options.AddText("plot", "PREFIX", plot, "write PREFIX.plt, which gnuplot draws");
        if (!options.Read(argc, argv))
        {
            return false;
        }
        const auto duration =
            start + outage + Seconds(static_cast<double>(bytes) * 8 / static_cast<double>(rate));
        if (interval > duration || duration / interval > 1000000)
        {
            throw ExampleError("--interval: it makes no row, or more than a million");
        }
        return true;
    }
};

/// A transfer over TCP, and what its sender does before, during and after the outage.
class Transfer
{
  public:
    /**
     * @param options the options, of which the host has been created
     */
    explicit Transfer(const Options& options)
        : m_options(options),
          m_up(options.start + options.outage)
    {
        UintegerValue segmentSize;
        CreateObject<TcpSocketBase>()->GetAttribute("SegmentSize", segmentSize);
        m_size = segmentSize.Get();
        m_bytes = (options.bytes + m_size - 1) / m_size * m_size;

        const auto address = MakeSocketAddress(options.host.address, 5001);
        const auto sinks =
            PacketSinkHelper("ns3::TcpSocketFactory", address).Install(options.host.node);
        sinks.Get(0)->TraceConnectWithoutContext("Rx", MakeCallback(&Transfer::CountArrival, this));
        // The sink starts by an event of time 0 that an event of time 0 schedules. This is a later
        // one.
        Simulator::ScheduleWithContext(options.host.node->GetId(), Time(0), [this, address] {
            Simulator::ScheduleNow([this, address] { Connect(address); });
        });
        Simulator::Schedule(options.interval, &Transfer::TakeSample, this);
    }

    /**
     * @return whether all bytes arrived
     */
    bool IsComplete() const
    {
        return m_arrived == m_bytes;
    }

    /**
     * Print what was transferred, and how TCP got over the outage.
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
    /// The sender at a time.
    struct Sample
    {
        Time time;           //!< the time
        uint64_t sent;       //!< bytes that were sent at least once
        uint64_t acked;      //!< bytes that were acknowledged
        uint32_t window;     //!< congestion window, bytes
        Time timeout;        //!< retransmission time-out
        std::size_t nResent; //!< segments sent again so far
    };

    /// A segment that was sent again.
    struct Resent
    {
        Time time;     //!< the time
        uint64_t from; //!< bytes before it
        Time timeout;  //!< time until TCP tries once more
    };

    void Connect(const Address& address)
    {
        m_socket = Socket::CreateSocket(m_options.host.node, TcpSocketFactory::GetTypeId());
        const auto trace = [this](const char* source, const CallbackBase& sink) {
            m_socket->TraceConnectWithoutContext(source, sink);
        };
        trace("Tx", MakeCallback(&Transfer::CountSegment, this));
        trace("HighestRxAck", MakeCallback(&Transfer::SetAcked, this));
        trace("CongestionWindow", MakeCallback(&Transfer::SetWindow, this));
        trace("RTO", MakeCallback(&Transfer::SetTimeout, this));
        trace("State", MakeCallback(&Transfer::SetState, this));
        // A connection that ns-3's TCP gives up stays in its state.
        m_socket->SetCloseCallbacks(MakeNullCallback<void, Ptr<Socket>>(),
                                    MakeCallback(&Transfer::GiveUp, this));
        m_socket->Connect(address);
        m_socket->ShutdownRecv();
        ScheduleSend();
    }

    void ScheduleSend()
    {
        const DataRate rate(m_options.rate);
        Simulator::Schedule(rate.CalculateBytesTxTime(m_size), &Transfer::Send, this);
    }

    /// Write a segment's payload, if there is room for it; ns-3 3.31's OnOffApplication ends the
    /// program after the last one.
    void Send()
    {
        m_written += m_socket->Send(Create<Packet>(m_size)) > 0 ? m_size : 0;
        if (m_written < m_bytes)
        {
            ScheduleSend();
        }
        else
        {
            m_socket->Close();
        }
    }

    void TakeSample()
    {
        m_now.time = Simulator::Now();
        m_now.nResent = m_resent.size();
        m_samples.push_back(m_now);
        if (!IsComplete())
        {
            Simulator::Schedule(m_options.interval, &Transfer::TakeSample, this);
        }
    }

    void CountSegment(Ptr<const Packet> packet,
                      const TcpHeader& header,
                      Ptr<const TcpSocketBase> /* socket */)
    {
        if (packet->GetSize() == 0)
        {
            return;
        }
        m_first = m_first.value_or(header.GetSequenceNumber());
        ++m_nSegments;
        const uint64_t from = header.GetSequenceNumber() - *m_first;
        if (from < m_now.sent)
        {
            m_resent.push_back({Simulator::Now(), from, m_now.timeout});
        }
        m_now.sent = std::max(m_now.sent, from + packet->GetSize());
    }

    void SetAcked(SequenceNumber32 /* from */, SequenceNumber32 to)
    {
        // The FIN is acknowledged too.
        m_now.acked = m_first ? std::min<uint64_t>(to - *m_first, m_now.sent) : 0;
    }

    void SetWindow(uint32_t /* from */, uint32_t to)
    {
        m_now.window = to;
    }

    void SetTimeout(Time /* from */, Time to)
    {
        m_now.timeout = to;
    }

    void SetState(TcpSocket::TcpStates_t /* from */, TcpSocket::TcpStates_t to)
    {
        if (to == TcpSocket::CLOSED)
        {
            Simulator::Stop();
        }
    }

    void GiveUp(Ptr<Socket> /* socket */)
    {
        m_givenUp = Simulator::Now();
        Simulator::Stop();
    }

    void CountArrival(Ptr<const Packet> packet, const Address& /* from */)
    {
        m_arrived += packet->GetSize();
        m_end = Simulator::Now();
        if (!m_through && m_end >= m_up)
        {
            m_through = m_end;
        }
    }

    Options m_options;                       //!< the options
    Time m_up;                               //!< when the outage ends
    uint64_t m_bytes;                        //!< to send
    uint32_t m_size;                         //!< bytes of a segment
    uint64_t m_written{0};                   //!< bytes that were written to the socket
    Ptr<Socket> m_socket;                    //!< sends
    std::optional<SequenceNumber32> m_first; //!< the first byte
    Sample m_now{};                          //!< the sender now
    std::vector<Sample> m_samples;           //!< the sender over time
    std::vector<Resent> m_resent;            //!< what was sent again
    uint64_t m_nSegments{0};                 //!< segments with payload
    uint64_t m_arrived{0};                   //!< bytes that arrived
    Time m_end;                              //!< the last arrival
    std::optional<Time> m_through;           //!< the first arrival after the outage
    std::optional<Time> m_givenUp;           //!< when TCP gave up
};

void
Transfer::Print(std::ostream& os) const
{
    os << std::fixed << std::setprecision(3) << m_arrived << " of " << m_bytes
       << " bytes received in " << m_nSegments << " segments, " << m_resent.size()
       << " of them retransmissions, the last at " << m_end.GetSeconds() << " s\n"
       << "lo is down from " << m_options.start.GetSeconds() << " s to " << m_up.GetSeconds()
       << " s; what is sent again until TCP gets through:\n\n"
       << "    at s  from byte  next time-out s\n";
    for (const auto& resent : m_resent)
    {
        if (resent.time >= m_options.start)
        {
            os << std::setw(8) << resent.time.GetSeconds() << std::setw(11) << resent.from
               << std::setw(17) << resent.timeout.GetSeconds() << '\n';
        }
        if (m_through && resent.time >= *m_through)
        {
            break;
        }
    }
    if (m_givenUp)
    {
        os << "\nTCP gave up at " << m_givenUp->GetSeconds() << " s\n";
    }
    if (m_through)
    {
        os << "\nThe first byte after the outage arrived " << (*m_through - m_up).GetSeconds()
           << " s after lo was up: TCP doubles its time-out each time (RFC 6298, 5.5)\n\n";
    }
    else
    {
        os << "\nNo byte arrived after the outage"
           << (IsComplete() ? ": all had arrived before" : "") << "\n\n";
    }
}

void
Transfer::WriteSeries(std::ostream& os) const
{
    os << "time_s,sent_bytes,acked_bytes,cwnd_bytes,rto_s,retransmissions\n" << std::fixed;
    for (const auto& sample : m_samples)
    {
        os << std::setprecision(9) << sample.time.GetSeconds() << ',' << sample.sent << ','
           << sample.acked << ',' << sample.window << ',' << std::setprecision(3)
           << sample.timeout.GetSeconds() << ',' << sample.nResent << '\n';
    }
}

void
Transfer::WritePlot(std::ostream& os) const
{
    const auto make = [](const std::string& title, const std::string& extra) {
        Gnuplot2dDataset dataset(title);
        dataset.SetStyle(Gnuplot2dDataset::LINES);
        dataset.SetExtra(extra);
        return dataset;
    };
    auto sent = make("sequence number sent", "lw 3 lc rgb '#0072b2'");
    auto acked = make("acknowledged", "lw 2 dt 2 lc rgb '#e69f00'");
    auto window = make("congestion window", "axes x1y2 lw 2 lc rgb '#009e73'");
    auto again = make("sent again", "pt 2 ps 1.5 lw 2 lc rgb '#d55e00'");
    again.SetStyle(Gnuplot2dDataset::POINTS);
    for (const auto& sample : m_samples)
    {
        const auto time = sample.time.GetSeconds();
        sent.Add(time, static_cast<double>(sample.sent) / 1e6);
        acked.Add(time, static_cast<double>(sample.acked) / 1e6);
        window.Add(time, static_cast<double>(sample.window) / 1e3);
    }
    for (const auto& resent : m_resent)
    {
        again.Add(resent.time.GetSeconds(), static_cast<double>(resent.from) / 1e6);
    }

    Gnuplot plot(m_options.plot + ".png",
                 "TCP over a loopback that goes down: each time-out doubles the wait for the next "
                 "try");
    plot.SetTerminal("pngcairo size 900,600");
    plot.SetLegend("simulated time (s)", "sequence number (MB)");
    MarkPeriod(plot, m_options.start, m_up, "#fde0dd", "lo is down");
    if (m_through)
    {
        MarkPeriod(plot, m_up, *m_through, "#fff3cd", "up, TCP waits");
    }
    plot.AppendExtra(
        "set key tmargin\nset border 11 back\nset grid\nset ytics nomirror\nset y2tics\n"
        "set y2label \"congestion window (kB)\"\nset yrange [0:*]\nset y2range [0:*]");
    plot.AddDataset(window);
    plot.AddDataset(sent);
    plot.AddDataset(acked);
    // gnuplot refuses an empty one.
    if (!m_resent.empty())
    {
        plot.AddDataset(again);
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
    Config::SetDefault("ns3::TcpSocket::DataRetries", UintegerValue(15));
    Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(1 << 20));
    Options options;
    if (!options.Read(argc, argv))
    {
        return EXIT_SUCCESS;
    }
    OutputFile series(options.series);
    OutputFile plot(options.plot.empty() ? "" : options.plot + ".plt");
    auto& report = GetReport({options.host.pcapng, options.host.json, options.series});

    auto& host = options.host;
    host.Create();
    Transfer transfer(options);
    const auto context = host.node->GetId();
    const auto up = options.start + options.outage;
    Simulator::ScheduleWithContext(context, options.start, &LoNetDevice::SetDown, host.lo);
    Simulator::ScheduleWithContext(context, up, &LoNetDevice::SetUp, host.lo);
    const StopOnSignal stop;
    Simulator::Stop(Days(2)); // a transfer that stalls
    Simulator::Run();

    transfer.Print(report);
    options.host.Finish(report);
    transfer.WriteSeries(series.GetStream());
    transfer.WritePlot(plot.GetStream());
    series.Close();
    plot.Close();
    return transfer.IsComplete() ? EXIT_SUCCESS : EXIT_FAILURE;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunExample("lo-outage", [&] { return Run(argc, argv); });
}
