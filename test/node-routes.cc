/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "node-routes.h"

#include "../model/ns3-release.h"

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

/// Call a function with the network that an address is in.
template <class Function>
void
CallWithNetwork(const Address& address, uint8_t length, const Function& function)
{
    if (Ipv4Address::IsMatchingType(address))
    {
        const Ipv4Mask mask(("/" + std::to_string(length)).c_str());
        function(Ipv4Address::ConvertFrom(address).CombineMask(mask), mask);
    }
    else
    {
        const Ipv6Prefix prefix(length);
        function(Ipv6Address::ConvertFrom(address).CombinePrefix(prefix), prefix);
    }
}

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

uint8_t
GetBits(const Address& address)
{
    return Ipv4Address::IsMatchingType(address) ? 32 : 128;
}

void
AddBlackholeRoute(Ptr<Node> node, const Address& address, uint8_t length, Reject reject)
{
    BlackholeHelper helper;
    helper.SetReject(reject);
    CallWithNetwork(address, length, [node, &helper](const auto& network, const auto& mask) {
        helper.AddRoute(node, network, mask);
    });
}

void
RemoveBlackholeRoute(Ptr<Node> node, const Address& address, uint8_t length)
{
    CallWithNetwork(address, length, [node](const auto& network, const auto& mask) {
        BlackholeHelper::RemoveRoute(node, network, mask);
    });
}

uint64_t
CountSunk(Ptr<Node> node)
{
    uint64_t sunk = 0;
    for (uint32_t i = 0; i < node->GetNDevices(); ++i)
    {
        if (const auto device = DynamicCast<BlackholeNetDevice>(node->GetDevice(i)))
        {
            sunk += device->GetStats().txPackets;
        }
    }
    return sunk;
}

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
