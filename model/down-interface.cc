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

#include <algorithm>

namespace ns3
{

namespace
{

/// @return whether a node has IPv4 nix-vector routing
bool
IsNixVectorUsed()
{
    TypeId nix;
    return TypeId::LookupByNameFailSafe("ns3::Ipv4NixVectorRouting", &nix) &&
           std::any_of(NodeList::Begin(), NodeList::End(), [nix](Ptr<Node> node) {
               return node->GetObject<Object>(nix) != nullptr;
           });
}

/**
 * Choose an address for the interface. ns-3's limited broadcast and OLSR look at it, and pass over
 * 127.0.0.1, but nix-vector aborts if two devices other than loopbacks have the same.
 * @param device the device
 * @return the address
 */
Ipv4Address
GetUnusedAddress(Ptr<NetDevice> device)
{
    constexpr uint32_t first = 0x7f800000; // 127.128.0.0
    return !DynamicCast<LoopbackNetDevice>(device) && IsNixVectorUsed()
               ? Ipv4Address(first + device->GetNode()->GetId())
               : Ipv4Address::GetLoopback();
}

} // namespace

void
AddDownInterface(Ptr<NetDevice> device)
{
    const auto node = device->GetNode();
    const auto ipv4 = node ? node->GetObject<Ipv4L3Protocol>() : nullptr;
    if (ipv4 && ipv4->GetInterfaceForDevice(device) == -1)
    {
        // A script may set all interfaces up: no network must lead to the device then, and ns-3
        // adds no route for an unset mask. With a mask of ones the address would be a broadcast
        // address, whose flows FlowMonitor leaves out.
        Ipv4InterfaceAddress own(GetUnusedAddress(device), Ipv4Mask());
        own.SetScope(Ipv4InterfaceAddress::HOST);
        ipv4->GetInterface(ipv4->AddInterface(device))->AddAddress(own);
    }
    const auto ipv6 = node ? node->GetObject<Ipv6L3Protocol>() : nullptr;
    if (ipv6 && ipv6->GetInterfaceForDevice(device) == -1)
    {
        ipv6->AddInterface(device);
    }
}

} // namespace ns3
