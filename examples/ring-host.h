/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RING_HOST_H
#define RING_HOST_H

#include "connection-pool.h"
#include "loopback-host.h"
#include "ring-report.h"
#include "service-chain.h"

#include "ns3/nstime.h"

#include <cstdint>
#include <memory>
#include <vector>

/// Sends every other one of a host's requests, when its time has come.
class RingClient
{
  public:
    /**
     * @param client where it runs
     * @param server the host that it asks
     * @param options sizes of messages, and how many connections
     * @param requests what that host is asked; they have to outlive this
     * @param first the first of them that this client sends, 0 or 1
     */
    RingClient(const LoopbackHost& client,
               const LoopbackHost& server,
               const ServiceChainOptions& options,
               const std::vector<Request>& requests,
               uint32_t first);

    /// Connect, and send the requests after a second.
    void Start();

    /**
     * @return when the last of them is sent
     */
    ns3::Time GetEnd() const;

    /**
     * @return what became of them
     */
    const RequestTotals& GetTotals() const;

  private:
    /// Send the next request.
    void Send();

    /// A response arrived.
    void Receive(const Message& message);

    uint64_t m_connections;                 //!< how many
    const std::vector<Request>& m_requests; //!< what the server is asked, by any client
    uint32_t m_next;                        //!< the request to be sent next
    ConnectionPool m_pool;                  //!< connections to the server
    RequestTotals m_totals;                 //!< what became of the requests
};

/// A host of a ring: a chain of services, and what asks them and those of the next host.
class RingHost
{
  public:
    /**
     * @param own the host
     * @param next the next one, which another rank may simulate
     * @param options the services, on each host
     * @param ownRequests what the host's services are asked: those of an even number by itself, the
     * others by the host before it; they have to outlive this
     * @param nextRequests what those of the next host are asked, likewise
     */
    RingHost(const LoopbackHost& own,
             const LoopbackHost& next,
             const ServiceChainOptions& options,
             const std::vector<Request>& ownRequests,
             const std::vector<Request>& nextRequests);

    /**
     * @return when the last of its requests is sent
     */
    ns3::Time GetEnd() const;

    /**
     * @return what became of the requests to itself, over lo
     */
    const RequestTotals& GetOwnTotals() const;

    /**
     * @return what became of the requests to the next host
     */
    const RequestTotals& GetNextTotals() const;

    /**
     * @return lo's counters
     */
    ns3::LinkStats GetStats() const;

  private:
    /// Have the services wait for connections.
    void Listen();

    /// Connect to them.
    void Connect();

    LoopbackHost m_host;                              //!< the host
    uint64_t m_connections;                           //!< to each service
    std::vector<std::unique_ptr<Service>> m_services; //!< the services
    RingClient m_ownClient;                           //!< asks them
    RingClient m_nextClient;                          //!< asks those of the next host
};

#endif /* RING_HOST_H */
