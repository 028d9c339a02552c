/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LO_HELPER_H
#define LO_HELPER_H

#include "link-helper.h"

#include "ns3/lo-net-device.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * A helper that puts a LoNetDevice on nodes, which becomes 127.0.0.1 and ::1.
 *
 * An Internet stack that is installed later adopts the device as its loopback. If the node has a
 * stack already, the device becomes a bump in the wire of that stack's loopback
 * (LoNetDevice::TakeOver). Interfaces, addresses, routes and sockets stay as they are. Install
 * aborts if the node has a LoNetDevice already.
 */
class LoHelper : public LinkHelper
{
  public:
    LoHelper();

    /**
     * Find the LoNetDevice of a node. Aborts if the node is null.
     * @param node the node
     * @return its LoNetDevice, or null if it has none
     */
    static Ptr<LoNetDevice> GetLo(Ptr<Node> node);

    /**
     * Assign fixed random streams to what is random on the LoNetDevices among the devices. That is
     * their NetemQueueDiscs, and a receive error model that is a RateErrorModel, a BurstErrorModel
     * or one of netem's.
     * @param devices the devices
     * @param stream number of the first stream
     * @return number of streams assigned
     */
    int64_t AssignStreams(const NetDeviceContainer& devices, int64_t stream) const;

    /**
     * Route packets from nodes to their own addresses through lo, as Linux does by its local table.
     *
     * The own addresses are those of all interfaces, also of later ones, and all of 127.0.0.0/8.
     * ns-3 alone uses no device for the former. What it sends to 127.0.0.2 circles until the TTL is
     * used up. The node's routing protocol still decides on all other addresses. Aborts on a node
     * without an Internet stack or without a LoNetDevice. A second call does no harm.
     * @param nodes the nodes
     */
    static void RouteLocalAddresses(const NodeContainer& nodes);

    /**
     * Undo RouteLocalAddresses. A node on which it was not called stays as it is.
     * @param nodes the nodes
     */
    static void UnrouteLocalAddresses(const NodeContainer& nodes);

  private:
    void AddDevice(Ptr<Node> node, Ptr<NetDevice> device) const override;
};

} // namespace ns3

#endif /* LO_HELPER_H */
