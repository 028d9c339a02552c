/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "kernel-traffic.h"

#include "../loopback-node.h"
#include "../to-callback.h"

#include "ns3/internet-module.h"
#include "ns3/lo-helper.h"
#include "ns3/network-module.h"

using namespace ns3;

namespace
{

constexpr uint16_t PORT = 9;
constexpr uint8_t ICMP = 1;
constexpr uint8_t ICMPV6 = 58;

bool
IsIpv6(const Address& address)
{
    return Ipv6Address::IsMatchingType(address);
}

bool
IsForManyHosts(const Address& address)
{
    if (IsIpv6(address))
    {
        return Ipv6Address::ConvertFrom(address).IsMulticast();
    }
    const auto ipv4 = Ipv4Address::ConvertFrom(address);
    return ipv4.IsMulticast() || ipv4.IsBroadcast();
}

/// Echo requests, by a raw socket: ns-3's ping application does not send less than 16 bytes.
class Ping : public Traffic
{
  public:
    Ping(Ptr<Node> node, const Address& destination, uint32_t size)
        : m_ipv6(IsIpv6(destination)),
          m_size(size)
    {
        m_socket = Socket::CreateSocket(node,
                                        TypeId::LookupByName(m_ipv6 ? "ns3::Ipv6RawSocketFactory"
                                                                    : "ns3::Ipv4RawSocketFactory"));
        m_socket->SetAttribute("Protocol", UintegerValue(m_ipv6 ? ICMPV6 : ICMP));
        m_socket->Connect(tests::MakeEndpoint(destination, 0));
        m_socket->SetRecvCallback(MakeCallback(&Ping::Receive, this));
    }

    void SendOne() override
    {
        ++m_sequence;
        failed += m_socket->Send(m_ipv6 ? MakeRequest6() : MakeRequest4()) < 0 ? 1 : 0;
    }

  private:
    Ptr<Packet> MakeRequest4() const
    {
        Icmpv4Echo echo;
        echo.SetSequenceNumber(m_sequence);
        echo.SetData(Create<Packet>(m_size));
        Icmpv4Header header;
        header.SetType(Icmpv4Header::ICMPV4_ECHO);
        auto packet = Create<Packet>();
        packet->AddHeader(echo);
        packet->AddHeader(header);
        return packet;
    }

    Ptr<Packet> MakeRequest6() const
    {
        Icmpv6Echo echo(true);
        echo.SetSeq(m_sequence);
        auto packet = Create<Packet>(m_size);
        packet->AddHeader(echo);
        return packet;
    }

    void Receive(Ptr<Socket> socket)
    {
        while (auto packet = socket->Recv())
        {
            answered += (m_ipv6 ? IsReply6(packet) : IsReply4(packet)) ? 1 : 0;
        }
    }

    bool IsReply4(Ptr<Packet> packet) const
    {
        Ipv4Header ip;
        Icmpv4Header icmp;
        Icmpv4Echo echo;
        packet->RemoveHeader(ip);
        // ns-3 hands raw sockets fragments, and Icmpv4Echo reads beyond the end of one.
        if (ip.GetFragmentOffset() != 0 || !ip.IsLastFragment())
        {
            return false;
        }
        packet->RemoveHeader(icmp);
        if (icmp.GetType() != Icmpv4Header::ICMPV4_ECHO_REPLY)
        {
            return false;
        }
        packet->RemoveHeader(echo);
        return echo.GetSequenceNumber() == m_sequence && echo.GetDataSize() == m_size;
    }

    bool IsReply6(Ptr<Packet> packet) const
    {
        Ipv6Header ip;
        Icmpv6Echo echo;
        packet->RemoveHeader(ip);
        if (ip.GetNextHeader() != ICMPV6)
        {
            return false;
        }
        packet->RemoveHeader(echo);
        return echo.GetType() == Icmpv6Header::ICMPV6_ECHO_REPLY && echo.GetSeq() == m_sequence &&
               packet->GetSize() == m_size;
    }

    const bool m_ipv6;
    const uint32_t m_size;
    uint16_t m_sequence{0};
    Ptr<Socket> m_socket;
};

/// Datagrams to a port of this node.
class Datagrams : public Traffic
{
  public:
    Datagrams(Ptr<Node> node, const Address& destination, uint32_t size, bool isOpen)
        : m_size(size)
    {
        const bool ipv6 = IsIpv6(destination);
        if (isOpen)
        {
            const auto any = ipv6 ? Address(Ipv6Address::GetAny()) : Ipv4Address::GetAny();
            m_receiver = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
            m_receiver->Bind(tests::MakeEndpoint(any, PORT));
            m_receiver->SetRecvCallback(ToCallback([this, size](Ptr<Socket> socket) {
                while (auto packet = socket->Recv())
                {
                    answered += packet->GetSize() == size ? 1 : 0;
                }
            }));
        }
        m_sender = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
        const auto fail4 = MakeCallback(&Datagrams::Fail<Ipv4Address>, this);
        const auto fail6 = MakeCallback(&Datagrams::Fail<Ipv6Address>, this);
        m_sender->SetAttribute("IcmpCallback", CallbackValue(fail4));
        m_sender->SetAttribute("IcmpCallback6", CallbackValue(fail6));
        // Linux's IP_MULTICAST_TTL is 1 unless somebody sets it.
        m_sender->SetAttribute("IpMulticastTtl", UintegerValue(1));
        // Linux's default, of which ns-3 makes nothing.
        m_sender->SetAttribute("MtuDiscover", BooleanValue(true));
        m_sender->SetAllowBroadcast(true);
        if (IsForManyHosts(destination))
        {
            m_sender->BindToNetDevice(LoHelper::GetLo(node));
        }
        m_sender->Connect(tests::MakeEndpoint(destination, PORT));
    }

    void SendOne() override
    {
        failed += m_sender->Send(Create<Packet>(m_size)) < 0 ? 1 : 0;
    }

  private:
    /// Count an ICMP message.
    template <class IpAddress>
    void Fail(IpAddress /* from */,
              uint8_t /* ttl */,
              uint8_t /* type */,
              uint8_t /* code */,
              uint32_t /* info */)
    {
        ++refused;
    }

    const uint32_t m_size;
    Ptr<Socket> m_receiver;
    Ptr<Socket> m_sender;
};

/// TCP connections to a port that nobody listens on.
class Connections : public Traffic
{
  public:
    Connections(Ptr<Node> node, const Address& destination)
        : m_node(node),
          m_destination(tests::MakeEndpoint(destination, PORT))
    {
    }

    void SendOne() override
    {
        auto socket = Socket::CreateSocket(m_node, TcpSocketFactory::GetTypeId());
        socket->SetConnectCallback(ToCallback([this](Ptr<Socket>) { ++answered; }),
                                   ToCallback([this](Ptr<Socket>) { ++refused; }));
        failed += socket->Connect(m_destination) < 0 ? 1 : 0;
    }

  private:
    Ptr<Node> m_node;
    Address m_destination;
};

} // namespace

std::unique_ptr<Traffic>
MakeTraffic(const std::string& kind, Ptr<Node> node, const Address& destination, uint32_t size)
{
    if (kind == "ping")
    {
        return std::make_unique<Ping>(node, destination, size);
    }
    if (kind == "udp" || kind == "udp-closed")
    {
        return std::make_unique<Datagrams>(node, destination, size, kind == "udp");
    }
    if (kind == "tcp-closed")
    {
        return std::make_unique<Connections>(node, destination);
    }
    return nullptr;
}
