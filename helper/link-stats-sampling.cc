/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-stats-sampling.h"

#include "ns3/abort.h"
#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{

namespace
{

/// @return the time after the interval, or the end of all time if that is before it
Time
GetNext(Time interval)
{
    const auto now = Simulator::Now();
    return now + std::min(interval, Simulator::GetMaximumSimulationTime() - now);
}

} // namespace

LinkStatsSampling::~LinkStatsSampling()
{
    for (auto& entry : m_entries)
    {
        entry.sampler.Finish();
    }
}

void
LinkStatsSampling::Start(const NodeContainer& nodes, Time interval, const std::string& prefix)
{
    NS_ABORT_MSG_UNLESS(interval.IsStrictlyPositive(),
                        "LinkStatsHelper::Sample: the interval is "
                            << interval.As(Time::S) << "; it has to be more than 0");
    NS_ABORT_MSG_IF(prefix.empty(),
                    "LinkStatsHelper::Sample: the prefix is empty; the files' names begin with it");
    NS_ABORT_MSG_IF(std::any_of(m_entries.begin(),
                                m_entries.end(),
                                [&](const Entry& e) { return e.sampler.HasPrefix(prefix); }),
                    "LinkStatsHelper::Sample: '"
                        << prefix << ".csv' is being sampled to; take another prefix");
    LinkStatsSampler::Check(nodes);
    m_entries.push_back({interval, GetNext(interval), {nodes, prefix}});
    Schedule();
}

void
LinkStatsSampling::Sample()
{
    for (auto& entry : m_entries)
    {
        if (entry.next == Simulator::Now())
        {
            entry.sampler.Sample();
            entry.next = GetNext(entry.interval);
        }
    }
    if (!Simulator::IsFinished())
    {
        Schedule();
    }
}

void
LinkStatsSampling::Schedule()
{
    const auto next =
        std::min_element(m_entries.begin(), m_entries.end(), [](const Entry& a, const Entry& b) {
            return a.next < b.next;
        })->next;
    // A cancelled event would stay, and look like one of the simulation's.
    m_event.Remove();
    m_event = Simulator::Schedule(next - Simulator::Now(), &LinkStatsSampling::Sample, this);
}

} // namespace ns3
