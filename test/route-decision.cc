/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "route-decision.h"

#include "ns3/ipv4-header.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6-header.h"
#include "ns3/ipv6-route.h"
#include "ns3/ipv6-routing-protocol.h"
#include "ns3/ipv6.h"

namespace ns3::tests
{

namespace
{

template <class Route>
std::string
NameOf(Ptr<Route> route)
{
    return route ? route->GetOutputDevice()->GetInstanceTypeId().GetName() : "none";
}

template <class Header, class Ip, class IpAddress>
auto
Output(Ptr<Ip> ip, IpAddress destination, Ptr<NetDevice> oif)
{
    Header header;
    header.SetDestination(destination);
    Socket::SocketErrno error = Socket::ERROR_NOTERROR;
    return ip->GetRoutingProtocol()->RouteOutput(Create<Packet>(), header, oif, error);
}

Ptr<Ipv4Route>
Output4(Ptr<Node> node, const Address& destination, Ptr<NetDevice> oif)
{
    return Output<Ipv4Header>(node->GetObject<Ipv4>(), Ipv4Address::ConvertFrom(destination), oif);
}

Ptr<Ipv6Route>
Output6(Ptr<Node> node, const Address& destination, Ptr<NetDevice> oif)
{
    return Output<Ipv6Header>(node->GetObject<Ipv6>(), Ipv6Address::ConvertFrom(destination), oif);
}

std::string g_decision; ///< what RouteInput's callbacks say

void
Forward4(Ptr<Ipv4Route> route, Ptr<const Packet> /* packet */, const Ipv4Header& /* header */)
{
    g_decision = NameOf(route);
}

void
Forward6(Ptr<const NetDevice> /* device */,
         Ptr<Ipv6Route> route,
         Ptr<const Packet> /* packet */,
         const Ipv6Header& /* header */)
{
    g_decision = NameOf(route);
}

template <class Header>
void
Deliver(Ptr<const Packet> /* packet */, const Header& /* header */, uint32_t /* interface */)
{
    g_decision = "local";
}

template <class Header>
void
Fail(Ptr<const Packet> /* packet */, const Header& /* header */, Socket::SocketErrno /* error */)
{
    g_decision = "error";
}

} // namespace

std::string
DecideOutput(Ptr<Node> node, const Address& destination, Ptr<NetDevice> oif)
{
    return Ipv4Address::IsMatchingType(destination) ? NameOf(Output4(node, destination, oif))
                                                    : NameOf(Output6(node, destination, oif));
}

Address
DecideSource(Ptr<Node> node, const Address& destination)
{
    return Ipv4Address::IsMatchingType(destination)
               ? Address(Output4(node, destination, nullptr)->GetSource())
               : Address(Output6(node, destination, nullptr)->GetSource());
}

std::string
DecideInput(Ptr<Node> node, const Address& destination, Ptr<NetDevice> idev)
{
    g_decision = "none";
    if (Ipv4Address::IsMatchingType(destination))
    {
        Ipv4Header header;
        header.SetSource("10.1.1.99");
        header.SetDestination(Ipv4Address::ConvertFrom(destination));
        node->GetObject<Ipv4>()->GetRoutingProtocol()->RouteInput(
            Create<Packet>(),
            header,
            idev,
            MakeCallback(&Forward4),
            Ipv4RoutingProtocol::MulticastForwardCallback(),
            MakeCallback(&Deliver<Ipv4Header>),
            MakeCallback(&Fail<Ipv4Header>));
    }
    else
    {
        Ipv6Header header;
        header.SetSource("2001:1::99");
        header.SetDestination(Ipv6Address::ConvertFrom(destination));
        node->GetObject<Ipv6>()->GetRoutingProtocol()->RouteInput(
            Create<Packet>(),
            header,
            idev,
            MakeCallback(&Forward6),
            Ipv6RoutingProtocol::MulticastForwardCallback(),
            MakeCallback(&Deliver<Ipv6Header>),
            MakeCallback(&Fail<Ipv6Header>));
    }
    return g_decision;
}

} // namespace ns3::tests
