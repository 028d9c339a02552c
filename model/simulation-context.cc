/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "simulation-context.h"

#include "ns3/simulator.h"

namespace ns3
{

SimulatorImpl* SimulationContext::m_simulator = nullptr;

SimulatorImpl*
SimulationContext::Find()
{
    m_simulator = PeekPointer(Simulator::GetImplementation());
    Simulator::ScheduleDestroy(&SimulationContext::Forget);
    return m_simulator;
}

void
SimulationContext::Forget()
{
    m_simulator = nullptr;
}

} // namespace ns3
