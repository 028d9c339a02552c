/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef BLACKHOLE_ROUTING_H
#define BLACKHOLE_ROUTING_H

#include "routing-front.h"

#include "ns3/net-device.h"

#include <functional>
#include <map>
#include <set>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * Linux's blackhole routes (RTN_BLACKHOLE), of which each leads to a device here. Among them and
 * the routes of the protocol behind the longest prefix wins, and of two that are as long the
 * blackhole. Never sunk are packets to the node's own addresses, to several hosts, and of sockets
 * that are bound to a device.
 *
 * @tparam Family Ipv4Family or Ipv6Family
 */
template <class Family>
class BlackholeRouting : public Family::Front
{
  public:
    using typename RoutingFront<Family>::Callbacks;
    using Family::Front::Front;
    ~BlackholeRouting() override;

    /**
     * @param network a network
     * @param length its prefix length
     * @param device where packets to it go, on the stack's node; it gets an interface if it has
     *        none
     * @return whether the route is new; if not, nothing is done
     */
    bool Add(typename Family::Address network, uint8_t length, Ptr<NetDevice> device);

    /**
     * @param network a network
     * @param length its prefix length
     * @return whether there was such a route
     */
    bool Remove(typename Family::Address network, uint8_t length);

    /// @copydoc ns3::LocalRouting::RouteOutput
    Ptr<typename Family::Route> RouteOutput(Ptr<Packet> packet,
                                            const typename Family::Header& header,
                                            Ptr<NetDevice> oif,
                                            Socket::SocketErrno& error) override;

    /// @copydoc ns3::LocalRouting::RouteInput
    bool RouteInput(Ptr<const Packet> packet,
                    const typename Family::Header& header,
                    Ptr<const NetDevice> idev,
                    typename Callbacks::Unicast unicast,
                    typename Callbacks::Multicast multicast,
                    typename Callbacks::Local local,
                    typename Callbacks::Error error) override;

    /// @param interface an interface that is up; one made for a blackhole route is not told of
    void NotifyInterfaceUp(uint32_t interface) override;

    /// @param interface an interface that is down; one made for a blackhole route is not told of
    void NotifyInterfaceDown(uint32_t interface) override;

    /**
     * An interface that was made for a blackhole route gets no addresses: the program ends with a
     * message, as routing protocols would not learn of them.
     * @param interface an interface
     * @param address an address that it got
     */
    void NotifyAddAddress(uint32_t interface, typename Family::InterfaceAddress address) override;

    /**
     * Print the routes in the form of `ip route show type blackhole`, then what the next protocol
     * has.
     * @param stream the stream
     * @param unit the unit of times
     */
    void PrintRoutingTable(Ptr<OutputStreamWrapper> stream,
                           Time::Unit unit = Time::S) const override;

  protected:
    /// Let go of the devices, and of what is behind.
    void DoDispose() override;
    using Family::Front::m_ip;
    using Family::Front::m_next;

  private:
    /// Networks of one prefix length, and where packets to them go.
    using Networks = std::map<typename Family::Address, Ptr<NetDevice>>;

    /**
     * @param destination the destination of a packet
     * @return the device that sinks it, or null
     */
    Ptr<NetDevice> FindSink(typename Family::Address destination) const;

    /**
     * @param header the header of a packet that is to be sunk
     * @return the address that it is sent from: the one without the blackhole route, or any
     */
    typename Family::Address SelectSource(const typename Family::Header& header) const;

    /**
     * Give a device an interface of which the protocol behind is told nothing, if it has none.
     * @param device the device
     */
    void EnsureInterface(Ptr<NetDevice> device);

    /**
     * @param interface an interface
     * @return whether the protocol behind does not know of it
     */
    bool IsHidden(uint32_t interface) const;

    std::map<uint8_t, Networks, std::greater<>> m_routes; //!< the routes, the longest first
    std::set<uint32_t> m_interfaces;                      //!< those made by EnsureInterface
};

/**
 * @ingroup loopback
 * BlackholeRouting of IPv4.
 */
class Ipv4BlackholeRouting : public BlackholeRouting<Ipv4Family>
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    using BlackholeRouting::BlackholeRouting;
};

/**
 * @ingroup loopback
 * BlackholeRouting of IPv6.
 */
class Ipv6BlackholeRouting : public BlackholeRouting<Ipv6Family>
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    using BlackholeRouting::BlackholeRouting;
};

} // namespace ns3

#endif /* BLACKHOLE_ROUTING_H */
