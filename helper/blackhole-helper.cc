/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "blackhole-helper.h"

#include "blackhole-routing.h"

#include "ns3/abort.h"
#include "ns3/string.h"

#include <ostream>
#include <string>

namespace ns3
{

namespace
{

/// A network that a script named.
template <class Family>
struct Prefix
{
    typename Family::Address network; //!< its address
    uint8_t length;                   //!< its prefix length
};

template <class Family>
std::ostream&
operator<<(std::ostream& os, const Prefix<Family>& prefix)
{
    return os << prefix.network << "/" << +prefix.length;
}

/// @return the network, if it is one; the program ends with a message if not
template <class Family>
Prefix<Family>
Check(const std::string& method, typename Family::Address network, typename Family::Mask mask)
{
    const auto length = static_cast<uint8_t>(mask.GetPrefixLength());
    NS_ABORT_MSG_UNLESS(mask == Family::MakeMask(length),
                        method << ": the mask " << mask
                               << " has holes; give one whose ones come first");
    Prefix<Family> given{network, length};
    const Prefix<Family> meant{Family::GetNetwork(network, mask), length};
    NS_ABORT_MSG_UNLESS(given.network == meant.network,
                        method << ": " << given << " is an address in a network; the network is "
                               << meant);
    NS_ABORT_MSG_IF(network.IsMulticast() && length >= Family::MULTICAST_LENGTH,
                    method << ": " << given
                           << " is a multicast network; blackhole routes are for single hosts");
    return given;
}

/// @return the node's stack; the program ends with a message if it has none that we know
template <class Family>
Ptr<typename Family::Ip>
GetStack(const std::string& method, Ptr<Node> node, const std::string& name)
{
    const auto ip = node->GetObject<typename Family::L3Protocol>();
    NS_ABORT_MSG_UNLESS(ip && ip->GetRoutingProtocol(),
                        method << ": " << name << " has no " << Family::NAME
                               << " stack of ns-3's own; install it first, by InternetStackHelper");
    return ip;
}

template <class Routing, class Family = typename Routing::IpFamily>
void
Add(Ptr<typename Family::Ip> ip,
    const Prefix<Family>& prefix,
    Ptr<NetDevice> device,
    const std::string& name)
{
    const bool added = PutFront<Routing>(ip)->Add(prefix.network, prefix.length, device);
    NS_ABORT_MSG_UNLESS(added,
                        "AddRoute: a blackhole route to " << prefix << " exists on " << name);
}

template <class Routing, class Family = typename Routing::IpFamily>
void
Remove(Ptr<typename Family::Ip> ip, const Prefix<Family>& prefix, const std::string& name)
{
    const auto routing = FindFront<Routing>(ip);
    const bool removed = routing && routing->Remove(prefix.network, prefix.length);
    NS_ABORT_MSG_UNLESS(removed,
                        "RemoveRoute: there is no blackhole route to " << prefix << " on " << name);
}

} // namespace

BlackholeHelper::BlackholeHelper()
    : LinkHelper("ns3::BlackholeNetDevice")
{
}

void
BlackholeHelper::AddDevice(Ptr<Node> node, Ptr<NetDevice> device) const
{
    device->SetAddress(Mac48Address::Allocate());
    LinkHelper::AddDevice(node, device);
}

Ptr<NetDevice>
BlackholeHelper::GetSink(Ptr<Node> node) const
{
    for (uint32_t i = 0; i < node->GetNDevices(); ++i)
    {
        const auto device = DynamicCast<BlackholeNetDevice>(node->GetDevice(i));
        if (device && HasOurAttributes(device))
        {
            return device;
        }
    }
    return Install(node).Get(0);
}

void
BlackholeHelper::AddRoute(Ptr<Node> node, Ipv4Address network, Ipv4Mask mask) const
{
    NS_ABORT_MSG_UNLESS(node, "AddRoute: there is no node; create it first");
    const auto destination = Check<Ipv4Family>("AddRoute", network, mask);
    const auto ip = GetStack<Ipv4Family>("AddRoute", node, Describe(node));
    Add<Ipv4BlackholeRouting>(ip, destination, GetSink(node), Describe(node));
}

void
BlackholeHelper::AddRoute(Ptr<Node> node, Ipv6Address network, Ipv6Prefix prefix) const
{
    NS_ABORT_MSG_UNLESS(node, "AddRoute: there is no node; create it first");
    const auto destination = Check<Ipv6Family>("AddRoute", network, prefix);
    const auto ip = GetStack<Ipv6Family>("AddRoute", node, Describe(node));
    Add<Ipv6BlackholeRouting>(ip, destination, GetSink(node), Describe(node));
}

void
BlackholeHelper::RemoveRoute(Ptr<Node> node, Ipv4Address network, Ipv4Mask mask)
{
    NS_ABORT_MSG_UNLESS(node, "RemoveRoute: there is no node; create it first");
    const auto destination = Check<Ipv4Family>("RemoveRoute", network, mask);
    const auto ip = GetStack<Ipv4Family>("RemoveRoute", node, Describe(node));
    Remove<Ipv4BlackholeRouting>(ip, destination, Describe(node));
}

void
BlackholeHelper::RemoveRoute(Ptr<Node> node, Ipv6Address network, Ipv6Prefix prefix)
{
    NS_ABORT_MSG_UNLESS(node, "RemoveRoute: there is no node; create it first");
    const auto destination = Check<Ipv6Family>("RemoveRoute", network, prefix);
    const auto ip = GetStack<Ipv6Family>("RemoveRoute", node, Describe(node));
    Remove<Ipv6BlackholeRouting>(ip, destination, Describe(node));
}

} // namespace ns3
