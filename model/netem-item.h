/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef NETEM_ITEM_H
#define NETEM_ITEM_H

#include "ns3/ptr.h"
#include "ns3/queue-item.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * Duplicate a queue disc's item. The duplicate is of the same kind, so that packet filters take it
 * for what they take the original for. Aborts if an item of a kind unknown here keeps a header
 * apart from its packet.
 * @param item an item to which no header was added yet
 * @return the duplicate
 */
Ptr<QueueDiscItem> DuplicateItem(const QueueDiscItem& item);

/**
 * @ingroup loopback
 *
 * Corrupt a queue disc's item. The corrupted one has the uid, the tags and the nix-vector of the
 * given one, except the byte tags of the byte. It is raw bytes, header included, which no packet
 * filter knows, and which cannot be marked.
 * @param item an item that is not empty and to which no header was added yet; it is used up
 * @param byte the number of the byte in which to flip a bit
 * @param bit the number of the bit in that byte
 * @return the corrupted item
 */
Ptr<QueueDiscItem> CorruptItem(QueueDiscItem& item, uint32_t byte, uint32_t bit);

} // namespace ns3

#endif /* NETEM_ITEM_H */
