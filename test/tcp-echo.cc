/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "tcp-echo.h"

#include "to-callback.h"

#include "ns3/boolean.h"
#include "ns3/object-factory.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/tcp-congestion-ops.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/tcp-socket-base.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <sstream>

namespace ns3::tests
{

namespace
{

constexpr uint16_t PORT{7};

/// @return a stream in which bytes near each other, or 2^n apart, differ
std::string
MakeStream(uint32_t size)
{
    std::string bytes(size, 0);
    for (uint32_t position = 0; position < size; ++position)
    {
        bytes[position] = static_cast<char>((position * 2654435761U) >> 24);
    }
    return bytes;
}

/// @return the bytes of a packet
std::string
GetBytes(Ptr<const Packet> packet)
{
    std::string bytes(packet->GetSize(), 0);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are bytes
    packet->CopyData(reinterpret_cast<uint8_t*>(bytes.data()), packet->GetSize());
    return bytes;
}

/// @return the congestion control of that name, with its random stream fixed if it has one
Ptr<TcpCongestionOps>
CreateCongestionControl(const std::string& name)
{
    auto congestion = ObjectFactory(name).Create<TcpCongestionOps>();
    congestion->SetAttributeFailSafe("Stream", UintegerValue(0)); // TcpBbr has one
    return congestion;
}

/// Count a segment that an end's TCP sends.
void
CountSegment(TcpEcho::End& end, Ptr<const Packet> payload, const TcpHeader& header)
{
    const bool isMarked = (header.GetFlags() & (TcpHeader::SYN | TcpHeader::FIN)) != 0;
    const auto size = static_cast<int32_t>(payload->GetSize() + (isMarked ? 1 : 0));
    if (size > 0)
    {
        end.retransmissions += header.GetSequenceNumber() < end.highestSent ? 1 : 0;
        end.highestSent = std::max(end.highestSent, header.GetSequenceNumber() + size);
    }
}

} // namespace

TcpEcho::TcpEcho(Ptr<Node> node, IpVersion version, const TcpEchoSettings& settings)
    : m_node(node),
      m_version(version),
      m_settings(settings),
      m_stream(MakeStream(settings.streamSize))
{
    Simulator::ScheduleWithContext(node->GetId(), Time(0), &TcpEcho::Start, this);
}

Ptr<Socket>
TcpEcho::CreateSocket() const
{
    auto socket = DynamicCast<TcpSocketBase>(m_node->GetObject<TcpL4Protocol>()->CreateSocket());
    socket->SetCongestionControlAlgorithm(CreateCongestionControl(m_settings.congestion));
    socket->SetAttribute("Sack", BooleanValue(m_settings.sack));
    socket->SetAttribute("DelAckCount", UintegerValue(m_settings.delAckCount));
    socket->SetAttribute("TcpNoDelay", BooleanValue(m_settings.noDelay));
    socket->SetAttribute("SegmentSize", UintegerValue(m_settings.segmentSize));
    return socket;
}

void
TcpEcho::Start()
{
    m_listener = CreateSocket();
    m_listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                  ToCallback([this](Ptr<Socket> socket, const Address&) {
                                      Watch(server, socket);
                                      m_listener->Close();
                                  }));
    m_listener->Bind(GetAnyEndpoint(m_version, PORT));
    m_listener->Listen();

    Watch(client, CreateSocket());
    client.socket->SetConnectCallback(ToCallback([this](Ptr<Socket>) {
                                          client.pending = m_stream;
                                          client.isPendingComplete = true;
                                          Proceed(client);
                                      }),
                                      MakeNullCallback<void, Ptr<Socket>>());
    client.socket->Bind(GetAnyEndpoint(m_version, 0));
    client.socket->Connect(GetLoopbackEndpoint(m_version, PORT));
}

void
TcpEcho::Watch(End& end, Ptr<Socket> socket)
{
    end.socket = socket;
    socket->SetRecvCallback(ToCallback([&](Ptr<Socket>) { Proceed(end); }));
    socket->SetSendCallback(ToCallback([&](Ptr<Socket>, uint32_t) { Proceed(end); }));
    socket->SetCloseCallbacks(ToCallback([&](Ptr<Socket>) {
                                  ++end.normalCloses;
                                  end.isPendingComplete = true;
                                  Proceed(end);
                              }),
                              ToCallback([&](Ptr<Socket>) { ++end.errorCloses; }));
    socket->TraceConnectWithoutContext(
        "Tx",
        ToCallback([&](Ptr<const Packet> payload,
                       const TcpHeader& header,
                       Ptr<const TcpSocketBase>) { CountSegment(end, payload, header); }));
    socket->TraceConnectWithoutContext(
        "State",
        ToCallback([&](TcpSocket::TcpStates_t, TcpSocket::TcpStates_t now) {
            end.state = TcpSocket::TcpStateName[now];
        }));
}

void
TcpEcho::Proceed(End& end)
{
    Read(end);
    // A Send may call back at once.
    if (!end.isWriting)
    {
        end.isWriting = true;
        Write(end);
        end.isWriting = false;
    }
}

void
TcpEcho::Read(End& end)
{
    while (auto packet = end.socket->Recv())
    {
        const auto bytes = GetBytes(packet);
        if (bytes.empty())
        {
            return;
        }
        if (end.receivedInOrder == end.received &&
            m_stream.compare(end.received, bytes.size(), bytes) == 0)
        {
            end.receivedInOrder += bytes.size();
        }
        end.received += bytes.size();
        if (&end == &server)
        {
            end.pending += bytes;
        }
    }
}

void
TcpEcho::Write(End& end)
{
    while (!end.isDone && end.written < end.pending.size())
    {
        const auto size = std::min({m_settings.writeSize,
                                    static_cast<uint32_t>(end.pending.size()) - end.written,
                                    end.socket->GetTxAvailable()});
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are bytes
        const auto* bytes = reinterpret_cast<const uint8_t*>(end.pending.data()) + end.written;
        if (size == 0 || end.socket->Send(Create<Packet>(bytes, size)) < 0)
        {
            return;
        }
        end.written += size;
    }
    if (!end.isDone && end.isPendingComplete)
    {
        end.isDone = true;
        &end == &client ? end.socket->ShutdownSend() : end.socket->Close();
    }
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

} // namespace ns3::tests
