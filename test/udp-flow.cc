/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "udp-flow.h"

#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/udp-socket-factory.h"

namespace ns3::tests
{

Address
MakeEndpoint(const Address& address, uint16_t port)
{
    if (Ipv4Address::IsMatchingType(address))
    {
        return InetSocketAddress(Ipv4Address::ConvertFrom(address), port);
    }
    return Inet6SocketAddress(Ipv6Address::ConvertFrom(address), port);
}

UdpFlow::UdpFlow(Ptr<Node> from,
                 Ptr<Node> to,
                 const Address& destination,
                 const UdpFlowSettings& settings)
    : m_settings(settings),
      m_destination(MakeEndpoint(destination, settings.port)),
      m_client(Socket::CreateSocket(from, UdpSocketFactory::GetTypeId())),
      m_server(Socket::CreateSocket(to, UdpSocketFactory::GetTypeId()))
{
    const bool isIpv4 = Ipv4Address::IsMatchingType(destination);
    m_server->Bind(
        MakeEndpoint(isIpv4 ? Address(Ipv4Address::GetAny()) : Address(Ipv6Address::GetAny()),
                     settings.port));
    m_server->SetRecvCallback(MakeCallback(&UdpFlow::Receive, this));
    m_client->SetAllowBroadcast(true);
    if (isIpv4)
    {
        m_client->Bind();
    }
    else
    {
        m_client->Bind6();
    }
    Simulator::ScheduleWithContext(from->GetId(), settings.start, &UdpFlow::Send, this);
}

uint32_t
UdpFlow::GetReceived() const
{
    return m_received;
}

const std::string&
UdpFlow::GetArrivals() const
{
    return m_arrivals;
}

void
UdpFlow::Send()
{
    if (m_sent++ < m_settings.count)
    {
        m_client->SendTo(Create<Packet>(m_settings.size), 0, m_destination);
        Simulator::Schedule(m_settings.interval, &UdpFlow::Send, this);
    }
}

void
UdpFlow::Receive(Ptr<Socket> socket)
{
    while (auto packet = socket->Recv())
    {
        m_received += packet->GetSize() == m_settings.size ? 1 : 0;
        m_arrivals += std::to_string(Simulator::Now().GetNanoSeconds()) + " ns " +
                      std::to_string(packet->GetSize()) + " bytes, ";
    }
}

} // namespace ns3::tests
