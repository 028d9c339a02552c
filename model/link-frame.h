/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LINK_FRAME_H
#define LINK_FRAME_H

#include "ns3/mac48-address.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * Where a packet comes from and goes to on the link layer.
 */
struct LinkAddresses
{
    // Each in a word of its own: what is read across the words in which it has just been written
    // is waited for, longer than it takes to deliver a packet.
    alignas(8) Mac48Address source;      //!< link-layer source
    alignas(8) Mac48Address destination; //!< link-layer destination

    /**
     * @param packet a layer-3 packet
     * @param protocol its EtherType
     * @return a copy of it with the Ethernet header that `tcpdump -i lo` sees before it
     */
    Ptr<const Packet> AddHeader(const Ptr<const Packet>& packet, uint16_t protocol) const;
};

/**
 * @ingroup loopback
 *
 * A packet that waits in a device of this module: what Linux's struct sk_buff knows of the link
 * layer.
 */
struct LinkFrame
{
    Ptr<Packet> packet;      //!< the layer-3 packet
    LinkAddresses addresses; //!< where it comes from and goes to
    uint16_t protocol;       //!< EtherType
};

} // namespace ns3

#endif /* LINK_FRAME_H */
