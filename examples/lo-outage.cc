/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * A host that sends to itself over TCP while its loopback device goes down and up again: TCP's
 * retransmission time-out doubles until a segment gets through.
 */

#include "example-program.h"

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"

#include <algorithm>
#include <iomanip>
#include <optional>
#include <sstream>

using namespace ns3;

namespace
{

constexpr auto USAGE = R"(Usage: lo-outage [OPTION]...
Send bytes over TCP from a simulated host to itself, at a steady rate, while its
loopback device goes down and up again. Print when TCP retransmits, when it gets
through, and lo's counters. The exit status is 0 if all bytes arrived.

Examples:
  lo-outage                               lo is down from 3 s to 8 s
  lo-outage --plot outage && gnuplot outage.plt
                                          the same, as the picture outage.png
  lo-outage --outage 40s --pcap outage.pcap
                                          longer, and for Wireshark
)";

/// gnuplot's commands for what TCP does over time.
constexpr auto PLOT =
    R"GNUPLOT(
set title "TCP over a loopback that goes down: each time-out doubles the wait for the next try"
set xlabel "simulated time (s)"
set ylabel "sequence number (MB)"
set y2label "congestion window (kB)"
set border 11 back
set y2tics
set yrange [0:*]
set y2range [0:*]
plot csv using 1:($4/1e3) with lines axes x1y2 lw 2 lc rgb '#009e73' title 'congestion window', \
    csv using 1:($2/1e6) with lines lw 3 lc rgb '#0072b2' title 'sequence number sent', \
    csv using 1:($3/1e6) with lines lw 2 dt 2 lc rgb '#e69f00' title 'acknowledged')GNUPLOT";

/// The curve of what was sent again. gnuplot refuses to draw an empty column.
constexpr auto PLOT_RESENT =
    ", csv using 1:($7/1e6) with points pt 2 ps 1.5 lw 2 lc rgb '#d55e00' title 'sent again'";

/// What the sender writes at a time: a segment, by ns-3's default.
constexpr uint64_t MESSAGE_SIZE = 536;

/// Between two rows of the plot.
const Time INTERVAL = MilliSeconds(50);

/// The host, what it sends, and when its lo is down.
struct Options
{
    LoHost host;              //!< sends to itself
    uint64_t bytes{10000000}; //!< to send
    uint64_t rate{10000000};  //!< of the sender, bit/s
    Time start{Seconds(3)};   //!< when lo goes down
    Time outage{Seconds(5)};  //!< how long lo is down
};

/// Keep the newest value of a trace source.
template <typename T>
void
Keep(T* variable, T /* from */, T to)
{
    *variable = to;
}

/// A transfer over TCP, with a record of what its sender does around the outage.
///
/// The sender is a socket and no OnOffApplication, which makes its socket too late to trace all
/// changes, and aborts if it cannot connect.
class Transfer
{
  public:
    /**
     * @param options the options; their host must have been created
     */
    explicit Transfer(const Options& options)
        : m_options(options),
          m_up(options.start + options.outage),
          m_socket(Socket::CreateSocket(options.host.node, TcpSocketFactory::GetTypeId())),
          m_left(options.bytes)
    {
        const auto address = options.host.GetSocketAddress(5001);
        const auto sinks =
            PacketSinkHelper("ns3::TcpSocketFactory", address).Install(options.host.node);
        sinks.Get(0)->TraceConnectWithoutContext("Rx", MakeCallback(&Transfer::CountArrival, this));
        m_socket->TraceConnectWithoutContext("Tx", MakeCallback(&Transfer::CountSegment, this));
        m_socket->TraceConnectWithoutContext("HighestRxAck",
                                             MakeBoundCallback(&Keep<SequenceNumber32>, &m_acked));
        m_socket->TraceConnectWithoutContext("CongestionWindow",
                                             MakeBoundCallback(&Keep<uint32_t>, &m_window));
        m_socket->TraceConnectWithoutContext("RTO", MakeBoundCallback(&Keep<Time>, &m_timeout));
        const auto giveUp = MakeCallback(&Transfer::GiveUp, this);
        m_socket->SetConnectCallback(MakeNullCallback<void, Ptr<Socket>>(), giveUp);
        m_socket->SetCloseCallbacks(MakeNullCallback<void, Ptr<Socket>>(), giveUp);
        m_rows << "time_s,sent_bytes,acked_bytes,cwnd_bytes,rto_s,retransmissions,resent_byte\n"
               << std::fixed;
        m_table << std::fixed << std::setprecision(3);
        // The sink listens from time 0 on.
        Simulator::ScheduleWithContext(options.host.node->GetId(), NanoSeconds(1), [this, address] {
            m_socket->Connect(address);
            Send();
        });
        Simulator::ScheduleNow(&Transfer::TakeSample, this);
    }

    /**
     * @return whether all bytes arrived
     */
    bool IsComplete() const
    {
        return m_arrived == m_options.bytes;
    }

    /**
     * Print what was transferred, and how TCP got over the outage.
     * @param os where to print
     */
    void Print(std::ostream& os) const
    {
        os << std::fixed << std::setprecision(3) << m_arrived << " of " << m_options.bytes
           << " bytes received in " << m_nSegments << " segments, " << m_nResent
           << " of them retransmissions, the last at " << m_end.GetSeconds() << " s\n"
           << "lo is down from " << m_options.start.GetSeconds() << " s to " << m_up.GetSeconds()
           << " s; what is sent again until TCP gets through:\n\n"
           << "    at s  from byte  next time-out s\n"
           << m_table.str();
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

    /**
     * Write what TCP did over time.
     * @param prefix of the files
     */
    void WritePlot(const std::string& prefix) const
    {
        const auto waits =
            m_through ? MarkPeriod(m_up, *m_through, "#fff3cd", "up, TCP waits") : "";
        ::WritePlot(prefix,
                    m_rows.str(),
                    MarkPeriod(m_options.start, m_up, "#fde0dd", "lo is down") + waits + PLOT +
                        (m_nResent > 0 ? PLOT_RESENT : "") + "\n");
    }

  private:
    /// Send a message if the buffer has room for it, and schedule the next one.
    void Send()
    {
        const auto size = static_cast<uint32_t>(std::min(m_left, MESSAGE_SIZE));
        if (m_socket->Send(Create<Packet>(size)) > 0)
        {
            m_left -= size;
        }
        if (m_left > 0)
        {
            const auto interval = DataRate(m_options.rate).CalculateBytesTxTime(MESSAGE_SIZE);
            Simulator::Schedule(interval, &Transfer::Send, this);
        }
        else
        {
            m_socket->Close();
        }
    }

    void TakeSample()
    {
        AddRow("");
        if (!IsComplete())
        {
            Simulator::Schedule(INTERVAL, &Transfer::TakeSample, this);
        }
    }

    /**
     * Add a row to the CSV.
     * @param resent the first byte that is sent again now, or nothing
     */
    void AddRow(const std::string& resent)
    {
        // The FIN is acknowledged too.
        const auto acked = m_nSegments > 0 ? std::min<uint64_t>(m_acked - m_first, m_sent) : 0;
        m_rows << std::setprecision(9) << Simulator::Now().GetSeconds() << ',' << m_sent << ','
               << acked << ',' << m_window << ',' << std::setprecision(3) << m_timeout.GetSeconds()
               << ',' << m_nResent << ',' << resent << '\n';
    }

    void CountSegment(Ptr<const Packet> packet,
                      const TcpHeader& header,
                      Ptr<const TcpSocketBase> /* socket */)
    {
        if (packet->GetSize() == 0)
        {
            return;
        }
        if (m_nSegments++ == 0)
        {
            m_first = header.GetSequenceNumber();
        }
        const uint64_t from = header.GetSequenceNumber() - m_first;
        if (from < m_sent)
        {
            ++m_nResent;
            AddRow(std::to_string(from));
            if (Simulator::Now() >= m_options.start && !m_through)
            {
                m_table << std::setw(8) << Simulator::Now().GetSeconds() << std::setw(11) << from
                        << std::setw(17) << m_timeout.GetSeconds() << '\n';
            }
        }
        m_sent = std::max(m_sent, from + packet->GetSize());
    }

    void GiveUp(Ptr<Socket> /* socket */)
    {
        m_table << "\nTCP gave up at " << Simulator::Now().GetSeconds() << " s\n";
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

    const Options& m_options;      //!< the options
    Time m_up;                     //!< when the outage ends
    Ptr<Socket> m_socket;          //!< sends
    uint64_t m_left;               //!< bytes that TCP has not accepted yet
    uint64_t m_nSegments{0};       //!< segments with payload
    uint64_t m_nResent{0};         //!< segments that were sent before
    SequenceNumber32 m_first;      //!< the first byte
    uint64_t m_sent{0};            //!< bytes that were sent at least once
    SequenceNumber32 m_acked;      //!< the first byte that is not acknowledged
    uint32_t m_window{0};          //!< congestion window, bytes
    Time m_timeout;                //!< TCP's retransmission time-out
    uint64_t m_arrived{0};         //!< bytes that arrived
    Time m_end;                    //!< the last arrival
    std::optional<Time> m_through; //!< the first arrival after the outage
    std::ostringstream m_table;    //!< what is sent again until then
    std::ostringstream m_rows;     //!< the sender over time, as CSV
};

} // namespace

int
main(int argc, char* argv[])
{
    return RunExample("lo-outage", [&] {
        SetLinuxTcp();
        Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(1 << 20));
        Options o;
        std::string plot;
        ExampleOptions options(USAGE);
        o.host.AddOptions(options);
        options.Add("bytes", Number(o.bytes, 1, 1000000000), "bytes to send");
        options.Add("rate", Number(o.rate, 1000, 10000000000), "sending rate, bit/s");
        options.Add("outage-start", Duration(o.start), "when lo goes down");
        options.Add("outage", Duration(o.outage), "how long lo is down");
        options.AddPlot(plot, "what TCP does over time");
        options.Read(argc, argv);
        CheckNetemForTcp(o.host.netem);
        o.host.Create();
        Transfer transfer(o);
        const auto context = o.host.node->GetId();
        Simulator::ScheduleWithContext(context, o.start, &LoNetDevice::SetDown, o.host.lo);
        Simulator::ScheduleWithContext(context, o.start + o.outage, &LoNetDevice::SetUp, o.host.lo);
        Simulator::Stop(Days(2)); // in case the transfer stalls
        RunUntilSignal();

        transfer.Print(options.GetReport());
        o.host.Finish(options.GetReport());
        transfer.WritePlot(plot);
        return transfer.IsComplete();
    });
}
