/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "icmp-reject.h"

#include <vector>

namespace ns3
{

Ptr<Packet>
Quote(Ptr<const Packet> packet, uint32_t size)
{
    std::vector<uint8_t> bytes(size);
    const auto copied = packet->CopyData(bytes.data(), size);
    return Create<Packet>(bytes.data(), copied);
}

} // namespace ns3
