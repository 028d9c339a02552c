/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-stats-helper.h"
#include "link-stats-series.h"

#include "ns3/abort.h"
#include "ns3/default-simulator-impl.h"
#include "ns3/event-id.h"
#include "ns3/event-impl.h"
#include "ns3/map-scheduler.h"
#include "ns3/object-factory.h"
#include "ns3/simulation-singleton.h"
#include "ns3/simulator.h"
#include "ns3/type-id.h"

#include <algorithm>
#include <list>
#include <vector>

namespace ns3
{

namespace
{

/// ns-3's default scheduler, which also tells whether all of its events were cancelled.
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

/// Return whether all events that are left were cancelled. ns-3 keeps them until their time, and
/// only a scheduler can look through them. Other simulator implementations than the default one may
/// get events from other threads or processes.
bool
AreAllCancelled()
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

/// All series of a simulation. They share one event: two would keep each other alive, because
/// sampling ends when no other event is left.
class LinkStatsSampler
{
  public:
    void Add(const NodeContainer& nodes, Time interval, const std::string& prefix)
    {
        m_series.emplace_back(nodes, interval, prefix);
        Schedule();
    }

  private:
    void Sample()
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

    void Schedule()
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

    std::list<LinkStatsSeries> m_series; ///< the series
    EventId m_event;                     ///< the next sample, if there is one
};

} // namespace

void
LinkStatsHelper::Sample(const NodeContainer& nodes, Time interval, const std::string& prefix)
{
    NS_ABORT_MSG_UNLESS(interval.IsStrictlyPositive(),
                        "LinkStatsHelper::Sample: the interval is "
                            << interval.As(Time::S) << "; it has to be more than 0");
    NS_ABORT_MSG_IF(prefix.empty(),
                    "LinkStatsHelper::Sample: the prefix is empty; the files' names begin with it");
    GetNamedLinks("LinkStatsHelper::Sample", nodes);
    SimulationSingleton<LinkStatsSampler>::Get()->Add(nodes, interval, prefix);
}

} // namespace ns3
