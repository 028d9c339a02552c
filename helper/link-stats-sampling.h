/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LINK_STATS_SAMPLING_H
#define LINK_STATS_SAMPLING_H

#include "link-stats-sampler.h"

#include "ns3/event-id.h"

#include <list>
#include <string>

namespace ns3
{

/**
 * All samplers of a simulation, and when each is due. They share one event: a sampler ends when
 * the simulation has no other event left, and two with an event each would wait for one another
 * for ever.
 */
class LinkStatsSampling
{
  public:
    /// Writes the last samples. It is when the simulator is destroyed.
    ~LinkStatsSampling();

    /**
     * LinkStatsHelper::Sample.
     * @param nodes the nodes
     * @param interval time between samples
     * @param prefix what the files' names begin with
     */
    void Start(const NodeContainer& nodes, Time interval, const std::string& prefix);

  private:
    /// A sampler and when it is due.
    struct Entry
    {
        Time interval;            //!< between samples
        Time next;                //!< when the next is due
        LinkStatsSampler sampler; //!< the sampler
    };

    /// Have the samplers that are due sample.
    void Sample();

    /// Have Sample called when the next sampler is due.
    void Schedule();

    std::list<Entry> m_entries; //!< the samplers
    EventId m_event;            //!< the event, if there is one
};

} // namespace ns3

#endif /* LINK_STATS_SAMPLING_H */
