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

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/log.h"
#include "ns3/output-stream-wrapper.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
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
    using Route = typename Family::Route;       //!< a route
    using Protocol = typename Family::Protocol; //!< a routing protocol
    using List = typename Family::List;         //!< a list of them
    /// The callbacks of RouteInput in this ns-3 release: unicast, multicast, local, error.
    template <std::size_t N>
    using Callback = std::tuple_element_t<N, decltype(GetCallbacks(&Protocol::RouteInput))>;

    /**
     * Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId()
    {
        static TypeId tid =
            TypeId(Family::BITS == 32 ? "ns3::FirstRoutes<IPv4>" : "ns3::FirstRoutes<IPv6>")
                .template SetParent<List>()
                .SetGroupName("Loopback");
        return tid;
    }

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
     * @param ip the stack
     * @return them
     */
    static Ptr<FirstRoutes> Put(Ptr<Ip> ip)
    {
        auto routes = Find(ip);
        if (!routes)
        {
            routes = CreateObject<FirstRoutes>(ip);
            ip->SetRoutingProtocol(routes);
        }
        return routes;
    }

    /**
     * Stand before a stack's routing protocol.
     * @param ip the stack
     */
    explicit FirstRoutes(Ptr<Ip> ip)
        : m_next(ip->GetRoutingProtocol()),
          m_nextList(DynamicCast<List>(m_next)),
          m_ip(ip),
          NS_LOG_TEMPLATE_DEFINE("FirstRoutes")
    {
        List::AddRoutingProtocol(m_next, 0);
    }

    /**
     * Add a blackhole route.
     * @param network the network, without bits beyond the length
     * @param length its prefix length
     * @param device the device that gets forwarded packets
     * @param reject what they are answered with
     * @return false, and the old route stays, if there is such a route already
     */
    bool Add(Address network, uint8_t length, Ptr<BlackholeNetDevice> device, Reject reject)
    {
        NS_LOG_FUNCTION(this << network << +length << device << static_cast<int>(reject));
        if (reject != Reject::NONE)
        {
            IcmpRejecter::Get(m_ip); // whose attributes and traces Config finds from now on
        }
        return m_blackholes[length].emplace(network, Blackhole{device, reject}).second;
    }

    /**
     * Remove a blackhole route.
     * @param network the network
     * @param length its prefix length
     * @return whether there was one
     */
    bool Remove(Address network, uint8_t length)
    {
        NS_LOG_FUNCTION(this << network << +length);
        return m_blackholes[length].erase(network) > 0;
    }

    /**
     * Switch the local table on or off, by which the node reaches its own addresses, and all of
     * 127.0.0.0/8, through its loopback. Meanwhile an IPv6 stack follows the weak end-system model,
     * as Linux does: in the strong one ns-3 drops what comes in by lo for an address of another
     * interface, before it asks this.
     * @param local whether it is on; it is off at first
     */
    void SetLocal(bool local)
    {
        if (Family::BITS == 128 && local != m_local)
        {
            const std::string model = "StrongEndSystemModel";
            if (local)
            {
                m_ip->GetAttribute(model, m_strongModel);
            }
            m_ip->SetAttribute(model, local ? BooleanValue(false) : m_strongModel);
        }
        m_local = local;
    }

    Ptr<Route> RouteOutput(Ptr<Packet> packet,
                           const Header& header,
                           Ptr<NetDevice> oif,
                           Socket::SocketErrno& error) override
    {
        NS_LOG_FUNCTION(this << packet << header << oif);
        const auto destination = GetAddresses(header).second;
        if (const auto route = FindLocal(destination, oif))
        {
            error = Socket::ERROR_NOTERROR;
            return route;
        }
        // Linux takes the destination of a socket that is bound to a device to be on link.
        if (const auto blackhole = oif ? nullptr : FindBlackhole(destination))
        {
            error = blackhole->reject == Reject::NONE ? Socket::ERROR_INVAL
                                                      : Socket::ERROR_NOROUTETOHOST;
            return nullptr;
        }
        return m_next->RouteOutput(packet, header, oif, error);
    }

    bool RouteInput(Ptr<const Packet> packet,
                    const Header& header,
                    Ptr<const NetDevice> idev,
                    Callback<0> unicast,
                    Callback<1> multicast,
                    Callback<2> local,
                    Callback<3> error) override
    {
        NS_LOG_FUNCTION(this << packet << header << idev);
        const auto destination = GetAddresses(header).second;
        const auto interface = m_ip->GetInterfaceForDevice(idev);
        const bool isLoopback = interface == 0; // in every stack
        if (const auto own = isLoopback ? FindLocal(destination, nullptr) : nullptr)
        {
            // As on Linux, it is for sockets that are bound to the device that has the address.
            local(packet, header, m_ip->GetInterfaceForAddress(own->GetSource()));
            return true;
        }
        // AODV and DSDV defer packets of the node itself by the loopback.
        const bool isForwarded = !isLoopback && m_ip->IsForwarding(interface);
        if (const auto route = isForwarded ? FindBlackhole(destination) : nullptr)
        {
            Discard(*route, packet, header);
            return true;
        }
        return m_next->RouteInput(packet, header, idev, unicast, multicast, local, error);
    }

    void PrintRoutingTable(Ptr<OutputStreamWrapper> stream,
                           Time::Unit unit = Time::S) const override
    {
        auto& os = *stream->GetStream();
        AnyAddress(*m_ip, [&](auto address, auto /* mask */, uint32_t interface) {
            // Linux has one route for an address, whichever interfaces have it.
            if (m_local && m_ip->GetInterfaceForAddress(address) == static_cast<int32_t>(interface))
            {
                os << "local " << address << " dev lo\n";
            }
            return false;
        });
        for (const auto& [length, networks] : m_blackholes)
        {
            for (const auto& [network, route] : networks)
            {
                os << route.GetKeyword() << " " << network << "/" << +length << "\n";
            }
        }
        m_next->PrintRoutingTable(stream, unit);
    }

    void AddRoutingProtocol(Ptr<Protocol> protocol, int16_t priority) override
    {
        NS_ABORT_MSG_UNLESS(m_nextList,
                            "AddRoutingProtocol: the node's routing protocol is no list; give the "
                            "Internet stack a list, by SetRoutingHelper");
        m_nextList->AddRoutingProtocol(protocol, priority);
    }

    uint32_t GetNRoutingProtocols() const override
    {
        return m_nextList ? m_nextList->GetNRoutingProtocols() : List::GetNRoutingProtocols();
    }

    Ptr<Protocol> GetRoutingProtocol(uint32_t index, int16_t& priority) const override
    {
        return m_nextList ? m_nextList->GetRoutingProtocol(index, priority)
                          : List::GetRoutingProtocol(index, priority);
    }

  private:
    /// A blackhole route.
    struct Blackhole
    {
        Ptr<BlackholeNetDevice> device; //!< gets what is forwarded
        Reject reject{Reject::NONE};    //!< what that is answered with

        /// @return the keyword of Linux's ip-route(8)
        const char* GetKeyword() const
        {
            return reject == Reject::UNREACHABLE ? "unreachable"
                   : reject == Reject::PROHIBIT  ? "prohibit"
                                                 : "blackhole";
        }
    };

    /**
     * Look a destination up in the local table.
     * @param destination the destination
     * @param oif the device that the sender is bound to, or null
     * @return the route through the loopback, or null
     */
    Ptr<Route> FindLocal(Address destination, Ptr<NetDevice> oif) const
    {
        if (!m_local)
        {
            return nullptr;
        }
        // ns-3 knows 127.0.0.1 alone of its network.
        const auto source = Family::IsLoopback(destination) ? Address::GetLoopback() : destination;
        const auto owner = m_ip->GetInterfaceForAddress(source);
        // ns-3 gives every stack's first interface to the loopback.
        const auto loopback = m_ip->GetNetDevice(0);
        // A socket that is bound to a device reaches the addresses of that device only.
        if (owner == -1 || (oif && oif != loopback && oif != m_ip->GetNetDevice(owner)))
        {
            return nullptr;
        }
        auto route = Create<Route>();
        route->SetDestination(destination);
        route->SetSource(source);
        route->SetGateway(Address::GetZero());
        route->SetOutputDevice(loopback);
        return route;
    }

    /**
     * Look a destination up among the blackhole routes.
     * @param destination the destination
     * @return the route that applies, or null
     */
    const Blackhole* FindBlackhole(Address destination) const
    {
        for (const auto& [length, networks] : m_blackholes)
        {
            const auto mask = Family::MakeMask(length);
            const auto found = networks.find(Family::GetNetwork(destination, mask));
            if (found != networks.end())
            {
                return IsExempt(destination, length) ? nullptr : &found->second;
            }
        }
        return nullptr;
    }

    /**
     * Return whether a blackhole route does not apply to a destination in its network.
     * @param destination the destination
     * @param length the route's prefix length
     * @return true if it is a group's, everybody's, the node's own, or in an interface's network of
     *         a longer prefix
     */
    bool IsExempt(Address destination, uint8_t length) const
    {
        return destination.IsMulticast() || Family::IsBroadcast(*m_ip, destination) ||
               Family::IsLoopback(destination) ||
               AnyAddress(*m_ip, [&](auto own, auto mask, uint32_t interface) {
                   return own == destination ||
                          (mask.GetPrefixLength() > length && m_ip->IsUp(interface) &&
                           mask.IsMatch(own, destination));
               });
    }

    /**
     * Discard a packet instead of forwarding it.
     * @param route the route
     * @param packet the packet without its header
     * @param header its header
     */
    void Discard(Blackhole route, Ptr<const Packet> packet, const Header& header)
    {
        const auto ip = m_ip; // a trace sink may give the stack other routing
        const auto whole = packet->Copy();
        whole->AddHeader(header);
        if (route.device->Send(whole, route.device->GetBroadcast(), Family::ETHER_TYPE) &&
            route.reject != Reject::NONE)
        {
            IcmpRejecter::Get(ip)->Answer(ip, packet, header, route.reject);
        }
    }

    Ptr<Protocol> m_next;       //!< the routing protocol asked next, which the stack had before
    Ptr<List> m_nextList;       //!< the same if it is a list, or null
    Ptr<Ip> m_ip;               //!< the stack
    bool m_local{false};        //!< whether the local table is on
    BooleanValue m_strongModel; //!< IPv6's StrongEndSystemModel before m_local
    /// The blackhole routes of each prefix length, longest first.
    std::map<uint8_t, std::map<Address, Blackhole>, std::greater<>> m_blackholes;
    NS_LOG_TEMPLATE_DECLARE; //!< the log component
};

// In first-routes.cc, once.
extern template class FirstRoutes<Ipv4Family>;
extern template class FirstRoutes<Ipv6Family>;

} // namespace ns3

#endif /* FIRST_ROUTES_H */
