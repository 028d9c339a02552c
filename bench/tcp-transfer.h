/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef TCP_TRANSFER_H
#define TCP_TRANSFER_H

#include "ns3/address.h"
#include "ns3/node.h"
#include "ns3/socket.h"

#include <cstdint>

namespace ns3
{

/// Bytes that a host sends to itself over one TCP connection. The host must outlive it.
class TcpTransfer
{
  public:
    /**
     * @param node the host
     * @param segmentSize bytes of payload in a segment
     * @param size bytes to send
     */
    TcpTransfer(Ptr<Node> node, uint32_t segmentSize, uint64_t size);

    TcpTransfer(const TcpTransfer&) = delete;
    TcpTransfer& operator=(const TcpTransfer&) = delete;

    /// Transfer, and close the connection.
    void Run();

    /**
     * @return bytes that arrived
     */
    uint64_t GetReceived() const;

  private:
    /// @return a socket with room for a window of segments
    Ptr<Socket> CreateSocket() const;

    /// Open the connection.
    void Connect();

    /**
     * Write as much as there is room for, and close after the last byte.
     * @param socket the client
     * @param available bytes that can be written
     */
    void Write(Ptr<Socket> socket, uint32_t available);

    /**
     * Follow the connection.
     * @param socket the server's end of it
     * @param from the client
     */
    void Accept(Ptr<Socket> socket, const Address& from);

    /**
     * Take what arrived.
     * @param socket the server's end
     */
    void Read(Ptr<Socket> socket);

    /**
     * The client has closed.
     * @param socket the server's end
     */
    void CloseToo(Ptr<Socket> socket);

    Ptr<Node> m_node;             //!< the host
    const uint32_t m_segmentSize; //!< bytes of payload in a segment
    const uint64_t m_size;        //!< bytes to send
    Ptr<Socket> m_listener;       //!< accepts the connection
    Ptr<Socket> m_client;         //!< sends
    uint64_t m_written{0};        //!< bytes that TCP took
    uint64_t m_received{0};       //!< bytes that arrived
};

} // namespace ns3

#endif /* TCP_TRANSFER_H */
