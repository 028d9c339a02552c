/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef NETEM_QUEUE_H
#define NETEM_QUEUE_H

#include "ns3-release.h"

#include "ns3/nstime.h"
#include "ns3/queue-disc.h"
#include "ns3/queue.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * The queue of a NetemQueueDisc, sorted by the time at which packets are due. Not installed.
 *
 * A packet is enqueued first, which counts it, and placed later: its duplicate, which is due by its
 * own draws, comes in between. Packets that are due at the same time leave in the order in which
 * they were placed (tfifo). Reordered packets leave before all others, the last one first.
 */
class NetemQueue : public QueueWithEnds<QueueDisc::InternalQueue>
{
  public:
    bool Enqueue(Ptr<QueueDiscItem> item) override
    {
        return DoEnqueue(GetEnds().second, item);
    }

    Ptr<QueueDiscItem> Dequeue() override
    {
        return DoDequeue(TakeFirst());
    }

    Ptr<QueueDiscItem> Remove() override
    {
        return DoRemove(TakeFirst());
    }

    Ptr<const QueueDiscItem> Peek() const override
    {
        return m_sorted.empty() ? nullptr : *m_sorted.top().position;
    }

    /**
     * Place a packet that was enqueued, unless it was removed since.
     * @param item the packet
     * @param due when it is due
     * @param isReordered whether it leaves before all others
     */
    void Place(Ptr<const QueueDiscItem> item, Time due, bool isReordered)
    {
        const auto [first, end] = GetEnds();
        const auto found =
            std::find(std::reverse_iterator(end), std::reverse_iterator(first), item);
        if (found.base() != first)
        {
            ++m_nPlaced;
            m_sorted.push({{isReordered ? Time::Min() : due, isReordered ? -m_nPlaced : m_nPlaced},
                           std::prev(found.base())});
        }
    }

    /**
     * Return when the first packet is due.
     * @return Time::Min() for a reordered one, nothing if no packet is placed
     */
    std::optional<Time> GetFirstDue() const
    {
        return m_sorted.empty() ? std::nullopt : std::make_optional(m_sorted.top().first);
    }

  private:
    /// When a packet is due, its place among those due at the same time, and where it is.
    struct Entry : std::pair<Time, int64_t>
    {
        ConstIterator position; //!< where it is
    };

    /**
     * Return the position of the first packet, and forget its place.
     * @return the position, that of any packet if none is placed
     */
    ConstIterator TakeFirst()
    {
        if (m_sorted.empty())
        {
            return GetEnds().first;
        }
        const auto first = m_sorted.top().position;
        m_sorted.pop();
        return first;
    }

    // A heap: a std::multimap is slower where many packets are pending.
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> m_sorted; //!< those placed
    int64_t m_nPlaced{0}; //!< number of packets ever placed
};

} // namespace ns3

#endif /* NETEM_QUEUE_H */
