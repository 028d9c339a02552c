/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-node.h"
#include "member-test-case.h"
#include "to-callback.h"

#include "ns3/boolean.h"
#include "ns3/lo-helper.h"
#include "ns3/object-factory.h"
#include "ns3/packet.h"
#include "ns3/sequence-number.h"
#include "ns3/socket.h"
#include "ns3/tcp-congestion-ops.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/tcp-socket-base.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// Settings of both ends of a TCP echo.
struct TcpEchoSettings
{
    std::string congestion{"ns3::TcpNewReno"}; //!< TypeId name of a congestion control of 3.31
    bool sack{true};                           //!< whether selective acknowledgements are on
    uint32_t delAckCount{2};                   //!< segments that one ACK answers
    bool noDelay{false};                       //!< whether Nagle's algorithm is off
    uint32_t segmentSize{1448};                //!< bytes of the largest segment
    uint32_t writeSize{16384};                 //!< bytes that the client writes at a time
    uint32_t streamSize{1'000'000};            //!< bytes sent and echoed
    int nChanges{0};                           //!< how many of the above are not the default
};

/// @return the settings in a test's name
std::string
Describe(const TcpEchoSettings& settings)
{
    std::ostringstream name;
    name << settings.congestion << (settings.sack ? ", SACK" : ", no SACK") << ", DelAckCount "
         << settings.delAckCount << ", segments of " << settings.segmentSize << " bytes, "
         << (settings.noDelay ? "NoDelay, " : "") << "writes of " << settings.writeSize;
    return name.str();
}

/// One end of a TCP echo, and its results.
struct TcpEchoEnd
{
    Ptr<Socket> socket;                 //!< its connected socket
    std::vector<uint8_t> received;      //!< bytes that arrived
    std::size_t written{0};             //!< bytes that it has written
    bool isDone{false};                 //!< whether it has shut down sending
    bool isWriting{false};              //!< whether a write is under way
    SequenceNumber32 highestSent{0};    //!< end of the segments that TCP sent
    uint32_t retransmissions{0};        //!< segments that repeat others
    std::string state{"not connected"}; //!< the state of the socket
    uint32_t normalCloses{0};           //!< closes without an error
    uint32_t errorCloses{0};            //!< closes with an error
};

constexpr uint16_t PORT{7};

/// @return a stream in which bytes near each other, or 2^n apart, differ
std::vector<uint8_t>
MakeStream(uint32_t size)
{
    std::vector<uint8_t> bytes(size);
    for (uint32_t position = 0; position < size; ++position)
    {
        bytes[position] = static_cast<uint8_t>((position * 2654435761U) >> 24);
    }
    return bytes;
}

/// Count a segment that an end's TCP sends.
void
CountSegment(TcpEchoEnd& end, Ptr<const Packet> payload, const TcpHeader& header)
{
    const bool isMarked = (header.GetFlags() & (TcpHeader::SYN | TcpHeader::FIN)) != 0;
    const auto size = static_cast<int32_t>(payload->GetSize() + (isMarked ? 1 : 0));
    if (size > 0)
    {
        end.retransmissions += header.GetSequenceNumber() < end.highestSent ? 1 : 0;
        end.highestSent = std::max(end.highestSent, header.GetSequenceNumber() + size);
    }
}

/**
 * A TCP echo from a node to itself, of a stream whose bytes tell their positions.
 *
 * The client sends the stream, half-closes, and reads until the server has closed. The server sends
 * back what it reads. It reads everything that arrives, and keeps what it cannot send yet: a full
 * window crashes ns-3.37 in TcpTxBuffer::NextSeg, over ns-3's own loopback too.
 */
class TcpEcho
{
  public:
    /// Make an echo, which begins when the simulation does, and ends before this object does.
    TcpEcho(Ptr<Node> node, IpVersion version, const TcpEchoSettings& settings)
        : stream(MakeStream(settings.streamSize)),
          m_node(node),
          m_version(version),
          m_settings(settings)
    {
        Simulator::ScheduleWithContext(node->GetId(), Time(0), &TcpEcho::Start, this);
    }

    TcpEcho(const TcpEcho&) = delete;
    TcpEcho& operator=(const TcpEcho&) = delete;

    const std::vector<uint8_t> stream; //!< the stream
    TcpEchoEnd client;                 //!< the client
    TcpEchoEnd server;                 //!< the server

  private:
    /// @return a socket with the settings
    Ptr<Socket> CreateSocket() const
    {
        auto socket =
            DynamicCast<TcpSocketBase>(m_node->GetObject<TcpL4Protocol>()->CreateSocket());
        const auto congestion = ObjectFactory(m_settings.congestion).Create<TcpCongestionOps>();
        congestion->SetAttributeFailSafe("Stream", UintegerValue(0)); // TcpBbr has one
        socket->SetCongestionControlAlgorithm(congestion);
        socket->SetAttribute("Sack", BooleanValue(m_settings.sack));
        socket->SetAttribute("DelAckCount", UintegerValue(m_settings.delAckCount));
        socket->SetAttribute("TcpNoDelay", BooleanValue(m_settings.noDelay));
        socket->SetAttribute("SegmentSize", UintegerValue(m_settings.segmentSize));
        return socket;
    }

    /// Listen and connect.
    void Start()
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
        client.socket->SetConnectCallback(ToCallback([this](Ptr<Socket>) { Proceed(client); }),
                                          MakeNullCallback<void, Ptr<Socket>>());
        client.socket->Bind(GetAnyEndpoint(m_version, 0));
        client.socket->Connect(GetLoopbackEndpoint(m_version, PORT));
    }

    /// Follow the socket of an end.
    void Watch(TcpEchoEnd& end, Ptr<Socket> socket)
    {
        end.socket = socket;
        socket->SetRecvCallback(ToCallback([&](Ptr<Socket>) { Proceed(end); }));
        socket->SetSendCallback(ToCallback([&](Ptr<Socket>, uint32_t) { Proceed(end); }));
        socket->SetCloseCallbacks(ToCallback([&](Ptr<Socket>) {
                                      ++end.normalCloses;
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

    /// Read what arrived, and write as much as fits into the buffer.
    void Proceed(TcpEchoEnd& end)
    {
        const auto size = end.received.size();
        const auto available = end.socket->GetRxAvailable();
        end.received.resize(size + available);
        end.socket->Recv(end.received.data() + size, available, 0);
        // A Send may call back at once.
        if (!end.isWriting)
        {
            end.isWriting = true;
            Write(end);
            end.isWriting = false;
        }
    }

    /// Write as much as fits into the buffer, and shut down sending after the last byte.
    void Write(TcpEchoEnd& end)
    {
        const bool isClient = &end == &client;
        const auto& pending = isClient ? stream : end.received;
        while (end.written < pending.size())
        {
            const auto size = std::min({std::size_t{m_settings.writeSize},
                                        pending.size() - end.written,
                                        std::size_t{end.socket->GetTxAvailable()}});
            const auto packet = Create<Packet>(pending.data() + end.written, size);
            if (size == 0 || end.socket->Send(packet) < 0)
            {
                return;
            }
            end.written += size;
        }
        if (!end.isDone && (isClient || end.normalCloses > 0))
        {
            end.isDone = true;
            isClient ? end.socket->ShutdownSend() : end.socket->Close();
        }
    }

    const Ptr<Node> m_node;           //!< the node
    const IpVersion m_version;        //!< the IP version
    const TcpEchoSettings m_settings; //!< settings of both ends
    Ptr<Socket> m_listener;           //!< accepts the client
};

/// @return every combination of settings
std::vector<TcpEchoSettings>
GetAllVariations()
{
    std::vector<TcpEchoSettings> all(1);
    const auto cross = [&all](auto member, const auto& values) {
        std::vector<TcpEchoSettings> crossed;
        for (const auto& settings : all)
        {
            for (const auto& value : values)
            {
                auto& changed = crossed.emplace_back(settings);
                changed.nChanges += value == settings.*member ? 0 : 1;
                changed.*member = value;
            }
        }
        all = crossed;
    };
    cross(&TcpEchoSettings::congestion,
          std::vector<std::string>{"ns3::TcpNewReno",
                                   "ns3::TcpCubic",
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

/// TCP echoes over each loopback.
class TcpTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Compare an echo over each lo with one over ns-3's own loopback.
    void Echo(IpVersion version, const TcpEchoSettings& settings)
    {
        TypeId congestion;
        if (!TypeId::LookupByNameFailSafe(settings.congestion, &congestion))
        {
            // tools/check counts these lines.
            std::cout << "skipped: " << GetName() << ": this ns-3 has no " << settings.congestion
                      << std::endl;
            return;
        }
        const auto reference = Simulate(Loopback::REFERENCE, version, settings);
        for (auto loopback : ALL_LOS)
        {
            NS_TEST_EXPECT_MSG_LT_OR_EQ(Simulate(loopback, version, settings),
                                        reference,
                                        "retransmissions, " << NameOf(loopback) << ", and "
                                                            << NameOf(Loopback::REFERENCE));
        }
    }

  private:
    /// @return retransmissions of an echo over a loopback
    uint32_t Simulate(Loopback loopback, IpVersion version, const TcpEchoSettings& settings)
    {
        const auto node = CreateLoopbackNode(loopback);
        const TcpEcho echo(node, version, settings);
        // A stalled echo may keep a timer running for ever.
        Simulator::Stop(Hours(1));
        Simulator::Run();
        const auto lo = LoHelper::GetLo(node);
        const auto bytes = lo ? lo->GetStats().rxBytes : UINT64_MAX;
        Simulator::Destroy();
        if (lo)
        {
            ExpectComplete(echo.client, echo.stream, NameOf(loopback) + ", client");
            ExpectComplete(echo.server, echo.stream, NameOf(loopback) + ", server");
            NS_TEST_EXPECT_MSG_GT(bytes,
                                  uint64_t{2} * settings.streamSize,
                                  NameOf(loopback) << ": bytes that crossed lo");
        }
        return echo.client.retransmissions + echo.server.retransmissions;
    }

    /// Expect an end to have received the whole stream, and its socket to be closed.
    void ExpectComplete(const TcpEchoEnd& end,
                        const std::vector<uint8_t>& stream,
                        const std::string& name)
    {
        NS_TEST_EXPECT_MSG_EQ(end.received.size(), stream.size(), name << ": bytes received");
        NS_TEST_EXPECT_MSG_EQ((end.received == stream), true, name << ": they are the stream");
        NS_TEST_EXPECT_MSG_EQ(end.state, "CLOSED", name << ": state of the socket at the end");
        NS_TEST_EXPECT_MSG_EQ(end.normalCloses, 1, name << ": closes without an error");
        NS_TEST_EXPECT_MSG_EQ(end.errorCloses, 0, name << ": closes with an error");
    }
};

/// TCP over a LoNetDevice.
const Suite g_suite("lo-tcp", TestSuite::Type::SYSTEM, [](Suite& suite) {
    for (const auto& settings : GetAllVariations())
    {
        for (auto version : IP_VERSIONS)
        {
            const auto name =
                "an echo completes over " + NameOf(version) + ": " + Describe(settings);
            settings.nChanges > 1 ? suite.AddExtensive(name, &TcpTestCase::Echo, version, settings)
                                  : suite.Add(name, &TcpTestCase::Echo, version, settings);
        }
    }
});

} // namespace
