/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "down-interface.h"

#include "ns3/ipv4-interface-address.h"
#include "ns3/ipv4-interface.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/loopback-net-device.h"
#include "ns3/node-list.h"
#include "ns3/node.h"
#include "ns3/simulation-singleton.h"

#include <algorithm>

namespace ns3
{

namespace
{

/// @return whether a node has a routing protocol
bool
IsUsed(const char* protocol)
{
    TypeId type;
    return TypeId::LookupByNameFailSafe(protocol, &type) &&
           std::any_of(NodeList::Begin(), NodeList::End(), [type](Ptr<Node> node) {
               return node->GetObject<Object>(type) != nullptr;
           });
}

/// Whether nodes have nix-vector routing when the first device is initialized. One node is enough:
/// its search for a way passes nodes with other routing protocols, too.
struct NixVectorUse
{
    bool isIpv4{IsUsed("ns3::Ipv4NixVectorRouting")}; ///< in IPv4
    bool isIpv6{IsUsed("ns3::Ipv6NixVectorRouting")}; ///< in IPv6
};

/// @return the device's node's stack, or null if that has an interface for the device
template <class Ip>
Ptr<Ip>
GetStackWithout(Ptr<NetDevice> device)
{
    const auto node = device->GetNode();
    const auto ip = node ? node->GetObject<Ip>() : nullptr;
    return ip && ip->GetInterfaceForDevice(device) == -1 ? ip : nullptr;
}

} // namespace

void
AddDownInterface(Ptr<NetDevice> device)
{
    const auto& use = *SimulationSingleton<NixVectorUse>::Get();
    const auto ipv4 = use.isIpv4 ? GetStackWithout<Ipv4L3Protocol>(device) : nullptr;
    if (ipv4)
    {
        // ns-3's limited broadcast and OLSR need an address, and pass over 127.0.0.1, but
        // nix-vector aborts if two devices other than loopbacks have the same.
        constexpr uint32_t first = 0x7f800000; // 127.128.0.0
        const auto address =
            DynamicCast<LoopbackNetDevice>(device)
                ? Ipv4Address::GetLoopback()
                : Ipv4Address(first + (device->GetNode()->GetId() << 8) + device->GetIfIndex());
        // A script may set all interfaces up: no network must lead to the device then, and ns-3
        // adds no route for an unset mask. With a mask of ones the address would be a broadcast
        // address, whose flows FlowMonitor leaves out.
        Ipv4InterfaceAddress own(address, Ipv4Mask());
        own.SetScope(Ipv4InterfaceAddress::HOST);
        ipv4->GetInterface(ipv4->AddInterface(device))->AddAddress(own);
    }
    const auto ipv6 = use.isIpv6 ? GetStackWithout<Ipv6L3Protocol>(device) : nullptr;
    if (ipv6)
    {
        ipv6->AddInterface(device);
    }
}

} // namespace ns3
