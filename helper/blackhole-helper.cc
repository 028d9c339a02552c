/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "blackhole-helper.h"

#include "../model/first-routes.h"

#include "ns3/abort.h"
#include "ns3/node.h"

#include <arpa/inet.h>
#include <array>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <string>

namespace ns3
{

namespace
{

/// @return an address or mask that is given as text; aborts if it is none
template <class Family, class Parsed>
Parsed
Parse(const std::string& method, const char* text)
{
    std::array<uint8_t, 16> bytes{};
    NS_ABORT_MSG_UNLESS(inet_pton(Family::AF, text, bytes.data()) == 1,
                        method << ": '" << text << "' is not an " << Family::NAME << " address");
    if constexpr (Family::AF == AF_INET6)
    {
        return Parsed(bytes.data()); // ns-3 cannot read a text such as 64:ff9b::192.0.2.1
    }
    return Parsed(text);
}

template <class Family>
typename Family::Mask
ParseMask(const std::string& method, const char* text)
{
    if (*text != '/')
    {
        return Parse<Family, typename Family::Mask>(method, text);
    }
    const auto length = std::strtoul(text + 1, nullptr, 10);
    NS_ABORT_MSG_UNLESS(length <= Family::BITS && text + 1 == std::to_string(length),
                        method << ": '" << text << "' is not a prefix length of " << Family::NAME);
    return Family::MakeMask(static_cast<uint8_t>(length));
}

/// Call a function with a network and its mask that are given as text.
template <class Function>
void
WithParsed(const std::string& method, const char* network, const char* mask, Function function)
{
    // A literal 0 is a null pointer.
    NS_ABORT_MSG_UNLESS(network && mask,
                        method << ": the network or the mask is null; write \"0.0.0.0\", \"/0\"");
    if (std::strchr(network, ':'))
    {
        function(Parse<Ipv6Family, Ipv6Address>(method, network),
                 ParseMask<Ipv6Family>(method, mask));
    }
    else
    {
        function(Parse<Ipv4Family, Ipv4Address>(method, network),
                 ParseMask<Ipv4Family>(method, mask));
    }
}

/// @return a network as `ip route` writes it
template <class Address, class Mask>
std::string
GetText(Address network, Mask mask)
{
    std::ostringstream text;
    text << network << "/" << +mask.GetPrefixLength();
    return text.str();
}

/// @return the stack whose route is meant; aborts if it can have no such route
template <class Family>
Ptr<typename Family::Ip>
GetStack(const std::string& method,
         Ptr<Node> node,
         typename Family::Address network,
         typename Family::Mask mask)
{
    NS_ABORT_MSG_UNLESS(node, method << ": there is no node; create it first");
    const auto ip = node->GetObject<typename Family::Ip>();
    const auto meant = Family::GetNetwork(network, mask);
    NS_ABORT_MSG_UNLESS(mask == Family::MakeMask(mask.GetPrefixLength()),
                        method << ": the mask " << mask
                               << " has holes; give one whose ones come first");
    NS_ABORT_MSG_UNLESS(network == meant,
                        method << ": " << GetText(network, mask)
                               << " is an address in a network; the network is "
                               << GetText(meant, mask));
    // 224.0.0.0/3, which lists of bogons have, holds more than multicast addresses.
    NS_ABORT_MSG_IF(network.IsMulticast() && mask.GetPrefixLength() > 3,
                    method << ": " << GetText(network, mask)
                           << " is a multicast network; blackhole routes are unicast");
    NS_ABORT_MSG_UNLESS(ip && ip->GetRoutingProtocol(),
                        method << ": node " << node->GetId() << " has no " << Family::NAME
                               << " stack; install it first, by InternetStackHelper");
    return ip;
}

template <class Family>
void
Remove(Ptr<Node> node, typename Family::Address network, typename Family::Mask mask)
{
    const auto routes =
        FirstRoutes<Family>::Find(GetStack<Family>("RemoveRoute", node, network, mask));
    const bool removed = routes && routes->Remove(network, mask.GetPrefixLength());
    NS_ABORT_MSG_UNLESS(removed,
                        "RemoveRoute: there is no blackhole route to "
                            << GetText(network, mask) << " on node " << node->GetId());
}

} // namespace

BlackholeHelper::BlackholeHelper()
    : LinkHelper("ns3::BlackholeNetDevice")
{
}

void
BlackholeHelper::SetReject(Reject reject)
{
    m_reject = reject;
}

void
BlackholeHelper::AddDevice(Ptr<Node> node, Ptr<NetDevice> device) const
{
    node->AddDevice(device);
    // Not Mac48Address::Allocate: the devices that a script installs later would get other
    // addresses, and so other IPv6 addresses.
    constexpr uint32_t LOCALLY_ADMINISTERED = 0x02000000;
    const uint32_t bytes[]{htonl(LOCALLY_ADMINISTERED + node->GetId()),
                           htonl(device->GetIfIndex() << 16)};
    Mac48Address address;
    address.CopyFrom(static_cast<const uint8_t*>(static_cast<const void*>(bytes)));
    device->SetAddress(address);
}

template <class Family>
void
BlackholeHelper::Add(Ptr<Node> node,
                     typename Family::Address network,
                     typename Family::Mask mask) const
{
    const auto ip = GetStack<Family>("AddRoute", node, network, mask);
    auto device = FindDevice<BlackholeNetDevice>(node);
    if (!device)
    {
        device = StaticCast<BlackholeNetDevice>(Install(node).Get(0));
        if (node->IsInitialized())
        {
            device->Initialize(); // before this event can send a packet
        }
    }
    const bool added =
        FirstRoutes<Family>::Put(ip)->Add(network, mask.GetPrefixLength(), device, m_reject);
    NS_ABORT_MSG_UNLESS(added,
                        "AddRoute: a blackhole route to " << GetText(network, mask)
                                                          << " exists on node " << node->GetId());
}

void
BlackholeHelper::AddRoute(Ptr<Node> node, Ipv4Address network, Ipv4Mask mask) const
{
    Add<Ipv4Family>(node, network, mask);
}

void
BlackholeHelper::AddRoute(Ptr<Node> node, Ipv6Address network, Ipv6Prefix prefix) const
{
    Add<Ipv6Family>(node, network, prefix);
}

void
BlackholeHelper::AddRoute(Ptr<Node> node, const char* network, const char* mask) const
{
    WithParsed("AddRoute", network, mask, [&](auto... parsed) { AddRoute(node, parsed...); });
}

void
BlackholeHelper::RemoveRoute(Ptr<Node> node, Ipv4Address network, Ipv4Mask mask)
{
    Remove<Ipv4Family>(node, network, mask);
}

void
BlackholeHelper::RemoveRoute(Ptr<Node> node, Ipv6Address network, Ipv6Prefix prefix)
{
    Remove<Ipv6Family>(node, network, prefix);
}

void
BlackholeHelper::RemoveRoute(Ptr<Node> node, const char* network, const char* mask)
{
    WithParsed("RemoveRoute", network, mask, [&](auto... parsed) { RemoveRoute(node, parsed...); });
}

} // namespace ns3
