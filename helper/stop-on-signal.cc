/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "stop-on-signal.h"

#include "ns3/simulator.h"

#include <iterator>

namespace ns3
{

namespace
{

volatile std::sig_atomic_t g_signal = 0;
volatile std::sig_atomic_t g_hasSimulator = 0;

/// All that Simulator::Stop does is to set a flag, but that it makes a simulator if there is none.
void
Stop(int signal)
{
    g_signal = signal;
    if (g_hasSimulator != 0)
    {
        Simulator::Stop();
    }
}

void
ForgetSimulator()
{
    g_hasSimulator = 0;
}

/// Simulator::Run forgets a Stop from before.
void
StopIfSignalled()
{
    if (g_signal != 0)
    {
        Simulator::Stop();
    }
}

} // namespace

StopOnSignal::StopOnSignal()
{
    Simulator::ScheduleNow(&StopIfSignalled);
    Simulator::ScheduleDestroy(&ForgetSimulator);
    g_hasSimulator = 1;
    struct sigaction action = {};
    action.sa_handler = &Stop;
    action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
    for (std::size_t i = 0; i < std::size(SIGNALS); ++i)
    {
        sigaction(SIGNALS[i], nullptr, &m_before[i]);
        if (m_before[i].sa_handler != SIG_IGN)
        {
            sigaction(SIGNALS[i], &action, nullptr);
        }
    }
}

StopOnSignal::~StopOnSignal()
{
    for (std::size_t i = 0; i < std::size(SIGNALS); ++i)
    {
        sigaction(SIGNALS[i], &m_before[i], nullptr);
    }
}

int
StopOnSignal::GetSignal()
{
    return g_signal;
}

void
StopOnSignal::EndProgram()
{
    if (const int signal = g_signal)
    {
        std::signal(signal, SIG_DFL);
        std::raise(signal);
    }
}

} // namespace ns3
