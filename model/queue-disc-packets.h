/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef QUEUE_DISC_PACKETS_H
#define QUEUE_DISC_PACKETS_H

#include "ns3/queue-disc.h"

#include <functional>

/**
 * @file
 * @ingroup loopback
 * Items, which are what queue discs hold, and the packets in them. Not installed.
 */

namespace ns3
{

/**
 * Make the item that a queue disc expects for a layer-3 packet.
 *
 * For IPv4 and IPv6 it is the item that ns-3's stack makes, so that packet filters and flow hashes
 * find the header. For other protocols it has no header.
 * @param packet the packet; its IP header is removed until the item leaves the queue disc
 * @param destination link-layer destination
 * @param protocol the EtherType
 * @return the item
 */
Ptr<QueueDiscItem> MakeQueueDiscItem(Ptr<Packet> packet,
                                     const Address& destination,
                                     uint16_t protocol);

/**
 * Copy the packet of an item.
 * @param item an item, in a queue disc or not
 * @return the layer-3 packet, with its header
 */
Ptr<Packet> GetWholePacket(Ptr<const QueueDiscItem> item);

/**
 * Duplicate an item. Packet filters treat the duplicate of an IP packet like the original.
 * @param item the item
 * @return the duplicate
 */
Ptr<QueueDiscItem> DuplicateItem(Ptr<const QueueDiscItem> item);

/**
 * Corrupt the packet of an item.
 * @param item an item that is not empty, and not to be used any more
 * @param byte the number of the byte in which to flip a bit, in the packet with its header
 * @param bit the number of the bit in that byte
 * @return an item of raw bytes, which no packet filter knows. It has the uid and the tags of the
 *         original, except byte tags of types without a constructor.
 */
Ptr<QueueDiscItem> CorruptItem(Ptr<QueueDiscItem> item, uint32_t byte, uint32_t bit);

/**
 * Drop all packets of a queue disc and of its classes (qdisc_reset).
 * @param queueDisc the queue disc; its Drop trace source reports each packet
 * @param drop drops a packet that a parent has peeked at, which ns-3 can only dequeue
 */
void FlushQueueDisc(Ptr<QueueDisc> queueDisc,
                    const std::function<void(Ptr<const QueueDiscItem>)>& drop);

} // namespace ns3

#endif /* QUEUE_DISC_PACKETS_H */
