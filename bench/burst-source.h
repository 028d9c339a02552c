/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef BURST_SOURCE_H
#define BURST_SOURCE_H

#include "ns3/simulator.h"

#include <cstdint>
#include <functional>
#include <utility>

namespace ns3
{

/// Says before each burst whether there shall be one of so many packets more.
using Pacer = std::function<bool(uint32_t)>;

/**
 * Does something in bursts, each from an event of its own in the context of a node, for as long as
 * a pacer says: what is measured is one thing done, and its share of that event.
 *
 * @tparam Action what is called for each, with no arguments
 */
template <class Action>
class BurstSource
{
  public:
    /**
     * @param pacer says whether to go on
     * @param burst how often an event does it
     * @param gap simulated time to the next burst: 0 for one after the events of this one that
     *        are to come at the same time
     * @param action what is done
     */
    BurstSource(const Pacer& pacer, uint32_t burst, Time gap, Action action)
        : m_pacer(pacer),
          m_burst(burst),
          m_gap(gap),
          m_action(std::move(action))
    {
    }

    /**
     * Run the simulation. When this returns nothing waits any more.
     * @param context id of the node
     */
    void Run(uint32_t context)
    {
        Simulator::ScheduleWithContext(context, Time(0), &BurstSource::Burst, this);
        Simulator::Run();
    }

  private:
    /// One burst, and the event of the next.
    void Burst()
    {
        if (!m_pacer(m_burst))
        {
            return;
        }
        for (uint32_t i = 0; i < m_burst; ++i)
        {
            m_action();
        }
        Simulator::Schedule(m_gap, &BurstSource::Burst, this);
    }

    const Pacer& m_pacer; //!< says whether to go on
    uint32_t m_burst;     //!< how often an event does it
    Time m_gap;           //!< simulated time to the next burst
    Action m_action;      //!< what is done
};

} // namespace ns3

#endif /* BURST_SOURCE_H */
