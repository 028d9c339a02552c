/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef NAMED_LINK_H
#define NAMED_LINK_H

#include "ns3/link-stats.h"
#include "ns3/net-device.h"
#include "ns3/node.h"

#include <string>
#include <vector>

namespace ns3
{

/// A device of this module on a node, and what LinkStatsHelper calls it.
struct NamedLink
{
    Ptr<NetDevice> device; //!< a LoNetDevice or a BlackholeNetDevice
    bool isLo;             //!< which of the two
    std::string name;      //!< in ns3::Names, or else `lo`, `dummy0`, `dummy1` and so on

    /**
     * @return a reading of its counters
     */
    LinkStats GetStats() const;
};

/**
 * @param node a node; the program ends with a message if there is none
 * @return the devices of this module that are on it, in their order
 */
std::vector<NamedLink> GetNamedLinks(Ptr<Node> node);

/**
 * @param node a node
 * @return its name in ns3::Names, or else its number
 */
std::string GetNodeName(Ptr<Node> node);

} // namespace ns3

#endif /* NAMED_LINK_H */
