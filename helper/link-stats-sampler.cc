/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-stats-sampler.h"

#include "ns3/abort.h"
#include "ns3/default-simulator-impl.h"
#include "ns3/event-impl.h"
#include "ns3/global-value.h"
#include "ns3/map-scheduler.h"
#include "ns3/object-factory.h"
#include "ns3/simulation-singleton.h"
#include "ns3/simulator.h"
#include "ns3/type-id.h"

#include <algorithm>
#include <set>
#include <utility>

namespace ns3
{

namespace
{

/// What EventSurvey found.
struct SurveyResult
{
    bool isAnyLive{false}; ///< whether it got an event that was not cancelled
};

/// A scheduler that notes which events it gets.
class EventSurvey : public MapScheduler
{
  public:
    static TypeId GetTypeId()
    {
        static auto tid = TypeId("ns3::LinkStatsEventSurvey")
                              .SetParent<MapScheduler>()
                              .SetGroupName("Loopback")
                              .AddConstructor<EventSurvey>();
        return tid;
    }

    void Insert(const Event& event) override
    {
        SimulationSingleton<SurveyResult>::Get()->isAnyLive |= !event.impl->IsCancelled();
        MapScheduler::Insert(event);
    }
};

void
MoveEvents(TypeId scheduler)
{
    ObjectFactory factory;
    factory.SetTypeId(scheduler);
    Simulator::SetScheduler(factory);
}

bool
IsAnyEventLive()
{
    auto result = SimulationSingleton<SurveyResult>::Get();
    result->isAnyLive = false;
    MoveEvents(EventSurvey::GetTypeId());
    TypeIdValue usual;
    GlobalValue::GetValueByName("SchedulerType", usual);
    MoveEvents(usual.Get());
    return result->isAnyLive;
}

/// Abort if the nodes cannot be sampled.
void
CheckNodes(const NodeContainer& nodes)
{
    NS_ABORT_MSG_IF(nodes.GetN() == 0, "LinkStatsHelper::Sample: there are no nodes to sample");
    bool hasLink = false;
    std::set<Ptr<Node>> seen;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        hasLink |= !GetNamedLinks(*node).empty();
        NS_ABORT_MSG_UNLESS(seen.insert(*node).second,
                            "LinkStatsHelper::Sample: node " << (*node)->GetId()
                                                             << " is among the nodes twice");
    }
    NS_ABORT_MSG_UNLESS(hasLink,
                        "LinkStatsHelper::Sample: no node has a LoNetDevice or a "
                        "BlackholeNetDevice; install one first");
}

} // namespace

void
LinkStatsSampler::Start(const NodeContainer& nodes, Time interval, const std::string& prefix)
{
    NS_ABORT_MSG_UNLESS(interval.IsStrictlyPositive(),
                        "LinkStatsHelper::Sample: the interval is "
                            << interval.As(Time::S) << "; it has to be more than 0");
    NS_ABORT_MSG_IF(prefix.empty(),
                    "LinkStatsHelper::Sample: the prefix is empty; the files' names begin with it");
    CheckNodes(nodes);
    m_series.emplace_back(nodes, interval, prefix);
    Schedule();
}

void
LinkStatsSampler::Sample()
{
    ++m_nSamples;
    for (auto& series : m_series)
    {
        if (series.GetNext() == Simulator::Now())
        {
            series.WriteRows();
        }
    }
    if (WillAnyRun())
    {
        Schedule();
    }
    else
    {
        // ns-3 would run on to the time of the last cancelled event.
        Simulator::Stop();
    }
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
LinkStatsSampler::WillAnyRun()
{
    if (!DynamicCast<DefaultSimulatorImpl>(Simulator::GetImplementation()))
    {
        return true;
    }
    if (Simulator::IsFinished())
    {
        return false;
    }
    const auto nOthers = Simulator::GetEventCount() - m_nSamples;
    if (std::exchange(m_nOthers, nOthers) != nOthers || m_nAtMove == nOthers)
    {
        return true;
    }
    m_nAtMove = nOthers;
    return IsAnyEventLive();
}

} // namespace ns3
