/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef TO_CALLBACK_H
#define TO_CALLBACK_H

#include "../model/ns3-release.h"

#include "ns3/node.h"

#include <functional>

namespace ns3
{

/**
 * Return a protocol handler that calls a function.
 * @param function takes the device that received and the packet
 * @return the handler
 */
inline Node::ProtocolHandler
ToHandler(const std::function<void(Ptr<NetDevice>, Ptr<const Packet>)>& function)
{
    return ToCallback([function](Ptr<NetDevice> device,
                                 Ptr<const Packet> packet,
                                 uint16_t,
                                 const Address&,
                                 const Address&,
                                 NetDevice::PacketType) { function(device, packet); });
}

} // namespace ns3

#endif /* TO_CALLBACK_H */
