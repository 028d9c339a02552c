/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LOCAL_ROUTING_H
#define LOCAL_ROUTING_H

#include "../model/ns3-release.h"

#include "ns3/boolean.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-list-routing.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6-header.h"
#include "ns3/ipv6-list-routing.h"
#include "ns3/ipv6-route.h"
#include "ns3/ipv6.h"

namespace ns3
{

/// What LocalRouting needs to know of IPv4.
struct LocalRoutingIpv4
{
    using Ip = Ipv4;                               //!< the stack
    using Address = Ipv4Address;                   //!< an address
    using Header = Ipv4Header;                     //!< a packet's header
    using Route = Ipv4Route;                       //!< a route
    using Protocol = Ipv4RoutingProtocol;          //!< a routing protocol
    using List = Ipv4ListRouting;                  //!< a list of them
    using InterfaceAddress = Ipv4InterfaceAddress; //!< an interface's address

    /**
     * \param address an address
     * \return whether it is one of a host's loopback addresses, 127.0.0.0/8 but for its broadcast
     *         address (RFC 1122, section 3.2.1.3)
     */
    static bool IsLoopback(Ipv4Address address)
    {
        const auto mask = Ipv4Mask::GetLoopback();
        return mask.IsMatch(address, Ipv4Address::GetLoopback()) &&
               !address.IsSubnetDirectedBroadcast(mask);
    }
};

/// What LocalRouting needs to know of IPv6.
struct LocalRoutingIpv6
{
    using Ip = Ipv6;                               //!< the stack
    using Address = Ipv6Address;                   //!< an address
    using Header = Ipv6Header;                     //!< a packet's header
    using Route = Ipv6Route;                       //!< a route
    using Protocol = Ipv6RoutingProtocol;          //!< a routing protocol
    using List = Ipv6ListRouting;                  //!< a list of them
    using InterfaceAddress = Ipv6InterfaceAddress; //!< an interface's address

    /**
     * \param address an address
     * \return whether it is a host's loopback address (RFC 4291, section 2.5.3)
     */
    static bool IsLoopback(Ipv6Address address)
    {
        return address.IsLocalhost();
    }
};

/**
 * \ingroup loopback
 *
 * Linux's local routing table (RT_TABLE_LOCAL, rule 0): a node's own addresses, all of 127.0.0.0/8
 * among them, are reached through its loopback, whatever the routing protocol says.
 *
 * It stands before the node's routing protocol, and leaves all else to it. To those who ask the
 * stack for its routing protocol it is a list of what was there before, so that
 * Ipv4RoutingHelper::GetRouting and the like find what they look for.
 *
 * \tparam Family LocalRoutingIpv4 or LocalRoutingIpv6
 */
template <class Family>
class LocalRouting : public Family::List
{
  public:
    /// What RouteInput is called with in this ns-3 release.
    using Callbacks = RouteInputCallbacks<decltype(&Family::Protocol::RouteInput)>;

    /**
     * \param ip the stack
     * \param next the stack's routing protocol, which decides on all other addresses
     */
    LocalRouting(Ptr<typename Family::Ip> ip, Ptr<typename Family::Protocol> next);
    ~LocalRouting() override;

    /**
     * \param enabled whether own addresses are reached through the loopback; they are not until
     * this is called
     */
    virtual void SetEnabled(bool enabled);

    /**
     * \return whether own addresses are reached through the loopback
     */
    bool IsEnabled() const;

    // Inherited from the list.
    void AddRoutingProtocol(Ptr<typename Family::Protocol> protocol, int16_t priority) override;
    uint32_t GetNRoutingProtocols() const override;
    Ptr<typename Family::Protocol> GetRoutingProtocol(uint32_t index,
                                                      int16_t& priority) const override;

    // Inherited from the routing protocol.
    Ptr<typename Family::Route> RouteOutput(Ptr<Packet> packet,
                                            const typename Family::Header& header,
                                            Ptr<NetDevice> oif,
                                            Socket::SocketErrno& error) override;
    bool RouteInput(Ptr<const Packet> packet,
                    const typename Family::Header& header,
                    Ptr<const NetDevice> idev,
                    typename Callbacks::Unicast unicast,
                    typename Callbacks::Multicast multicast,
                    typename Callbacks::Local local,
                    typename Callbacks::Error error) override;
    void NotifyInterfaceUp(uint32_t interface) override;
    void NotifyInterfaceDown(uint32_t interface) override;
    void NotifyAddAddress(uint32_t interface, typename Family::InterfaceAddress address) override;
    void NotifyRemoveAddress(uint32_t interface,
                             typename Family::InterfaceAddress address) override;
    /**
     * Print the local table in the form of `ip route show table local`, then what the next protocol
     * has.
     * \param stream the stream
     * \param unit the unit of times
     */
    void PrintRoutingTable(Ptr<OutputStreamWrapper> stream,
                           Time::Unit unit = Time::S) const override;

  protected:
    void DoInitialize() override;
    void DoDispose() override;

    Ptr<typename Family::Protocol> m_next; //!< decides on all other addresses
    Ptr<typename Family::Ip> m_ip;         //!< the stack

  private:
    /**
     * \param address an address
     * \return the interface that owns it, or owns the loopback address if it is another such one,
     *         and is up; or -1
     */
    int32_t GetOwner(typename Family::Address address) const;

    /// \return the device of the loopback address
    Ptr<NetDevice> GetLoopback() const;

    /// \return the next protocol if it is a list, or null
    Ptr<typename Family::List> GetNextList() const;

    bool m_enabled{false}; //!< whether own addresses are reached through the loopback
};

/**
 * \ingroup loopback
 * LocalRouting of IPv4.
 */
class Ipv4LocalRouting : public LocalRouting<LocalRoutingIpv4>
{
  public:
    /**
     * \brief Get the type ID.
     * \return the object TypeId
     */
    static TypeId GetTypeId();

    using LocalRouting::LocalRouting;
    // The next protocol knows its stack already.
    void SetIpv4(Ptr<Ipv4> ipv4) override;
};

/**
 * \ingroup loopback
 * LocalRouting of IPv6.
 */
class Ipv6LocalRouting : public LocalRouting<LocalRoutingIpv6>
{
  public:
    /**
     * \brief Get the type ID.
     * \return the object TypeId
     */
    static TypeId GetTypeId();

    using LocalRouting::LocalRouting;
    /**
     * \param enabled whether own addresses are reached through the loopback. While they are, the
     *        stack follows the weak end-system model, as Linux does: since ns-3.43 it would drop
     *        what comes in by another interface than the one that owns the address, unasked.
     */
    void SetEnabled(bool enabled) override;
    // The next protocol knows its stack already.
    void SetIpv6(Ptr<Ipv6> ipv6) override;
    void NotifyAddRoute(Ipv6Address destination,
                        Ipv6Prefix mask,
                        Ipv6Address nextHop,
                        uint32_t interface,
                        Ipv6Address prefixToUse = Ipv6Address::GetZero()) override;
    void NotifyRemoveRoute(Ipv6Address destination,
                           Ipv6Prefix mask,
                           Ipv6Address nextHop,
                           uint32_t interface,
                           Ipv6Address prefixToUse = Ipv6Address::GetZero()) override;

  private:
    BooleanValue m_strongEndSystemModel; //!< whether the stack followed the strong one before
};

/**
 * \ingroup loopback
 * Put LocalRouting before the routing protocols of a node, or enable it again.
 * \param node the node
 * \return whether the node has an Internet stack
 */
bool EnableLocalRouting(Ptr<Node> node);

/**
 * \ingroup loopback
 * Have a node's own addresses routed as they were before EnableLocalRouting.
 * \param node the node
 */
void DisableLocalRouting(Ptr<Node> node);

} // namespace ns3

#endif /* LOCAL_ROUTING_H */
