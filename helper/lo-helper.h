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
 * Before the Internet stack is installed on the node, the stack adopts the device as its loopback.
 * Afterwards the device becomes a bump in the wire of the loopback that the stack made itself
 * (LoNetDevice::TakeOver): interfaces, addresses, routes and sockets stay as they are. Install
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
     * Give fixed random streams to the receive error models of the LoNetDevices among the devices,
     * and to the NetemQueueDiscs on them, so that a run can be repeated. RateErrorModel,
     * BurstErrorModel and netem's loss models get streams.
     * @param devices the devices
     * @param stream number of the first stream
     * @return number of streams given
     */
    int64_t AssignStreams(const NetDeviceContainer& devices, int64_t stream) const;

    /**
     * Reach the own addresses of nodes through lo, as Linux does by its local routing table: all
     * IPv4 and IPv6 addresses of interfaces that are up, those that are added later too, and all of
     * 127.0.0.0/8. ns-3 would hand packets to the former up without any device, and send those to
     * other loopback addresses than 127.0.0.1 round until their TTL is used up. The node's routing
     * protocol still decides on all other addresses. Aborts on a node without an Internet stack or
     * without a LoNetDevice. A second call does no harm.
     *
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
