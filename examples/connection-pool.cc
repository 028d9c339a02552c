/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "connection-pool.h"

#include "program-error.h"

#include "ns3/callback.h"
#include "ns3/simulator.h"
#include "ns3/tcp-socket-factory.h"

#include <algorithm>
#include <utility>

using namespace ns3;

ConnectionPool::ConnectionPool(Ptr<Node> node,
                               const Address& server,
                               uint32_t requestSize,
                               uint32_t responseSize,
                               MessageSocket::Receiver receiver)
    : m_node(node),
      m_server(server),
      m_requestSize(requestSize),
      m_responseSize(responseSize),
      m_receiver(std::move(receiver))
{
}

ConnectionPool::~ConnectionPool()
{
    const auto none = MakeNullCallback<void, Ptr<Socket>>();
    for (const auto& connection : m_connections)
    {
        connection->socket->SetConnectCallback(none, none);
        connection->socket->SetCloseCallbacks(none, none);
    }
}

void
ConnectionPool::Open(uint64_t count, ReadySink ready)
{
    m_ready = std::move(ready);
    m_nOpening = count;
    for (uint64_t i = 0; i < count; ++i)
    {
        m_connections.push_back(std::make_unique<Connection>());
        Connect(*m_connections.back());
    }
}

void
ConnectionPool::Send(uint32_t request)
{
    m_waiting.push(request);
    SendWaiting();
}

void
ConnectionPool::Connect(Connection& connection)
{
    typedef Callback<void, Ptr<Socket>> SocketCallback;
    const SocketCallback establish([this, &connection](Ptr<Socket>) { Establish(connection); });
    const SocketCallback fail([this, &connection](Ptr<Socket>) { Fail(connection); });
    connection.messages.reset();
    connection.socket = Socket::CreateSocket(m_node, TcpSocketFactory::GetTypeId());
    connection.socket->SetConnectCallback(establish, fail);
    connection.socket->SetCloseCallbacks(fail, fail);
    if (connection.socket->Connect(m_server) != 0)
    {
        throw ProgramError("--connections: TCP can open no more of them; take fewer");
    }
}

void
ConnectionPool::Establish(Connection& connection)
{
    connection.messages = std::make_unique<MessageSocket>(
        connection.socket,
        m_requestSize,
        m_responseSize,
        [this, &connection](const Message& message) { Receive(connection, message); });
    m_free.push_back(&connection);
    CountOpened();
    SendWaiting();
}

void
ConnectionPool::Fail(Connection& connection)
{
    const bool wasEstablished(connection.messages);
    const auto isBusy = std::exchange(connection.busy, false);
    m_free.erase(std::remove(m_free.begin(), m_free.end(), &connection), m_free.end());
    m_broken.push_back(&connection);
    if (isBusy)
    {
        m_receiver({connection.request, true});
    }
    else if (!wasEstablished && !m_waiting.empty())
    {
        const auto request = m_waiting.front();
        m_waiting.pop();
        m_receiver({request, true});
    }
    if (!wasEstablished)
    {
        CountOpened();
    }
    SendWaiting();
}

void
ConnectionPool::Receive(Connection& connection, const Message& message)
{
    connection.busy = false;
    m_free.push_back(&connection);
    m_receiver(message);
    SendWaiting();
}

void
ConnectionPool::SendWaiting()
{
    while (!m_waiting.empty() && !m_free.empty())
    {
        auto& connection = *m_free.back();
        m_free.pop_back();
        connection.busy = true;
        connection.request = m_waiting.front();
        m_waiting.pop();
        connection.messages->Send({connection.request, false});
    }
    if (!m_waiting.empty() && !m_broken.empty())
    {
        auto& connection = *m_broken.back();
        m_broken.pop_back();
        Simulator::ScheduleNow([this, &connection] { Connect(connection); });
    }
}

void
ConnectionPool::CountOpened()
{
    if (m_nOpening > 0 && --m_nOpening == 0)
    {
        m_ready();
    }
}
