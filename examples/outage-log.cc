/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "outage-log.h"

#include "tcp-settings.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <iomanip>

using namespace ns3;

namespace
{

double
InMegabytes(uint64_t bytes)
{
    return static_cast<double>(bytes) / 1e6;
}

} // namespace

OutageLog::OutageLog(const Settings& settings)
    : m_settings(settings)
{
}

void
OutageLog::Watch(Ptr<OnOffApplication> sender)
{
    m_sender = sender;
    // An application is started by an event of time 0 that an event of time 0 schedules. This is
    // the next one, before the answer to the SYN.
    Simulator::ScheduleNow([this] { Simulator::ScheduleNow(&OutageLog::TraceSocket, this); });
    Simulator::Schedule(m_settings.interval, &OutageLog::TakeSample, this);
}

void
OutageLog::TraceSocket()
{
    const auto socket = CheckStarted(m_sender->GetSocket());
    socket->TraceConnectWithoutContext("Tx", MakeCallback(&OutageLog::AddSegment, this));
    socket->TraceConnectWithoutContext("HighestRxAck", MakeCallback(&OutageLog::SetAcked, this));
    socket->TraceConnectWithoutContext("CongestionWindow",
                                       MakeCallback(&OutageLog::SetWindow, this));
    socket->TraceConnectWithoutContext("RTO", MakeCallback(&OutageLog::SetTimeout, this));
    socket->TraceConnectWithoutContext("State", MakeCallback(&OutageLog::SetState, this));
    // A connection that ns-3's TCP gives up stays in its state.
    socket->SetCloseCallbacks(MakeNullCallback<void, Ptr<Socket>>(),
                              MakeCallback(&OutageLog::GiveUp, this));
}

void
OutageLog::TakeSample()
{
    m_now.time = Simulator::Now();
    m_now.retransmissions = m_segments.GetRetransmissionCount();
    m_samples.push_back(m_now);
    if (!IsComplete())
    {
        Simulator::Schedule(m_settings.interval, &OutageLog::TakeSample, this);
    }
}

void
OutageLog::AddSegment(Ptr<const Packet> packet,
                      const TcpHeader& header,
                      Ptr<const TcpSocketBase> /* socket */)
{
    if (packet->GetSize() == 0)
    {
        return;
    }
    if (!m_first)
    {
        m_first = header.GetSequenceNumber();
    }
    const uint64_t before = header.GetSequenceNumber() - *m_first;
    if (m_segments.Add(header.GetSequenceNumber(), packet->GetSize()))
    {
        m_retransmissions.push_back({Simulator::Now(), before, m_now.timeout});
    }
    m_now.sent = std::max(m_now.sent, before + packet->GetSize());
}

void
OutageLog::SetAcked(SequenceNumber32 /* from */, SequenceNumber32 to)
{
    // The FIN is acknowledged too.
    m_now.acked = m_first ? std::min<uint64_t>(to - *m_first, m_now.sent) : 0;
}

void
OutageLog::SetWindow(uint32_t /* from */, uint32_t to)
{
    m_now.window = to;
}

void
OutageLog::SetTimeout(Time /* from */, Time to)
{
    m_now.timeout = to;
}

void
OutageLog::SetState(TcpSocket::TcpStates_t /* from */, TcpSocket::TcpStates_t to)
{
    if (to == TcpSocket::CLOSED)
    {
        Simulator::Stop();
    }
}

void
OutageLog::GiveUp(Ptr<Socket> /* socket */)
{
    m_givenUp = Simulator::Now();
    Simulator::Stop();
}

void
OutageLog::AddArrival(Ptr<const Packet> packet, const Address& /* from */)
{
    m_arrived += packet->GetSize();
    m_end = Simulator::Now();
    if (!m_through && m_end >= m_settings.up)
    {
        m_through = m_end;
    }
}

bool
OutageLog::IsComplete() const
{
    return m_arrived == m_settings.bytes;
}

void
OutageLog::Print(std::ostream& os) const
{
    os << std::fixed << std::setprecision(3) << m_arrived << " of " << m_settings.bytes
       << " bytes received in " << m_segments.GetCount() << " segments, "
       << m_segments.GetRetransmissionCount() << " of them retransmissions, the last at "
       << m_end.GetSeconds() << " s\n";
    PrintRecovery(os);
}

void
OutageLog::PrintRecovery(std::ostream& os) const
{
    os << "lo is down from " << m_settings.down.GetSeconds() << " s to "
       << m_settings.up.GetSeconds() << " s; what is sent again until TCP gets through:\n\n"
       << "    at s  from byte  next time-out s\n";
    for (const auto& sent : m_retransmissions)
    {
        if (sent.time < m_settings.down)
        {
            continue;
        }
        os << std::setw(8) << sent.time.GetSeconds() << std::setw(11) << sent.sent << std::setw(17)
           << sent.timeout.GetSeconds() << '\n';
        if (m_through && sent.time >= *m_through)
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
        os << "\nThe first byte after the outage arrived "
           << (*m_through - m_settings.up).GetSeconds()
           << " s after lo was up: TCP doubles its time-out each time (RFC 6298, 5.5)\n";
    }
    else
    {
        os << "\nNo byte arrived after the outage"
           << (IsComplete() ? ": all had arrived before\n" : "\n");
    }
}

void
OutageLog::WriteSeries(std::ostream& os) const
{
    os << "time_s,sent_bytes,acked_bytes,cwnd_bytes,rto_s,retransmissions\n" << std::fixed;
    for (const auto& sample : m_samples)
    {
        os << std::setprecision(9) << sample.time.GetSeconds() << ',' << sample.sent << ','
           << sample.acked << ',' << sample.window << ',' << std::setprecision(3)
           << sample.timeout.GetSeconds() << ',' << sample.retransmissions << '\n';
    }
}

void
OutageLog::Draw(PlotFile& plot) const
{
    Gnuplot2dDataset sent("sequence number sent");
    sent.SetStyle(Gnuplot2dDataset::LINES);
    sent.SetExtra("lw 3 lc rgb '#1f77b4'");
    Gnuplot2dDataset acked("acknowledged");
    acked.SetStyle(Gnuplot2dDataset::LINES);
    acked.SetExtra("lw 2 dt 2 lc rgb '#ff7f0e'");
    Gnuplot2dDataset window("congestion window");
    window.SetStyle(Gnuplot2dDataset::LINES);
    window.SetExtra("axes x1y2 lw 2 lc rgb '#2ca02c'");
    Gnuplot2dDataset again("sent again");
    again.SetStyle(Gnuplot2dDataset::POINTS);
    again.SetExtra("pt 2 ps 1.5 lw 2 lc rgb '#d62728'");
    for (const auto& sample : m_samples)
    {
        const auto time = sample.time.GetSeconds();
        sent.Add(time, InMegabytes(sample.sent));
        acked.Add(time, InMegabytes(sample.acked));
        window.Add(time, static_cast<double>(sample.window) / 1e3);
    }
    for (const auto& retransmission : m_retransmissions)
    {
        again.Add(retransmission.time.GetSeconds(), InMegabytes(retransmission.sent));
    }
    plot.Mark(m_settings.down, m_settings.up, "#fde0dd", "lo is down");
    if (m_through)
    {
        plot.Mark(m_settings.up, *m_through, "#fff3cd", "up, TCP waits");
    }
    plot.GetPlot().AppendExtra("set ytics nomirror\n"
                               "set y2tics\n"
                               "set y2label \"congestion window (kB)\"\n"
                               "set yrange [0:*]\n"
                               "set y2range [0:*]");
    plot.GetPlot().AddDataset(window);
    plot.GetPlot().AddDataset(sent);
    plot.GetPlot().AddDataset(acked);
    // gnuplot does not take an empty one.
    if (!m_retransmissions.empty())
    {
        plot.GetPlot().AddDataset(again);
    }
}
