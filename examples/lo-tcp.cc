/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * A bulk transfer over TCP from a host to itself.
 */

#include "example-program.h"

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"

#include <algorithm>

using namespace ns3;

namespace
{

constexpr auto USAGE = R"(Usage: lo-tcp [OPTION]...
Send bytes over TCP from a simulated host to itself, and print the goodput in
simulated time, and lo's counters. The exit status is 0 if all bytes arrived.

Examples:
  lo-tcp                                  100 MB in segments of 536 bytes
  lo-tcp --segment-size 65000             as large as Linux makes them on lo
  lo-tcp --bytes 1M --netem "delay 1ms loss 1%"
                                          the goodput of an impaired lo
  lo-tcp --bytes 1M --dest ::1 --ns3::TcpL4Protocol::SocketType=ns3::TcpNewReno
                                          another congestion control
)";

/// A transfer from a host to itself, with counters of its bytes and segments.
class Transfer
{
  public:
    /**
     * @param host the host
     * @param bytes how many to send
     */
    Transfer(const LoHost& host, uint64_t bytes)
        : m_bytes(bytes)
    {
        const auto address = host.GetSocketAddress(5001);
        const auto sink = PacketSinkHelper("ns3::TcpSocketFactory", address).Install(host.node);
        sink.Get(0)->TraceConnectWithoutContext("Rx", MakeCallback(&Transfer::CountArrival, this));
        BulkSendHelper helper("ns3::TcpSocketFactory", address);
        helper.SetAttribute("MaxBytes", UintegerValue(bytes));
        const auto sender = DynamicCast<BulkSendApplication>(helper.Install(host.node).Get(0));
        // The sender makes its socket at time 0. TCP sends data 1 ns after it is connected.
        Simulator::Schedule(NanoSeconds(1), [this, sender] {
            sender->GetSocket()->TraceConnectWithoutContext(
                "Tx",
                MakeCallback(&Transfer::CountSegment, this));
        });
    }

    /**
     * Print what was transferred, and how fast.
     * @param os where to print
     */
    void Print(std::ostream& os) const
    {
        os << m_arrived << " of " << m_bytes << " bytes received in " << m_segments << " segments, "
           << m_retransmissions << " of them retransmissions\ngoodput: ";
        const auto seconds = (m_end - m_begin).GetSeconds();
        if (seconds > 0)
        {
            os << static_cast<double>(m_arrived) * 8 / seconds / 1e6 << " Mbit/s in " << seconds
               << " s of simulated time\n";
        }
        else
        {
            os << "no simulated time passed\n";
        }
    }

    /**
     * @return whether all bytes arrived
     */
    bool IsComplete() const
    {
        return m_arrived == m_bytes;
    }

  private:
    void CountSegment(Ptr<const Packet> packet,
                      const TcpHeader& header,
                      Ptr<const TcpSocketBase> /* socket */)
    {
        if (packet->GetSize() == 0)
        {
            return;
        }
        const auto first = header.GetSequenceNumber();
        if (m_segments++ == 0)
        {
            m_begin = Simulator::Now();
            m_next = first;
        }
        m_retransmissions += first < m_next ? 1 : 0;
        m_next = std::max(m_next, first + static_cast<int32_t>(packet->GetSize()));
    }

    void CountArrival(Ptr<const Packet> packet, const Address& /* from */)
    {
        m_arrived += packet->GetSize();
        m_end = Simulator::Now();
    }

    uint64_t m_bytes;              //!< to transfer
    uint64_t m_arrived{0};         //!< bytes received
    uint64_t m_segments{0};        //!< segments with payload
    uint64_t m_retransmissions{0}; //!< segments that were sent before
    SequenceNumber32 m_next;       //!< the first byte that was never sent
    Time m_begin;                  //!< when the first byte was sent
    Time m_end;                    //!< when the last byte arrived
};

} // namespace

int
main(int argc, char* argv[])
{
    return RunExample("lo-tcp", [&] {
        // If the buffer holds a few segments only, each second one waits for a delayed
        // acknowledgement.
        Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(1 << 20));
        LoHost host;
        uint64_t bytes = 100000000;
        ExampleOptions options(USAGE);
        host.AddOptions(options);
        options.Add("bytes", Number(bytes, 1, 1000000000000), "bytes to send");
        // A segment with the headers of IPv6 and TCP must fit into lo's largest MTU.
        options.Add("segment-size",
                    AttributeDefault("ns3::TcpSocket::SegmentSize", 65535 - 40 - 32),
                    "payload of a segment in bytes");
        options.Read(argc, argv);
        CheckNetemForTcp(host.netem);
        host.Create();
        Transfer transfer(host, bytes);
        SystemWallClockMs clock;
        clock.Start();
        Simulator::Stop(Days(1)); // in case the transfer stalls
        RunUntilSignal();
        const auto wallTime = MilliSeconds(clock.End());

        auto& report = options.GetReport();
        transfer.Print(report);
        report << "wall time: " << wallTime.GetSeconds() << " s\n\n";
        host.Finish(report);
        return transfer.IsComplete();
    });
}
