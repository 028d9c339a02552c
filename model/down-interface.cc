/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "down-interface.h"

#include "ns3/ipv4.h"
#include "ns3/ipv6.h"
#include "ns3/node.h"

namespace ns3
{

namespace
{

/// Add the interface to a stack that is there and has a routing protocol of that name.
template <class Ip>
void
AddTo(Ptr<NetDevice> device, const char* nixVectorRouting)
{
    const auto node = device->GetNode();
    const auto ip = node ? node->GetObject<Ip>() : nullptr;
    TypeId nix;
    if (ip && TypeId::LookupByNameFailSafe(nixVectorRouting, &nix) &&
        node->GetObject<Object>(nix) && ip->GetInterfaceForDevice(device) == -1)
    {
        ip->AddInterface(device);
    }
}

} // namespace

void
AddDownInterface(Ptr<NetDevice> device)
{
    AddTo<Ipv4>(device, "ns3::Ipv4NixVectorRouting");
    AddTo<Ipv6>(device, "ns3::Ipv6NixVectorRouting");
}

} // namespace ns3
