/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef HOST_H
#define HOST_H

#include "ns3/node-container.h"
#include "ns3/socket.h"

#include <cstdint>
#include <string>

namespace ns3
{

/**
 * Put a loopback on each of some nodes, before they have an Internet stack.
 * @param loopback "own" for ns-3's LoopbackNetDevice, otherwise the Delivery of a LoNetDevice
 * @param nodes the nodes
 */
void InstallLoopback(const std::string& loopback, const NodeContainer& nodes);

/**
 * Make a host with a loopback and the IPv4 stack.
 * @param loopback as for InstallLoopback
 * @return its node
 */
Ptr<Node> CreateHost(const std::string& loopback);

/// A host that sends datagrams to its own 127.0.0.1. The caller must not move it.
class UdpHost
{
  public:
    /**
     * Constructor.
     * @param loopback as for InstallLoopback
     */
    explicit UdpHost(const std::string& loopback);

    UdpHost(const UdpHost&) = delete;
    UdpHost& operator=(const UdpHost&) = delete;

    /// Send a datagram of 1000 bytes.
    void Send();

    /**
     * Return the host's node.
     * @return the node
     */
    Ptr<Node> GetNode() const;

    /**
     * Return how many datagrams arrived.
     * @return the number
     */
    uint64_t GetReceived() const;

  private:
    /**
     * Read the datagrams that arrived.
     * @param socket the server's socket
     */
    void Receive(Ptr<Socket> socket);

    Ptr<Node> m_node;       //!< the host
    Ptr<Socket> m_server;   //!< the receiver's socket
    Ptr<Socket> m_client;   //!< the sender's socket
    uint64_t m_received{0}; //!< datagrams that arrived
};

} // namespace ns3

#endif /* HOST_H */
