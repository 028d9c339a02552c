/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef IP_FAMILY_H
#define IP_FAMILY_H

#include "../model/subnet-broadcast.h"

#include "ns3/ipv4-header.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv4-list-routing.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv6-header.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/ipv6-list-routing.h"
#include "ns3/ipv6-route.h"

#include <cstdint>

namespace ns3
{

class Ipv4RoutingFront;
class Ipv6RoutingFront;

/// What code that is the same for both IP versions needs to know of IPv4.
struct Ipv4Family
{
    using Ip = Ipv4;                               //!< the stack
    using L3Protocol = Ipv4L3Protocol;             //!< ns-3's own stack
    using Address = Ipv4Address;                   //!< an address
    using Mask = Ipv4Mask;                         //!< a network mask
    using Header = Ipv4Header;                     //!< a packet's header
    using Route = Ipv4Route;                       //!< a route
    using Protocol = Ipv4RoutingProtocol;          //!< a routing protocol
    using List = Ipv4ListRouting;                  //!< a list of them
    using Front = Ipv4RoutingFront;                //!< what stands before them
    using InterfaceAddress = Ipv4InterfaceAddress; //!< an interface's address

    static constexpr const char* NAME{"IPv4"};    //!< its name in messages
    static constexpr uint8_t BITS{32};            //!< bits of an address
    static constexpr uint8_t MULTICAST_LENGTH{4}; //!< prefix length of all multicast addresses

    /**
     * @param length a prefix length
     * @return the mask
     */
    static Mask MakeMask(uint8_t length)
    {
        return Mask(length == 0 ? 0 : ~uint32_t{0} << (BITS - length));
    }

    /**
     * @param address an address
     * @param mask a mask
     * @return the network that the address is in
     */
    static Address GetNetwork(Address address, Mask mask)
    {
        return address.CombineMask(mask);
    }

    /**
     * @param address an address
     * @return whether it is one of a host's loopback addresses, 127.0.0.0/8 but for its broadcast
     *         address (RFC 1122, section 3.2.1.3)
     */
    static bool IsLoopback(Address address)
    {
        const auto mask = Mask::GetLoopback();
        return mask.IsMatch(address, Address::GetLoopback()) &&
               !address.IsSubnetDirectedBroadcast(mask);
    }

    /**
     * @param ip a stack
     * @param address an address
     * @return whether it stands for several hosts, on any network or on one of the stack's own
     */
    static bool IsForManyHosts(Ptr<Ip> ip, Address address)
    {
        return address.IsMulticast() || address.IsBroadcast() || IsSubnetBroadcast(ip, address);
    }

    /**
     * Have the stack forward a packet.
     * @param forward the callback for that
     * @param device where the packet came from
     * @param route where it goes
     * @param packet the packet
     * @param header its header
     */
    template <class Callback>
    static void Forward(const Callback& forward,
                        [[maybe_unused]] Ptr<const NetDevice> device,
                        Ptr<Route> route,
                        Ptr<const Packet> packet,
                        const Header& header)
    {
        forward(route, packet, header);
    }
};

/// What code that is the same for both IP versions needs to know of IPv6.
struct Ipv6Family
{
    using Ip = Ipv6;                               //!< the stack
    using L3Protocol = Ipv6L3Protocol;             //!< ns-3's own stack
    using Address = Ipv6Address;                   //!< an address
    using Mask = Ipv6Prefix;                       //!< a network mask
    using Header = Ipv6Header;                     //!< a packet's header
    using Route = Ipv6Route;                       //!< a route
    using Protocol = Ipv6RoutingProtocol;          //!< a routing protocol
    using List = Ipv6ListRouting;                  //!< a list of them
    using Front = Ipv6RoutingFront;                //!< what stands before them
    using InterfaceAddress = Ipv6InterfaceAddress; //!< an interface's address

    static constexpr const char* NAME{"IPv6"};    //!< its name in messages
    static constexpr uint8_t BITS{128};           //!< bits of an address
    static constexpr uint8_t MULTICAST_LENGTH{8}; //!< prefix length of all multicast addresses

    /**
     * @param length a prefix length
     * @return the mask
     */
    static Mask MakeMask(uint8_t length)
    {
        return Mask(length);
    }

    /**
     * @param address an address
     * @param mask a mask
     * @return the network that the address is in
     */
    static Address GetNetwork(Address address, Mask mask)
    {
        return address.CombinePrefix(mask);
    }

    /**
     * @param address an address
     * @return whether it is a host's loopback address (RFC 4291, section 2.5.3)
     */
    static bool IsLoopback(Address address)
    {
        return address.IsLocalhost();
    }

    /**
     * @param ip a stack
     * @param address an address
     * @return whether it stands for several hosts
     */
    static bool IsForManyHosts([[maybe_unused]] Ptr<Ip> ip, Address address)
    {
        return address.IsMulticast();
    }

    /**
     * Have the stack forward a packet.
     * @param forward the callback for that
     * @param device where the packet came from
     * @param route where it goes
     * @param packet the packet
     * @param header its header
     */
    template <class Callback>
    static void Forward(const Callback& forward,
                        Ptr<const NetDevice> device,
                        Ptr<Route> route,
                        Ptr<const Packet> packet,
                        const Header& header)
    {
        forward(device, route, packet, header);
    }
};

} // namespace ns3

#endif /* IP_FAMILY_H */
