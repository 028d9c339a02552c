/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef REQUEST_SOURCE_H
#define REQUEST_SOURCE_H

#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/random-variable-stream.h"

#include <cstdint>
#include <vector>

/// What a client asks of a chain of services.
struct Request
{
    ns3::Time sent;                      //!< when, after the first can be sent
    std::vector<ns3::Time> serviceTimes; //!< how long each service works on it

    /**
     * @return how long all services together work on it
     */
    ns3::Time GetServiceTime() const;
};

/// Draws requests, which come when they come, whether those before are answered or not.
class RequestSource : public ns3::Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static ns3::TypeId GetTypeId();

    /**
     * The same with each call. That a time is drawn that is none comes as a ProgramError.
     * @param count how many requests
     * @param nServices services of the chain
     * @param firstStream the first of the N_STREAMS random streams to draw from
     * @return the requests, in the order in which they are sent
     */
    std::vector<Request> Draw(uint64_t count, uint64_t nServices, int64_t firstStream = 0) const;

    /// Random streams of a RequestSource.
    static constexpr int64_t N_STREAMS = 2;

  private:
    ns3::Ptr<ns3::RandomVariableStream> m_interval;    //!< seconds between requests
    ns3::Ptr<ns3::RandomVariableStream> m_serviceTime; //!< seconds that a service works
};

#endif /* REQUEST_SOURCE_H */
