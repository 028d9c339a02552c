/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef TCP_ECHO_H
#define TCP_ECHO_H

#include "loopback-node.h"

#include "ns3/application.h"
#include "ns3/nstime.h"
#include "ns3/sequence-number.h"
#include "ns3/socket.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-socket-base.h"

#include <cstdint>
#include <queue>
#include <string>
#include <vector>

namespace ns3::tests
{

/// How the two ends of a TCP echo are set.
struct TcpEchoSettings
{
    std::string congestion{"ns3::TcpCubic"}; //!< TypeId name of the congestion control
    bool sack{true};                         //!< whether selective acknowledgements are on
    uint32_t delAckCount{2};                 //!< segments that one ACK answers
    bool noDelay{false};                     //!< whether Nagle's algorithm is off
    uint32_t segmentSize{1448};              //!< bytes of the largest segment
    uint32_t writeSize{16384};               //!< bytes that the client writes at a time
    uint32_t streamSize{5'000'000};          //!< bytes sent and echoed, no more than this
};

/**
 * @param settings settings
 * @return the same in the words of a test's name
 */
std::string Describe(const TcpEchoSettings& settings);

/**
 * @return every combination of the values that each setting is to hold for
 */
std::vector<TcpEchoSettings> GetAllTcpEchoSettings();

/**
 * One end of an echo of a stream in which every byte tells its position: what it received, what TCP
 * sent more than once, and how its socket ended.
 */
class TcpEchoEnd : public Application
{
  public:
    /**
     * @param version the IP version
     * @param settings how the end is set
     */
    TcpEchoEnd(IpVersion version, const TcpEchoSettings& settings);

    /// @return bytes that arrived, up to the first one that is not the next of the stream
    uint32_t GetReceivedInOrder() const;
    /// @return bytes that arrived
    uint32_t GetReceived() const;
    /// @return when the last bytes arrived
    Time GetLastReceived() const;
    /// @return segments that TCP sent though all or a part of them had been sent before
    uint32_t GetRetransmissions() const;
    /// @return the state that the socket is in
    std::string GetState() const;
    /// @return times that the socket closed without an error
    uint32_t GetNormalCloses() const;
    /// @return times that the socket closed with an error
    uint32_t GetErrorCloses() const;

  protected:
    /// The port of the server.
    static constexpr uint16_t PORT{7};

    void DoDispose() override;

    /// @return a socket that is set as the settings say
    Ptr<Socket> CreateSocket() const;

    /**
     * Follow the socket of this end.
     * @param socket the socket
     */
    void Watch(Ptr<Socket> socket);

    /// Called when there is room to write, something to read, or the peer is done.
    virtual void Proceed() = 0;

    /**
     * Take what arrived.
     * @param maxSize the most bytes to take
     * @return the bytes, none if there are none
     */
    Ptr<Packet> Receive(uint32_t maxSize);

    const IpVersion m_version;        //!< the IP version
    const TcpEchoSettings m_settings; //!< how this end is set
    Ptr<Socket> m_socket;             //!< the connected socket
    bool m_peerDone{false};           //!< whether the peer sends no more

  private:
    /**
     * @param socket the socket
     */
    void OnRecv(Ptr<Socket> socket);
    /**
     * @param socket the socket
     * @param available bytes that can be written
     */
    void OnSend(Ptr<Socket> socket, uint32_t available);
    /**
     * @param socket the socket
     */
    void OnNormalClose(Ptr<Socket> socket);
    /**
     * @param socket the socket
     */
    void OnErrorClose(Ptr<Socket> socket);
    /**
     * @param segment the payload of what TCP sends
     * @param header its header
     * @param socket the socket
     */
    void OnTx(Ptr<const Packet> segment, const TcpHeader& header, Ptr<const TcpSocketBase> socket);
    /**
     * @param before the state that was
     * @param now the state that is
     */
    void OnState(TcpSocket::TcpStates_t before, TcpSocket::TcpStates_t now);

    uint32_t m_received{0};                                //!< bytes that arrived
    uint32_t m_receivedInOrder{0};                         //!< those before the first wrong one
    Time m_lastReceived;                                   //!< when the last bytes arrived
    uint32_t m_retransmissions{0};                         //!< segments that repeat others
    SequenceNumber32 m_highestSent{0};                     //!< end of what was sent
    TcpSocket::TcpStates_t m_state{TcpSocket::LAST_STATE}; //!< the state of the socket
    uint32_t m_normalCloses{0};                            //!< closes without an error
    uint32_t m_errorCloses{0};                             //!< closes with an error
};

/// Sends the stream, half-closes, and reads until the server has closed.
class TcpEchoClient : public TcpEchoEnd
{
  public:
    using TcpEchoEnd::TcpEchoEnd;

  private:
    void StartApplication() override;
    void Proceed() override;

    /**
     * @param socket the socket
     */
    void OnConnected(Ptr<Socket> socket);
    /// Write as much as there is room for.
    void Write();

    bool m_connected{false}; //!< whether the connection is there
    bool m_writing{false};   //!< whether Write is under way
    uint32_t m_written{0};   //!< bytes written
};

/**
 * Sends back what it reads, and closes when the client has half-closed and all is sent.
 *
 * It reads all that arrives, and keeps what it can not send yet: a window that fills ends ns-3.37
 * in TcpTxBuffer::NextSeg, which finds a segment of 0 bytes to send when as much is under way as
 * the window is wide. That happens over ns-3's own loopback too.
 */
class TcpEchoServer : public TcpEchoEnd
{
  public:
    using TcpEchoEnd::TcpEchoEnd;

  private:
    void DoDispose() override;
    void StartApplication() override;
    void Proceed() override;

    /**
     * @param socket the socket
     * @param from the address of the client
     */
    void OnAccept(Ptr<Socket> socket, const Address& from);

    /// Send as much of what is pending as there is room for, and close after the last of it.
    void Echo();

    Ptr<Socket> m_listener;            //!< the socket that waits for the client
    std::queue<Ptr<Packet>> m_pending; //!< what is to be sent back
    bool m_closed{false};              //!< whether this end closed its socket
    bool m_echoing{false};             //!< whether Echo is under way
};

/// The two ends of a TCP echo on one node.
struct TcpEcho
{
    Ptr<TcpEchoClient> client; //!< the client
    Ptr<TcpEchoServer> server; //!< the server
};

/**
 * Put a TCP echo on a node, which starts with the simulation.
 * @param node the node
 * @param version the IP version
 * @param settings how both ends are set
 * @return the ends
 */
TcpEcho InstallTcpEcho(Ptr<Node> node, IpVersion version, const TcpEchoSettings& settings);

} // namespace ns3::tests

#endif /* TCP_ECHO_H */
