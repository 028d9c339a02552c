/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LINK_STATS_SAMPLER_H
#define LINK_STATS_SAMPLER_H

#include "link-stats-series.h"

#include "ns3/event-id.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"

#include <list>
#include <string>

namespace ns3
{

/**
 * The series of a simulation, and the event that samples them.
 *
 * They share one event, because sampling ends when no other event is left: two events would keep
 * each other alive.
 */
class LinkStatsSampler
{
  public:
    /**
     * Do as LinkStatsHelper::Sample says.
     * @param nodes the nodes
     * @param interval time between samples
     * @param prefix what the files' names begin with
     */
    void Start(const NodeContainer& nodes, Time interval, const std::string& prefix);

  private:
    /// Sample the series that are due, and schedule the next sample unless this is the last.
    void Sample();

    /// Schedule the next sample.
    void Schedule();

    /**
     * Check the events that are left. A cancelled one stays in ns-3's event list until its time,
     * which only a scheduler can look through. Other simulator implementations than the default
     * one may get events from other threads or processes, so that there is no telling.
     * @return true if all are cancelled
     */
    static bool AreAllCancelled();

    std::list<LinkStatsSeries> m_series; //!< the series
    EventId m_event;                     //!< the event, if there is one
};

} // namespace ns3

#endif /* LINK_STATS_SAMPLER_H */
