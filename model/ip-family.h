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

/**
 * @file
 * @ingroup loopback
 * What differs between ns-3's IPv4 and IPv6, for code that serves both. Not installed.
 */

namespace ns3
{

/// The types and functions of IPv4.
struct Ipv4Family
{
    using Ip = Ipv4;                               //!< the stack
    using Address = Ipv4Address;                   //!< an address
    using Mask = Ipv4Mask;                         //!< a network mask
    using Header = Ipv4Header;                     //!< a packet's header
    using Route = Ipv4Route;                       //!< a route
    using Protocol = Ipv4RoutingProtocol;          //!< a routing protocol
    using List = Ipv4ListRouting;                  //!< a list of them
    using InterfaceAddress = Ipv4InterfaceAddress; //!< an interface's address

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
    static constexpr uint8_t MULTICAST_LENGTH{4}; //!< prefix length of all multicast addresses
    static constexpr uint8_t ICMP{1};             //!< ICMP's protocol number

    /**
     * @param length a prefix length
     * @return the mask
     */
    static Mask MakeMask(uint8_t length)
    {
        return Mask(length == 0 ? 0 : ~uint32_t{0} << (BITS - length));
    }

    /**
     * @param own an interface's address
     * @return the address alone
     */
    static Address GetAddress(const InterfaceAddress& own)
    {
        return own.GetLocal();
    }

    /**
     * @param address an interface's address
     * @return its mask
     */
    static Mask GetMask(const InterfaceAddress& address)
    {
        return address.GetMask();
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
     * @return whether it is in 127.0.0.0/8, and not its broadcast address (RFC 1122, section
     *         3.2.1.3)
     */
    static bool IsLoopback(Address address)
    {
        const auto mask = Mask::GetLoopback();
        return mask.IsMatch(address, Address::GetLoopback()) &&
               !address.IsSubnetDirectedBroadcast(mask);
    }

    /**
     * @param ipv4 a stack
     * @param address an address
     * @return whether it is 255.255.255.255 or the broadcast address of an interface's network; a
     *         network of one or two addresses has none (RFC 3021)
     */
    static bool IsBroadcast(Ptr<Ipv4> ipv4, Address address)
    {
        for (uint32_t i = 0; i < ipv4->GetNInterfaces(); ++i)
        {
            for (uint32_t j = 0; j < ipv4->GetNAddresses(i); ++j)
            {
                const auto own = ipv4->GetAddress(i, j);
                if (own.GetBroadcast() == address && own.GetMask().GetPrefixLength() < 31)
                {
                    return true;
                }
            }
        }
        return address.IsBroadcast();
    }
};

/// The types and functions of IPv6, by the names that Ipv4Family has.
struct Ipv6Family
{
    using Ip = Ipv6;                               //!< the stack
    using Address = Ipv6Address;                   //!< an address
    using Mask = Ipv6Prefix;                       //!< a network mask
    using Header = Ipv6Header;                     //!< a packet's header
    using Route = Ipv6Route;                       //!< a route
    using Protocol = Ipv6RoutingProtocol;          //!< a routing protocol
    using List = Ipv6ListRouting;                  //!< a list of them
    using InterfaceAddress = Ipv6InterfaceAddress; //!< an interface's address

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
    static constexpr uint8_t MULTICAST_LENGTH{8}; //!< prefix length of all multicast addresses
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
     * @param own an interface's address
     * @return the address alone
     */
    static Address GetAddress(const InterfaceAddress& own)
    {
        return own.GetAddress();
    }

    /**
     * @param address an interface's address
     * @return its mask
     */
    static Mask GetMask(const InterfaceAddress& address)
    {
        return address.GetPrefix();
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
     * @return whether it is ::1 (RFC 4291, section 2.5.3)
     */
    static bool IsLoopback(Address address)
    {
        return address.IsLocalhost();
    }

    /// @return false: IPv6 has no broadcasts
    static bool IsBroadcast(Ptr<Ipv6> /* ipv6 */, Address /* address */)
    {
        return false;
    }
};

} // namespace ns3

#endif /* IP_FAMILY_H */
