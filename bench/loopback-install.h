/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LOOPBACK_INSTALL_H
#define LOOPBACK_INSTALL_H

#include "ns3/node-container.h"

#include <string>
#include <vector>

namespace ns3
{

/**
 * @return the loopbacks to compare, by what tells them apart in the name of a benchmark: the type
 * of the device, and of a LoNetDevice its Delivery
 */
std::vector<std::string> GetLoopbacks();

/**
 * Put a device on each of some nodes.
 * @param device type of the device, such as LoopbackNetDevice; after LoNetDevice its Delivery may
 *        follow, as in LoNetDevice/Backlog
 * @param nodes the nodes
 */
void InstallDevice(const std::string& device, const NodeContainer& nodes);

/**
 * Make hosts that talk to themselves: with a loopback and the IPv4 stack.
 * @param loopback one of GetLoopbacks()
 * @param n how many
 * @return their nodes
 */
NodeContainer CreateHosts(const std::string& loopback, uint32_t n);

} // namespace ns3

#endif /* LOOPBACK_INSTALL_H */
