/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "tcp-transfer.h"

#include "ns3/inet-socket-address.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/tcp-socket-factory.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr uint16_t PORT = 5001;

} // namespace

TcpTransfer::TcpTransfer(Ptr<Node> node, uint32_t segmentSize, uint64_t size)
    : m_node(node),
      m_segmentSize(segmentSize),
      m_size(size),
      m_listener(CreateSocket()),
      m_client(CreateSocket())
{
    m_listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                  MakeCallback(&TcpTransfer::Accept, this));
    m_listener->Bind(InetSocketAddress(Ipv4Address::GetAny(), PORT));
    m_listener->Listen();
    m_client->SetSendCallback(MakeCallback(&TcpTransfer::Write, this));
    m_client->Bind();
}

void
TcpTransfer::Run()
{
    Simulator::ScheduleWithContext(m_node->GetId(), Time(0), &TcpTransfer::Connect, this);
    Simulator::Run();
}

uint64_t
TcpTransfer::GetReceived() const
{
    return m_received;
}

Ptr<Socket>
TcpTransfer::CreateSocket() const
{
    // As lo-tcp has it: with less room every second segment waits for a delayed acknowledgement.
    const UintegerValue room(std::max<uint32_t>(131072, 16 * m_segmentSize));
    auto socket = Socket::CreateSocket(m_node, TcpSocketFactory::GetTypeId());
    socket->SetAttribute("SegmentSize", UintegerValue(m_segmentSize));
    socket->SetAttribute("SndBufSize", room);
    socket->SetAttribute("RcvBufSize", room);
    return socket;
}

void
TcpTransfer::Connect()
{
    m_client->Connect(InetSocketAddress(Ipv4Address::GetLoopback(), PORT));
}

void
TcpTransfer::Write(Ptr<Socket> socket, uint32_t /* available */)
{
    while (m_written < m_size)
    {
        const auto bytes =
            static_cast<uint32_t>(std::min<uint64_t>(m_segmentSize, m_size - m_written));
        if (socket->GetTxAvailable() < bytes)
        {
            return;
        }
        m_written += bytes;
        socket->Send(Create<Packet>(bytes));
    }
    socket->SetSendCallback(MakeNullCallback<void, Ptr<Socket>, uint32_t>());
    socket->Close();
}

void
TcpTransfer::Accept(Ptr<Socket> socket, const Address& /* from */)
{
    socket->SetRecvCallback(MakeCallback(&TcpTransfer::Read, this));
    socket->SetCloseCallbacks(MakeCallback(&TcpTransfer::CloseToo, this),
                              MakeNullCallback<void, Ptr<Socket>>());
}

void
TcpTransfer::Read(Ptr<Socket> socket)
{
    while (auto packet = socket->Recv())
    {
        m_received += packet->GetSize();
    }
}

void
TcpTransfer::CloseToo(Ptr<Socket> socket)
{
    socket->Close();
}

} // namespace ns3
