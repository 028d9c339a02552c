/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-frame.h"

#include "ns3/ethernet-header.h"

namespace ns3
{

Ptr<const Packet>
LinkAddresses::AddHeader(const Ptr<const Packet>& packet, uint16_t protocol) const
{
    EthernetHeader header(false);
    header.SetSource(source);
    header.SetDestination(destination);
    header.SetLengthType(protocol);
    auto frame = packet->Copy();
    frame->AddHeader(header);
    return frame;
}

} // namespace ns3
