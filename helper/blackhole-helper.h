/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef BLACKHOLE_HELPER_H
#define BLACKHOLE_HELPER_H

#include "link-helper.h"

#include "ns3/blackhole-net-device.h"
#include "ns3/icmp-rejecter.h"
#include "ns3/ipv4-address.h"
#include "ns3/ipv6-address.h"

namespace ns3
{

/**
 * @ingroup loopback
 *
 * A helper that puts BlackholeNetDevices on nodes, and adds routes into them.
 *
 * Each device gets a locally administered address, as Linux's dummies do: 02, the number of its
 * node, and its index there.
 *
 * A blackhole route is Linux's `ip route add blackhole NETWORK/LEN`. What the node forwards to the
 * network goes to its first BlackholeNetDevice, which counts it; AddRoute installs one if there is
 * none. The device needs no address and no interface. What the node itself sends fails at the
 * socket, with ERROR_INVAL, or ERROR_NOROUTETOHOST if the route rejects.
 *
 * Among blackhole routes the longest prefix wins. They come before all other routes, except those
 * of a longer prefix to the networks of the node's own interfaces. For an aggregate beside other
 * routes, give a BlackholeNetDevice an address and add an ordinary static route to it. Packets to
 * the node itself, broadcasts, multicasts, and what sockets that are bound to a device send are
 * never discarded.
 *
 * AddRoute and RemoveRoute take effect at once, also at run time. They abort if the node has no
 * such stack or the mask has holes. They also abort if the network is a multicast one or has bits
 * beyond the mask. AddRoute aborts if the route exists already, RemoveRoute if it does not.
 */
class BlackholeHelper : public LinkHelper
{
  public:
    using Reject = ns3::Reject;                                //!< answers to discarded packets
    static constexpr Reject NONE = Reject::NONE;               //!< `ip route add blackhole`
    static constexpr Reject UNREACHABLE = Reject::UNREACHABLE; //!< `ip route add unreachable`
    static constexpr Reject PROHIBIT = Reject::PROHIBIT;       //!< `ip route add prohibit`

    BlackholeHelper();

    /**
     * Set how the routes that are added from now on answer forwarded packets. An IcmpRejecter on
     * the node limits the answers.
     * @param reject the answer; NONE if this is never called
     */
    void SetReject(Reject reject);

    /**
     * Discard what goes to an IPv4 network.
     * @param node the node that has the route; its Internet stack is installed
     * @param network the network, 0.0.0.0 for the default route
     * @param mask its mask
     */
    void AddRoute(Ptr<Node> node, Ipv4Address network, Ipv4Mask mask) const;

    /**
     * Discard what goes to an IPv6 network.
     * @param node the node that has the route; its Internet stack is installed
     * @param network the network, :: for the default route
     * @param prefix its prefix
     */
    void AddRoute(Ptr<Node> node, Ipv6Address network, Ipv6Prefix prefix) const;

    /**
     * Discard what goes to a network that is given as text.
     * @param node the node that has the route; its Internet stack is installed
     * @param network an IPv4 network, or an IPv6 one, which has a colon
     * @param mask its mask, such as 255.0.0.0 or ffff::, or its length, such as /8
     */
    void AddRoute(Ptr<Node> node, const char* network, const char* mask) const;

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

    /**
     * Undo AddRoute; the device stays.
     * @param node the node
     * @param network the network, as text
     * @param mask its mask, as text
     */
    static void RemoveRoute(Ptr<Node> node, const char* network, const char* mask);

  private:
    void AddDevice(Ptr<Node> node, Ptr<NetDevice> device) const override;

    /**
     * Do as AddRoute says.
     * @tparam Family Ipv4Family or Ipv6Family
     * @param node the node
     * @param network the network
     * @param mask its mask
     */
    template <class Family>
    void Add(Ptr<Node> node, typename Family::Address network, typename Family::Mask mask) const;

    Reject m_reject{NONE}; //!< what new routes answer with
};

} // namespace ns3

#endif /* BLACKHOLE_HELPER_H */
