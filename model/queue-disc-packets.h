/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef QUEUE_DISC_PACKETS_H
#define QUEUE_DISC_PACKETS_H

#include "ns3/queue-disc.h"

/**
 * @file
 * @ingroup loopback
 * What queue discs hold: items made of packets, and packets of items. Not installed.
 */

namespace ns3
{

/**
 * Make the item that a queue disc wants for a layer-3 packet: of IPv4 and IPv6 what ns-3's stack
 * makes, so that packet filters and flow hashes find the header; otherwise one without a header.
 * @param packet the packet, of which an IP header is removed until the item leaves the queue disc
 * @param destination link-layer destination
 * @param protocol the EtherType
 * @return the item
 */
Ptr<QueueDiscItem> MakeQueueDiscItem(Ptr<Packet> packet,
                                     const Address& destination,
                                     uint16_t protocol);

/**
 * Copy the packet of an item.
 * @param item an item that may be in a queue disc
 * @return the layer-3 packet, with its header
 */
Ptr<Packet> GetWholePacket(Ptr<const QueueDiscItem> item);

/**
 * Duplicate an item. The duplicate is of the same kind, so that packet filters take it for what
 * they take the original for.
 * @param item the item
 * @return the duplicate
 */
Ptr<QueueDiscItem> DuplicateItem(Ptr<const QueueDiscItem> item);

/**
 * Corrupt an item. The corrupted one has the uid and the tags of the given one, except the byte
 * tags of the byte. It is raw bytes, header included, which no packet filter knows.
 * @param item an item that is not empty
 * @param byte the number of the byte in which to flip a bit
 * @param bit the number of the bit in that byte
 * @return the corrupted item
 */
Ptr<QueueDiscItem> CorruptItem(Ptr<const QueueDiscItem> item, uint32_t byte, uint32_t bit);

/**
 * Drop what a queue disc and its classes hold (qdisc_reset). Its Drop trace source tells of each.
 * @param queueDisc the queue disc
 */
void DropQueued(Ptr<QueueDisc> queueDisc);

} // namespace ns3

#endif /* QUEUE_DISC_PACKETS_H */
