/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * A bulk transfer over TCP from a simulated host to itself.
 */

#include "host-files.h"
#include "lo-tcp-options.h"
#include "loopback-host.h"
#include "output-file.h"
#include "run-program.h"
#include "segment-counter.h"
#include "tcp-settings.h"

#include "ns3/bulk-send-application.h"
#include "ns3/bulk-send-helper.h"
#include "ns3/link-stats-helper.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/show-progress.h"
#include "ns3/simulator.h"
#include "ns3/stop-on-signal.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-socket-base.h"
#include "ns3/uinteger.h"

#include <chrono>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <optional>
#include <string>

using namespace ns3;

namespace
{

constexpr uint16_t PORT = 5001;

/// Longer than TCP's TIME-WAIT, twice the maximum segment lifetime of RFC 793.
const Time TIME_TO_CLOSE = Minutes(5);

/// When a transfer that stalls is given up.
const Time TIME_LIMIT = Days(1);

/// A transfer from a host to itself.
class Transfer
{
  public:
    /**
     * @param options what to send
     * @param host the host
     */
    Transfer(const LoTcpOptions& options, const LoopbackHost& host);

    /// Print what was transferred, and how fast.
    void Print() const;

    /**
     * @return whether all bytes arrived
     */
    bool IsComplete() const;

  private:
    typedef std::chrono::steady_clock WallClock;

    /// Watch the sender's socket, which is there when its application has been started.
    void TraceSender();

    /**
     * @param packet a segment's payload
     * @param header its TCP header
     * @param socket the sender's socket
     */
    void CountSegment(Ptr<const Packet> packet,
                      const TcpHeader& header,
                      Ptr<const TcpSocketBase> socket);

    /**
     * @param packet bytes that arrived
     * @param from where from
     */
    void CountArrival(Ptr<const Packet> packet, const Address& from);

    /// Print how far the transfer is, if a second has passed since that was printed last.
    void PrintProgress();

    /**
     * @return seconds of wall-clock time since the transfer was set up
     */
    double GetWallSeconds() const;

    uint64_t m_nBytes;                                   //!< to send
    bool m_showProgress;                                 //!< whether to show progress
    Ptr<BulkSendApplication> m_sender;                   //!< sends
    uint64_t m_arrived{0};                               //!< bytes that arrived
    SegmentCounter m_segments;                           //!< segments with payload
    Time m_begin;                                        //!< when the first byte was sent
    Time m_end;                                          //!< when the last byte arrived
    WallClock::time_point m_wallBegin{WallClock::now()}; //!< wall-clock time of the beginning
    double m_nextProgress{1}; //!< wall-clock seconds when progress is shown next
};

Transfer::Transfer(const LoTcpOptions& options, const LoopbackHost& host)
    : m_nBytes(options.bytes),
      m_showProgress(!options.quiet)
{
    const auto address = MakeSocketAddress(host.destination, PORT);
    PacketSinkHelper sinkHelper("ns3::TcpSocketFactory", address);
    sinkHelper.Install(host.nodes)
        .Get(0)
        ->TraceConnectWithoutContext("Rx", MakeCallback(&Transfer::CountArrival, this));

    BulkSendHelper senderHelper("ns3::TcpSocketFactory", address);
    senderHelper.SetAttribute("MaxBytes", UintegerValue(options.bytes));
    senderHelper.SetAttribute("SendSize", UintegerValue(options.tcp.segmentSize));
    m_sender = DynamicCast<BulkSendApplication>(senderHelper.Install(host.nodes).Get(0));
    // An application is started by an event of time 0 that an event of time 0 schedules. This is
    // the next one, before the answer to the SYN.
    Simulator::ScheduleNow([this] { Simulator::ScheduleNow(&Transfer::TraceSender, this); });
}

void
Transfer::TraceSender()
{
    CheckStarted(m_sender->GetSocket())
        ->TraceConnectWithoutContext("Tx", MakeCallback(&Transfer::CountSegment, this));
}

void
Transfer::CountSegment(Ptr<const Packet> packet,
                       const TcpHeader& header,
                       Ptr<const TcpSocketBase> /* socket */)
{
    if (packet->GetSize() > 0 && m_segments.GetCount() == 0)
    {
        m_begin = Simulator::Now();
    }
    m_segments.Add(header.GetSequenceNumber(), packet->GetSize());
}

void
Transfer::CountArrival(Ptr<const Packet> packet, const Address& /* from */)
{
    m_arrived += packet->GetSize();
    m_end = Simulator::Now();
    PrintProgress();
    if (IsComplete())
    {
        // ns3::ShowProgress would go on for ever. Until then the connection can be closed.
        Simulator::Stop(TIME_TO_CLOSE);
    }
}

void
Transfer::PrintProgress()
{
    // ns3::ShowProgress waits for simulated time to pass, and over lo there may be none.
    if (m_showProgress && GetWallSeconds() >= m_nextProgress)
    {
        std::cerr << m_arrived << " of " << m_nBytes << " bytes after " << m_nextProgress << " s\n";
        ++m_nextProgress;
    }
}

double
Transfer::GetWallSeconds() const
{
    return std::chrono::duration<double>(WallClock::now() - m_wallBegin).count();
}

void
Transfer::Print() const
{
    const auto seconds = (m_end - m_begin).GetSeconds();
    std::cout << m_arrived << " of " << m_nBytes << " bytes received in " << m_segments.GetCount()
              << " segments, " << m_segments.GetRetransmissionCount()
              << " of them retransmissions\n"
              << "goodput: ";
    if (seconds > 0)
    {
        std::cout << static_cast<double>(m_arrived) * 8 / seconds / 1e6 << " Mbit/s in " << seconds
                  << " s of simulated time\n";
    }
    else
    {
        std::cout << "no simulated time passed\n";
    }
    std::cout << std::fixed << std::setprecision(3) << "wall time: " << GetWallSeconds() << " s\n";
}

bool
Transfer::IsComplete() const
{
    return m_arrived == m_nBytes;
}

int
Run(int argc, char* argv[])
{
    LoTcpOptions options;
    if (!options.Read(argc, argv))
    {
        FlushStandardOutput();
        return EXIT_SUCCESS;
    }
    options.tcp.Apply();
    const auto host = MakeLoopbackHost(options.host);
    HostFiles files(options.host);
    const StopOnSignal stop;
    files.Watch(host);
    const Transfer transfer(options, host);
    std::optional<ShowProgress> progress;
    if (!options.quiet)
    {
        progress.emplace(Seconds(1), std::cerr);
    }
    Simulator::Stop(TIME_LIMIT);
    Simulator::Run();
    progress.reset();
    transfer.Print();
    std::cout << '\n';
    LinkStatsHelper::PrintIpLink(std::cout, host.nodes);

    files.Write(host);
    FlushStandardOutput();
    Simulator::Destroy();
    return transfer.IsComplete() ? EXIT_SUCCESS : EXIT_FAILURE;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("lo-tcp", Run, argc, argv);
}
