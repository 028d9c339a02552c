/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "route-length.h"

#include "ns3/internet-module.h" // has Ipv4GlobalRouting, whichever header that is in
#include "ns3/ipv4-routing-table-entry.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv6-routing-table-entry.h"
#include "ns3/ipv6-static-routing.h"
#include "ns3/loopback-net-device.h"
#include "ns3/output-stream-wrapper.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace ns3
{

namespace
{

Ipv4Mask
GetMask(const Ipv4RoutingTableEntry& route)
{
    return route.GetDestNetworkMask();
}

Ipv6Prefix
GetMask(const Ipv6RoutingTableEntry& route)
{
    return route.GetDestNetworkPrefix();
}

/// @return the length of a route if it leads to the destination, or NO_ROUTE
template <class Entry, class Address>
int
Match(const Entry& route, Address destination)
{
    const auto mask = GetMask(route);
    return mask.IsMatch(destination, route.GetDestNetwork()) ? mask.GetPrefixLength() : NO_ROUTE;
}

template <class StaticRouting, class Address>
int
GetLongestMatch(const StaticRouting& routing, Address destination)
{
    int longest = NO_ROUTE;
    for (uint32_t i = 0; i < routing.GetNRoutes(); ++i)
    {
        longest = std::max(longest, Match(routing.GetRoute(i), destination));
    }
    return longest;
}

int
GetFirstMatch(const Ipv4GlobalRouting& routing, Ipv4Address destination)
{
    for (uint32_t i = 0; i < routing.GetNRoutes(); ++i)
    {
        const int length = Match(*routing.GetRoute(i), destination);
        if (length != NO_ROUTE)
        {
            return length;
        }
    }
    return NO_ROUTE;
}

std::optional<int>
GetKnownLength(Ptr<Ipv4RoutingProtocol> protocol, Ipv4Address destination)
{
    if (const auto routing = DynamicCast<Ipv4StaticRouting>(protocol))
    {
        return GetLongestMatch(*routing, destination);
    }
    if (const auto routing = DynamicCast<Ipv4GlobalRouting>(protocol))
    {
        return GetFirstMatch(*routing, destination);
    }
    return {};
}

std::optional<int>
GetKnownLength(Ptr<Ipv6RoutingProtocol> protocol, Ipv6Address destination)
{
    if (const auto routing = DynamicCast<Ipv6StaticRouting>(protocol))
    {
        return GetLongestMatch(*routing, destination);
    }
    return {};
}

/// A row of a table, as `route -n` and ns-3 print it.
using Row = std::vector<std::string>;

Row
Split(const std::string& line)
{
    std::istringstream words(line);
    return {std::istream_iterator<std::string>(words), {}};
}

/// @return the mask in a row of an IPv4 table of which the first row is the header, if there is one
std::optional<Ipv4Mask>
GetMask(const Row& row, const Row& header, Ipv4Address network)
{
    const size_t column = std::find(header.begin(), header.end(), "Genmask") - header.begin();
    in_addr address{};
    if (column >= header.size() || column >= row.size() ||
        inet_pton(AF_INET, row[0].c_str(), &address) != 1 ||
        Ipv4Address(ntohl(address.s_addr)) != network)
    {
        return {};
    }
    return Ipv4Mask(row[column].c_str());
}

/// @return the mask in a row of an IPv6 table, if there is one
std::optional<Ipv6Prefix>
GetMask(const Row& row, const Row& /* header */, Ipv6Address network)
{
    const auto slash = row[0].find('/');
    in6_addr address{};
    if (slash == std::string::npos ||
        inet_pton(AF_INET6, row[0].substr(0, slash).c_str(), &address) != 1 ||
        Ipv6Address(address.s6_addr) != network)
    {
        return {};
    }
    // Of a long destination nothing parts the length from the next column, "::" or "fe80::1".
    return Ipv6Prefix(static_cast<uint8_t>(std::atoi(row[0].c_str() + slash + 1)));
}

/// @return the longest row with a network in what a protocol printed if it matches, or NO_ROUTE
template <class Address>
int
GetPrintedLength(std::istream& text, Address network, Address destination)
{
    int longest = NO_ROUTE;
    Row header;
    for (std::string line; std::getline(text, line);)
    {
        const auto row = Split(line);
        if (row.empty() || row[0] == "Destination")
        {
            header = row;
        }
        else if (const auto mask = GetMask(row, header, network))
        {
            const bool matches = mask->IsMatch(destination, network);
            longest = std::max(longest, matches ? mask->GetPrefixLength() : NO_ROUTE);
        }
    }
    return longest;
}

template <class Family>
int
GetAskedLength(Ptr<typename Family::Protocol> protocol, typename Family::Address destination)
{
    typename Family::Header header;
    header.SetDestination(destination);
    Socket::SocketErrno error{};
    // AODV and DSDV look at their interfaces only if there is a packet.
    const auto route = protocol->RouteOutput(Create<Packet>(), header, nullptr, error);
    if (!route || DynamicCast<LoopbackNetDevice>(route->GetOutputDevice()))
    {
        return NO_ROUTE;
    }
    std::stringstream text;
    protocol->PrintRoutingTable(Create<OutputStreamWrapper>(&text));
    const int printed = GetPrintedLength(text, route->GetDestination(), destination);
    return printed == NO_ROUTE ? Family::BITS : printed;
}

template <class Family>
int
GetListLength(Ptr<typename Family::List> list, typename Family::Address destination)
{
    for (uint32_t i = 0; i < list->GetNRoutingProtocols(); ++i)
    {
        int16_t priority{};
        const int length =
            GetRouteLength<Family>(list->GetRoutingProtocol(i, priority), destination);
        if (length != NO_ROUTE)
        {
            return length;
        }
    }
    return NO_ROUTE;
}

} // namespace

template <class Family>
int
GetRouteLength(Ptr<typename Family::Protocol> protocol, typename Family::Address destination)
{
    if (const auto list = DynamicCast<typename Family::List>(protocol))
    {
        return GetListLength<Family>(list, destination);
    }
    if (const auto known = GetKnownLength(protocol, destination))
    {
        return *known;
    }
    return GetAskedLength<Family>(protocol, destination);
}

template int GetRouteLength<Ipv4Family>(Ptr<Ipv4RoutingProtocol>, Ipv4Address);
template int GetRouteLength<Ipv6Family>(Ptr<Ipv6RoutingProtocol>, Ipv6Address);

} // namespace ns3
