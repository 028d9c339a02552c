/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LOCAL_ROUTING_H
#define LOCAL_ROUTING_H

#include "routing-front.h"

#include "ns3/boolean.h"

namespace ns3
{

/**
 * @ingroup loopback
 *
 * Linux's local routing table (RT_TABLE_LOCAL, rule 0): a node's own addresses, all of 127.0.0.0/8
 * among them, are reached through its loopback, whatever the routing protocol says.
 *
 * @tparam Family Ipv4Family or Ipv6Family
 */
template <class Family>
class LocalRouting : public Family::Front
{
  public:
    using typename RoutingFront<Family>::Callbacks;
    using Family::Front::Front;
    ~LocalRouting() override;

    /**
     * @param enabled whether own addresses are reached through the loopback; they are not until
     * this is called
     */
    virtual void SetEnabled(bool enabled);

    /**
     * @return whether own addresses are reached through the loopback
     */
    bool IsEnabled() const;

    /**
     * Find the route of a packet that the node sends.
     * @param packet the packet, which may be null
     * @param header its header
     * @param oif the device that its socket is bound to, or null
     * @param [out] error why there is no route
     * @return the route, or null
     */
    Ptr<typename Family::Route> RouteOutput(Ptr<Packet> packet,
                                            const typename Family::Header& header,
                                            Ptr<NetDevice> oif,
                                            Socket::SocketErrno& error) override;

    /**
     * Decide on a packet that a device received.
     * @param packet the packet
     * @param header its header
     * @param idev the device
     * @param unicast called if it is to be forwarded
     * @param multicast called if it is to be forwarded to a group
     * @param local called if it is for this host
     * @param error called if it can not be forwarded
     * @return whether one of them was called
     */
    bool RouteInput(Ptr<const Packet> packet,
                    const typename Family::Header& header,
                    Ptr<const NetDevice> idev,
                    typename Callbacks::Unicast unicast,
                    typename Callbacks::Multicast multicast,
                    typename Callbacks::Local local,
                    typename Callbacks::Error error) override;
    /**
     * Print the local table in the form of `ip route show table local`, then what the next protocol
     * has.
     * @param stream the stream
     * @param unit the unit of times
     */
    void PrintRoutingTable(Ptr<OutputStreamWrapper> stream,
                           Time::Unit unit = Time::S) const override;

  protected:
    using Family::Front::m_ip;
    using Family::Front::m_next;

  private:
    /**
     * @param address an address
     * @return the interface that owns it and is up, or -1
     */
    int32_t GetOwnerUp(typename Family::Address address) const;

    /// @return the device of the loopback address
    Ptr<NetDevice> GetLoopback() const;

    bool m_enabled{false}; //!< whether own addresses are reached through the loopback
};

/**
 * @ingroup loopback
 * LocalRouting of IPv4.
 */
class Ipv4LocalRouting : public LocalRouting<Ipv4Family>
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    using LocalRouting::LocalRouting;
};

/**
 * @ingroup loopback
 * LocalRouting of IPv6.
 */
class Ipv6LocalRouting : public LocalRouting<Ipv6Family>
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    using LocalRouting::LocalRouting;
    /**
     * @param enabled whether own addresses are reached through the loopback. While they are, the
     *        stack follows the weak end-system model, as Linux does: since ns-3.43 it would drop
     *        what comes in by another interface than the one that owns the address, unasked.
     */
    void SetEnabled(bool enabled) override;

  private:
    BooleanValue m_strongEndSystemModel; //!< whether the stack followed the strong one before
};

/**
 * @ingroup loopback
 * Put LocalRouting before the routing protocols of a node, or enable it again.
 * @param node the node
 * @return whether the node has an Internet stack
 */
bool EnableLocalRouting(Ptr<Node> node);

/**
 * @ingroup loopback
 * Have a node's own addresses routed as they were before EnableLocalRouting.
 * @param node the node
 */
void DisableLocalRouting(Ptr<Node> node);

} // namespace ns3

#endif /* LOCAL_ROUTING_H */
