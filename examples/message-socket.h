/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef MESSAGE_SOCKET_H
#define MESSAGE_SOCKET_H

#include "ns3/ptr.h"
#include "ns3/socket.h"

#include <cstdint>
#include <functional>
#include <vector>

/// What a service is asked, and what it answers.
struct Message
{
    /// Bytes that it takes at least.
    static constexpr uint32_t MIN_SIZE = 5;

    uint32_t request; //!< which request it is about
    bool failed;      //!< whether that can not be answered
};

/// Sends and receives messages, each way of one size, over a TCP socket.
class MessageSocket
{
  public:
    /// What gets a message.
    typedef std::function<void(const Message&)> Receiver;

    /**
     * @param socket a socket, which this one alone reads and writes from now on
     * @param sentSize bytes of a message that is sent
     * @param receivedSize bytes of a message that is received
     * @param receiver called with each message that is received
     */
    MessageSocket(ns3::Ptr<ns3::Socket> socket,
                  uint32_t sentSize,
                  uint32_t receivedSize,
                  Receiver receiver);

    ~MessageSocket();

    MessageSocket(const MessageSocket&) = delete;
    MessageSocket& operator=(const MessageSocket&) = delete;

    /**
     * That there is no room for it comes as a ProgramError.
     * @param message what to send; nothing is if the connection is closed
     */
    void Send(const Message& message);

  private:
    /**
     * Take what has arrived.
     * @param socket the socket
     */
    void Read(ns3::Ptr<ns3::Socket> socket);

    ns3::Ptr<ns3::Socket> m_socket;  //!< the socket
    uint32_t m_sentSize;             //!< bytes of a message that is sent
    uint32_t m_receivedSize;         //!< bytes of a message that is received
    Receiver m_receiver;             //!< called with each message
    std::vector<uint8_t> m_received; //!< a message that has not arrived as a whole
};

#endif /* MESSAGE_SOCKET_H */
