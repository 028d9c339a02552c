/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef FIRST_ROUTES_H
#define FIRST_ROUTES_H

#include "blackhole-net-device.h"
#include "icmp-rejecter.h"
#include "ip-family.h"
#include "ns3-release.h"

#include "ns3/boolean.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <tuple>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * The routes of a stack that are asked before its routing protocol.
 *
 * They are blackhole routes and, if SetLocal switches it on, Linux's local table. Only what they do
 * not decide is passed to the routing protocol that the stack had before. To ns-3's helpers they
 * look like that protocol: a list of the same protocols, or a list of one.
 *
 * Among blackhole routes the longest prefix wins. They come before all other routes, except those
 * to networks of interfaces that are up and have a longer prefix. They never discard multicasts,
 * broadcasts, packets to the loopback or another address of the node, or packets of sockets that
 * are bound to a device.
 *
 * Not installed.
 * @tparam Family Ipv4Family or Ipv6Family
 */
template <class Family>
class FirstRoutes : public Family::ToldList
{
  public:
    using Ip = typename Family::Ip;             //!< a stack
    using Address = typename Family::Address;   //!< an address
    using Header = typename Family::Header;     //!< a packet's header
    using Protocol = typename Family::Protocol; //!< a routing protocol
    /// The callbacks of RouteInput in this ns-3 release: unicast, multicast, local, error.
    template <std::size_t N>
    using Callback = std::tuple_element_t<N, decltype(GetCallbacks(&Protocol::RouteInput))>;

    /**
     * Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * Find the first routes of a stack.
     * @param ip the stack
     * @return them, or null
     */
    static Ptr<FirstRoutes> Find(Ptr<Ip> ip)
    {
        return DynamicCast<FirstRoutes>(ip->GetRoutingProtocol());
    }

    /**
     * Find the first routes of a stack, or put some before its routing protocol.
     * @param ip the stack, which has a routing protocol
     * @return them
     */
    static Ptr<FirstRoutes> Put(Ptr<Ip> ip);

    /**
     * Stand before a stack's routing protocol.
     * @param ip the stack
     */
    explicit FirstRoutes(Ptr<Ip> ip);

    /**
     * Add a blackhole route.
     * @param network the network, without bits beyond the length
     * @param length its prefix length
     * @param device the device that gets forwarded packets
     * @param reject what they are answered with
     * @return false, and the old route stays, if there is such a route already
     */
    bool Add(Address network, uint8_t length, Ptr<BlackholeNetDevice> device, Reject reject);

    /**
     * Remove a blackhole route.
     * @param network the network
     * @param length its prefix length
     * @return whether there was one
     */
    bool Remove(Address network, uint8_t length);

    /**
     * Switch the local table on or off, by which the node reaches its own addresses, and all of
     * 127.0.0.0/8, through its loopback. Meanwhile an IPv6 stack follows the weak end-system model,
     * as Linux does: in the strong one ns-3 drops what comes in by lo for an address of another
     * interface.
     * @param local whether it is on; it is off at first
     */
    void SetLocal(bool local);

    Ptr<typename Family::Route> RouteOutput(Ptr<Packet> packet,
                                            const Header& header,
                                            Ptr<NetDevice> oif,
                                            Socket::SocketErrno& error) override;
    bool RouteInput(Ptr<const Packet> packet,
                    const Header& header,
                    Ptr<const NetDevice> idev,
                    Callback<0> unicast,
                    Callback<1> multicast,
                    Callback<2> local,
                    Callback<3> error) override;
    void PrintRoutingTable(Ptr<OutputStreamWrapper> stream,
                           Time::Unit unit = Time::S) const override;

    void AddRoutingProtocol(Ptr<Protocol> protocol, int16_t priority) override;
    uint32_t GetNRoutingProtocols() const override;
    Ptr<Protocol> GetRoutingProtocol(uint32_t index, int16_t& priority) const override;

  protected:
    void DoDispose() override;

  private:
    /// A blackhole route.
    struct Blackhole
    {
        Ptr<BlackholeNetDevice> device; //!< gets what is forwarded
        Reject reject{Reject::NONE};    //!< what that is answered with
    };

    /// @return the routing protocol asked next if it is a list, or null
    Ptr<typename Family::List> GetNextList() const
    {
        return DynamicCast<typename Family::List>(m_next);
    }

    /// @return the loopback, to which ns-3 gives every stack's first interface
    Ptr<NetDevice> GetLoopback() const
    {
        return m_ip->GetNetDevice(0);
    }

    /**
     * Look an address up in the local table.
     * @param address the address
     * @return whether the table is on, and the address is that of an interface that is up
     */
    bool IsLocal(Address address) const;

    /**
     * Look up the destination of a packet that the node sends in the local table.
     * @param destination its destination
     * @param oif the device that its socket is bound to, or null
     * @return the route, or null
     */
    Ptr<typename Family::Route> FindLocal(Address destination, Ptr<NetDevice> oif) const;

    /**
     * Look a destination up among the blackhole routes.
     * @param destination the destination
     * @return the route that applies, or null
     */
    const Blackhole* FindBlackhole(Address destination) const;

    /**
     * Return whether a blackhole route does not apply to a destination in its network.
     * @param destination the destination
     * @param length the route's prefix length
     * @return true if it is a group's, everybody's, the node's own, or in an interface's network of
     *         a longer prefix
     */
    bool IsExempt(Address destination, uint8_t length) const;

    /**
     * Discard a packet instead of forwarding it.
     * @param route the route
     * @param packet the packet without its header
     * @param header its header
     */
    void Discard(Blackhole route, Ptr<const Packet> packet, const Header& header);

    Ptr<Protocol> m_next;      //!< the routing protocol asked next, which the stack had before
    Ptr<Ip> m_ip;              //!< the stack
    bool m_local{false};       //!< whether the local table is on
    BooleanValue m_strongIpv6; //!< StrongEndSystemModel of IPv6 before the local table was on
    /// The blackhole routes of each prefix length, longest first.
    std::map<uint8_t, std::map<Address, Blackhole>, std::greater<>> m_blackholes;
};

} // namespace ns3

#endif /* FIRST_ROUTES_H */
