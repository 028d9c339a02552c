/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef DOWN_INTERFACE_H
#define DOWN_INTERFACE_H

#include "ns3/net-device.h"

/**
 * @file
 * @ingroup loopback
 * An interface for a device that needs none. Not installed.
 */

namespace ns3
{

/**
 * Give a device an interface of each stack of its node, unless it has one. ns-3's nix-vector
 * routing crashes on a device without an interface.
 *
 * The interface is down, and no routing protocol is told of it. Call this from an event: earlier it
 * would shift the numbers of the interfaces that a script adds.
 * @param device the device
 */
void AddDownInterface(Ptr<NetDevice> device);

} // namespace ns3

#endif /* DOWN_INTERFACE_H */
