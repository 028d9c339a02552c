/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef BLACKHOLE_HELPER_H
#define BLACKHOLE_HELPER_H

#include "link-helper.h"

#include "ns3/blackhole-net-device.h"
#include "ns3/ipv4-address.h"
#include "ns3/ipv6-address.h"

namespace ns3
{

/**
 * @ingroup loopback
 *
 * Puts BlackholeNetDevices on nodes, as many a node as one likes, and routes into them. Each gets
 * an address of its own, by Mac48Address::Allocate, as Linux gives dummies random ones: IPv6 makes
 * its link-local address from that.
 *
 * A blackhole route is Linux's `ip route add blackhole NETWORK/LEN`, but that what goes to the
 * network is seen: the device counts it. The longest prefix wins, against whatever routes the
 * node's routing protocols have now or later, in whatever order; of two prefixes that are as long,
 * the blackhole route wins. Packets to the node's own addresses, broadcasts, multicasts, and what
 * sockets that are bound to a device send are never sunk. A packet of the node itself is sunk as
 * one that is forwarded, and the socket is not told (Linux would say EINVAL); it has the source
 * address that it would have without the route.
 *
 * AddRoute leads to the node's first BlackholeNetDevice that has the values which
 * SetDeviceAttribute was given and, whether it was given that or not, the Reject of a device that
 * Install would make; it installs one if there is none. While that device or its interface is down
 * the route stays, and packets are lost all the same.
 *
 * A device without an interface gets one from AddRoute, which has no addresses of its own and is
 * not to be given any: the program ends with a message. One that is to have addresses, as Linux's
 * dummy0, gets them before AddRoute.
 *
 * Those of AddRoute and RemoveRoute end the program with a message if the node has no such stack,
 * the mask has holes, the network has bits set that the mask has not, or is a multicast one, and if
 * there is such a route already, or none. Both take effect at once, in mid-run too.
 */
class BlackholeHelper : public LinkHelper
{
  public:
    BlackholeHelper();

    /**
     * Sink what goes to an IPv4 network.
     * @param node the node that has the route; its Internet stack is installed
     * @param network the network, 0.0.0.0 for the default route
     * @param mask its mask
     */
    void AddRoute(Ptr<Node> node, Ipv4Address network, Ipv4Mask mask) const;

    /**
     * Sink what goes to an IPv6 network.
     * @param node the node that has the route; its Internet stack is installed
     * @param network the network, :: for the default route
     * @param prefix its prefix
     */
    void AddRoute(Ptr<Node> node, Ipv6Address network, Ipv6Prefix prefix) const;

    /**
     * Undo AddRoute; the device stays.
     * @param node the node
     * @param network the network
     * @param mask its mask
     */
    static void RemoveRoute(Ptr<Node> node, Ipv4Address network, Ipv4Mask mask);

    /**
     * Undo AddRoute; the device stays.
     * @param node the node
     * @param network the network
     * @param prefix its prefix
     */
    static void RemoveRoute(Ptr<Node> node, Ipv6Address network, Ipv6Prefix prefix);

  private:
    void AddDevice(Ptr<Node> node, Ptr<NetDevice> device) const override;

    /**
     * @param node a node
     * @return where AddRoute leads to
     */
    Ptr<NetDevice> GetSink(Ptr<Node> node) const;
};

} // namespace ns3

#endif /* BLACKHOLE_HELPER_H */
