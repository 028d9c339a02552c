/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-stats-sampler.h"

#include "ns3/abort.h"
#include "ns3/default-simulator-impl.h"
#include "ns3/event-impl.h"
#include "ns3/map-scheduler.h"
#include "ns3/object-factory.h"
#include "ns3/simulation-singleton.h"
#include "ns3/simulator.h"
#include "ns3/type-id.h"

#include <algorithm>
#include <vector>

namespace ns3
{

namespace
{

/// ns-3's default scheduler, which tells too whether all of its events were cancelled.
class LinkStatsScheduler : public MapScheduler
{
  public:
    static TypeId GetTypeId()
    {
        static auto tid = TypeId("ns3::LinkStatsScheduler")
                              .SetParent<MapScheduler>()
                              .SetGroupName("Loopback")
                              .AddConstructor<LinkStatsScheduler>();
        return tid;
    }

    LinkStatsScheduler()
    {
        *SimulationSingleton<Ptr<LinkStatsScheduler>>::Get() = this;
    }

    bool AreAllCancelled()
    {
        std::vector<Event> cancelled;
        while (!IsEmpty() && PeekNext().impl->IsCancelled())
        {
            cancelled.push_back(RemoveNext());
        }
        const bool areAllCancelled = IsEmpty();
        for (const auto& event : cancelled)
        {
            Insert(event);
        }
        return areAllCancelled;
    }
};

} // namespace

void
LinkStatsSampler::Start(const NodeContainer& nodes, Time interval, const std::string& prefix)
{
    NS_ABORT_MSG_UNLESS(interval.IsStrictlyPositive(),
                        "LinkStatsHelper::Sample: the interval is "
                            << interval.As(Time::S) << "; it has to be more than 0");
    NS_ABORT_MSG_IF(prefix.empty(),
                    "LinkStatsHelper::Sample: the prefix is empty; the files' names begin with it");
    GetNamedLinks("LinkStatsHelper::Sample", nodes);
    m_series.emplace_back(nodes, interval, prefix);
    Schedule();
}

void
LinkStatsSampler::Sample()
{
    for (auto& series : m_series)
    {
        if (series.GetNext() == Simulator::Now())
        {
            series.WriteRows();
        }
    }
    if (Simulator::IsFinished())
    {
        return;
    }
    if (AreAllCancelled())
    {
        // ns-3 would run on to the time of the last one.
        Simulator::Stop();
        return;
    }
    Schedule();
}

void
LinkStatsSampler::Schedule()
{
    auto next = Simulator::GetMaximumSimulationTime();
    for (const auto& series : m_series)
    {
        next = std::min(next, series.GetNext());
    }
    // A cancelled event would stay, and look like one of the simulation's.
    m_event.Remove();
    m_event = Simulator::Schedule(next - Simulator::Now(), &LinkStatsSampler::Sample, this);
}

bool
LinkStatsSampler::AreAllCancelled()
{
    if (!DynamicCast<DefaultSimulatorImpl>(Simulator::GetImplementation()))
    {
        return false;
    }
    const auto& scheduler = *SimulationSingleton<Ptr<LinkStatsScheduler>>::Get();
    if (!scheduler || scheduler->IsEmpty())
    {
        // The events are in another scheduler.
        ObjectFactory factory;
        factory.SetTypeId(LinkStatsScheduler::GetTypeId());
        Simulator::SetScheduler(factory);
    }
    return scheduler->AreAllCancelled();
}

} // namespace ns3
