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
#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/integer.h"
#include "ns3/log.h"
#include "ns3/node-list.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/traffic-control-layer.h"
#include "ns3/uinteger.h"

#include <cmath>
#include <limits>
#include <ostream>
#include <tuple>
#include <type_traits>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("NetemQueueDisc");

NS_OBJECT_ENSURE_REGISTERED(NetemQueueDisc);

namespace
{

/// What an attribute needs besides its name.
struct ParameterAttribute
{
    Ptr<const AttributeValue> initial;     //!< the initial value
    Ptr<const AttributeAccessor> accessor; //!< the accessor
    Ptr<const AttributeChecker> checker;   //!< the checker
};

/**
 * Make the attribute of a parameter.
 * @tparam T the type of the parameter
 * @param member the parameter
 * @return the attribute
 */
template <typename T>
ParameterAttribute
MakeAttribute(T NetemParameters::*member)
{
    const auto initial = NetemParameters().*member;
    if constexpr (std::is_same_v<T, Time>)
    {
        return {Create<TimeValue>(initial), MakeTimeAccessor(member), MakeTimeChecker(Time(0))};
    }
    else if constexpr (std::is_same_v<T, double>)
    {
        return {Create<DoubleValue>(initial),
                MakeDoubleAccessor(member),
                MakeDoubleChecker<double>(0, 1)};
    }
    else if constexpr (std::is_same_v<T, bool>)
    {
        return {Create<BooleanValue>(initial), MakeBooleanAccessor(member), MakeBooleanChecker()};
    }
    else if constexpr (std::is_same_v<T, DataRate>)
    {
        return {Create<DataRateValue>(initial),
                MakeDataRateAccessor(member),
                MakeDataRateChecker()};
    }
    else if constexpr (std::is_same_v<T, uint32_t>)
    {
        return {Create<UintegerValue>(initial),
                MakeUintegerAccessor(member),
                MakeUintegerChecker<T>()};
    }
    else if constexpr (std::is_same_v<T, int32_t>)
    {
        return {Create<IntegerValue>(initial),
                MakeIntegerAccessor(member),
                MakeIntegerChecker<T>()};
    }
    else
    {
        const auto checker = MakeEnumChecker(NETEM_UNIFORM,
                                             "uniform",
                                             NETEM_NORMAL,
                                             "normal",
                                             NETEM_PARETO,
                                             "pareto",
                                             NETEM_PARETONORMAL,
                                             "paretonormal");
        return {EnumValue(initial).Copy(), MakeAccessorOfEnum<T>(member), checker};
    }
}

/**
 * Add the attributes that set single parameters.
 * @param tid the TypeId that gets them
 */
void
AddParameters(TypeId& tid)
{
    using P = NetemParameters;
    const auto add = [&tid](const char* name, const char* help, auto member) {
        const auto attribute = MakeAttribute(member);
        tid.AddAttribute(name, help, *attribute.initial, attribute.accessor, attribute.checker);
    };
    add("Limit", "Packets that may wait", &P::limit);
    add("Delay", "Mean delay", &P::delay);
    add("Jitter", "How much the delay varies", &P::jitter);
    add("DelayCorrelation", "Correlation of the delay", &P::delayCorrelation);
    add("Distribution", "Shape of the delay's variation", &P::distribution);
    add("Loss", "Probability of loss", &P::loss);
    add("LossCorrelation", "Correlation of loss", &P::lossCorrelation);
    add("Ecn", "Whether packets are marked rather than lost, if they can be", &P::ecn);
    add("Duplicate", "Probability of duplication", &P::duplicate);
    add("DuplicateCorrelation", "Correlation of duplication", &P::duplicateCorrelation);
    add("Corrupt", "Probability that one bit is flipped", &P::corrupt);
    add("CorruptCorrelation", "Correlation of corruption", &P::corruptCorrelation);
    add("Reorder", "Probability of being sent at once", &P::reorder);
    add("ReorderCorrelation", "Correlation of reordering", &P::reorderCorrelation);
    add("Gap", "A reordered packet comes after Gap - 1 others", &P::gap);
    add("Rate", "Bits sent in a second, 0bps for no limit", &P::rate);
    add("PacketOverhead", "Bytes that Rate adds to a packet", &P::packetOverhead);
    add("CellSize", "Bytes of a cell for Rate, 0 for no cells", &P::cellSize);
    add("CellOverhead", "Bytes that Rate adds to a cell", &P::cellOverhead);
    add("SlotMinDelay", "Shortest time between slots", &P::slotMinDelay);
    add("SlotMaxDelay", "Longest time between slots", &P::slotMaxDelay);
    add("SlotDistribution", "Shape of the variation of SlotDelay", &P::slotDistribution);
    add("SlotDelay", "Mean time between slots, with SlotJitter", &P::slotDelay);
    add("SlotJitter", "How much that varies; 0 for SlotMinDelay to SlotMaxDelay", &P::slotJitter);
    add("SlotPackets", "Packets sent in a slot, 0 for no limit", &P::slotPackets);
    add("SlotBytes", "Bytes sent in a slot, 0 for no limit", &P::slotBytes);
}

/**
 * Tell whether a queue disc is in a tree.
 * @param root the root of the tree, or null
 * @param disc the queue disc
 * @return whether it is
 */
bool
IsInTree(Ptr<QueueDisc> root, const QueueDisc* disc)
{
    bool isIn = PeekPointer(root) == disc;
    for (std::size_t i = 0; root && !isIn && i < root->GetNQueueDiscClasses(); ++i)
    {
        isIn = IsInTree(root->GetQueueDiscClass(i)->GetQueueDisc(), disc);
    }
    return isIn;
}

} // namespace

TypeId
NetemQueueDisc::GetTypeId()
{
    static TypeId tid = [] {
        auto newTid = TypeId("ns3::NetemQueueDisc")
                          .SetParent<QueueDisc>()
                          .SetGroupName("Loopback")
                          .AddConstructor<NetemQueueDisc>();
        AddParameters(newTid);
        // Parameters last: attributes get their initial values in this order.
        newTid
            .AddAttribute("DelayVariable",
                          "A delay in seconds added to Delay; its draws are independent",
                          PointerValue(),
                          MakePointerAccessor(&NetemQueueDisc::m_delayVariable),
                          MakePointerChecker<RandomVariableStream>())
            .AddAttribute("LossModel",
                          "What decides on loss in place of Loss and of the words in Parameters",
                          PointerValue(),
                          MakePointerAccessor(&NetemQueueDisc::m_errorModel),
                          MakePointerChecker<ErrorModel>())
            .AddAttribute(
                "Parameters",
                "What stands after netem in a tc command; what it leaves out has tc's "
                "default, and an empty one changes nothing",
                StringValue(),
                MakeStringAccessor(&NetemQueueDisc::SetParameters, &NetemQueueDisc::GetParameters),
                MakeStringChecker());
        for (const auto& [name, help, counter] :
             {std::make_tuple("Duplicated", "Duplicates made", &NetemCounters::duplicated),
              std::make_tuple("Corrupted", "Packets corrupted", &NetemCounters::corrupted),
              std::make_tuple("Reordered", "Packets reordered", &NetemCounters::reordered)})
        {
            newTid.AddTraceSource(name,
                                  help,
                                  MakeTraceSourceAccessor(counter),
                                  "ns3::TracedValueCallback::Uint64");
        }
        return newTid;
    }();
    return tid;
}

NetemQueueDisc::NetemQueueDisc()
    : QueueDisc(QueueDiscSizePolicy::NO_LIMITS),
      m_queue(CreateObject<NetemQueue>()),
      m_slotStart(-1)
{
    NS_LOG_FUNCTION(this);
    AddInternalQueue(m_queue);
}

NetemQueueDisc::~NetemQueueDisc()
{
    NS_LOG_FUNCTION(this);
    m_timer.Cancel();
}

void
NetemQueueDisc::DoDispose()
{
    NS_LOG_FUNCTION(this);
    m_timer.Cancel();
    m_queue = nullptr;
    m_dueInChild.clear();
    m_delayVariable = nullptr;
    m_errorModel = nullptr;
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
    NetemParameters parsed;
    const auto error = NetemParameters::Parse(words, parsed);
    NS_ABORT_MSG_UNLESS(error.empty(), error);
    static_cast<NetemParameters&>(*this) = parsed;
    m_words = words;
    m_nSinceReordered = 0;
    m_slotStart = Time(-1);
    for (auto& random : m_random)
    {
        random.Reset();
    }
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
    m_firstStream = stream;
    m_hasStreams = false;
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
    for (int i = 0; !m_hasStreams && i < N_DECISIONS; ++i)
    {
        m_random[i].SetStream(m_firstStream < 0 ? -1 : m_firstStream + i);
    }
    m_hasStreams = true;
    return m_random[decision];
}

bool
NetemQueueDisc::CheckConfig()
{
    NS_LOG_FUNCTION(this);
    NS_ABORT_MSG_IF(GetNInternalQueues() > 1, "NetemQueueDisc: takes no internal queue");
    NS_ABORT_MSG_IF(GetNPacketFilters() > 0, "NetemQueueDisc: takes no packet filter");
    NS_ABORT_MSG_IF(GetNQueueDiscClasses() > 1, "NetemQueueDisc: takes one class at most");
    return true;
}

void
NetemQueueDisc::InitializeParams()
{
    NS_LOG_FUNCTION(this);
    if (const auto child = GetChild())
    {
        child->TraceConnectWithoutContext("Drop", MakeCallback(&NetemQueueDisc::Forget, this));
    }
}

Ptr<QueueDisc>
NetemQueueDisc::GetChild() const
{
    return GetNQueueDiscClasses() > 0 ? GetQueueDiscClass(0)->GetQueueDisc() : nullptr;
}

void
NetemQueueDisc::Forget(Ptr<const QueueDiscItem> item)
{
    m_dueInChild.erase(PeekPointer(item));
}

bool
NetemQueueDisc::DoEnqueue(Ptr<QueueDiscItem> item)
{
    NS_LOG_FUNCTION(this << item);
    m_isBlocked = false;
    const bool isDuplicated = PeekPointer(item) != m_duplicate && duplicate > 0 &&
                              Random(DUPLICATE).Happens(duplicate, duplicateCorrelation);
    const bool isLost = IsLost(*item) && !(ecn && Mark(item, LOSS_MARK));
    if (isLost && !isDuplicated)
    {
        DropBeforeEnqueue(item, LOSS_DROP);
        return false;
    }
    const auto copy = isDuplicated && !isLost ? DuplicateItem(item) : nullptr;
    item = Corrupt(item);
    if (GetNPackets() - m_nUnplaced >= limit)
    {
        DropBeforeEnqueue(item, LIMIT_DROP);
        return false;
    }
    // QueueDisc::Enqueue asserts that all packets received were enqueued or dropped: the original
    // is counted first, and placed after its duplicate.
    const auto child = GetChild();
    const bool isEnqueued = child ? child->Enqueue(item) : m_queue->Enqueue(item);
    if (copy)
    {
        ++duplicated;
        ++m_nUnplaced;
        m_duplicate = PeekPointer(copy);
        const auto root = FindRoot();
        (root ? root : Ptr<QueueDisc>(this))->Enqueue(copy);
        m_duplicate = nullptr;
        --m_nUnplaced;
    }
    if (isEnqueued)
    {
        Place(item);
    }
    return isEnqueued;
}

bool
NetemQueueDisc::IsLost(const QueueDiscItem& item)
{
    if (m_errorModel)
    {
        return m_errorModel->IsCorrupt(item.GetPacket());
    }
    if (lossModel)
    {
        return lossModel->IsLost(Random(LOSS));
    }
    return loss > 0 && Random(LOSS).Happens(loss, lossCorrelation);
}

Ptr<QueueDiscItem>
NetemQueueDisc::Corrupt(Ptr<QueueDiscItem> item)
{
    if (corrupt == 0 || !Random(CORRUPT).Happens(corrupt, corruptCorrelation) ||
        item->GetSize() == 0)
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
    const bool isReordered =
        distance > 0 && m_nSinceReordered + 1 >= distance &&
        ScaleNetemProbability(GetReorder()) >= Random(REORDER).Draw(reorderCorrelation);
    const auto due = isReordered ? Simulator::Now() : DrawDue(item->GetSize());
    m_nSinceReordered = isReordered ? 0 : m_nSinceReordered + 1;
    if (isReordered)
    {
        ++reordered;
    }
    if (!GetChild())
    {
        m_queue->Place(item, due, isReordered);
        return;
    }
    m_lastDueInChild = m_dueInChild.empty() ? due : Max(due, m_lastDueInChild);
    m_dueInChild[PeekPointer(item)] = due;
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
    auto from = Simulator::Now();
    if (rate.GetBitRate() >= 8)
    {
        std::optional<Time> last = m_queue->GetLastDue();
        if (!m_dueInChild.empty())
        {
            last = m_lastDueInChild;
        }
        if (last)
        {
            // The time that the last one still waits is a part of this one's delay.
            drawn = Max(Time(0), drawn - (*last - from));
            from = *last;
        }
        drawn += GetTransmissionTime(size);
    }
    NS_ABORT_MSG_IF(from > Time(0) && drawn > Time::Max() - from,
                    "NetemQueueDisc: a packet would be due after the end of ns-3's Time; give it "
                    "a shorter delay or a higher rate");
    return from + drawn;
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
    const auto bytesPerSecond = static_cast<int64_t>(rate.GetBitRate() / 8);
    return NanoSeconds(bytes * 1000000000 / bytesPerSecond);
}

std::optional<Time>
NetemQueueDisc::GetFirstDue() const
{
    const auto child = GetChild();
    if (!child)
    {
        return m_queue->GetFirstDue();
    }
    const auto first = child->Peek();
    if (!first)
    {
        return std::nullopt;
    }
    const auto due = m_dueInChild.find(PeekPointer(first));
    return due == m_dueInChild.end() ? Time::Min() : due->second;
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
        const auto range = (slotMaxDelay - slotMinDelay).GetNanoSeconds();
        pause += NanoSeconds(static_cast<int64_t>(static_cast<long double>(range) *
                                                  Random(SLOT).Draw() / 4294967296.0L));
    }
    const auto noLimit = std::numeric_limits<int32_t>::max();
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
        m_nInRun = 0;
        return nullptr;
    }
    const auto now = Simulator::Now();
    // A reordered packet, which is due at Time::Min(), does not wait for a slot.
    const bool isSlotted = *due > Time::Min() && IsSlotted();
    if (isSlotted && m_slotStart < *due)
    {
        StartSlot();
    }
    if (*due > now || (isSlotted && m_slotStart > now))
    {
        m_nInRun = 0;
        m_isBlocked = true;
        SetTimer(isSlotted ? Max(*due, m_slotStart) : *due);
        return nullptr;
    }
    const auto child = GetChild();
    const auto item = child ? child->Dequeue() : m_queue->Dequeue();
    m_dueInChild.erase(PeekPointer(item));
    if (isSlotted)
    {
        m_slotBytes -= static_cast<int32_t>(item->GetSize());
        if (--m_slotPackets <= 0 || m_slotBytes <= 0)
        {
            StartSlot();
        }
    }
    // ns-3's Run ends after Quota packets, and nothing calls it again.
    if (++m_nInRun >= GetQuota())
    {
        m_nInRun = 0;
        SetTimer(now);
    }
    return item;
}

void
NetemQueueDisc::SetTimer(Time due)
{
    if (m_timer.IsExpired() || TimeStep(m_timer.GetTs()) > due)
    {
        m_timer.Cancel();
        m_timer = Simulator::Schedule(due - Simulator::Now(), &NetemQueueDisc::Wake, this);
    }
}

void
NetemQueueDisc::Wake()
{
    NS_LOG_FUNCTION(this);
    const Ptr<NetemQueueDisc> keepAlive(this);
    m_isBlocked = false;
    if (const auto root = FindRoot())
    {
        root->Run();
    }
}

Ptr<QueueDisc>
NetemQueueDisc::FindRoot()
{
    // Only a root has a send callback. ns-3 does not tell a child of its parent, so that the root
    // of a child is looked for on the devices of the node, or of all nodes.
    if (GetSendCallback())
    {
        return this;
    }
    const auto context = Simulator::GetContext();
    for (uint32_t i = 0; i < NodeList::GetNNodes(); ++i)
    {
        const auto node = NodeList::GetNode(context < NodeList::GetNNodes() ? context : i);
        const auto layer = node->GetObject<TrafficControlLayer>();
        for (uint32_t j = 0; layer && j < node->GetNDevices(); ++j)
        {
            const auto root = layer->GetRootQueueDiscOnDevice(node->GetDevice(j));
            if (IsInTree(root, this))
            {
                return root;
            }
        }
    }
    return nullptr;
}

void
NetemQueueDisc::Print(std::ostream& os) const
{
    os << "qdisc netem 8001: root refcnt 2 " << static_cast<const NetemParameters&>(*this) << '\n';
}

void
NetemQueueDisc::PrintStats(std::ostream& os)
{
    const auto stats = GetStats();
    Print(os);
    os << " Sent " << stats.nTotalSentBytes << " bytes " << stats.nTotalSentPackets
       << " pkt (dropped " << stats.nTotalDroppedPackets + stats.nTotalMarkedPackets
       << ", overlimits 0 requeues " << reordered << ") \n backlog " << GetNBytes() << "b "
       << GetNPackets() << "p requeues " << reordered << '\n';
}

} // namespace ns3
