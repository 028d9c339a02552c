/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-host.h"

#include "program-error.h"

#include "ns3/boolean.h"
#include "ns3/icmpv6-l4-protocol.h"
#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-interface-address.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6-interface-address.h"
#include "ns3/ipv6.h"
#include "ns3/lo-helper.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <arpa/inet.h>

using namespace ns3;

namespace
{

/// The host's address on lo, as of `ip address add ADDRESS dev lo`, if it has not got it anyway.
void
AddAddress(Ptr<Node> node, Ipv4Address address)
{
    auto ipv4 = node->GetObject<Ipv4>();
    if (ipv4->GetInterfaceForAddress(address) < 0)
    {
        ipv4->AddAddress(0, Ipv4InterfaceAddress(address, Ipv4Mask::GetOnes()));
        ipv4->SetUp(0);
    }
}

/// @copydoc AddAddress
void
AddAddress(Ptr<Node> node, Ipv6Address address)
{
    auto ipv6 = node->GetObject<Ipv6>();
    if (ipv6->GetInterfaceForAddress(address) < 0)
    {
        // As on Linux's lo: nobody else can have the address.
        node->GetObject<Icmpv6L4Protocol>()->SetAttribute("DAD", BooleanValue(false));
        ipv6->AddAddress(0, Ipv6InterfaceAddress(address, Ipv6Prefix::GetOnes()));
        ipv6->SetUp(0);
    }
}

bool
IsUnicast(Ipv4Address address)
{
    return !address.IsMulticast() && !address.IsBroadcast() && !address.IsAny();
}

bool
IsUnicast(Ipv6Address address)
{
    return !address.IsMulticast() && !address.IsAny() && !address.IsIpv4MappedAddress();
}

/// ns-3 aborts on a text that is no address; inet_pton says so.
Address
GiveAddress(Ptr<Node> node, const std::string& text)
{
    in_addr ipv4{};
    in6_addr ipv6{};
    if (inet_pton(AF_INET, text.c_str(), &ipv4) == 1 && IsUnicast(Ipv4Address(text.c_str())))
    {
        const Ipv4Address address(text.c_str());
        AddAddress(node, address);
        return address;
    }
    if (inet_pton(AF_INET6, text.c_str(), &ipv6) == 1 && IsUnicast(Ipv6Address(text.c_str())))
    {
        const Ipv6Address address(text.c_str());
        AddAddress(node, address);
        return address;
    }
    throw ProgramError("--dest: '" + text + "' is not an IPv4 or IPv6 unicast address");
}

void
CheckDelivery(const std::string& delivery)
{
    if (delivery != "Immediate" && delivery != "Scheduled" && delivery != "Backlog")
    {
        throw ProgramError("--delivery: '" + delivery +
                           "' is not one of Immediate, Scheduled and Backlog");
    }
}

} // namespace

void
LoopbackHostOptions::AddTo(ProgramOptions& options)
{
    options.AddText("dest",
                    "ADDRESS",
                    destination,
                    "destination, 127.0.0.1 unless given; the host gets the address on lo if it "
                    "is not 127.0.0.1 or ::1");
    options.AddInteger("mtu", mtu, LoNetDevice::MIN_MTU, 65535, "MTU of lo, 65535 unless given");
    options.RefuseBoth("mtu", "ns3::LoNetDevice", "Mtu");
    options.AddText("delivery",
                    "HOW",
                    delivery,
                    "when a packet is delivered: Immediate (unless given), Scheduled or Backlog");
    options.RefuseBoth("delivery", "ns3::LoNetDevice", "Delivery");
    options.AddText("pcap", "FILE", pcap, "write what crosses lo to FILE, for Wireshark");
    options.AddText("json", "FILE", json, "write lo's counters to FILE, as `ip -s -j link show`");
}

Ptr<Node>
LoopbackHost::GetNode() const
{
    return nodes.Get(0);
}

LoopbackHost
MakeLoopbackHost(const LoopbackHostOptions& options)
{
    LoHelper loHelper;
    if (!options.delivery.empty())
    {
        CheckDelivery(options.delivery);
        loHelper.SetDeviceAttribute("Delivery", StringValue(options.delivery));
    }
    if (options.mtu != 0)
    {
        loHelper.SetDeviceAttribute("Mtu", UintegerValue(options.mtu));
    }
    LoopbackHost host;
    host.nodes.Create(1);
    // Before the stack, which adopts the device as 127.0.0.1 and ::1.
    loHelper.Install(host.nodes);
    InternetStackHelper().Install(host.nodes);
    host.lo = LoHelper::GetLo(host.GetNode());
    host.destination = GiveAddress(host.GetNode(), options.destination);
    return host;
}

Address
MakeSocketAddress(const Address& address, uint16_t port)
{
    if (Ipv4Address::IsMatchingType(address))
    {
        return InetSocketAddress(Ipv4Address::ConvertFrom(address), port);
    }
    return Inet6SocketAddress(Ipv6Address::ConvertFrom(address), port);
}
