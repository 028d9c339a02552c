/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef TCP_ECHO_H
#define TCP_ECHO_H

#include "loopback-node.h"

#include "ns3/sequence-number.h"
#include "ns3/socket.h"

#include <cstdint>
#include <string>

namespace ns3::tests
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
};

/**
 * Describe settings.
 * @param settings the settings
 * @return their description in a test's name
 */
std::string Describe(const TcpEchoSettings& settings);

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
    /// One end, and its results.
    struct End
    {
        Ptr<Socket> socket;                 //!< its connected socket
        std::string pending;                //!< bytes that it must send
        uint32_t written{0};                //!< bytes of pending that it has written
        bool isPendingComplete{false};      //!< whether pending will not grow
        bool isDone{false};                 //!< whether it has shut down sending
        bool isWriting{false};              //!< whether a write is under way
        SequenceNumber32 highestSent{0};    //!< end of the segments that TCP sent
        uint32_t received{0};               //!< bytes that arrived
        uint32_t receivedInOrder{0};        //!< bytes before the first wrong one
        uint32_t retransmissions{0};        //!< segments that repeat others
        std::string state{"not connected"}; //!< the state of the socket
        uint32_t normalCloses{0};           //!< closes without an error
        uint32_t errorCloses{0};            //!< closes with an error
    };

    /**
     * Constructor. The echo begins when the simulation does.
     * @param node the node; the simulation ends before this object does
     * @param version the IP version
     * @param settings settings of both ends
     */
    TcpEcho(Ptr<Node> node, IpVersion version, const TcpEchoSettings& settings);

    TcpEcho(const TcpEcho&) = delete;
    TcpEcho& operator=(const TcpEcho&) = delete;

    End client; //!< the client
    End server; //!< the server

  private:
    /// @return a socket with the settings
    Ptr<Socket> CreateSocket() const;
    /// Listen and connect.
    void Start();
    /**
     * Follow the socket of an end.
     * @param end the end
     * @param socket the socket
     */
    void Watch(End& end, Ptr<Socket> socket);
    /**
     * Read what arrived, and write as much as fits into the buffer.
     * @param end the end
     */
    void Proceed(End& end);
    /**
     * Read what arrived.
     * @param end the end
     */
    void Read(End& end);
    /**
     * Write as much as fits into the buffer, and shut down sending after the last byte.
     * @param end the end
     */
    void Write(End& end);

    const Ptr<Node> m_node;           //!< the node
    const IpVersion m_version;        //!< the IP version
    const TcpEchoSettings m_settings; //!< settings of both ends
    const std::string m_stream;       //!< the stream
    Ptr<Socket> m_listener;           //!< accepts the client
};

} // namespace ns3::tests

#endif /* TCP_ECHO_H */
