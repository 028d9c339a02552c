/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef BURSTS_H
#define BURSTS_H

#include "ns3/simulator.h"

#include <cstdint>
#include <utility>

namespace ns3
{

/**
 * A sender of bursts, each from an event of its own in a node's context.
 *
 * An iteration measures one packet and its share of that event.
 *
 * @tparam Pacer decides, given the packets per burst, whether to send another burst
 * @tparam Send sends one packet
 */
template <class Pacer, class Send>
class Bursts
{
  public:
    /**
     * Constructor.
     * @param burst packets per burst
     * @param gap simulated time between bursts; with 0 the next burst follows this one's events
     * @param pacer decides whether to continue
     * @param send sends a packet
     */
    Bursts(uint32_t burst, Time gap, Pacer pacer, Send send)
        : m_burst(burst),
          m_gap(gap),
          m_pacer(std::move(pacer)),
          m_send(std::move(send))
    {
    }

    /**
     * Run the simulation until all bursts are sent and nothing is pending.
     * @param context id of the node
     */
    void Run(uint32_t context)
    {
        Simulator::ScheduleWithContext(context, Time(0), [this] { Burst(); });
        Simulator::Run();
    }

  private:
    /// Send a burst, and schedule the next one.
    void Burst()
    {
        if (!m_pacer(m_burst))
        {
            return;
        }
        for (uint32_t i = 0; i < m_burst; ++i)
        {
            m_send();
        }
        Simulator::Schedule(m_gap, [this] { Burst(); });
    }

    uint32_t m_burst; //!< packets per burst
    Time m_gap;       //!< simulated time between bursts
    Pacer m_pacer;    //!< decides whether to continue
    Send m_send;      //!< sends a packet
};

} // namespace ns3

#endif /* BURSTS_H */
