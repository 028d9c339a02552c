/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "route-length.h"

#include "../model/ns3-release.h"

#include "ns3/ipv4-routing-table-entry.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv6-routing-table-entry.h"
#include "ns3/ipv6-static-routing.h"
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

/// \return the length of a route if it leads to the destination, or NO_ROUTE
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

/// The words of a line, as `route -n` and ns-3 print a table.
using Row = std::vector<std::string>;

Row
Split(const std::string& line)
{
    std::istringstream words(line);
    return {std::istream_iterator<std::string>(words), {}};
}

/// \return the index of a column, or 0, which is that of the destination, if there is none
size_t
FindColumn(const Row& header, const std::string& name)
{
    const auto column = std::find(header.begin(), header.end(), name);
    return column == header.end() ? 0 : column - header.begin();
}

/// \return the length of a row of an IPv4 table if it leads to the destination, or NO_ROUTE
int
MatchRow(const Row& row, const Row& header, Ipv4Address destination)
{
    in_addr address;
    const auto maskColumn = FindColumn(header, "Genmask");
    if (row.size() <= maskColumn || inet_pton(AF_INET, row[0].c_str(), &address) != 1)
    {
        return NO_ROUTE;
    }
    const auto mask = maskColumn == 0 ? Ipv4Mask::GetOnes() : Ipv4Mask(row[maskColumn].c_str());
    return mask.IsMatch(destination, Ipv4Address(ntohl(address.s_addr))) ? mask.GetPrefixLength()
                                                                         : NO_ROUTE;
}

/// \return the length of a row of an IPv6 table if it leads to the destination, or NO_ROUTE
int
MatchRow(const Row& row, const Row& /* header */, Ipv6Address destination)
{
    const auto slash = row[0].find('/');
    in6_addr address;
    if (inet_pton(AF_INET6, row[0].substr(0, slash).c_str(), &address) != 1)
    {
        return NO_ROUTE;
    }
    uint8_t length = Ipv6Family::BITS;
    if (slash != std::string::npos)
    {
        // Of a long destination nothing parts the length from the next column, "::" or "fe80::1".
        length = static_cast<uint8_t>(std::atoi(row[0].c_str() + slash + 1));
    }
    const Ipv6Prefix mask(length);
    return mask.IsMatch(destination, Ipv6Address(address.s6_addr)) ? length : NO_ROUTE;
}

bool
IsInUse(const Row& row)
{
    return std::find(row.begin(), row.end(), "DOWN") == row.end() &&
           std::find(row.begin(), row.end(), "IN_SEARCH") == row.end();
}

/// \return the length by the tables that a protocol printed, or nothing if there is none
template <class Address>
std::optional<int>
GetPrintedLength(std::istream& text, Address destination)
{
    std::optional<int> longest;
    Row header;
    for (std::string line; std::getline(text, line);)
    {
        const auto row = Split(line);
        if (row.empty())
        {
            continue;
        }
        if (row[0] == "Destination")
        {
            header = row;
            longest = longest.value_or(NO_ROUTE);
        }
        else if (longest && IsInUse(row))
        {
            longest = std::max(*longest, MatchRow(row, header, destination));
        }
    }
    return longest;
}

template <class Protocol>
bool
PrintsItsTable(Ptr<Protocol> protocol)
{
    return protocol->GetInstanceTypeId().GetName().find("NixVector") == std::string::npos;
}

template <class Family>
std::optional<int>
GetTableLength(Ptr<typename Family::Protocol> protocol, typename Family::Address destination)
{
    if (!PrintsItsTable(protocol))
    {
        return {};
    }
    std::stringstream text;
    protocol->PrintRoutingTable(Create<OutputStreamWrapper>(&text));
    return GetPrintedLength(text, destination);
}

template <class Family>
int
GetListLength(Ptr<typename Family::List> list, typename Family::Address destination)
{
    for (uint32_t i = 0; i < list->GetNRoutingProtocols(); ++i)
    {
        int16_t priority;
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
    if (const auto printed = GetTableLength<Family>(protocol, destination))
    {
        return *printed;
    }
    typename Family::Header header;
    header.SetDestination(destination);
    Socket::SocketErrno error;
    return protocol->RouteOutput(Create<Packet>(), header, nullptr, error) ? Family::BITS
                                                                           : NO_ROUTE;
}

template int GetRouteLength<Ipv4Family>(Ptr<Ipv4RoutingProtocol>, Ipv4Address);
template int GetRouteLength<Ipv6Family>(Ptr<Ipv6RoutingProtocol>, Ipv6Address);

} // namespace ns3
