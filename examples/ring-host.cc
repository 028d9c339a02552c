/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ring-host.h"

#include "ns3/simulator.h"

#include <algorithm>

using namespace ns3;

namespace
{

/// When hosts connect to services, which all listen by then.
const Time CONNECT = MilliSeconds(100);

/// When the first request can be sent.
const Time BEGIN = Seconds(1);

void
DoNothing()
{
}

} // namespace

RingClient::RingClient(const LoopbackHost& client,
                       const LoopbackHost& server,
                       const ServiceChainOptions& options,
                       const std::vector<Request>& requests,
                       uint32_t first)
    : m_connections(options.connections),
      m_requests(requests),
      m_next(first),
      m_pool(client.GetNode(),
             GetServiceAddress(server, 0),
             static_cast<uint32_t>(options.requestSize),
             static_cast<uint32_t>(options.responseSize),
             [this](const Message& message) { Receive(message); })
{
}

void
RingClient::Start()
{
    m_pool.Open(m_connections, &DoNothing);
    Simulator::Schedule(BEGIN + m_requests.at(m_next).sent - Simulator::Now(),
                        &RingClient::Send,
                        this);
}

void
RingClient::Send()
{
    ++m_totals.sent;
    m_pool.Send(m_next);
    m_next += 2;
    if (m_next < m_requests.size())
    {
        Simulator::Schedule(BEGIN + m_requests[m_next].sent - Simulator::Now(),
                            &RingClient::Send,
                            this);
    }
}

void
RingClient::Receive(const Message& message)
{
    if (message.failed)
    {
        ++m_totals.failed;
        return;
    }
    const auto time = Simulator::Now() - BEGIN - m_requests[message.request].sent;
    ++m_totals.answered;
    m_totals.time += time.GetNanoSeconds();
    m_totals.longest = std::max<uint64_t>(m_totals.longest, time.GetNanoSeconds());
}

Time
RingClient::GetEnd() const
{
    return BEGIN + m_requests.back().sent;
}

const RequestTotals&
RingClient::GetTotals() const
{
    return m_totals;
}

RingHost::RingHost(const LoopbackHost& own,
                   const LoopbackHost& next,
                   const ServiceChainOptions& options,
                   const std::vector<Request>& ownRequests,
                   const std::vector<Request>& nextRequests)
    : m_host(own),
      m_connections(options.connections),
      m_ownClient(own, own, options, ownRequests, 0),
      m_nextClient(own, next, options, nextRequests, 1)
{
    for (uint64_t i = 0; i < options.services; ++i)
    {
        m_services.push_back(std::make_unique<Service>(own, options, ownRequests, i));
    }
    const auto node = own.GetNode()->GetId();
    Simulator::ScheduleWithContext(node, Time(0), [this] { Listen(); });
    Simulator::ScheduleWithContext(node, CONNECT, [this] { Connect(); });
}

void
RingHost::Listen()
{
    for (const auto& service : m_services)
    {
        service->Listen();
    }
}

void
RingHost::Connect()
{
    for (uint64_t i = 0; i + 1 < m_services.size(); ++i)
    {
        m_services[i]->GetNext().Open(m_connections, &DoNothing);
    }
    m_ownClient.Start();
    m_nextClient.Start();
}

Time
RingHost::GetEnd() const
{
    return std::max(m_ownClient.GetEnd(), m_nextClient.GetEnd());
}

const RequestTotals&
RingHost::GetOwnTotals() const
{
    return m_ownClient.GetTotals();
}

const RequestTotals&
RingHost::GetNextTotals() const
{
    return m_nextClient.GetTotals();
}

LinkStats
RingHost::GetStats() const
{
    return m_host.lo->GetStats();
}
