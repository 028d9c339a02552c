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
 * Give a device an interface that is down, unless it has one, of each stack of its node, if any
 * node has ns-3's nix-vector routing. That crashes on a device without an interface.
 *
 * A device calls this when it is initialized: earlier the interface would shift the numbers of
 * those that a script adds.
 * @param device the device
 */
void AddDownInterface(Ptr<NetDevice> device);

} // namespace ns3

#endif /* DOWN_INTERFACE_H */
