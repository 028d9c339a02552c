/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef NAMED_LINK_H
#define NAMED_LINK_H

#include "ns3/net-device.h"
#include "ns3/node-container.h"
#include "ns3/node.h"
#include "ns3/queue-disc.h"
#include "ns3/traced-link.h"

#include <string>
#include <vector>

/**
 * @file
 * @ingroup loopback
 * The devices of this module on nodes, their names in print, and queue discs. Not installed.
 */

namespace ns3
{

/// A device of this module on a node, with its interface name.
struct NamedLink
{
    Ptr<NetDevice> device;  //!< the device
    const TracedLink* link; //!< the same device
    std::string name;       //!< name in ns3::Names; without one `lo`, `dummy0`, `dummy1` and so on
};

/**
 * Return the name of an object in print.
 * @param object the node or device
 * @param defaultName its name if it has none in ns3::Names
 * @return its name, with a `_` for each control character, double quote, backslash and comma. Text,
 * JSON, CSV and gnuplot then need no rules of their own; gnuplot reads no quoted commas.
 */
std::string GetName(Ptr<Object> object, const std::string& defaultName);

/**
 * Return the devices of this module on a node, in their order. Aborts if there is no node.
 * @param node the node
 * @param method what the message begins with
 * @return the devices
 */
std::vector<NamedLink> GetNamedLinks(Ptr<Node> node, const char* method = "LinkStatsHelper");

/**
 * Return the devices of this module on some nodes. Aborts if there are no devices, or if a node is
 * there twice.
 * @param nodes the nodes
 * @param method what the message begins with
 * @return the devices
 */
std::vector<NamedLink> GetNamedLinks(const NodeContainer& nodes, const char* method);

/**
 * Return the name of a node.
 * @param node the node
 * @return its name in ns3::Names, or its number if it has none
 */
std::string GetNodeName(Ptr<Node> node);

/**
 * Return the root queue disc on a device.
 * @param device the device; one that was disposed has no node
 * @return the queue disc, or null if there is none
 */
Ptr<QueueDisc> GetRootQueueDisc(Ptr<NetDevice> device);

} // namespace ns3

#endif /* NAMED_LINK_H */
