/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-impairment.h"

#include "flip-bit.h"
#include "ns3-release.h"

#include "ns3/abort.h"
#include "ns3/double.h"
#include "ns3/log.h"
#include "ns3/make-event.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <cmath>
#include <utility>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("LinkImpairment");

NS_OBJECT_ENSURE_REGISTERED(LinkImpairment);

TypeId
LinkImpairment::GetTypeId()
{
    static TypeId tid = [] {
        auto newTid =
            TypeId("ns3::LinkImpairment")
                .SetParent<Object>()
                .SetGroupName("Loopback")
                .AddConstructor<LinkImpairment>()
                .AddAttribute("Delay",
                              "How long a packet is held up, in seconds; null for not at all, "
                              "and a constant 0 too, as ns-3 sets no attribute back to null. A "
                              "negative draw is taken as 0",
                              PointerValue(),
                              MakePointerAccessor(&LinkImpairment::m_delay),
                              MakePointerChecker<RandomVariableStream>())
                .AddAttribute("Gap",
                              "A packet is reordered after Gap - 1 others at the earliest; 0 for "
                              "no reordering",
                              UintegerValue(1),
                              MakeUintegerAccessor(&LinkImpairment::m_gap),
                              MakeUintegerChecker<uint32_t>())
                .AddAttribute("Rate",
                              "Layer-3 bits sent in a second; 0bps for no limit",
                              DataRateValue(DataRate(0)),
                              MakeDataRateAccessor(&LinkImpairment::m_rate),
                              MakeDataRateChecker())
                .AddAttribute("Limit",
                              "Packets that may wait; one more is dropped, with 0 each one",
                              UintegerValue(1000),
                              MakeUintegerAccessor(&LinkImpairment::m_limit),
                              MakeUintegerChecker<uint32_t>())
                .AddAttribute("LossModel",
                              "What decides whether a packet is lost: Loss and LossCorrelation "
                              "(Random), the attributes Gilbert... (GilbertElliott), or the "
                              "attributes State... (FourState)",
                              EnumValue(LinkImpairment::RANDOM),
                              MakeAccessorOfEnum<LossModel>(&LinkImpairment::m_lossModel),
                              MakeEnumChecker(LinkImpairment::RANDOM,
                                              "Random",
                                              LinkImpairment::GILBERT_ELLIOTT,
                                              "GilbertElliott",
                                              LinkImpairment::FOUR_STATE,
                                              "FourState"));
        AddProbabilities(newTid);
        AddCounters(newTid);
        return newTid;
    }();
    return tid;
}

void
LinkImpairment::AddProbabilities(TypeId& tid)
{
    const struct
    {
        const char* name;
        const char* help;
        double initial;
        double LinkImpairment::*member;
    } probabilities[]{
        {"Loss", "Probability that a packet is lost", 0, &LinkImpairment::m_loss},
        {"LossCorrelation",
         "How much that depends on the packet before, from 0 to 1",
         0,
         &LinkImpairment::m_lossCorrelation},
        {"Duplicate", "Probability that a packet is duplicated", 0, &LinkImpairment::m_duplicate},
        {"DuplicateCorrelation",
         "How much that depends on the packet before, from 0 to 1",
         0,
         &LinkImpairment::m_duplicateCorrelation},
        {"Corrupt",
         "Probability that one bit of a packet is flipped",
         0,
         &LinkImpairment::m_corrupt},
        {"CorruptCorrelation",
         "How much that depends on the packet before, from 0 to 1",
         0,
         &LinkImpairment::m_corruptCorrelation},
        {"Reorder",
         "Probability that a packet goes at once, before all that wait",
         0,
         &LinkImpairment::m_reorder},
        {"ReorderCorrelation",
         "How much that depends on the packet before, from 0 to 1",
         0,
         &LinkImpairment::m_reorderCorrelation},
        {"GilbertP",
         "Probability p that the good state becomes the bad one",
         0,
         &LinkImpairment::m_gilbertP},
        {"GilbertR",
         "Probability r that the bad state becomes the good one; tc takes 1 - p by itself",
         1,
         &LinkImpairment::m_gilbertR},
        {"GilbertOneMinusH",
         "Probability 1-h of loss in the bad state",
         1,
         &LinkImpairment::m_gilbertOneMinusH},
        {"GilbertOneMinusK",
         "Probability 1-k of loss in the good state",
         0,
         &LinkImpairment::m_gilbertOneMinusK},
        {"StateP13",
         "Probability p13 of going from no loss to loss in a burst",
         0,
         &LinkImpairment::m_stateP13},
        {"StateP31",
         "Probability p31 of going from loss in a burst to no loss; tc takes 1 - p13 by itself",
         1,
         &LinkImpairment::m_stateP31},
        {"StateP32",
         "Probability p32 of going from loss in a burst to reception in it",
         0,
         &LinkImpairment::m_stateP32},
        {"StateP23",
         "Probability p23 of going from reception in a burst to loss in it",
         1,
         &LinkImpairment::m_stateP23},
        {"StateP14",
         "Probability p14 of going from no loss to an isolated loss",
         0,
         &LinkImpairment::m_stateP14},
    };

    for (const auto& probability : probabilities)
    {
        tid.AddAttribute(probability.name,
                         probability.help,
                         DoubleValue(probability.initial),
                         MakeDoubleAccessor(probability.member),
                         MakeDoubleChecker<double>(0, 1));
    }
}

void
LinkImpairment::AddCounters(TypeId& tid)
{
    const struct
    {
        const char* name;
        const char* help;
        TracedCounter LinkImpairment::*member;
    } counters[]{
        {"Passed", "Packets that went on, duplicates too", &LinkImpairment::m_nPassed},
        {"Lost", "Packets lost at random", &LinkImpairment::m_nLost},
        {"OverLimit",
         "Packets dropped because Limit packets waited",
         &LinkImpairment::m_nOverLimit},
        {"Flushed", "Packets lost while they waited", &LinkImpairment::m_nFlushed},
        {"Duplicated", "Duplicates that were made", &LinkImpairment::m_nDuplicated},
        {"Corrupted", "Packets in which a bit was flipped", &LinkImpairment::m_nCorrupted},
        {"Reordered", "Packets that went at once by Reorder", &LinkImpairment::m_nReordered},
        {"NegativeDelays",
         "Draws of Delay below 0, which were taken as 0",
         &LinkImpairment::m_nNegativeDelays},
    };

    for (const auto& counter : counters)
    {
        tid.AddTraceSource(counter.name,
                           counter.help,
                           MakeTraceSourceAccessor(counter.member),
                           "ns3::TracedValueCallback::Uint64");
    }
}

// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): attributes get their values after it
LinkImpairment::LinkImpairment()
{
    NS_LOG_FUNCTION(this);
}

LinkImpairment::~LinkImpairment()
{
    NS_LOG_FUNCTION(this);
    CancelTimer();
}

void
LinkImpairment::DoDispose()
{
    NS_LOG_FUNCTION(this);
    DropWaiting(m_port, DropReason::QDISC_DROP);
    m_delay = nullptr;
    Object::DoDispose();
}

void
LinkImpairment::Attach(TransmitCallback transmit, DropCallback drop)
{
    NS_LOG_FUNCTION(this);
    NS_ABORT_MSG_IF(m_port,
                    "LinkImpairment::Attach: a device has this LinkImpairment already; give each "
                    "device one of its own");
    m_port = std::make_shared<const Port>(Port{transmit, drop});
}

void
LinkImpairment::Detach()
{
    NS_LOG_FUNCTION(this);
    DropWaiting(std::exchange(m_port, nullptr), DropReason::QDISC_DROP);
}

void
LinkImpairment::Abandon()
{
    NS_LOG_FUNCTION(this);
    m_port = nullptr;
    CancelTimer();
    m_nFlushed += std::exchange(m_waiting, Queue()).size();
}

void
LinkImpairment::Flush(DropReason reason)
{
    NS_LOG_FUNCTION(this << reason);
    DropWaiting(m_port, reason);
}

uint32_t
LinkImpairment::GetNPackets() const
{
    return static_cast<uint32_t>(m_waiting.size()) + m_nFlushing;
}

LinkImpairmentStats
LinkImpairment::GetStats() const
{
    LinkImpairmentStats stats;
    stats.passed = m_nPassed;
    stats.lost = m_nLost;
    stats.overLimit = m_nOverLimit;
    stats.flushed = m_nFlushed;
    stats.duplicated = m_nDuplicated;
    stats.corrupted = m_nCorrupted;
    stats.reordered = m_nReordered;
    stats.negativeDelays = m_nNegativeDelays;
    return stats;
}

int64_t
LinkImpairment::AssignStreams(int64_t stream)
{
    NS_LOG_FUNCTION(this << stream);
    const auto own = m_random.AssignStreams(stream);
    if (!m_delay)
    {
        return own;
    }
    m_delay->SetStream(stream + own);
    return own + 1;
}

bool
LinkImpairment::Enqueue(const LinkFrame& frame, uint32_t context)
{
    NS_LOG_FUNCTION(this << frame.packet << context);
    NS_ABORT_MSG_UNLESS(m_port,
                        "LinkImpairment::Enqueue: it is attached to no device; attach it first");
    const Ptr<LinkImpairment> keepAlive(this);
    m_context = context;
    const auto port = m_port;
    const bool isDuplicated =
        m_duplicateDecision.Happens(m_random, m_duplicate, m_duplicateCorrelation);
    return Impair(frame, port, isDuplicated);
}

bool
LinkImpairment::Impair(LinkFrame frame, const std::shared_ptr<const Port>& port, bool isDuplicated)
{
    if (IsLost())
    {
        if (!isDuplicated)
        {
            ++m_nLost;
            port->drop(frame, DropReason::QDISC_DROP);
            return true;
        }
        isDuplicated = false;
    }
    auto duplicate = frame;
    if (frame.packet->GetSize() > 0 &&
        m_corruptDecision.Happens(m_random, m_corrupt, m_corruptCorrelation))
    {
        auto& random = m_random.Get(ImpairmentRandom::CORRUPT);
        frame.packet = FlipBit(frame.packet, random.GetInteger(0, 8 * frame.packet->GetSize() - 1));
        ++m_nCorrupted;
    }
    if (GetNPackets() >= m_limit)
    {
        ++m_nOverLimit;
        port->drop(frame, DropReason::QDISC_DROP);
        return false;
    }
    if (isDuplicated)
    {
        ++m_nDuplicated;
        duplicate.packet = duplicate.packet->Copy();
        Impair(duplicate, port, false);
    }
    return HoldUp(frame, port);
}

bool
LinkImpairment::HoldUp(const LinkFrame& frame, const std::shared_ptr<const Port>& port)
{
    if (IsReordered())
    {
        ++m_nReordered;
        Transmit(frame, port);
        return true;
    }
    if (!m_delay && m_rate.GetBitRate() == 0 && m_waiting.empty())
    {
        // No need to look at the clock, which takes as long as all else.
        Transmit(frame, port);
        return true;
    }
    const auto timeToSend = GetTimeToSend(frame.packet->GetSize());
    if (timeToSend <= Simulator::Now() && !IsFirstDue())
    {
        Transmit(frame, port);
        return true;
    }
    if (m_port != port)
    {
        // Detached by who was called with its duplicate: nothing is to wait here for that port.
        ++m_nFlushed;
        port->drop(frame, DropReason::QDISC_DROP);
        return false;
    }
    m_waiting.emplace_hint(m_waiting.end(), timeToSend, frame);
    SetTimer();
    return true;
}

bool
LinkImpairment::IsLost()
{
    if (std::exchange(m_lastLossModel, m_lossModel) != m_lossModel)
    {
        m_gilbertElliott = GilbertElliottModel();
        m_fourState = FourStateModel();
    }
    switch (m_lossModel)
    {
    case GILBERT_ELLIOTT:
        return m_gilbertElliott.IsLost(
            {m_gilbertP, m_gilbertR, m_gilbertOneMinusH, m_gilbertOneMinusK},
            m_random);
    case FOUR_STATE:
        return m_fourState.IsLost({m_stateP13, m_stateP31, m_stateP32, m_stateP23, m_stateP14},
                                  m_random);
    case RANDOM:
        break;
    }
    return m_lossDecision.Happens(m_random, m_loss, m_lossCorrelation);
}

bool
LinkImpairment::IsReordered()
{
    if (m_reorder == 0 || m_gap == 0)
    {
        m_nSinceReordered = 0;
        return false;
    }
    if (m_nSinceReordered < m_gap - 1 ||
        !m_reorderDecision.Happens(m_random, m_reorder, m_reorderCorrelation))
    {
        ++m_nSinceReordered;
        return false;
    }
    m_nSinceReordered = 0;
    return true;
}

Time
LinkImpairment::DrawDelay()
{
    if (!m_delay)
    {
        return Time(0);
    }
    const auto seconds = m_delay->GetValue();
    // NaN is refused as well.
    NS_ABORT_MSG_UNLESS(std::abs(seconds) < Time::Max().GetSeconds(),
                        "LinkImpairment: the Delay drawn is "
                            << seconds << " s, which does not fit ns-3's Time; give it a "
                            << "RandomVariableStream that draws delays in seconds");
    if (seconds < 0)
    {
        ++m_nNegativeDelays;
        return Time(0);
    }
    return Seconds(seconds);
}

Time
LinkImpairment::GetTimeToSend(uint32_t size)
{
    auto from = Simulator::Now();
    auto delay = DrawDelay();
    Time duration(0);
    if (m_rate.GetBitRate() > 0)
    {
        if (!m_waiting.empty())
        {
            // The time that the last one takes is a part of this one's delay.
            const auto last = m_waiting.rbegin()->first;
            delay = Max(Time(0), delay - (last - from));
            from = last;
        }
        duration = m_rate.CalculateBytesTxTime(size);
    }
    NS_ABORT_MSG_IF(delay > Time::Max() - from - duration,
                    "LinkImpairment: a packet would be held up until after the end of ns-3's Time; "
                    "give it a shorter Delay or a higher Rate");
    return from + delay + duration;
}

void
LinkImpairment::Transmit(const LinkFrame& frame, const std::shared_ptr<const Port>& port)
{
    ++m_nPassed;
    port->transmit(frame);
}

void
LinkImpairment::DropWaiting(const std::shared_ptr<const Port>& port, DropReason reason)
{
    // It may be m_port, and who is called may detach that.
    // NOLINTNEXTLINE(performance-unnecessary-copy-initialization): the copy is what keeps it
    const auto keepAlive = port;
    CancelTimer();
    // Who is called may enqueue again: those frames are not lost.
    const auto lost = std::exchange(m_waiting, Queue());
    m_nFlushing += static_cast<uint32_t>(lost.size());
    for (const auto& [timeToSend, frame] : lost)
    {
        --m_nFlushing;
        ++m_nFlushed;
        keepAlive->drop(frame, reason);
    }
}

bool
LinkImpairment::IsFirstDue() const
{
    return !m_waiting.empty() && m_waiting.begin()->first <= Simulator::Now();
}

void
LinkImpairment::Dequeue()
{
    NS_LOG_FUNCTION(this);
    const Ptr<LinkImpairment> keepAlive(this);
    const auto timer = m_timer;
    // No more than wait now: those that come meanwhile yield to other events of the same time.
    for (auto n = m_waiting.size(); n > 0 && IsFirstDue(); --n)
    {
        const auto first = m_waiting.extract(m_waiting.begin());
        const auto port = m_port;
        Transmit(first.mapped(), port);
    }
    if (m_timer == timer)
    {
        m_timer = nullptr;
    }
    SetTimer();
}

void
LinkImpairment::SetTimer()
{
    if (m_waiting.empty())
    {
        return;
    }
    const auto due = m_waiting.begin()->first;
    if (IsTimerSet() && m_timerDue <= due)
    {
        return;
    }
    CancelTimer();
    m_timer = Ptr<EventImpl>(MakeEvent(&LinkImpairment::Dequeue, this), false);
    m_timerDue = due;
    Simulator::ScheduleWithContext(m_context,
                                   Max(Time(0), due - Simulator::Now()),
                                   GetPointer(m_timer));
}

void
LinkImpairment::CancelTimer()
{
    if (m_timer)
    {
        m_timer->Cancel();
        m_timer = nullptr;
    }
}

bool
LinkImpairment::IsTimerSet() const
{
    // The simulator holds a reference to an event until it has run or the simulator is destroyed.
    return m_timer && m_timer->GetReferenceCount() > 1;
}

} // namespace ns3
