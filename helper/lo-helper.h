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
 * Puts a LoNetDevice on nodes, which becomes 127.0.0.1 and ::1.
 *
 * Before the Internet stack is installed on the node, the stack adopts the device as its loopback.
 * Afterwards, Install has the stack use the device instead of the loopback that it made itself: the
 * device gets an interface of its own, with the loopback address, and becomes the device of the
 * stack's interface 0 as well. Addresses, routes and sockets stay as they are, except for sockets
 * that are bound to the old loopback as a device. Install ends the program with a message on a node
 * that has a LoNetDevice already, or a stack that is not ns-3's own.
 */
class LoHelper : public LinkHelper
{
  public:
    LoHelper();

    /**
     * @param node a node; the program ends with a message if it is null
     * @return its LoNetDevice, or null if it has none
     */
    static Ptr<LoNetDevice> GetLo(Ptr<Node> node);

    /**
     * Give fixed random streams to the receive error models and the impairments of the LoNetDevices
     * among the devices, so that a run can be repeated. Of error models, RateErrorModel and
     * BurstErrorModel get streams, ns-3's only ones that draw random numbers.
     * @param devices the devices
     * @param stream number of the first stream
     * @return how many streams were given
     */
    int64_t AssignStreams(const NetDeviceContainer& devices, int64_t stream) const;

    /**
     * Reach the own addresses of nodes through lo, as Linux does by its local routing table: all
     * IPv4 and IPv6 addresses of interfaces that are up, those that are added later too, and all of
     * 127.0.0.0/8. ns-3 would hand packets to the former up without any device, and send those to
     * other loopback addresses than 127.0.0.1 round until their TTL is used up. The routing
     * protocol that a node has then keeps deciding on all other addresses. The program ends with a
     * message on a node without an Internet stack or without a LoNetDevice. Doing it twice does no
     * harm.
     *
     * @param nodes the nodes
     */
    static void RouteLocalAddresses(const NodeContainer& nodes);

    /**
     * Undo RouteLocalAddresses; on a node on which it has not been called, nothing is done.
     * @param nodes the nodes
     */
    static void UnrouteLocalAddresses(const NodeContainer& nodes);

  private:
    void AddDevice(Ptr<Node> node, Ptr<NetDevice> device) const override;
};

} // namespace ns3

#endif /* LO_HELPER_H */
