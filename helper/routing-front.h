/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef ROUTING_FRONT_H
#define ROUTING_FRONT_H

#include "../model/ns3-release.h"
#include "ip-family.h"

namespace ns3
{

/**
 * @ingroup loopback
 *
 * Stands before a stack's routing protocol, be that a list or not, and passes on to it what it
 * is told. A subclass routes, some addresses by its own decision, and prints the table.
 *
 * To those who ask the stack for its routing protocol it is a list of what was there before, so
 * that Ipv4RoutingHelper::GetRouting and the like find what they look for. What is behind may be
 * another front.
 *
 * @tparam Family Ipv4Family or Ipv6Family
 */
template <class Family>
class RoutingFront : public Family::List
{
  public:
    /// What RouteInput is called with in this ns-3 release.
    using Callbacks = RouteInputCallbacks<decltype(&Family::Protocol::RouteInput)>;
    /// The IP version.
    using IpFamily = Family;

    /**
     * @param ip the stack
     * @param next the stack's routing protocol
     */
    RoutingFront(Ptr<typename Family::Ip> ip, Ptr<typename Family::Protocol> next);
    ~RoutingFront() override;

    /// @return the routing protocol behind
    Ptr<typename Family::Protocol> GetNext() const;

    /**
     * Add a protocol to the list behind; the program ends with a message if there is none.
     * @param protocol the protocol
     * @param priority the higher, the earlier it is asked
     */
    void AddRoutingProtocol(Ptr<typename Family::Protocol> protocol, int16_t priority) override;

    /// @return how many protocols the list behind has; 1 if it is no list
    uint32_t GetNRoutingProtocols() const override;

    /**
     * @param index number of a protocol of the list behind, from 0
     * @param [out] priority its priority
     * @return the protocol; what is behind itself if that is no list
     */
    Ptr<typename Family::Protocol> GetRoutingProtocol(uint32_t index,
                                                      int16_t& priority) const override;

    /// @param interface an interface that is up
    void NotifyInterfaceUp(uint32_t interface) override;

    /// @param interface an interface that is down
    void NotifyInterfaceDown(uint32_t interface) override;

    /**
     * @param interface an interface
     * @param address an address that it got
     */
    void NotifyAddAddress(uint32_t interface, typename Family::InterfaceAddress address) override;

    /**
     * @param interface an interface
     * @param address an address that it lost
     */
    void NotifyRemoveAddress(uint32_t interface,
                             typename Family::InterfaceAddress address) override;

  protected:
    /**
     * @param destination where a packet goes to
     * @param source its source
     * @param device the device that takes it, itself the next hop
     * @return the route
     */
    static Ptr<typename Family::Route> MakeRoute(typename Family::Address destination,
                                                 typename Family::Address source,
                                                 Ptr<NetDevice> device)
    {
        auto route = Create<typename Family::Route>();
        route->SetDestination(destination);
        route->SetSource(source);
        route->SetGateway(Family::Address::GetZero());
        route->SetOutputDevice(device);
        return route;
    }

    /// Initialize what is behind.
    void DoInitialize() override;

    /// Let go of what is behind, and of the stack.
    void DoDispose() override;

    /**
     * @param address an address
     * @return the interface that owns it, or owns the loopback address if it is another such one;
     * or -1
     */
    int32_t GetOwner(typename Family::Address address) const;

    Ptr<typename Family::Protocol> m_next; //!< the routing protocol behind
    Ptr<typename Family::Ip> m_ip;         //!< the stack

  private:
    /// @return what is behind if it is a list, or null
    Ptr<typename Family::List> GetNextList() const;
};

/**
 * @ingroup loopback
 * RoutingFront of IPv4.
 */
class Ipv4RoutingFront : public RoutingFront<Ipv4Family>
{
  public:
    using RoutingFront::RoutingFront;

    /**
     * Nothing: what is behind knows its stack already.
     * @param ipv4 the stack
     */
    void SetIpv4(Ptr<Ipv4> ipv4) override;
};

/**
 * @ingroup loopback
 * RoutingFront of IPv6.
 */
class Ipv6RoutingFront : public RoutingFront<Ipv6Family>
{
  public:
    using RoutingFront::RoutingFront;

    /**
     * Nothing: what is behind knows its stack already.
     * @param ipv6 the stack
     */
    void SetIpv6(Ptr<Ipv6> ipv6) override;

    /**
     * @param destination a network that a route was learnt to
     * @param mask its prefix
     * @param nextHop the gateway
     * @param interface the interface
     * @param prefixToUse the prefix of the source address
     */
    void NotifyAddRoute(Ipv6Address destination,
                        Ipv6Prefix mask,
                        Ipv6Address nextHop,
                        uint32_t interface,
                        Ipv6Address prefixToUse = Ipv6Address::GetZero()) override;

    /**
     * @param destination a network that a route was lost to
     * @param mask its prefix
     * @param nextHop the gateway
     * @param interface the interface
     * @param prefixToUse the prefix of the source address
     */
    void NotifyRemoveRoute(Ipv6Address destination,
                           Ipv6Prefix mask,
                           Ipv6Address nextHop,
                           uint32_t interface,
                           Ipv6Address prefixToUse = Ipv6Address::GetZero()) override;
};

/**
 * @ingroup loopback
 * @tparam Front a subclass of RoutingFront
 * @param ip a stack
 * @return the one that stands before the stack's routing protocol, or null
 */
template <class Front>
Ptr<Front>
FindFront(Ptr<typename Front::IpFamily::Ip> ip)
{
    auto protocol = ip->GetRoutingProtocol();
    while (auto any = DynamicCast<RoutingFront<typename Front::IpFamily>>(protocol))
    {
        if (auto front = DynamicCast<Front>(any))
        {
            return front;
        }
        protocol = any->GetNext();
    }
    return nullptr;
}

/**
 * @ingroup loopback
 * @tparam Front a subclass of RoutingFront
 * @param ip a stack
 * @return the one that stands before the stack's routing protocol, put there if there was none
 */
template <class Front>
Ptr<Front>
PutFront(Ptr<typename Front::IpFamily::Ip> ip)
{
    auto front = FindFront<Front>(ip);
    if (!front)
    {
        front = CreateObject<Front>(ip, ip->GetRoutingProtocol());
        ip->SetRoutingProtocol(front);
    }
    return front;
}

} // namespace ns3

#endif /* ROUTING_FRONT_H */
