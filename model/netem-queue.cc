/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "netem-queue.h"

#include <algorithm>
#include <iterator>
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

bool
NetemQueue::Enqueue(Ptr<QueueDiscItem> item)
{
    return DoEnqueue(GetEnds().second, item);
}

void
NetemQueue::Place(Ptr<const QueueDiscItem> item, Time due, bool isReordered)
{
    const auto [first, end] = GetEnds();
    const auto found = std::find(std::reverse_iterator(end), std::reverse_iterator(first), item);
    if (found.base() == first)
    {
        return;
    }
    const Entry entry(due, std::prev(found.base()));
    if (isReordered)
    {
        m_sorted.emplace_hint(m_sorted.begin(), Time::Min(), entry);
    }
    else
    {
        m_sorted.emplace_hint(m_sorted.end(), due, entry);
    }
}

std::optional<Time>
NetemQueue::GetFirstDue() const
{
    return m_sorted.empty() ? std::nullopt : std::make_optional(m_sorted.begin()->first);
}

std::optional<Time>
NetemQueue::GetLastDue() const
{
    if (m_sorted.empty())
    {
        return std::nullopt;
    }
    const auto last = m_sorted.rbegin()->second.first;
    const auto sorted = m_sorted.upper_bound(Time::Min());
    return sorted == m_sorted.begin() ? last : Max(last, std::prev(sorted)->second.first);
}

NetemQueue::ConstIterator
NetemQueue::GetFirst() const
{
    return m_sorted.empty() ? GetEnds().first : m_sorted.begin()->second.second;
}

NetemQueue::ConstIterator
NetemQueue::TakeFirst()
{
    const auto first = GetFirst();
    if (!m_sorted.empty())
    {
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
    return DoPeek(GetFirst());
}

} // namespace ns3
