/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "service-chain.h"

#include "program-error.h"

#include "ns3/callback.h"
#include "ns3/simulator.h"
#include "ns3/tcp-socket-factory.h"

using namespace ns3;

namespace
{

/// The first service's; those of the others follow.
constexpr uint16_t PORT = 8000;

/// Ports that TCP takes for connections (RFC 6335, section 6: the dynamic ones).
constexpr uint64_t N_PORTS = 16384;

/// When a request is given up that has not ended by itself.
const Time PATIENCE = Hours(1);

} // namespace

Address
GetServiceAddress(const LoopbackHost& host, uint64_t index)
{
    return MakeSocketAddress(host.destination, static_cast<uint16_t>(PORT + index));
}

void
ServiceChainOptions::AddTo(ProgramOptions& parser)
{
    parser.AddInteger("services", services, 1, 100, "services in the chain, 4 unless given");
    parser.AddInteger("connections",
                      connections,
                      1,
                      1000,
                      "TCP connections to each service, 32 unless given");
    parser.AddInteger("request-size",
                      requestSize,
                      Message::MIN_SIZE,
                      65000,
                      "bytes of a request, 500 unless given");
    parser.AddInteger("response-size",
                      responseSize,
                      Message::MIN_SIZE,
                      65000,
                      "bytes of a response, 2000 unless given");
}

void
ServiceChainOptions::CheckPorts(uint64_t nServices) const
{
    if (nServices * connections > N_PORTS)
    {
        throw ProgramError("--connections: a host has ports for " + std::to_string(N_PORTS) +
                           " of them, to all services together");
    }
}

Service::Service(const LoopbackHost& host,
                 const ServiceChainOptions& options,
                 const std::vector<Request>& requests,
                 uint64_t index)
    : m_host(host),
      m_options(options),
      m_requests(requests),
      m_index(index),
      m_next(host.GetNode(),
             GetServiceAddress(host, index + 1),
             static_cast<uint32_t>(options.requestSize),
             static_cast<uint32_t>(options.responseSize),
             [this](const Message& message) { Answer(message); })
{
}

Service::~Service()
{
    if (!m_listener)
    {
        return;
    }
    m_listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                  MakeNullCallback<void, Ptr<Socket>, const Address&>());
}

void
Service::Listen()
{
    m_listener = Socket::CreateSocket(m_host.GetNode(), TcpSocketFactory::GetTypeId());
    if (m_listener->Bind(GetServiceAddress(m_host, m_index)) != 0 || m_listener->Listen() != 0)
    {
        throw ProgramError("service " + std::to_string(m_index + 1) + " can not listen");
    }
    m_listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                  MakeCallback(&Service::Accept, this));
}

ConnectionPool&
Service::GetNext()
{
    return m_next;
}

void
Service::Accept(Ptr<Socket> socket, const Address& /* from */)
{
    const auto index = m_accepted.size();
    m_accepted.push_back(std::make_unique<MessageSocket>(
        socket,
        static_cast<uint32_t>(m_options.responseSize),
        static_cast<uint32_t>(m_options.requestSize),
        [this, index](const Message& message) { Receive(*m_accepted[index], message); }));
}

void
Service::Receive(MessageSocket& caller, const Message& message)
{
    m_callers[message.request] = &caller;
    const bool isLast = m_index + 1 == m_options.services;
    Simulator::Schedule(m_requests.at(message.request).serviceTimes.at(m_index),
                        [this, message, isLast] {
                            if (isLast)
                            {
                                Answer(message);
                            }
                            else
                            {
                                m_next.Send(message.request);
                            }
                        });
}

void
Service::Answer(const Message& message)
{
    const auto caller = m_callers.find(message.request);
    caller->second->Send(message);
    m_callers.erase(caller);
}

ServiceChain::ServiceChain(const LoopbackHost& host,
                           const ServiceChainOptions& options,
                           const std::vector<Request>& requests)
    : m_host(host),
      m_options(options),
      m_requests(requests),
      m_first(host.GetNode(),
              GetServiceAddress(host, 0),
              static_cast<uint32_t>(options.requestSize),
              static_cast<uint32_t>(options.responseSize),
              [this](const Message& message) { Receive(message); }),
      m_responses(requests.size())
{
    for (uint64_t i = 0; i < options.services; ++i)
    {
        m_services.push_back(std::make_unique<Service>(host, options, requests, i));
    }
}

void
ServiceChain::Run()
{
    Simulator::ScheduleWithContext(m_host.GetNode()->GetId(), Time(0), [this] { Connect(); });
    Simulator::Run();
    m_responses.resize(m_nSent);
}

const std::vector<Response>&
ServiceChain::GetResponses() const
{
    return m_responses;
}

void
ServiceChain::Connect()
{
    for (const auto& service : m_services)
    {
        service->Listen();
    }
    m_first.Open(m_options.connections, [this] { CountReady(); });
    for (uint64_t i = 0; i + 1 < m_options.services; ++i)
    {
        m_services[i]->GetNext().Open(m_options.connections, [this] { CountReady(); });
    }
}

void
ServiceChain::CountReady()
{
    if (++m_nReady == m_options.services)
    {
        m_begin = Simulator::Now();
        Simulator::Stop(m_requests.back().sent + PATIENCE);
        Simulator::Schedule(m_requests.front().sent, &ServiceChain::Send, this);
    }
}

void
ServiceChain::Send()
{
    m_first.Send(m_nSent++);
    if (m_nSent < m_requests.size())
    {
        Simulator::Schedule(m_begin + m_requests[m_nSent].sent - Simulator::Now(),
                            &ServiceChain::Send,
                            this);
    }
}

void
ServiceChain::Receive(const Message& message)
{
    auto& response = m_responses.at(message.request);
    response.outcome = message.failed ? Response::FAILED : Response::ANSWERED;
    response.time = Simulator::Now() - m_begin - m_requests[message.request].sent;
    if (++m_nEnded == m_requests.size())
    {
        Simulator::Stop();
    }
}
