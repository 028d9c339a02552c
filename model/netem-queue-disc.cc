/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "netem-queue-disc.h"

#include "netem-queue.h"
#include "ns3-release.h"
#include "queue-disc-packets.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/net-device-queue-interface.h"
#include "ns3/node-list.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tbf-queue-disc.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/traffic-control-layer.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("NetemQueueDisc");

NS_OBJECT_ENSURE_REGISTERED(NetemQueueDisc);

namespace
{

/// Find the queue disc whose Run sends the packets of another one: the root above it, or the root's
/// child if only children run (MqQueueDisc).
/// @return null if the root is null, or the other queue disc is not below it
Ptr<QueueDisc>
FindRunning(Ptr<QueueDisc> root, const QueueDisc* disc)
{
    auto found = PeekPointer(root) == disc ? root : nullptr;
    for (std::size_t i = 0; root && !found && i < root->GetNQueueDiscClasses(); ++i)
    {
        found = FindRunning(root->GetQueueDiscClass(i)->GetQueueDisc(), disc);
    }
    return found && root->GetWakeMode() == QueueDisc::WAKE_ROOT ? root : found;
}

} // namespace

TypeId
NetemQueueDisc::GetTypeId()
{
    // Parameters last: attributes get their initial values in this order.
    static TypeId tid =
        AddAttributes(TypeId("ns3::NetemQueueDisc")
                          .SetParent<QueueDisc>()
                          .SetGroupName("Loopback")
                          .AddConstructor<NetemQueueDisc>())
            .AddAttribute("DelayVariable",
                          "A delay in seconds added to Delay; its draws are independent",
                          PointerValue(),
                          MakePointerAccessor(&NetemQueueDisc::m_delayVariable),
                          MakePointerChecker<RandomVariableStream>())
            .AddAttribute("LossModel",
                          "Decides on loss, in place of Loss and of the words in Parameters",
                          PointerValue(),
                          MakePointerAccessor(&NetemQueueDisc::m_errorModel),
                          MakePointerChecker<ErrorModel>())
            .AddAttribute(
                "Parameters",
                "The words after netem in a tc command; what they leave out has tc's default, "
                "and no words change nothing",
                StringValue(),
                MakeStringAccessor(&NetemQueueDisc::SetParameters, &NetemQueueDisc::GetParameters),
                MakeStringChecker())
            .AddTraceSource("Duplicated",
                            "Duplicates made",
                            MakeTraceSourceAccessor(&NetemQueueDisc::duplicated),
                            "ns3::TracedValueCallback::Uint64")
            .AddTraceSource("Corrupted",
                            "Packets corrupted",
                            MakeTraceSourceAccessor(&NetemQueueDisc::corrupted),
                            "ns3::TracedValueCallback::Uint64")
            .AddTraceSource("Reordered",
                            "Packets reordered",
                            MakeTraceSourceAccessor(&NetemQueueDisc::reordered),
                            "ns3::TracedValueCallback::Uint64");
    return tid;
}

NetemQueueDisc::NetemQueueDisc()
    : QueueDisc(QueueDiscSizePolicy::SINGLE_INTERNAL_QUEUE),
      m_queue(CreateObject<NetemQueue>())
{
    NS_LOG_FUNCTION(this);
    // DoEnqueue checks Limit.
    m_queue->SetMaxSize(QueueSize(QueueSizeUnit::PACKETS, UINT32_MAX));
    AddInternalQueue(m_queue);
}

// Here, where NetemQueue is complete.
NetemQueueDisc::~NetemQueueDisc() = default;

void
NetemQueueDisc::DoDispose()
{
    NS_LOG_FUNCTION(this);
    m_timer.Cancel();
    QueueDisc::DoDispose();
}

void
NetemQueueDisc::SetParameters(const std::string& words)
{
    NS_LOG_FUNCTION(this << words);
    if (words.empty())
    {
        return;
    }
    const auto error = Parse(words, *this);
    NS_ABORT_MSG_UNLESS(error.empty(), error);
    m_words = words;
    m_nSinceReordered = 0;
    m_slotStart = Time(-1);
    if (seed)
    {
        AssignStreams(static_cast<int64_t>(*seed % (uint64_t{1} << 59)) * N_STREAMS);
    }
}

std::string
NetemQueueDisc::GetParameters() const
{
    return m_words;
}

int64_t
NetemQueueDisc::AssignStreams(int64_t stream)
{
    NS_LOG_FUNCTION(this << stream);
    m_random.clear();
    for (int i = 0; i < N_DECISIONS; ++i)
    {
        m_random.emplace_back(stream + i);
    }
    if (m_delayVariable)
    {
        m_delayVariable->SetStream(stream + N_DECISIONS);
    }
    if (const auto model = DynamicCast<NetemErrorModel>(m_errorModel))
    {
        model->AssignStreams(stream + N_DECISIONS + 1);
    }
    return N_STREAMS;
}

NetemRandom&
NetemQueueDisc::Random(Decision decision)
{
    m_random.resize(N_DECISIONS);
    return m_random[decision];
}

bool
NetemQueueDisc::Happens(Decision decision, double probability, double correlation)
{
    const auto scaled = ScaleNetemProbability(probability);
    return scaled > 0 && scaled >= Random(decision).Draw(correlation);
}

bool
NetemQueueDisc::CheckConfig()
{
    NS_LOG_FUNCTION(this);
    NS_ABORT_MSG_IF(GetNInternalQueues() > 1 || GetNPacketFilters() > 0,
                    "NetemQueueDisc: takes no internal queue and no packet filter");
    NS_ABORT_MSG_IF(GetNQueueDiscClasses() > 1, "NetemQueueDisc: takes one class at most");
    NS_ABORT_MSG_IF(
        DynamicCast<TbfQueueDisc>(GetChild()),
        "NetemQueueDisc: takes no TbfQueueDisc, which ns-3 wakes only as the root queue "
        "disc; make this one its child");
    return true;
}

void
NetemQueueDisc::InitializeParams()
{
    NS_LOG_FUNCTION(this);
    if (const auto child = GetChild())
    {
        // ns-3 does not tell it to a child, but FqCoDelQueueDisc takes its quantum from the device.
        child->SetNetDeviceQueueInterface(GetNetDeviceQueueInterface());
        const auto forget = [this](Ptr<const QueueDiscItem> item) {
            m_dueInChild.erase(PeekPointer(item->GetPacket()));
        };
        child->TraceConnectWithoutContext("Dequeue", ToCallback(forget));
    }
}

Ptr<QueueDisc>
NetemQueueDisc::GetChild() const
{
    return GetNQueueDiscClasses() > 0 ? GetQueueDiscClass(0)->GetQueueDisc() : nullptr;
}

bool
NetemQueueDisc::DoEnqueue(Ptr<QueueDiscItem> item)
{
    NS_LOG_FUNCTION(this << item);
    m_isBlocked = false;
    const bool isDuplicated = !m_nUnplaced && Happens(DUPLICATE, duplicate, duplicateCorrelation);
    const bool isLost = IsLost(item) && !(ecn && Mark(item, LOSS_MARK));
    if (isLost && !isDuplicated)
    {
        DropBeforeEnqueue(item, LOSS_DROP);
        return false;
    }
    const auto copy = isDuplicated && !isLost ? DuplicateItem(item) : nullptr;
    item = Corrupt(item);
    const auto nWaiting = GetNPackets() - m_nUnplaced.value_or(0);
    if (nWaiting >= limit)
    {
        DropBeforeEnqueue(item, LIMIT_DROP);
        return false;
    }
    if (nWaiting == 0)
    {
        m_lastDue = Time::Min();
        m_dueInChild.clear();
    }
    // QueueDisc::Enqueue asserts that each packet received was enqueued or dropped. So the original
    // is enqueued first, but placed after its duplicate.
    const auto child = GetChild();
    const bool isEnqueued = child ? child->Enqueue(item) : m_queue->Enqueue(item);
    if (copy)
    {
        ++duplicated;
        m_nUnplaced = isEnqueued ? 1 : 0;
        FindRoot()->Enqueue(copy);
        m_nUnplaced.reset();
    }
    if (isEnqueued)
    {
        Place(item);
    }
    return isEnqueued;
}

bool
NetemQueueDisc::IsLost(Ptr<const QueueDiscItem> item)
{
    return m_errorModel ? m_errorModel->IsCorrupt(GetWholePacket(item))
           : lossModel  ? lossModel->IsLost(Random(LOSS))
                        : Happens(LOSS, loss, lossCorrelation);
}

Ptr<QueueDiscItem>
NetemQueueDisc::Corrupt(Ptr<QueueDiscItem> item)
{
    if (!Happens(CORRUPT, corrupt, corruptCorrelation) || item->GetSize() == 0)
    {
        return item;
    }
    ++corrupted;
    const uint64_t byte = Random(CORRUPT).Draw();
    const auto bit = Random(CORRUPT).Draw() >> 29;
    return CorruptItem(item, static_cast<uint32_t>(byte * item->GetSize() >> 32), bit);
}

void
NetemQueueDisc::Place(Ptr<const QueueDiscItem> item)
{
    const auto distance = GetGap();
    const bool isReordered = distance > 0 && m_nSinceReordered + 1 >= distance &&
                             Happens(REORDER, GetReorder(), reorderCorrelation);
    const auto due = isReordered ? Simulator::Now() : DrawDue(item->GetSize());
    m_lastDue = Max(due, m_lastDue);
    // A trace sink may have run this queue disc meanwhile.
    m_isBlocked = false;
    m_nSinceReordered = isReordered ? 0 : m_nSinceReordered + 1;
    reordered += isReordered ? 1 : 0;
    if (GetChild())
    {
        m_dueInChild[PeekPointer(item->GetPacket())] = due;
    }
    else
    {
        m_queue->Place(item, due, isReordered);
    }
}

Time
NetemQueueDisc::DrawDue(uint32_t size)
{
    auto drawn = delay;
    if (!jitter.IsZero())
    {
        drawn = Random(DELAY).DrawDelay(delay, jitter, delayCorrelation, distribution);
    }
    if (m_delayVariable)
    {
        const auto seconds = m_delayVariable->GetValue();
        // NaN is refused as well.
        NS_ABORT_MSG_UNLESS(std::abs(seconds) < 1e9,
                            "NetemQueueDisc: DelayVariable drew "
                                << seconds << " s; give it a RandomVariableStream of seconds");
        drawn += Seconds(seconds);
    }
    const auto add = [](Time time, Time more) {
        NS_ABORT_MSG_IF(time > Time(0) && more > Time::Max() - time,
                        "NetemQueueDisc: a packet would be due after the end of ns-3's Time; give "
                        "it a shorter delay or a higher rate");
        return time + more;
    };
    const auto due = add(Simulator::Now(), drawn);
    return rate.GetBitRate() < 8 ? due : add(Max(due, m_lastDue), GetTransmissionTime(size));
}

Time
NetemQueueDisc::GetTransmissionTime(uint32_t size) const
{
    auto bytes = std::max<int64_t>(0, int64_t{size} + packetOverhead);
    if (cellSize > 0)
    {
        const auto cells = (bytes + cellSize - 1) / cellSize;
        bytes = std::max<int64_t>(0, int64_t{cellSize} + cellOverhead) * cells;
    }
    const auto bytesPerSecond = rate.GetBitRate() / 8;
    const auto ns =
        static_cast<long double>(bytes) * 1000000000 / static_cast<long double>(bytesPerSecond);
    return ns < 0x1p62L ? NanoSeconds(static_cast<int64_t>(ns)) : Time::Max();
}

std::optional<Time>
NetemQueueDisc::GetFirstDue()
{
    const auto child = GetChild();
    if (!child)
    {
        return m_queue->GetFirstDue();
    }
    const auto first = child->Peek();
    const auto due = m_dueInChild.find(first ? PeekPointer(first->GetPacket()) : nullptr);
    return due != m_dueInChild.end() ? std::make_optional(due->second) : std::nullopt;
}

void
NetemQueueDisc::StartSlot()
{
    auto pause = slotMinDelay;
    if (slotJitter > Time(0))
    {
        pause = Random(SLOT).DrawDelay(slotDelay, slotJitter, 0, slotDistribution);
    }
    else if (slotMaxDelay > slotMinDelay)
    {
        const long double range = (slotMaxDelay - slotMinDelay).GetNanoSeconds();
        pause += NanoSeconds(static_cast<int64_t>(range * Random(SLOT).Draw() / 0x1p32L));
    }
    const int64_t noLimit = std::numeric_limits<int32_t>::max();
    m_slotStart = Simulator::Now() + pause;
    m_slotPackets = slotPackets > 0 ? slotPackets : noLimit;
    m_slotBytes = slotBytes > 0 ? slotBytes : noLimit;
}

Ptr<QueueDiscItem>
NetemQueueDisc::DoDequeue()
{
    NS_LOG_FUNCTION(this);
    const auto due = m_isBlocked ? std::nullopt : GetFirstDue();
    if (!due)
    {
        return nullptr;
    }
    const auto now = Simulator::Now();
    // A reordered packet, due at Time::Min(), does not wait for a slot.
    const bool isSlotted = *due > Time::Min() && IsSlotted();
    if (isSlotted && m_slotStart < *due)
    {
        StartSlot();
    }
    const auto leaves = isSlotted ? Max(*due, m_slotStart) : *due;
    if (leaves > now)
    {
        m_isBlocked = true;
        SetTimer(leaves);
        return nullptr;
    }
    const auto child = GetChild();
    const auto item = child ? child->Dequeue() : m_queue->Dequeue();
    // A child may drop its first packets instead (CobaltQueueDisc), even all of them.
    if (item && isSlotted)
    {
        m_slotBytes -= item->GetSize();
        if (--m_slotPackets <= 0 || m_slotBytes <= 0)
        {
            StartSlot();
        }
    }
    // ns-3's Run ends after the root's Quota, and is not called again. If it continues, it may set
    // a later time.
    if (const auto next = GetFirstDue())
    {
        SetTimer(Max(*next, now));
    }
    return item;
}

void
NetemQueueDisc::SetTimer(Time due)
{
    if (m_timer.IsExpired() || TimeStep(m_timer.GetTs()) != due)
    {
        m_timer.Cancel();
        m_timer = Simulator::Schedule(due - Simulator::Now(), &NetemQueueDisc::Wake, this);
    }
}

void
NetemQueueDisc::Wake()
{
    NS_LOG_FUNCTION(this);
    m_isBlocked = false;
    const auto root = FindRoot();
    if (root->GetSendCallback())
    {
        root->Run();
    }
}

Ptr<QueueDisc>
NetemQueueDisc::FindRoot()
{
    // Only a root has a send callback. In ns-3 a child does not know its parent, so this searches
    // all nodes, from that whose event this is: another node's event may send, too.
    const auto nNodes = GetSendCallback() ? 0 : NodeList::GetNNodes();
    for (uint32_t i = 0; i < nNodes; ++i)
    {
        const auto number = (uint64_t{Simulator::GetContext()} + i) % nNodes;
        const auto node = NodeList::GetNode(static_cast<uint32_t>(number));
        const auto layer = node->GetObject<TrafficControlLayer>();
        for (uint32_t j = 0; layer && j < node->GetNDevices(); ++j)
        {
            const auto root = layer->GetRootQueueDiscOnDevice(node->GetDevice(j));
            if (const auto running = FindRunning(root, this))
            {
                return running;
            }
        }
    }
    return this;
}

} // namespace ns3
