/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef CONNECTION_POOL_H
#define CONNECTION_POOL_H

#include "message-socket.h"

#include "ns3/address.h"
#include "ns3/node.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <queue>
#include <vector>

/**
 * TCP connections that a client of a service keeps open, as HTTP/1.1 clients do: a request has one
 * to itself until it is answered, the one that was used last of those that are free, and waits
 * while none is.
 */
class ConnectionPool
{
  public:
    /// What is called when each connection has been established, or could not be.
    typedef std::function<void()> ReadySink;

    /**
     * @param node who connects
     * @param server the service's socket address
     * @param requestSize bytes of a request
     * @param responseSize bytes of a response
     * @param receiver called with each response, one that says that the request failed if the
     * connection did
     */
    ConnectionPool(ns3::Ptr<ns3::Node> node,
                   const ns3::Address& server,
                   uint32_t requestSize,
                   uint32_t responseSize,
                   MessageSocket::Receiver receiver);

    ~ConnectionPool();

    ConnectionPool(const ConnectionPool&) = delete;
    ConnectionPool& operator=(const ConnectionPool&) = delete;

    /**
     * @param count how many connections to open
     * @param ready called when each has been established, or could not be
     */
    void Open(uint64_t count, ReadySink ready);

    /**
     * @param request which request to send, once
     */
    void Send(uint32_t request);

  private:
    /// A connection.
    struct Connection
    {
        ns3::Ptr<ns3::Socket> socket;            //!< its socket
        std::unique_ptr<MessageSocket> messages; //!< null until it is established
        bool busy{false};                        //!< whether a request is on it
        uint32_t request{0};                     //!< which
    };

    /// Connect, not from within a callback of the connection's old socket.
    void Connect(Connection& connection);

    /// A connection has been established.
    void Establish(Connection& connection);

    /// A connection can not be established, or is closed.
    void Fail(Connection& connection);

    /// A response arrived.
    void Receive(Connection& connection, const Message& message);

    /// Send what waits, as far as there are connections for it.
    void SendWaiting();

    /// One connection less to wait for.
    void CountOpened();

    ns3::Ptr<ns3::Node> m_node;         //!< who connects
    ns3::Address m_server;              //!< to whom
    uint32_t m_requestSize;             //!< bytes of a request
    uint32_t m_responseSize;            //!< bytes of a response
    MessageSocket::Receiver m_receiver; //!< called with each response
    ReadySink m_ready;                  //!< called when all are open
    uint64_t m_nOpening{0};             //!< connections that are to be established first
    std::queue<uint32_t> m_waiting;     //!< requests without a connection
    std::vector<Connection*> m_free;   //!< without a request, the one that was used last at the end
    std::vector<Connection*> m_broken; //!< closed
    std::vector<std::unique_ptr<Connection>> m_connections; //!< all
};

#endif /* CONNECTION_POOL_H */
