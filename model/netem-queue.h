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

#include <map>
#include <optional>
#include <utility>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * The queue of a NetemQueueDisc, sorted by the time at which packets are due.
 *
 * A packet is first enqueued, which counts it, and then placed: its duplicate, which is due by its
 * own draws, comes between. Packets of the same time are in order of their placing (tfifo), behind
 * those that were reordered.
 */
class NetemQueue : public QueueWithEnds<QueueDisc::InternalQueue>
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    NetemQueue();

    bool Enqueue(Ptr<QueueDiscItem> item) override;
    Ptr<QueueDiscItem> Dequeue() override;
    Ptr<QueueDiscItem> Remove() override;
    Ptr<const QueueDiscItem> Peek() const override;

    /**
     * Place a packet that was enqueued, if it was not removed since.
     * @param item the packet
     * @param due when it is due
     * @param isReordered whether it comes before all others
     */
    void Place(Ptr<const QueueDiscItem> item, Time due, bool isReordered);

    /**
     * Return when the first packet is due.
     * @return Time::Min() for a reordered one, nothing if no packet is placed
     */
    std::optional<Time> GetFirstDue() const;

    /**
     * Return when the last packet is due.
     * @return nothing if no packet is placed
     */
    std::optional<Time> GetLastDue() const;

  private:
    /// When a packet is due, and where it is.
    using Entry = std::pair<Time, ConstIterator>;

    /**
     * Return the position of the first packet.
     * @return the position, the container's end if the queue is empty
     */
    ConstIterator GetFirst() const;

    /**
     * Return the position of the first packet, which is no longer placed then.
     * @return the position, the container's end if the queue is empty
     */
    ConstIterator TakeFirst();

    /// Packets by the time due, reordered ones by Time::Min(), the last of which is the first.
    std::multimap<Time, Entry> m_sorted;
};

} // namespace ns3

#endif /* NETEM_QUEUE_H */
