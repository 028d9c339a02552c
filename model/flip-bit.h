/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef FLIP_BIT_H
#define FLIP_BIT_H

#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * Corrupt a packet. The given packet, which its sender may share, stays as it is. The corrupted one
 * has the uid, the tags and the nix-vector of the given one. Its payload is no longer virtual, and
 * where packet metadata is on, it is one piece of payload, as a packet that was read from a real
 * network is.
 * The program ends with a message if the packet has a byte tag whose type has no constructor.
 * @param packet a packet that is not empty
 * @param bit which bit to flip, from 0 to 8 times the bytes of the packet less 1: bit 8n + i is the
 *        one with the value 2^i in byte n
 * @return the packet with that bit flipped
 */
Ptr<Packet> FlipBit(Ptr<const Packet> packet, uint32_t bit);

} // namespace ns3

#endif /* FLIP_BIT_H */
