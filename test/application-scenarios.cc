/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "application-scenarios.h"

#include "../model/ns3-ping.h"

#include "ns3/application-container.h"
#include "ns3/bulk-send-helper.h"
#include "ns3/data-rate.h"
#include "ns3/icmpv4.h"
#include "ns3/icmpv6-header.h"
#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv6-header.h"
#include "ns3/on-off-helper.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/packet-socket-address.h"
#include "ns3/packet-socket-client.h"
#include "ns3/packet-socket-server.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/string.h"
#include "ns3/three-gpp-http-client.h"
#include "ns3/three-gpp-http-helper.h"
#include "ns3/three-gpp-http-server.h"
#include "ns3/three-gpp-http-variables.h"
#include "ns3/udp-echo-helper.h"
#include "ns3/uinteger.h"

#include <sstream>

namespace ns3::tests
{

namespace
{

constexpr uint64_t COUNT{20};      ///< packets that an application sends
constexpr uint32_t SIZE{500};      ///< bytes of payload in each
constexpr uint32_t UDP_HEADER{8};  ///< bytes
constexpr uint32_t ICMP_HEADER{8}; ///< bytes, those of an echo

/// @return bytes of an IP header
uint32_t
GetIpHeaderSize(IpVersion version)
{
    return version == IpVersion::V4 ? 20 : 40;
}

/// Counts the packets of a trace source.
class PacketCounter
{
  public:
    /// Count those of a trace source that tells the packet.
    void Count(const Ptr<Object>& object, const std::string& source)
    {
        object->TraceConnectWithoutContext(source, MakeCallback(&PacketCounter::OnPacket, this));
    }

    /// Count those of a trace source that also tells an address.
    void CountWithAddress(const Ptr<Object>& object, const std::string& source)
    {
        object->TraceConnectWithoutContext(source, MakeCallback(&PacketCounter::OnPacketOf, this));
    }

    void OnPacket(Ptr<const Packet> packet)
    {
        ++m_traffic.packets;
        m_traffic.bytes += packet->GetSize();
    }

    void OnPacketOf(Ptr<const Packet> packet, const Address& /* address */)
    {
        OnPacket(packet);
    }

    uint64_t GetPackets() const
    {
        return m_traffic.packets;
    }

    uint64_t GetBytes() const
    {
        return m_traffic.bytes;
    }

    /// @return whether the counted packets are so many, all of one size
    bool Is(uint64_t packets, uint32_t size) const
    {
        return m_traffic.packets == packets && m_traffic.bytes == packets * size;
    }

    bool operator==(const PacketCounter& other) const
    {
        return GetPackets() == other.GetPackets() && GetBytes() == other.GetBytes();
    }

  private:
    Traffic m_traffic; //!< what was counted
};

std::ostream&
operator<<(std::ostream& os, const PacketCounter& counter)
{
    return os << counter.GetPackets() << " packets of " << counter.GetBytes() << " bytes";
}

/// A UdpEchoClient and a UdpEchoServer.
class UdpEchoScenario : public ApplicationScenario
{
  public:
    UdpEchoScenario(Ptr<Node> node, IpVersion version)
        : m_version(version)
    {
        auto server = UdpEchoServerHelper(PORT).Install(node).Get(0);
        UdpEchoClientHelper helper(GetLoopbackEndpoint(version, PORT));
        helper.SetAttribute("MaxPackets", UintegerValue(COUNT));
        helper.SetAttribute("Interval", TimeValue(MilliSeconds(1)));
        helper.SetAttribute("PacketSize", UintegerValue(SIZE));
        auto client = helper.Install(node).Get(0);
        m_requestsSent.Count(client, "Tx");
        // What Rx tells differs between the releases.
        server->TraceConnectWithoutContext("RxWithAddresses",
                                           MakeCallback(&UdpEchoScenario::OnRequest, this));
        m_repliesReceived.Count(client, "Rx");
    }

    std::string GetResults() const override
    {
        std::ostringstream os;
        os << "requests sent: " << m_requestsSent << ", received: " << m_requestsReceived
           << ", replies received: " << m_repliesReceived;
        return os.str();
    }

    bool IsComplete() const override
    {
        return m_requestsSent.Is(COUNT, SIZE) && m_requestsReceived.Is(COUNT, SIZE) &&
               m_repliesReceived.Is(COUNT, SIZE);
    }

    std::optional<Traffic> GetTraffic() const override
    {
        return Traffic{2 * COUNT, 2 * COUNT * (SIZE + UDP_HEADER + GetIpHeaderSize(m_version))};
    }

  private:
    static constexpr uint16_t PORT{7};

    void OnRequest(Ptr<const Packet> packet, const Address& /* from */, const Address& /* to */)
    {
        m_requestsReceived.OnPacket(packet);
    }

    IpVersion m_version;
    PacketCounter m_requestsSent;
    PacketCounter m_requestsReceived;
    PacketCounter m_repliesReceived;
};

/// An application that sends, and a PacketSink.
class ToSinkScenario : public ApplicationScenario
{
  public:
    std::string GetResults() const override
    {
        std::ostringstream os;
        os << "sent: " << m_sent << ", received: " << m_received;
        return os.str();
    }

  protected:
    static constexpr uint16_t PORT{9};

    ToSinkScenario(Ptr<Node> node, IpVersion version, const std::string& socketFactory)
    {
        PacketSinkHelper helper(socketFactory, GetAnyEndpoint(version, PORT));
        m_received.CountWithAddress(helper.Install(node).Get(0), "Rx");
    }

    PacketCounter m_sent;
    PacketCounter m_received;
};

/// An OnOffApplication that is always on.
class OnOffScenario : public ToSinkScenario
{
  public:
    OnOffScenario(Ptr<Node> node, IpVersion version, const std::string& socketFactory)
        : ToSinkScenario(node, version, socketFactory)
    {
        OnOffHelper helper(socketFactory, GetLoopbackEndpoint(version, PORT));
        helper.SetConstantRate(DataRate("1Mbps"), SIZE);
        helper.SetAttribute("MaxBytes", UintegerValue(COUNT * SIZE));
        m_sent.Count(helper.Install(node).Get(0), "Tx");
    }

    bool IsComplete() const override
    {
        return m_sent.Is(COUNT, SIZE) && m_received.GetBytes() == COUNT * SIZE;
    }
};

class UdpOnOffScenario : public OnOffScenario
{
  public:
    UdpOnOffScenario(Ptr<Node> node, IpVersion version)
        : OnOffScenario(node, version, "ns3::UdpSocketFactory"),
          m_version(version)
    {
    }

    std::optional<Traffic> GetTraffic() const override
    {
        return Traffic{COUNT, COUNT * (SIZE + UDP_HEADER + GetIpHeaderSize(m_version))};
    }

  private:
    IpVersion m_version;
};

class TcpOnOffScenario : public OnOffScenario
{
  public:
    TcpOnOffScenario(Ptr<Node> node, IpVersion version)
        : OnOffScenario(node, version, "ns3::TcpSocketFactory")
    {
    }
};

/// A BulkSendApplication.
class BulkSendScenario : public ToSinkScenario
{
  public:
    BulkSendScenario(Ptr<Node> node, IpVersion version)
        : ToSinkScenario(node, version, "ns3::TcpSocketFactory")
    {
        BulkSendHelper helper("ns3::TcpSocketFactory", GetLoopbackEndpoint(version, PORT));
        helper.SetAttribute("MaxBytes", UintegerValue(MAX_BYTES));
        m_sent.Count(helper.Install(node).Get(0), "Tx");
    }

    bool IsComplete() const override
    {
        return m_sent.GetBytes() == MAX_BYTES && m_received.GetBytes() == MAX_BYTES;
    }

  private:
    static constexpr uint64_t MAX_BYTES{1'000'000};
};

/// A ThreeGppHttpClient that loads some pages from a ThreeGppHttpServer.
class HttpScenario : public ApplicationScenario
{
  public:
    HttpScenario(Ptr<Node> node, IpVersion version)
    {
        ThreeGppHttpServerHelper serverHelper(GetLoopbackAddress(version));
        serverHelper.SetAttribute("Variables", PointerValue(CreateVariables(0)));
        auto server = DynamicCast<ThreeGppHttpServer>(serverHelper.Install(node).Get(0));
        // The server has drawn one already, before its random streams could be fixed.
        server->SetMtuSize(1460);
        ThreeGppHttpClientHelper clientHelper(GetLoopbackAddress(version));
        clientHelper.SetAttribute("Variables", PointerValue(CreateVariables(100)));
        auto client = clientHelper.Install(node).Get(0);

        m_requestsSent.Count(client, "Tx");
        m_requestsReceived.CountWithAddress(server, "Rx");
        for (const auto source : {"MainObject", "EmbeddedObject"})
        {
            server->TraceConnectWithoutContext(source, MakeCallback(&HttpScenario::OnSent, this));
        }
        for (const auto source : {"RxMainObject", "RxEmbeddedObject"})
        {
            client->TraceConnectWithoutContext(source,
                                               MakeCallback(&HttpScenario::OnReceived, this));
        }
        client->TraceConnectWithoutContext("StateTransition",
                                           MakeCallback(&HttpScenario::OnState, this));
    }

    std::string GetResults() const override
    {
        std::ostringstream os;
        os << m_pages << " pages, requests sent: " << m_requestsSent
           << ", received: " << m_requestsReceived << ", objects sent: " << m_objectsSent.packets
           << " of " << m_objectsSent.bytes << " bytes, received: " << m_objectsReceived;
        return os.str();
    }

    bool IsComplete() const override
    {
        return m_pages == PAGES && m_requestsSent == m_requestsReceived &&
               m_objectsSent.packets == m_objectsReceived.GetPackets() &&
               m_objectsSent.bytes + m_objectsSent.packets * HEADER_SIZE ==
                   m_objectsReceived.GetBytes();
    }

  private:
    static constexpr uint32_t PAGES{5};
    /// What the server puts before an object that it does not count as sent, a ThreeGppHttpHeader.
    static constexpr uint32_t HEADER_SIZE{22};

    /// @return the variables of an application, with fixed random streams
    static Ptr<ThreeGppHttpVariables> CreateVariables(int64_t firstStream)
    {
        auto variables = CreateObject<ThreeGppHttpVariables>();
        variables->AssignStreams(firstStream);
        return variables;
    }

    void OnSent(uint32_t size)
    {
        ++m_objectsSent.packets;
        m_objectsSent.bytes += size;
    }

    void OnReceived(Ptr<const ThreeGppHttpClient> /* client */, Ptr<const Packet> object)
    {
        m_objectsReceived.OnPacket(object);
    }

    void OnState(const std::string& /* before */, const std::string& now)
    {
        if (now == "READING" && ++m_pages == PAGES)
        {
            // Not at once: TCP may have an ACK to send yet.
            Simulator::Stop(Seconds(1));
        }
    }

    uint32_t m_pages{0};
    PacketCounter m_requestsSent;
    PacketCounter m_requestsReceived;
    Traffic m_objectsSent;
    PacketCounter m_objectsReceived;
};

#if LOOPBACK_NS3_HAS_PING

ApplicationContainer
InstallPing(Ptr<Node> node, IpVersion version)
{
    PingHelper helper(GetLoopbackAddress(version));
    helper.SetAttribute("Count", UintegerValue(COUNT));
    helper.SetAttribute("Size", UintegerValue(SIZE));
    helper.SetAttribute("VerboseMode", StringValue("Silent"));
    return helper.Install(node);
}

#else

ApplicationContainer
InstallPing(Ptr<Node> node, IpVersion version)
{
    if (version == IpVersion::V4)
    {
        V4PingHelper helper(Ipv4Address::GetLoopback());
        helper.SetAttribute("Size", UintegerValue(SIZE));
        auto applications = helper.Install(node);
        // It can not count, and sends one echo request a second.
        applications.Stop(Seconds(COUNT) - MilliSeconds(500));
        return applications;
    }
    Ping6Helper helper;
    helper.SetLocal(Ipv6Address::GetLoopback());
    helper.SetRemote(Ipv6Address::GetLoopback());
    helper.SetAttribute("MaxPackets", UintegerValue(COUNT));
    helper.SetAttribute("PacketSize", UintegerValue(SIZE));
    return helper.Install(node);
}

#endif

/// ns-3's ping; not all of its versions tell what they got, so a raw socket counts the replies.
class PingScenario : public ApplicationScenario
{
  public:
    PingScenario(Ptr<Node> node, IpVersion version)
        : m_version(version),
          m_socket(Socket::CreateSocket(node,
                                        TypeId::LookupByName(version == IpVersion::V4
                                                                 ? "ns3::Ipv4RawSocketFactory"
                                                                 : "ns3::Ipv6RawSocketFactory")))
    {
        const uint8_t protocol = version == IpVersion::V4 ? 1 : Ipv6Header::IPV6_ICMPV6;
        m_socket->SetAttribute("Protocol", UintegerValue(protocol));
        m_socket->Bind(GetAnyEndpoint(version, 0));
        m_socket->SetRecvCallback(MakeCallback(&PingScenario::OnReceived, this));
        InstallPing(node, version);
    }

    std::string GetResults() const override
    {
        std::ostringstream os;
        os << "requests: " << m_requests << ", replies: " << m_replies;
        return os.str();
    }

    bool IsComplete() const override
    {
        return m_requests.Is(COUNT, ICMP_HEADER + SIZE) && m_replies.Is(COUNT, ICMP_HEADER + SIZE);
    }

    std::optional<Traffic> GetTraffic() const override
    {
        return Traffic{2 * COUNT, 2 * COUNT * (SIZE + ICMP_HEADER + GetIpHeaderSize(m_version))};
    }

  private:
    void OnReceived(Ptr<Socket> socket)
    {
        while (auto packet = socket->Recv())
        {
            packet->RemoveAtStart(GetIpHeaderSize(m_version));
            uint8_t type = 0;
            packet->CopyData(&type, 1);
            const bool v4 = m_version == IpVersion::V4;
            if (type == (v4 ? uint8_t{Icmpv4Header::ICMPV4_ECHO}
                            : uint8_t{Icmpv6Header::ICMPV6_ECHO_REQUEST}))
            {
                m_requests.OnPacket(packet);
            }
            else if (type == (v4 ? uint8_t{Icmpv4Header::ICMPV4_ECHO_REPLY}
                                 : uint8_t{Icmpv6Header::ICMPV6_ECHO_REPLY}))
            {
                m_replies.OnPacket(packet);
            }
        }
    }

    IpVersion m_version;
    Ptr<Socket> m_socket;
    PacketCounter m_requests;
    PacketCounter m_replies;
};

/// A PacketSocketClient, a PacketSocketServer, and one that listens to another protocol.
class PacketSocketScenario : public ApplicationScenario
{
  public:
    explicit PacketSocketScenario(Ptr<Node> node)
    {
        auto server = InstallServer(node, PROTOCOL);
        server->TraceConnectWithoutContext("Rx",
                                           MakeCallback(&PacketSocketScenario::OnReceived, this));
        m_receivedByOther.CountWithAddress(InstallServer(node, OTHER_PROTOCOL), "Rx");

        auto client = CreateObject<PacketSocketClient>();
        client->SetRemote(GetAddress(node, PROTOCOL));
        client->SetAttribute("MaxPackets", UintegerValue(COUNT));
        client->SetAttribute("PacketSize", UintegerValue(SIZE));
        client->SetAttribute("Interval", TimeValue(MilliSeconds(1)));
        node->AddApplication(client);
        m_sent.CountWithAddress(client, "Tx");
    }

    std::string GetResults() const override
    {
        std::ostringstream os;
        os << "sent: " << m_sent << ", received: " << m_received
           << ", received with another protocol number: " << m_receivedWithOther
           << ", received by the server of another protocol: " << m_receivedByOther;
        return os.str();
    }

    bool IsComplete() const override
    {
        return m_sent.Is(COUNT, SIZE) && m_received.Is(COUNT, SIZE) &&
               m_receivedWithOther.Is(0, 0) && m_receivedByOther.Is(0, 0);
    }

    std::optional<Traffic> GetTraffic() const override
    {
        return Traffic{COUNT, COUNT * SIZE};
    }

  private:
    /// The EtherTypes for local experiments.
    static constexpr uint16_t PROTOCOL{0x88b5};
    static constexpr uint16_t OTHER_PROTOCOL{0x88b6};

    static PacketSocketAddress GetAddress(Ptr<Node> node, uint16_t protocol)
    {
        PacketSocketAddress address;
        address.SetSingleDevice(0);
        address.SetPhysicalAddress(node->GetDevice(0)->GetAddress());
        address.SetProtocol(protocol);
        return address;
    }

    static Ptr<PacketSocketServer> InstallServer(Ptr<Node> node, uint16_t protocol)
    {
        auto server = CreateObject<PacketSocketServer>();
        server->SetLocal(GetAddress(node, protocol));
        node->AddApplication(server);
        return server;
    }

    void OnReceived(Ptr<const Packet> packet, const Address& from)
    {
        const bool right = PacketSocketAddress::ConvertFrom(from).GetProtocol() == PROTOCOL;
        (right ? m_received : m_receivedWithOther).OnPacket(packet);
    }

    PacketCounter m_sent;
    PacketCounter m_received;
    PacketCounter m_receivedWithOther;
    PacketCounter m_receivedByOther;
};

/// Add a scenario for both IP versions.
template <class Scenario>
void
AddBoth(std::vector<ApplicationScenarioFactory>& factories, const std::string& name)
{
    for (auto version : IP_VERSIONS)
    {
        factories.push_back({name + " over " + NameOf(version), [version](Ptr<Node> node) {
                                 return std::make_unique<Scenario>(node, version);
                             }});
    }
}

} // namespace

std::vector<ApplicationScenarioFactory>
GetApplicationScenarios()
{
    std::vector<ApplicationScenarioFactory> factories;
    AddBoth<UdpEchoScenario>(factories, "UDP echo");
    AddBoth<UdpOnOffScenario>(factories, "OnOff, UDP,");
    AddBoth<TcpOnOffScenario>(factories, "OnOff, TCP,");
    AddBoth<BulkSendScenario>(factories, "BulkSend");
    AddBoth<HttpScenario>(factories, "3GPP HTTP");
    AddBoth<PingScenario>(factories, "ping");
    factories.push_back({"packet sockets", [](Ptr<Node> node) {
                             return std::make_unique<PacketSocketScenario>(node);
                         }});
    return factories;
}

} // namespace ns3::tests
