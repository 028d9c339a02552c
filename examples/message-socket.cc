/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "message-socket.h"

#include "program-error.h"

#include "ns3/callback.h"
#include "ns3/packet.h"

#include <string>
#include <utility>

using namespace ns3;

MessageSocket::MessageSocket(Ptr<Socket> socket,
                             uint32_t sentSize,
                             uint32_t receivedSize,
                             Receiver receiver)
    : m_socket(socket),
      m_sentSize(sentSize),
      m_receivedSize(receivedSize),
      m_receiver(std::move(receiver))
{
    m_socket->SetRecvCallback(MakeCallback(&MessageSocket::Read, this));
}

MessageSocket::~MessageSocket()
{
    m_socket->SetRecvCallback(MakeNullCallback<void, Ptr<Socket>>());
}

void
MessageSocket::Send(const Message& message)
{
    std::vector<uint8_t> bytes(m_sentSize);
    for (int i = 0; i < 4; ++i)
    {
        bytes[i] = static_cast<uint8_t>(message.request >> (24 - 8 * i));
    }
    bytes[4] = message.failed ? 1 : 0;
    const auto sent = m_socket->Send(Create<Packet>(bytes.data(), m_sentSize));
    if (sent < 0 ? m_socket->GetErrno() == Socket::ERROR_MSGSIZE
                 : static_cast<uint32_t>(sent) != m_sentSize)
    {
        throw ProgramError("a message of " + std::to_string(m_sentSize) +
                           " bytes does not fit TCP's buffer; raise ns3::TcpSocket::SndBufSize");
    }
}

void
MessageSocket::Read(Ptr<Socket> socket)
{
    while (const auto packet = socket->Recv())
    {
        const auto begin = m_received.size();
        m_received.resize(begin + packet->GetSize());
        packet->CopyData(m_received.data() + begin, packet->GetSize());
    }
    while (m_received.size() >= m_receivedSize)
    {
        Message message{0, m_received[4] != 0};
        for (int i = 0; i < 4; ++i)
        {
            message.request = message.request << 8 | m_received[i];
        }
        m_received.erase(m_received.begin(), m_received.begin() + m_receivedSize);
        m_receiver(message);
    }
}
