/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * A host that pings itself over its loopback device, with the output of Linux's ping and ip.
 */

#include "example-program.h"

#include "ns3/average.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"

#include <cmath>
#include <iomanip>
#include <set>
#include <sstream>
#include <stdexcept>
#include <vector>

using namespace ns3;

namespace
{

constexpr auto USAGE = R"(Usage: lo-ping [OPTION]...
Ping a simulated host over its loopback device, and print what Linux's ping and
`ip -s link show lo` print. The exit status is 0 if there was a reply, and 1 if
there was none or something is wrong.

Examples:
  lo-ping                                 ping 127.0.0.1 five times
  lo-ping --dest ::1 --size 4000 --mtu 1500 --pcap lo.pcap
                                          see IPv6 fragments in Wireshark
  lo-ping --netem "delay 5ms 1ms loss 20%"
                                          what netem does to the replies
  lo-ping --SimulatorImplementationType=ns3::RealtimeSimulatorImpl --pcapng - |
      wireshark -k -i -                   watch the packets as they come
)";

/// A sender of echo requests, with the output of iputils' ping.
class Ping
{
  public:
    /**
     * @param os where to print
     * @param host sends the requests to its own address
     * @param size bytes of data in a request
     */
    Ping(std::ostream& os, const LoHost& host, uint64_t size)
        : m_os(os),
          m_isIpv4(Ipv4Address::IsMatchingType(host.address)),
          m_size(static_cast<uint32_t>(size)),
          m_socket(
              Socket::CreateSocket(host.node,
                                   TypeId::LookupByName(m_isIpv4 ? "ns3::Ipv4RawSocketFactory"
                                                                 : "ns3::Ipv6RawSocketFactory")))
    {
        m_socket->SetAttribute("Protocol", UintegerValue(m_isIpv4 ? 1 : 58));
        // As in Linux, a ping of the host's own address comes from that address.
        m_socket->Bind(host.GetSocketAddress(0));
        m_socket->Connect(host.GetSocketAddress(0));
        // A raw socket would receive fragments, not packets.
        m_socket->ShutdownRecv();
        std::ostringstream destination;
        if (m_isIpv4)
        {
            host.node->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
                "LocalDeliver",
                MakeCallback(&Ping::ReceiveIpv4, this));
            destination << Ipv4Address::ConvertFrom(host.address);
        }
        else
        {
            host.node->GetObject<Ipv6L3Protocol>()->TraceConnectWithoutContext(
                "LocalDeliver",
                MakeCallback(&Ping::ReceiveIpv6, this));
            destination << Ipv6Address::ConvertFrom(host.address);
        }
        m_destination = destination.str();
        m_os << "PING " << m_destination << (m_isIpv4 ? " (" : "(") << m_destination << ") " << size
             << (m_isIpv4 ? "(" + std::to_string(size + 28) + ") bytes of data.\n"
                          : " data bytes\n");
    }

    /// Send the next request.
    void Send()
    {
        m_last = Simulator::Now();
        m_sent.push_back(m_last);
        const auto sequence = static_cast<uint16_t>(m_sent.size());
        const auto packet = Create<Packet>(m_size);
        if (m_isIpv4)
        {
            Icmpv4Echo echo;
            echo.SetSequenceNumber(sequence);
            Icmpv4Header header;
            header.SetType(Icmpv4Header::ICMPV4_ECHO);
            header.EnableChecksum();
            packet->AddHeader(echo);
            packet->AddHeader(header);
        }
        else
        {
            Icmpv6Echo echo(true);
            echo.SetSeq(sequence);
            packet->AddHeader(echo);
        }
        m_socket->Send(packet);
    }

    /// Print the statistics.
    void PrintStatistics() const
    {
        const auto sent = m_sent.size();
        const auto received = m_answered.size();
        m_os << "\n--- " << m_destination << " ping statistics ---\n"
             << sent << " packets transmitted, " << received << " received";
        if (m_times.Count() > received)
        {
            m_os << ", +" << m_times.Count() - received << " duplicates";
        }
        if (sent > 0)
        {
            m_os << ", " << static_cast<double>(100 * (sent - received)) / static_cast<double>(sent)
                 << "% packet loss, time " << (m_last - m_sent.front()).GetMilliSeconds() << "ms";
        }
        m_os << '\n';
        if (HasReply())
        {
            const double count = m_times.Count();
            m_os << std::fixed << std::setprecision(3) << "rtt min/avg/max/mdev = " << m_times.Min()
                 << '/' << m_times.Mean() << '/' << m_times.Max() << '/'
                 << std::sqrt(m_times.Var() * (count - 1) / count) << " ms" << std::defaultfloat;
        }
        m_os << '\n';
    }

    /**
     * @return whether a reply was received
     */
    bool HasReply() const
    {
        return m_times.Count() > 0;
    }

  private:
    void ReceiveIpv4(const Ipv4Header& header, Ptr<const Packet> packet, uint32_t /* interface */)
    {
        Receive(packet, Icmpv4Header::ICMPV4_ECHO_REPLY, header.GetTtl());
    }

    void ReceiveIpv6(const Ipv6Header& header, Ptr<const Packet> packet, uint32_t /* interface */)
    {
        Receive(packet, Icmpv6Header::ICMPV6_ECHO_REPLY, header.GetHopLimit());
    }

    /**
     * Print a packet if it is a reply to a request.
     * @param packet the packet, without the IP header
     * @param type of a reply
     * @param ttl of the packet
     */
    void Receive(Ptr<const Packet> packet, uint8_t type, uint32_t ttl)
    {
        uint8_t icmp[8]{};
        packet->CopyData(icmp, sizeof(icmp));
        const std::size_t sequence = icmp[6] << 8 | icmp[7];
        if (icmp[0] != type || sequence == 0 || sequence > m_sent.size())
        {
            return;
        }
        m_last = Simulator::Now();
        const auto milliseconds =
            static_cast<double>((m_last - m_sent[sequence - 1]).GetMicroSeconds()) / 1000;
        m_times.Update(milliseconds);
        // ping rounds: the longer the time, the fewer digits.
        int digits = 3;
        for (const auto limit : {1.0, 9.995, 99.95})
        {
            digits -= milliseconds < limit ? 0 : 1;
        }
        m_os << packet->GetSize() << " bytes from " << m_destination << ": icmp_seq=" << sequence
             << " ttl=" << ttl << " time=" << std::fixed << std::setprecision(digits)
             << milliseconds << " ms" << std::defaultfloat << std::setprecision(6)
             << (m_answered.insert(sequence).second ? "" : " (DUP!)") << '\n';
    }

    std::ostream& m_os;               //!< where to print
    bool m_isIpv4;                    //!< whether the destination is an Ipv4Address
    uint32_t m_size;                  //!< bytes of data in a request
    std::string m_destination;        //!< where requests go
    Ptr<Socket> m_socket;             //!< sends the requests
    std::vector<Time> m_sent;         //!< when each request was sent
    std::set<std::size_t> m_answered; //!< sequence numbers, from 1, that were answered
    Average<double> m_times;          //!< from request to reply, in milliseconds
    Time m_last;                      //!< when something was sent or received last
};

} // namespace

int
main(int argc, char* argv[])
{
    return RunExample("lo-ping", [&] {
        LoHost host;
        uint64_t count = 5;
        uint64_t size = 56;
        Time interval = Seconds(1);
        std::string ascii;
        std::string plot;
        ExampleOptions options(USAGE);
        host.AddOptions(options);
        // An echo's sequence number has 16 bits.
        options.Add("count", Number(count, 1, 65535), "requests to send");
        options.Add("size", Number(size, 0, 65527), "bytes of data in a request");
        options.Add("interval", Duration(interval), "time between requests");
        options.AddFile("ascii", ascii, "write an ns-3 ascii trace of lo to FILE");
        options.AddPlot(plot, "counters over time");
        options.Read(argc, argv);
        if (size > 65507 && Ipv4Address::IsMatchingType(host.address))
        {
            throw std::runtime_error("--size: an IPv4 packet has room for 65507 bytes");
        }
        host.Create();
        if (ascii == "-")
        {
            LoHelper().EnableAscii(Create<OutputStreamWrapper>(&std::cout), host.lo);
        }
        else if (!ascii.empty())
        {
            LoHelper().EnableAscii(ascii, host.lo, true);
        }
        if (!plot.empty())
        {
            // A run takes at least the 10 s below: a row per ns would fill the disk.
            LinkStatsHelper::Sample(host.node, Max(interval / 10, MilliSeconds(1)), plot);
        }
        auto& report = options.GetReport();
        Ping ping(report, host, size);
        for (uint64_t i = 0; i < count; ++i)
        {
            Simulator::ScheduleWithContext(host.node->GetId(),
                                           interval * static_cast<int64_t>(i),
                                           &Ping::Send,
                                           &ping);
        }
        // A realtime simulation does not end by itself. Linux's ping waits as long for a reply.
        Simulator::Stop(interval * static_cast<int64_t>(count) + Seconds(10));
        RunUntilSignal();
        ping.PrintStatistics();
        report << '\n';
        host.Finish(report);
        return ping.HasReply();
    });
}
