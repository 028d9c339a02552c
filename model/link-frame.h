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
 * \ingroup loopback
 *
 * A packet on its way through a device of this module: what Linux's struct sk_buff knows of the
 * link layer.
 */
struct LinkFrame
{
    Ptr<Packet> packet;       //!< the layer-3 packet
    Mac48Address source;      //!< link-layer source
    Mac48Address destination; //!< link-layer destination
    uint16_t protocol;        //!< EtherType

    /**
     * \return a copy of the packet with the Ethernet header that `tcpdump -i lo` sees before it
     */
    Ptr<const Packet> ToEthernet() const;
};

} // namespace ns3

#endif /* LINK_FRAME_H */
