/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "node-routes.h"

#include "../model/ip-family.h"
#include "../model/ns3-release.h"

#include "ns3/output-stream-wrapper.h"

#include <sstream>

namespace ns3::tests
{

namespace
{

/// Call a function with an address's network.
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

template <class Family>
std::string
Output(Ptr<Node> node, const Address& destination, Ptr<NetDevice> oif)
{
    typename Family::Header header;
    SetAddresses(header, {}, Family::Address::ConvertFrom(destination));
    Socket::SocketErrno error = Socket::ERROR_NOTERROR;
    const auto routing = node->GetObject<typename Family::Ip>()->GetRoutingProtocol();
    const auto route = routing->RouteOutput(Create<Packet>(), header, oif, error);
    return route ? NameOf(route) : error == Socket::ERROR_INVAL ? "invalid" : "none";
}

/// Hand a packet to a routing protocol, which calls one of the callbacks.
template <class Family>
void
Input(Ptr<Node> node,
      const char* source,
      const Address& destination,
      Ptr<NetDevice> idev,
      std::string& decision,
      const typename Family::Protocol::UnicastForwardCallback& forward)
{
    using Header = typename Family::Header;
    using IpAddress = typename Family::Address;
    Header header;
    SetAddresses(header, IpAddress(source), IpAddress::ConvertFrom(destination));
    node->GetObject<typename Family::Ip>()->GetRoutingProtocol()->RouteInput(
        Create<Packet>(),
        header,
        idev,
        forward,
        typename Family::Protocol::MulticastForwardCallback(),
        ToCallback([&](Ptr<const Packet>, const Header&, uint32_t) { decision = "local"; }),
        ToCallback(
            [&](Ptr<const Packet>, const Header&, Socket::SocketErrno) { decision = "error"; }));
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
    return Ipv4Address::IsMatchingType(destination) ? Output<Ipv4Family>(node, destination, oif)
                                                    : Output<Ipv6Family>(node, destination, oif);
}

std::string
DecideInput(Ptr<Node> node, const Address& destination, Ptr<NetDevice> idev)
{
    std::string decision = "none";
    const auto before = CountSunk(node);
    if (Ipv4Address::IsMatchingType(destination))
    {
        Input<Ipv4Family>(
            node,
            "10.1.1.99",
            destination,
            idev,
            decision,
            ToCallback([&](Ptr<Ipv4Route> route, Ptr<const Packet>, const Ipv4Header&) {
                decision = NameOf(route);
            }));
    }
    else
    {
        Input<Ipv6Family>(node,
                          "2001:1::99",
                          destination,
                          idev,
                          decision,
                          ToCallback([&](Ptr<const NetDevice>,
                                         Ptr<Ipv6Route> route,
                                         Ptr<const Packet>,
                                         const Ipv6Header&) { decision = NameOf(route); }));
    }
    return CountSunk(node) > before ? "sunk" : decision;
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
