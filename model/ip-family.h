/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef IP_FAMILY_H
#define IP_FAMILY_H

#include "ns3/ipv4-header.h"
#include "ns3/ipv4-interface-address.h"
#include "ns3/ipv4-list-routing.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6-header.h"
#include "ns3/ipv6-interface-address.h"
#include "ns3/ipv6-list-routing.h"
#include "ns3/ipv6-route.h"
#include "ns3/ipv6.h"

#include <cstdint>
#include <sys/socket.h>
#include <utility>

/**
 * @file
 * @ingroup loopback
 * What differs between ns-3's IPv4 and IPv6, for code that serves both. Not installed.
 */

namespace ns3
{

/**
 * @param own an interface's address
 * @return the address alone, and its mask
 */
inline std::pair<Ipv4Address, Ipv4Mask>
Split(const Ipv4InterfaceAddress& own)
{
    return {own.GetLocal(), own.GetMask()};
}

/**
 * @param own an interface's address
 * @return the address alone, and its mask
 */
inline std::pair<Ipv6Address, Ipv6Prefix>
Split(const Ipv6InterfaceAddress& own)
{
    return {own.GetAddress(), own.GetPrefix()};
}

/**
 * @param ip a stack
 * @param predicate is called with an address, its mask, and the number of its interface
 * @return whether the predicate returned true for an address of the stack
 */
template <class Ip, class Predicate>
bool
AnyAddress(const Ip& ip, Predicate predicate)
{
    for (uint32_t i = 0; i < ip.GetNInterfaces(); ++i)
    {
        for (uint32_t j = 0; j < ip.GetNAddresses(i); ++j)
        {
            const auto [address, mask] = Split(ip.GetAddress(i, j));
            if (predicate(address, mask, i))
            {
                return true;
            }
        }
    }
    return false;
}

/// The types and functions of IPv4.
struct Ipv4Family
{
    using Ip = Ipv4;                      //!< the stack
    using Address = Ipv4Address;          //!< an address
    using Mask = Ipv4Mask;                //!< a network mask
    using Header = Ipv4Header;            //!< a packet's header
    using Route = Ipv4Route;              //!< a route
    using Protocol = Ipv4RoutingProtocol; //!< a routing protocol
    using List = Ipv4ListRouting;         //!< a list of them

    /// A list of protocols that know their stack already. Some must be told of it only once.
    class ToldList : public List
    {
        void SetIpv4(Ptr<Ipv4> /* ipv4 */) override
        {
        }
    };

    static constexpr int AF{AF_INET};             //!< its address family
    static constexpr const char* NAME{"IPv4"};    //!< its name in messages
    static constexpr uint16_t ETHER_TYPE{0x0800}; //!< its EtherType
    static constexpr uint8_t BITS{32};            //!< bits of an address
    static constexpr uint8_t ICMP{1};             //!< ICMP's protocol number

    /**
     * @param length a prefix length
     * @return the mask
     */
    static Mask MakeMask(uint8_t length)
    {
        return Mask(static_cast<uint32_t>(~uint64_t{0} << (BITS - length)));
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
     * @return whether it is in 127.0.0.0/8
     */
    static bool IsLoopback(Address address)
    {
        return address.Get() >> 24 == 127;
    }

    /**
     * @param ipv4 a stack
     * @param address an address
     * @return whether it is 255.255.255.255 or the broadcast address of the network of an interface
     *         that is up; a network of one or two addresses has none (RFC 3021)
     */
    static bool IsBroadcast(const Ip& ipv4, Address address)
    {
        return address.IsBroadcast() ||
               AnyAddress(ipv4, [&](auto own, auto mask, uint32_t interface) {
                   return mask.GetPrefixLength() < BITS - 1 && ipv4.IsUp(interface) &&
                          address == own.GetSubnetDirectedBroadcast(mask);
               });
    }
};

/// The types and functions of IPv6, by the names that Ipv4Family has.
struct Ipv6Family
{
    using Ip = Ipv6;                      //!< the stack
    using Address = Ipv6Address;          //!< an address
    using Mask = Ipv6Prefix;              //!< a network mask
    using Header = Ipv6Header;            //!< a packet's header
    using Route = Ipv6Route;              //!< a route
    using Protocol = Ipv6RoutingProtocol; //!< a routing protocol
    using List = Ipv6ListRouting;         //!< a list of them

    /// A list of protocols that know their stack already.
    class ToldList : public List
    {
        void SetIpv6(Ptr<Ipv6> /* ipv6 */) override
        {
        }
    };

    static constexpr int AF{AF_INET6};            //!< its address family
    static constexpr const char* NAME{"IPv6"};    //!< its name in messages
    static constexpr uint16_t ETHER_TYPE{0x86dd}; //!< its EtherType
    static constexpr uint8_t BITS{128};           //!< bits of an address
    static constexpr uint8_t ICMP{58};            //!< ICMPv6's protocol number

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
     * @return whether it is ::1
     */
    static bool IsLoopback(Address address)
    {
        return address.IsLocalhost();
    }

    /// @return false: IPv6 has no broadcasts
    static bool IsBroadcast(const Ip& /* ipv6 */, Address /* address */)
    {
        return false;
    }
};

} // namespace ns3

#endif /* IP_FAMILY_H */
