/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "netem-queue.h"

#include <algorithm>
#include <limits>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(NetemQueue);

TypeId
NetemQueue::GetTypeId()
{
    static TypeId tid = TypeId("ns3::NetemQueue")
                            .SetParent<QueueDisc::InternalQueue>()
                            .SetGroupName("Loopback")
                            .AddConstructor<NetemQueue>();
    return tid;
}

NetemQueue::NetemQueue()
{
    // The queue disc minds its limit.
    SetMaxSize(QueueSize(QueueSizeUnit::PACKETS, std::numeric_limits<uint32_t>::max()));
}

void
NetemQueue::DoDispose()
{
    m_sorted.clear();
    m_reordered.clear();
    QueueDisc::InternalQueue::DoDispose();
}

bool
NetemQueue::Enqueue(Ptr<QueueDiscItem> item)
{
    return DoEnqueue(GetContainer().end(), item);
}

void
NetemQueue::Place(Ptr<const QueueDiscItem> item, Time due, bool isReordered)
{
    const auto& packets = GetContainer();
    const auto found = std::find(packets.rbegin(), packets.rend(), item);
    if (found == packets.rend())
    {
        return;
    }
    const auto position = std::prev(found.base());
    if (isReordered)
    {
        m_reordered.emplace_front(due, position);
    }
    else
    {
        m_sorted.emplace_hint(m_sorted.end(), due, position);
    }
}

std::optional<Time>
NetemQueue::GetFirstDue() const
{
    if (!m_reordered.empty())
    {
        return Time::Min();
    }
    return m_sorted.empty() ? std::nullopt : std::make_optional(m_sorted.begin()->first);
}

std::optional<Time>
NetemQueue::GetLastDue() const
{
    std::optional<Time> last;
    if (!m_reordered.empty())
    {
        last = m_reordered.back().first;
    }
    if (!m_sorted.empty())
    {
        last = std::max(last, std::make_optional(m_sorted.rbegin()->first));
    }
    return last;
}

NetemQueue::ConstIterator
NetemQueue::TakeFirst()
{
    auto first = GetContainer().begin();
    if (!m_reordered.empty())
    {
        first = m_reordered.front().second;
        m_reordered.pop_front();
    }
    else if (!m_sorted.empty())
    {
        first = m_sorted.begin()->second;
        m_sorted.erase(m_sorted.begin());
    }
    return first;
}

Ptr<QueueDiscItem>
NetemQueue::Dequeue()
{
    return DoDequeue(TakeFirst());
}

Ptr<QueueDiscItem>
NetemQueue::Remove()
{
    return DoRemove(TakeFirst());
}

Ptr<const QueueDiscItem>
NetemQueue::Peek() const
{
    return DoPeek(!m_reordered.empty() ? m_reordered.front().second
                  : !m_sorted.empty()  ? m_sorted.begin()->second
                                       : GetContainer().begin());
}

} // namespace ns3
