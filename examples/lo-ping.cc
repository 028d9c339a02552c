/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * A host that pings itself over its loopback device, and what Linux's ping and ip would print.
 */

#include "example-host.h"
#include "example-options.h"
#include "example-program.h"

#include "ns3/icmpv4.h"
#include "ns3/icmpv6-header.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/lo-helper.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iomanip>
#include <vector>

using namespace ns3;

namespace
{

constexpr auto USAGE = R"(Usage: lo-ping [OPTION]...
Ping a simulated host over its loopback device, and print what Linux's ping and
`ip -s link show lo` print. The exit status is 0 if there was a reply, and 1 if
there was none or something is wrong.
)";

constexpr auto EXAMPLES =
    R"(ns-3's own attributes and global values are options too, here and in FILE:
  --ns3::LoNetDevice::MaxBacklog=1000   --RngRun=3

Examples:
  lo-ping                                 ping 127.0.0.1 five times
  lo-ping --dest ::1 --size 4000 --mtu 1500 --pcap lo.pcap
                                          see IPv6 fragments in Wireshark
  lo-ping --netem "delay 5ms 1ms loss 20%"
                                          what netem does to the replies
  lo-ping --SimulatorImplementationType=ns3::RealtimeSimulatorImpl --pcapng - |
      wireshark -k -i -                   watch the packets as they come
)";

/// Sends echo requests, and prints as iputils' ping does.
class Ping
{
  public:
    /**
     * @param os where to print
     * @param node sends the requests
     * @param destination an address of the node
     * @param size bytes of data in a request
     */
    Ping(std::ostream& os, Ptr<Node> node, const Address& destination, uint64_t size)
        : m_os(os),
          m_isIpv4(Ipv4Address::IsMatchingType(destination)),
          m_size(static_cast<uint32_t>(size))
    {
        m_socket =
            Socket::CreateSocket(node,
                                 TypeId::LookupByName(m_isIpv4 ? "ns3::Ipv4RawSocketFactory"
                                                               : "ns3::Ipv6RawSocketFactory"));
        m_socket->SetAttribute("Protocol", UintegerValue(m_isIpv4 ? 1 : 58));
        // Unbound, it would send to ::1 from :: on ns-3 before 3.36.
        m_socket->Bind(MakeSocketAddress(destination, 0));
        m_socket->Connect(MakeSocketAddress(destination, 0));
        // A raw socket would receive fragments, not packets.
        m_socket->ShutdownRecv();
        node->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
            "LocalDeliver",
            MakeCallback(&Ping::Receive<Ipv4Header>, this));
        node->GetObject<Ipv6L3Protocol>()->TraceConnectWithoutContext(
            "LocalDeliver",
            MakeCallback(&Ping::Receive<Ipv6Header>, this));
        std::ostringstream text;
        if (m_isIpv4)
        {
            text << Ipv4Address::ConvertFrom(destination);
        }
        else
        {
            text << Ipv6Address::ConvertFrom(destination);
        }
        m_destination = text.str();
        const auto withHeaders = " (" + m_destination + ") " + std::to_string(m_size) + '(' +
                                 std::to_string(m_size + 28) + ") bytes of data.\n";
        m_os << "PING " << m_destination
             << (m_isIpv4 ? withHeaders
                          : '(' + m_destination + ") " + std::to_string(m_size) + " data bytes\n");
    }

    /// Send a request.
    void Send()
    {
        m_requests.push_back({Simulator::Now()});
        m_last = Simulator::Now();
        const auto sequence = static_cast<uint16_t>(m_requests.size());
        auto packet = Create<Packet>(m_size);
        if (m_isIpv4)
        {
            Icmpv4Echo echo;
            echo.SetSequenceNumber(sequence);
            echo.SetData(packet);
            Icmpv4Header header;
            header.SetType(Icmpv4Header::ICMPV4_ECHO);
            header.EnableChecksum();
            packet = Create<Packet>();
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
        const auto sent = m_requests.size();
        const auto received = static_cast<std::size_t>(
            std::count_if(m_requests.begin(), m_requests.end(), [](const auto& request) {
                return request.answered;
            }));
        m_os << "\n--- " << m_destination << " ping statistics ---\n"
             << sent << " packets transmitted, " << received << " received";
        if (m_roundTrips.size() > received)
        {
            m_os << ", +" << m_roundTrips.size() - received << " duplicates";
        }
        if (sent > 0)
        {
            m_os << ", " << static_cast<double>(100 * (sent - received)) / static_cast<double>(sent)
                 << "% packet loss, time " << (m_last - m_requests.front().sent).GetMilliSeconds()
                 << "ms";
        }
        m_os << '\n';
        if (HasReply())
        {
            PrintRoundTrips();
        }
        m_os << '\n';
    }

    /**
     * @return whether a reply was received
     */
    bool HasReply() const
    {
        return !m_roundTrips.empty();
    }

  private:
    /// An echo request.
    struct Request
    {
        Time sent;            //!< when it was sent
        bool answered{false}; //!< whether a reply was received
    };

    static unsigned GetTtl(const Ipv4Header& header)
    {
        return header.GetTtl();
    }

    static unsigned GetTtl(const Ipv6Header& header)
    {
        return header.GetHopLimit();
    }

    /**
     * Print a packet that is a reply to a request.
     * @param header the IP header
     * @param packet the packet without it
     */
    template <typename IpHeader>
    void Receive(const IpHeader& header, Ptr<const Packet> packet, uint32_t /* interface */)
    {
        uint8_t icmp[8]{};
        packet->CopyData(icmp, sizeof(icmp));
        const std::size_t sequence = icmp[6] << 8 | icmp[7];
        if (icmp[0] != (m_isIpv4 ? 0 : 129) || sequence == 0 || sequence > m_requests.size())
        {
            return;
        }
        auto& request = m_requests[sequence - 1];
        m_last = Simulator::Now();
        const auto milliseconds =
            static_cast<double>((m_last - request.sent).GetMicroSeconds()) / 1000;
        m_roundTrips.push_back(milliseconds);
        // ping rounds: the longer the time, the fewer digits.
        const auto digits = (milliseconds < 1) + (milliseconds < 9.995) + (milliseconds < 99.95);
        m_os << packet->GetSize() << " bytes from " << m_destination << ": icmp_seq=" << sequence
             << " ttl=" << GetTtl(header) << " time=" << std::fixed << std::setprecision(digits)
             << milliseconds << " ms" << std::defaultfloat << std::setprecision(6)
             << (request.answered ? " (DUP!)" : "") << '\n';
        request.answered = true;
    }

    void PrintRoundTrips() const
    {
        const auto [min, max] = std::minmax_element(m_roundTrips.begin(), m_roundTrips.end());
        double sum = 0;
        double squares = 0;
        for (const auto milliseconds : m_roundTrips)
        {
            sum += milliseconds;
            squares += milliseconds * milliseconds;
        }
        const auto count = static_cast<double>(m_roundTrips.size());
        const auto mean = sum / count;
        m_os << std::fixed << std::setprecision(3) << "rtt min/avg/max/mdev = " << *min << '/'
             << mean << '/' << *max << '/'
             << std::sqrt(std::max(0.0, squares / count - mean * mean)) << " ms"
             << std::defaultfloat;
    }

    std::ostream& m_os;               //!< where to print
    bool m_isIpv4;                    //!< whether the destination is an Ipv4Address
    std::string m_destination;        //!< where requests go
    uint32_t m_size;                  //!< bytes of data in a request
    Ptr<Socket> m_socket;             //!< sends the requests
    std::vector<Request> m_requests;  //!< by sequence number, from 1
    std::vector<double> m_roundTrips; //!< of each reply, in milliseconds
    Time m_last;                      //!< when something was sent or received last
};

void
WriteCounters(std::ostream* os, Ptr<LoNetDevice> lo, Ptr<const Packet> /* packet */)
{
    const auto stats = lo->GetStats();
    *os << Simulator::Now().GetSeconds() << ',' << stats.txPackets << ',' << stats.txBytes << ','
        << stats.rxPackets << ',' << stats.rxBytes << '\n';
}

int
Run(int argc, char* argv[])
{
    LoHost host;
    uint64_t count = 5;
    uint64_t size = 56;
    Time interval = Seconds(1);
    std::string ascii;
    std::string series;
    ExampleOptions options(USAGE, EXAMPLES);
    host.AddOptions(options);
    // The sequence number of an echo has 16 bits.
    options.AddNumber("count", count, 1, 65535, "requests to send");
    options.AddNumber("size", size, 0, 65527, "bytes of data in a request");
    options.AddTime("interval", interval, "time between requests");
    options.AddFile("ascii", ascii, "write an ns-3 ascii trace of lo to FILE");
    options.AddFile("series", series, "write counters to FILE, a line per packet, as CSV");
    if (!options.Read(argc, argv))
    {
        return EXIT_SUCCESS;
    }
    if (size > 65507 && Ipv4Address::IsMatchingType(host.address))
    {
        throw ExampleError("--size: a packet of IPv4 has room for 65507 bytes");
    }
    OutputFile seriesFile(series);
    auto& report = GetReport({host.pcapng, host.json, series});
    host.Create();
    const auto lo = host.lo;
    if (!ascii.empty())
    {
        LoHelper().EnableAscii(ascii, lo, true);
    }
    seriesFile.GetStream() << "time_s,tx_packets,tx_bytes,rx_packets,rx_bytes\n"
                           << std::fixed << std::setprecision(9);
    const auto writeCounters = MakeBoundCallback(&WriteCounters, &seriesFile.GetStream(), lo);
    if (!series.empty())
    {
        lo->TraceConnectWithoutContext("MacTx", writeCounters);
        lo->TraceConnectWithoutContext("MacPromiscRx", writeCounters);
    }

    Ping ping(report, host.node, host.address, size);
    for (uint64_t i = 0; i < count; ++i)
    {
        Simulator::ScheduleWithContext(host.node->GetId(),
                                       interval * static_cast<int64_t>(i),
                                       &Ping::Send,
                                       &ping);
    }
    // For a realtime simulation, which does not end by itself. Linux's ping waits as long.
    Simulator::Stop(interval * static_cast<int64_t>(count) + Seconds(10));
    const StopOnSignal stop;
    Simulator::Run();
    ping.PrintStatistics();
    report << '\n';
    host.Finish(report);
    seriesFile.Close();
    return ping.HasReply() ? EXIT_SUCCESS : EXIT_FAILURE;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunExample("lo-ping", [&] { return Run(argc, argv); });
}
