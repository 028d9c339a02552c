/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "route-decision.h"

#include "../model/ns3-release.h"
#include "blackhole-routes.h"

#include "ns3/ipv4-header.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/ipv6-header.h"
#include "ns3/ipv6-route.h"
#include "ns3/ipv6-routing-protocol.h"
#include "ns3/output-stream-wrapper.h"

#include <sstream>

namespace ns3::tests
{

namespace
{

template <class Route>
std::string
NameOf(Ptr<Route> route)
{
    return route->GetOutputDevice()->GetInstanceTypeId().GetName();
}

template <class Header, class Ip, class IpAddress>
std::string
Output(Ptr<Ip> ip, IpAddress destination, Ptr<NetDevice> oif)
{
    Header header;
    SetAddresses(header, {}, destination);
    Socket::SocketErrno error = Socket::ERROR_NOTERROR;
    const auto route = ip->GetRoutingProtocol()->RouteOutput(Create<Packet>(), header, oif, error);
    return route ? NameOf(route) : error == Socket::ERROR_INVAL ? "invalid" : "none";
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

template <class Header, class Protocol, class Address, class Forward>
void
Input(Ptr<Protocol> routing,
      Address source,
      Address destination,
      Ptr<NetDevice> idev,
      Forward forward)
{
    Header header;
    SetAddresses(header, source, destination);
    routing->RouteInput(Create<Packet>(),
                        header,
                        idev,
                        MakeCallback(forward),
                        typename Protocol::MulticastForwardCallback(),
                        MakeCallback(&Deliver<Header>),
                        MakeCallback(&Fail<Header>));
}

} // namespace

std::string
DecideOutput(Ptr<Node> node, const Address& destination, Ptr<NetDevice> oif)
{
    return Ipv4Address::IsMatchingType(destination)
               ? Output<Ipv4Header>(node->GetObject<Ipv4>(),
                                    Ipv4Address::ConvertFrom(destination),
                                    oif)
               : Output<Ipv6Header>(node->GetObject<Ipv6>(),
                                    Ipv6Address::ConvertFrom(destination),
                                    oif);
}

std::string
DecideInput(Ptr<Node> node, const Address& destination, Ptr<NetDevice> idev)
{
    g_decision = "none";
    const auto before = CountSunk(node);
    if (Ipv4Address::IsMatchingType(destination))
    {
        Input<Ipv4Header>(node->GetObject<Ipv4>()->GetRoutingProtocol(),
                          Ipv4Address("10.1.1.99"),
                          Ipv4Address::ConvertFrom(destination),
                          idev,
                          &Forward4);
    }
    else
    {
        Input<Ipv6Header>(node->GetObject<Ipv6>()->GetRoutingProtocol(),
                          Ipv6Address("2001:1::99"),
                          Ipv6Address::ConvertFrom(destination),
                          idev,
                          &Forward6);
    }
    return CountSunk(node) > before ? "sunk" : g_decision;
}

std::string
PrintTable(Ptr<Node> node, IpVersion version)
{
    std::ostringstream text;
    const auto stream = Create<OutputStreamWrapper>(&text);
    WithIp(node, version, [&](auto ip) { ip->GetRoutingProtocol()->PrintRoutingTable(stream); });
    return text.str();
}

} // namespace ns3::tests
