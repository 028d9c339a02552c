/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-node.h"

#include "ns3/boolean.h"
#include "ns3/icmpv6-l4-protocol.h"
#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv6-static-routing-helper.h"
#include "ns3/loopback-module.h"
#include "ns3/string.h"

namespace ns3::tests
{

std::string
NameOf(Loopback loopback)
{
    static const std::string names[]{"ns3::LoopbackNetDevice",
                                     "Immediate",
                                     "Scheduled",
                                     "Backlog",
                                     "installed after the stack"};
    return names[static_cast<int>(loopback)];
}

std::string
NameOf(IpVersion version)
{
    return Pick(version, "IPv4", "IPv6");
}

namespace
{

/// Make packets to ::1 come from ::1, as since ns-3 3.36. Before, they came from ::, which no
/// receiver can answer, unless ::1 had a global scope.
void
SetLoopbackSource(Ptr<Node> node)
{
    const auto ipv6 = node->GetObject<Ipv6>();
    const auto loopback = Ipv6Address::GetLoopback();
    if (ipv6->SourceAddressSelection(0, loopback) != loopback)
    {
        Ipv6InterfaceAddress address(loopback, Ipv6Prefix(128));
        address.SetScope(Ipv6InterfaceAddress::GLOBAL);
        const auto icmpv6 = node->GetObject<Icmpv6L4Protocol>();
        icmpv6->SetAttribute("DAD", BooleanValue(false));
        ipv6->RemoveAddress(0, 0);
        ipv6->AddAddress(0, address);
        icmpv6->SetAttribute("DAD", BooleanValue(true));
    }
}

} // namespace

Ptr<Node>
CreateLoopbackNode(Loopback loopback, uint16_t mtu)
{
    auto node = CreateObject<Node>();
    LoHelper lo;
    const bool isAfter = loopback == Loopback::AFTER;
    if (loopback != Loopback::REFERENCE && !isAfter)
    {
        lo.SetDeviceAttribute("Delivery", StringValue(NameOf(loopback)));
        lo.Install(node);
    }
    InternetStackHelper internet;
    internet.Install(node);
    internet.AssignStreams(NodeContainer(node), 0);
    SetLoopbackSource(node);
    if (isAfter)
    {
        lo.Install(node);
    }
    node->GetDevice(node->GetNDevices() - 1)->SetMtu(mtu);
    return node;
}

uint32_t
AddInterface(Ptr<NetDevice> device, const char* ipv4Address, const char* ipv6Address)
{
    const auto ipv4 = device->GetNode()->GetObject<Ipv4>();
    const auto interface4 = ipv4->AddInterface(device);
    ipv4->AddAddress(interface4, {Ipv4Address(ipv4Address), Ipv4Mask("/24")});
    ipv4->SetUp(interface4);
    const auto ipv6 = device->GetNode()->GetObject<Ipv6>();
    const auto interface6 = ipv6->AddInterface(device);
    // A router's interface does not ask for routers.
    ipv6->SetForwarding(interface6, true);
    ipv6->AddAddress(interface6, {Ipv6Address(ipv6Address), Ipv6Prefix(64)});
    ipv6->SetUp(interface6);
    return interface6;
}

void
SetDefaultRoute(Ptr<Node> node, const Address& gateway)
{
    if (GetVersion(gateway) == IpVersion::V4)
    {
        const auto ip = node->GetObject<Ipv4>();
        Ipv4StaticRoutingHelper().GetStaticRouting(ip)->SetDefaultRoute(
            Ipv4Address::ConvertFrom(gateway),
            1);
    }
    else
    {
        const auto ip = node->GetObject<Ipv6>();
        Ipv6StaticRoutingHelper().GetStaticRouting(ip)->SetDefaultRoute(
            Ipv6Address::ConvertFrom(gateway),
            1);
    }
}

Address
ParseAddress(const std::string& text)
{
    return text.find(':') == std::string::npos ? Address(Ipv4Address(text.c_str()))
                                               : Address(Ipv6Address(text.c_str()));
}

IpVersion
GetVersion(const Address& address)
{
    return Ipv4Address::IsMatchingType(address) ? IpVersion::V4 : IpVersion::V6;
}

Address
MakeEndpoint(const Address& address, uint16_t port)
{
    return GetVersion(address) == IpVersion::V4
               ? Address(InetSocketAddress(Ipv4Address::ConvertFrom(address), port))
               : Address(Inet6SocketAddress(Ipv6Address::ConvertFrom(address), port));
}

uint32_t
GetHeaderSize(IpVersion version)
{
    return Pick(version, 20U, 40U);
}

Address
GetLoopbackAddress(IpVersion version)
{
    return ParseAddress(Pick(version, "127.0.0.1", "::1"));
}

Address
GetLoopbackEndpoint(IpVersion version, uint16_t port)
{
    return MakeEndpoint(GetLoopbackAddress(version), port);
}

Address
GetAnyEndpoint(IpVersion version, uint16_t port)
{
    return MakeEndpoint(ParseAddress(Pick(version, "0.0.0.0", "::")), port);
}

} // namespace ns3::tests
