/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "self-talk.h"

#include "ns3/inet-socket-address.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/udp-socket-factory.h"

namespace ns3
{

namespace
{

constexpr uint16_t PORT = 9;
constexpr uint32_t SIZE = 1000;

} // namespace

SelfTalk::SelfTalk(Ptr<Node> node, uint32_t datagrams)
    : m_socket(Socket::CreateSocket(node, UdpSocketFactory::GetTypeId())),
      m_left(datagrams)
{
    m_socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), PORT));
    m_socket->Connect(InetSocketAddress(Ipv4Address::GetLoopback(), PORT));
    m_socket->SetRecvCallback(MakeCallback(&SelfTalk::Receive, this));
}

void
SelfTalk::Start()
{
    Simulator::ScheduleWithContext(m_socket->GetNode()->GetId(), Time(0), &SelfTalk::Send, this);
}

uint32_t
SelfTalk::GetReceived() const
{
    return m_received;
}

void
SelfTalk::Send()
{
    if (m_left > 0)
    {
        --m_left;
        m_socket->Send(Create<Packet>(SIZE));
    }
}

void
SelfTalk::Receive(Ptr<Socket> socket)
{
    while (socket->Recv())
    {
        ++m_received;
        Send();
    }
}

} // namespace ns3
