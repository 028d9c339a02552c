/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SERVICE_CHAIN_H
#define SERVICE_CHAIN_H

#include "connection-pool.h"
#include "loopback-host.h"
#include "message-socket.h"
#include "program-options.h"
#include "request-source.h"

#include "ns3/nstime.h"

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

/// How the services of a chain are connected.
struct ServiceChainOptions
{
    uint64_t services{4};        //!< how many
    uint64_t connections{32};    //!< to each of them
    uint64_t requestSize{500};   //!< bytes of a request
    uint64_t responseSize{2000}; //!< bytes of a response

    /**
     * @param parser where to add the options
     */
    void AddTo(ProgramOptions& parser);

    /**
     * Check that the host has ports for all connections. If not, that comes as a ProgramError.
     * @param nServices services that it connects to
     */
    void CheckPorts(uint64_t nServices) const;
};

/**
 * @param host where the chain runs
 * @param index a service of the chain, from 0
 * @return the socket address where it listens
 */
ns3::Address GetServiceAddress(const LoopbackHost& host, uint64_t index);

/// What became of a request.
struct Response
{
    /// Its end.
    enum Outcome
    {
        UNANSWERED, //!< none so far
        ANSWERED,   //!< the response has arrived
        FAILED,     //!< a connection could not be established, or was given up
    };

    Outcome outcome{UNANSWERED}; //!< how it ended
    ns3::Time time;              //!< how long after it was sent
};

/**
 * A service on a TCP port: it works on a request, passes it on to the next service if there is one,
 * and passes that one's response back. It works on all requests that it has at the same time.
 */
class Service
{
  public:
    /**
     * @param host where it runs
     * @param options sizes of messages
     * @param requests how long it works on each
     * @param index which service of the chain it is, from 0
     */
    Service(const LoopbackHost& host,
            const ServiceChainOptions& options,
            const std::vector<Request>& requests,
            uint64_t index);

    ~Service();

    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    /// Wait for connections. That it can not comes as a ProgramError.
    void Listen();

    /**
     * @return connections to the next service
     */
    ConnectionPool& GetNext();

  private:
    /// Take a connection.
    void Accept(ns3::Ptr<ns3::Socket> socket, const ns3::Address& from);

    /// Work on a request.
    void Receive(MessageSocket& caller, const Message& message);

    /// Answer a request.
    void Answer(const Message& message);

    LoopbackHost m_host;                                    //!< where it runs
    ServiceChainOptions m_options;                          //!< sizes of messages
    const std::vector<Request>& m_requests;                 //!< how long it works on each
    uint64_t m_index;                                       //!< which service it is
    ns3::Ptr<ns3::Socket> m_listener;                       //!< listens
    ConnectionPool m_next;                                  //!< connections to the next service
    std::map<uint32_t, MessageSocket*> m_callers;           //!< who is to have the answer
    std::vector<std::unique_ptr<MessageSocket>> m_accepted; //!< connections
};

/// A client and a chain of services on one host, of which each only talks to the next.
class ServiceChain
{
  public:
    /**
     * @param host where they run
     * @param options how they are connected
     * @param requests what the client asks
     */
    ServiceChain(const LoopbackHost& host,
                 const ServiceChainOptions& options,
                 const std::vector<Request>& requests);

    /**
     * Establish the connections, then send the requests, until each is answered or has failed, or
     * for an hour after the last one.
     */
    void Run();

    /**
     * @return what became of each request that was sent
     */
    const std::vector<Response>& GetResponses() const;

  private:
    /// Have all connections established.
    void Connect();

    /// Connections are established; begin if it was the last.
    void CountReady();

    /// Send the next request.
    void Send();

    /// A response arrived.
    void Receive(const Message& message);

    LoopbackHost m_host;                              //!< where they run
    ServiceChainOptions m_options;                    //!< how they are connected
    const std::vector<Request>& m_requests;           //!< what the client asks
    std::vector<std::unique_ptr<Service>> m_services; //!< the services
    ConnectionPool m_first;                           //!< connections to the first service
    uint64_t m_nReady{0};                             //!< pools whose connections are established
    ns3::Time m_begin;                                //!< when all were
    uint32_t m_nSent{0};                              //!< requests sent
    uint32_t m_nEnded{0};                             //!< requests answered or failed
    std::vector<Response> m_responses;                //!< what became of each
};

#endif /* SERVICE_CHAIN_H */
