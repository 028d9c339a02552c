/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "udp-flow.h"

#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/udp-socket-factory.h"

namespace ns3::tests
{

UdpFlow::UdpFlow(Ptr<Node> from,
                 Ptr<Node> to,
                 const Address& destination,
                 const UdpFlowSettings& settings)
    : m_settings(settings),
      m_destination(MakeEndpoint(destination, settings.port)),
      m_client(Socket::CreateSocket(from, UdpSocketFactory::GetTypeId())),
      m_server(Socket::CreateSocket(to, UdpSocketFactory::GetTypeId()))
{
    const auto version = GetVersion(destination);
    m_server->Bind(GetAnyEndpoint(version, settings.port));
    m_server->SetRecvCallback(MakeCallback(&UdpFlow::Receive, this));
    m_client->SetAllowBroadcast(true);
    m_client->Bind(GetAnyEndpoint(version, 0));
    Simulator::ScheduleWithContext(from->GetId(), settings.start, &UdpFlow::Send, this);
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
        times.push_back(Simulator::Now());
        received += packet->GetSize() == m_settings.size ? 1 : 0;
        arrivals += std::to_string(Simulator::Now().GetNanoSeconds()) + " ns " +
                    std::to_string(packet->GetSize()) + " bytes, ";
    }
}

} // namespace ns3::tests
