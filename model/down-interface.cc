/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "down-interface.h"

#include "ns3/ipv4.h"
#include "ns3/ipv6.h"
#include "ns3/node-list.h"
#include "ns3/node.h"
#include "ns3/simulation-singleton.h"

#include <algorithm>
#include <cstdint>

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
    uint32_t nextAddress{0x7f800000};                 ///< 127.128.0.0 and up
};

} // namespace

void
AddDownInterface(Ptr<NetDevice> device)
{
    auto& use = *SimulationSingleton<NixVectorUse>::Get();
    const auto node = device->GetNode();
    const auto ipv4 = node && use.isIpv4 ? node->GetObject<Ipv4>() : nullptr;
    if (ipv4 && ipv4->GetInterfaceForDevice(device) == -1)
    {
        // ns-3's limited broadcast and OLSR need an address, and nix-vector aborts if two devices
        // have the same. A script may set all interfaces up: no network must lead to the device
        // then, and ns-3 adds no route for an unset mask. With a mask of ones the address would be
        // a broadcast address, whose flows FlowMonitor leaves out.
        Ipv4InterfaceAddress own(Ipv4Address(use.nextAddress++), Ipv4Mask());
        own.SetScope(Ipv4InterfaceAddress::HOST);
        ipv4->AddAddress(ipv4->AddInterface(device), own);
    }
    const auto ipv6 = node && use.isIpv6 ? node->GetObject<Ipv6>() : nullptr;
    if (ipv6 && ipv6->GetInterfaceForDevice(device) == -1)
    {
        ipv6->AddInterface(device);
    }
}

} // namespace ns3
