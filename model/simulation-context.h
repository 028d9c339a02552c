/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SIMULATION_CONTEXT_H
#define SIMULATION_CONTEXT_H

#include "ns3/simulator-impl.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * Simulator::GetContext for those who ask for each packet: it keeps the simulator's implementation,
 * which Simulator looks up each time, until Simulator::Destroy.
 */
class SimulationContext
{
  public:
    /**
     * @return what Simulator::GetContext returns
     */
    static uint32_t Get()
    {
        return (m_simulator ? m_simulator : Find())->GetContext();
    }

  private:
    /// @return the simulator, which is kept until it is destroyed
    static SimulatorImpl* Find();

    /// Keep no simulator.
    static void Forget();

    static SimulatorImpl* m_simulator; //!< the simulator, or null
};

} // namespace ns3

#endif /* SIMULATION_CONTEXT_H */
