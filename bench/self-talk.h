/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SELF_TALK_H
#define SELF_TALK_H

#include "ns3/node.h"
#include "ns3/socket.h"

#include <cstdint>

namespace ns3
{

/// A host that sends itself a datagram, and each time that one arrives the next. It must not move.
class SelfTalk
{
  public:
    /**
     * @param node the host
     * @param datagrams how many to send
     */
    SelfTalk(Ptr<Node> node, uint32_t datagrams);

    SelfTalk(const SelfTalk&) = delete;
    SelfTalk& operator=(const SelfTalk&) = delete;

    /// Have the first datagram sent.
    void Start();

    /**
     * @return datagrams that arrived
     */
    uint32_t GetReceived() const;

  private:
    /// Send the next datagram, if there is one.
    void Send();

    /**
     * Take a datagram.
     * @param socket the socket
     */
    void Receive(Ptr<Socket> socket);

    Ptr<Socket> m_socket;   //!< sends and receives
    uint32_t m_left;        //!< datagrams to send
    uint32_t m_received{0}; //!< datagrams that arrived
};

} // namespace ns3

#endif /* SELF_TALK_H */
