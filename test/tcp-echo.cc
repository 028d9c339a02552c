/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "tcp-echo.h"

#include "ns3/boolean.h"
#include "ns3/object-factory.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/tcp-bbr.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <sstream>
#include <vector>

namespace ns3::tests
{

namespace
{

/// @return the stream; any two bytes that are near each other, or 2^n apart, differ
const std::vector<uint8_t>&
GetStream()
{
    // Made once: the byte for byte work of many echoes would take longer than TCP's.
    static const auto stream = [] {
        std::vector<uint8_t> bytes(TcpEchoSettings{}.streamSize);
        for (uint32_t position = 0; position < bytes.size(); ++position)
        {
            bytes[position] = static_cast<uint8_t>((position * 2654435761U) >> 24);
        }
        return bytes;
    }();
    return stream;
}

/// @return how many bytes of a packet are those of the stream from a position on
uint32_t
CountStreamBytes(Ptr<const Packet> packet, uint32_t position)
{
    const auto& stream = GetStream();
    std::vector<uint8_t> bytes(std::min<std::size_t>(packet->GetSize(), stream.size() - position));
    packet->CopyData(bytes.data(), static_cast<uint32_t>(bytes.size()));
    const auto* expected = stream.data() + position;
    if (std::equal(bytes.data(), bytes.data() + bytes.size(), expected))
    {
        return static_cast<uint32_t>(bytes.size());
    }
    const auto wrong = std::mismatch(bytes.begin(), bytes.end(), expected).first;
    return static_cast<uint32_t>(wrong - bytes.begin());
}

/// @return the congestion control of that name, with a fixed random stream
Ptr<TcpCongestionOps>
CreateCongestionControl(const std::string& name)
{
    ObjectFactory factory(name);
    auto congestion = factory.Create<TcpCongestionOps>();
    if (auto bbr = DynamicCast<TcpBbr>(congestion))
    {
        bbr->SetStream(0);
    }
    return congestion;
}

} // namespace

TcpEchoEnd::TcpEchoEnd(IpVersion version, const TcpEchoSettings& settings)
    : m_version(version),
      m_settings(settings)
{
}

void
TcpEchoEnd::DoDispose()
{
    m_socket = nullptr;
    Application::DoDispose();
}

uint32_t
TcpEchoEnd::GetReceivedInOrder() const
{
    return m_receivedInOrder;
}

uint32_t
TcpEchoEnd::GetReceived() const
{
    return m_received;
}

Time
TcpEchoEnd::GetLastReceived() const
{
    return m_lastReceived;
}

uint32_t
TcpEchoEnd::GetRetransmissions() const
{
    return m_retransmissions;
}

std::string
TcpEchoEnd::GetState() const
{
    return m_state == TcpSocket::LAST_STATE ? "not connected" : TcpSocket::TcpStateName[m_state];
}

uint32_t
TcpEchoEnd::GetNormalCloses() const
{
    return m_normalCloses;
}

uint32_t
TcpEchoEnd::GetErrorCloses() const
{
    return m_errorCloses;
}

Ptr<Socket>
TcpEchoEnd::CreateSocket() const
{
    auto socket = DynamicCast<TcpSocketBase>(GetNode()->GetObject<TcpL4Protocol>()->CreateSocket());
    socket->SetCongestionControlAlgorithm(CreateCongestionControl(m_settings.congestion));
    socket->SetAttribute("Sack", BooleanValue(m_settings.sack));
    socket->SetAttribute("DelAckCount", UintegerValue(m_settings.delAckCount));
    socket->SetAttribute("TcpNoDelay", BooleanValue(m_settings.noDelay));
    socket->SetAttribute("SegmentSize", UintegerValue(m_settings.segmentSize));
    return socket;
}

void
TcpEchoEnd::Watch(Ptr<Socket> socket)
{
    m_socket = socket;
    socket->SetRecvCallback(MakeCallback(&TcpEchoEnd::OnRecv, this));
    socket->SetSendCallback(MakeCallback(&TcpEchoEnd::OnSend, this));
    socket->SetCloseCallbacks(MakeCallback(&TcpEchoEnd::OnNormalClose, this),
                              MakeCallback(&TcpEchoEnd::OnErrorClose, this));
    socket->TraceConnectWithoutContext("Tx", MakeCallback(&TcpEchoEnd::OnTx, this));
    socket->TraceConnectWithoutContext("State", MakeCallback(&TcpEchoEnd::OnState, this));
}

Ptr<Packet>
TcpEchoEnd::Receive(uint32_t maxSize)
{
    auto packet = m_socket->Recv(maxSize, 0);
    if (!packet)
    {
        return Create<Packet>();
    }
    if (m_receivedInOrder == m_received)
    {
        m_receivedInOrder += CountStreamBytes(packet, m_received);
    }
    m_received += packet->GetSize();
    m_lastReceived = Simulator::Now();
    return packet;
}

void
TcpEchoEnd::OnRecv(Ptr<Socket> /* socket */)
{
    Proceed();
}

void
TcpEchoEnd::OnSend(Ptr<Socket> /* socket */, uint32_t /* available */)
{
    Proceed();
}

void
TcpEchoEnd::OnNormalClose(Ptr<Socket> /* socket */)
{
    ++m_normalCloses;
    m_peerDone = true;
    Proceed();
}

void
TcpEchoEnd::OnErrorClose(Ptr<Socket> /* socket */)
{
    ++m_errorCloses;
}

void
TcpEchoEnd::OnTx(Ptr<const Packet> segment,
                 const TcpHeader& header,
                 Ptr<const TcpSocketBase> /* socket */)
{
    const auto flags = header.GetFlags();
    const auto sequenceSpace = segment->GetSize() + ((flags & TcpHeader::SYN) != 0 ? 1 : 0) +
                               ((flags & TcpHeader::FIN) != 0 ? 1 : 0);
    if (sequenceSpace == 0)
    {
        return;
    }
    if (header.GetSequenceNumber() < m_highestSent)
    {
        ++m_retransmissions;
    }
    m_highestSent =
        std::max(m_highestSent, header.GetSequenceNumber() + static_cast<int32_t>(sequenceSpace));
}

void
TcpEchoEnd::OnState(TcpSocket::TcpStates_t /* before */, TcpSocket::TcpStates_t now)
{
    m_state = now;
}

void
TcpEchoClient::StartApplication()
{
    Watch(CreateSocket());
    m_socket->SetConnectCallback(MakeCallback(&TcpEchoClient::OnConnected, this),
                                 MakeNullCallback<void, Ptr<Socket>>());
    m_socket->Bind(GetAnyEndpoint(m_version, 0));
    m_socket->Connect(GetLoopbackEndpoint(m_version, PORT));
}

void
TcpEchoClient::OnConnected(Ptr<Socket> /* socket */)
{
    m_connected = true;
    Proceed();
}

void
TcpEchoClient::Proceed()
{
    Receive(m_settings.streamSize);
    // A Send may call back at once.
    if (m_connected && !m_writing)
    {
        m_writing = true;
        Write();
        m_writing = false;
    }
}

void
TcpEchoClient::Write()
{
    if (m_written == m_settings.streamSize)
    {
        return;
    }
    while (m_written < m_settings.streamSize)
    {
        const auto size = std::min(
            {m_settings.writeSize, m_settings.streamSize - m_written, m_socket->GetTxAvailable()});
        if (size == 0 || m_socket->Send(Create<Packet>(GetStream().data() + m_written, size)) < 0)
        {
            return;
        }
        m_written += size;
    }
    m_socket->ShutdownSend();
}

void
TcpEchoServer::DoDispose()
{
    m_listener = nullptr;
    TcpEchoEnd::DoDispose();
}

void
TcpEchoServer::StartApplication()
{
    m_listener = CreateSocket();
    m_listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                  MakeCallback(&TcpEchoServer::OnAccept, this));
    m_listener->Bind(GetAnyEndpoint(m_version, PORT));
    m_listener->Listen();
}

void
TcpEchoServer::OnAccept(Ptr<Socket> socket, const Address& /* from */)
{
    Watch(socket);
    m_listener->Close();
}

void
TcpEchoServer::Proceed()
{
    auto received = Receive(m_settings.streamSize);
    if (received->GetSize() > 0)
    {
        m_pending.push(received);
    }
    // A Send may call back at once.
    if (!m_echoing)
    {
        m_echoing = true;
        Echo();
        m_echoing = false;
    }
}

void
TcpEchoServer::Echo()
{
    if (m_closed)
    {
        return;
    }
    while (!m_pending.empty())
    {
        auto& next = m_pending.front();
        const auto size = std::min(next->GetSize(), m_socket->GetTxAvailable());
        if (size == 0 || m_socket->Send(next->CreateFragment(0, size)) < 0)
        {
            return;
        }
        next->RemoveAtStart(size);
        if (next->GetSize() == 0)
        {
            m_pending.pop();
        }
    }
    if (m_peerDone)
    {
        m_closed = true;
        m_socket->Close();
    }
}

TcpEcho
InstallTcpEcho(Ptr<Node> node, IpVersion version, const TcpEchoSettings& settings)
{
    TcpEcho echo{CreateObject<TcpEchoClient>(version, settings),
                 CreateObject<TcpEchoServer>(version, settings)};
    node->AddApplication(echo.server);
    node->AddApplication(echo.client);
    return echo;
}

std::string
Describe(const TcpEchoSettings& settings)
{
    std::ostringstream name;
    name << settings.congestion << (settings.sack ? ", SACK" : ", no SACK") << ", DelAckCount "
         << settings.delAckCount << ", segments of " << settings.segmentSize << " bytes, "
         << (settings.noDelay ? "NoDelay, " : "") << "writes of " << settings.writeSize;
    return name.str();
}

std::vector<TcpEchoSettings>
GetAllTcpEchoSettings()
{
    std::vector<TcpEchoSettings> all{{}};
    const auto cross = [&all](auto member, const auto& values) {
        std::vector<TcpEchoSettings> crossed;
        for (const auto& settings : all)
        {
            for (const auto& value : values)
            {
                crossed.push_back(settings);
                crossed.back().*member = value;
            }
        }
        all = crossed;
    };
    cross(&TcpEchoSettings::congestion,
          std::vector<std::string>{"ns3::TcpCubic",
                                   "ns3::TcpNewReno",
                                   "ns3::TcpBbr",
                                   "ns3::TcpVegas"});
    cross(&TcpEchoSettings::sack, std::vector<bool>{true, false});
    cross(&TcpEchoSettings::delAckCount, std::vector<uint32_t>{1, 2});
    cross(&TcpEchoSettings::segmentSize, std::vector<uint32_t>{536, 1448, 60'000});
    cross(&TcpEchoSettings::noDelay, std::vector<bool>{false, true});
    for (auto& settings : all)
    {
        if (settings.noDelay)
        {
            settings.writeSize = 1;
            settings.streamSize = 20'000;
        }
    }
    return all;
}

} // namespace ns3::tests
