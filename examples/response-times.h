/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RESPONSE_TIMES_H
#define RESPONSE_TIMES_H

#include "service-chain.h"

#include "ns3/nstime.h"

#include <cstdint>
#include <utility>
#include <vector>

/// The distribution of the response times of those requests that were answered.
class ResponseTimes
{
  public:
    /**
     * @param responses what became of each request
     */
    explicit ResponseTimes(const std::vector<Response>& responses);

    /**
     * @return requests that were answered
     */
    uint64_t GetCount() const;

    /**
     * @param percent above 0 and 100 at most
     * @return the shortest response time that this percentage of the requests took at most (the
     * nearest-rank method); there has to be an answer
     */
    ns3::Time GetPercentile(double percent) const;

    /**
     * @param time a response time
     * @return share of the answered requests that took this long or longer, 0 if there are none
     */
    double GetShareFrom(ns3::Time time) const;

    /**
     * @return points of the curve of GetShareFrom, as many as one can see on logarithmic axes:
     * milliseconds and share
     */
    std::vector<std::pair<double, double>> GetCurve() const;

  private:
    std::vector<ns3::Time> m_sorted; //!< response times, ascending
};

#endif /* RESPONSE_TIMES_H */
