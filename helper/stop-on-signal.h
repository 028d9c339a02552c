/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef STOP_ON_SIGNAL_H
#define STOP_ON_SIGNAL_H

#include <csignal>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * While there is an object of this class, SIGINT (Ctrl-C) and SIGTERM end Simulator::Run as
 * Simulator::Stop does, after the event that is under way, and not the program. So a script goes on
 * as it does at the end of any run: it prints what was counted, and Simulator::Destroy closes its
 * captures, traces and samples.
 *
 * \code
 *   StopOnSignal stop;
 *   Simulator::Run();
 *   LinkStatsHelper::PrintIpLink(std::cout, nodes);
 *   Simulator::Destroy();
 *   StopOnSignal::EndProgram();
 * \endcode
 *
 * A second signal ends the program, as without this. A signal that is ignored, as by nohup, stays
 * so. Make one of these for each simulation, and one at a time.
 */
class StopOnSignal
{
  public:
    /// Make it when there is a simulation to stop: it schedules an event at the time it is.
    StopOnSignal();

    /// Give signals the effect that they had before.
    ~StopOnSignal();

    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;

    /**
     * @return the signal that has stopped a simulation, or 0
     */
    static int GetSignal();

    /**
     * End the program by the signal that has stopped a simulation, so that whoever started it, such
     * as a loop of a shell, knows: its exit status is 128 and the signal's number there. Does
     * nothing if there was no signal. Destroy the simulation and flush std::cout before.
     */
    static void EndProgram();

  private:
    static constexpr int SIGNALS[]{SIGINT, SIGTERM}; //!< what it is about

    struct sigaction m_before[2]{}; //!< the effects that they had before
};

} // namespace ns3

#endif /* STOP_ON_SIGNAL_H */
