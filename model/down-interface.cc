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
#include "ns3/node.h"

namespace ns3
{

void
AddDownInterface(Ptr<NetDevice> device)
{
    const auto node = device->GetNode();
    const auto ipv4 = node ? node->GetObject<Ipv4L3Protocol>() : nullptr;
    if (ipv4 && ipv4->GetInterfaceForDevice(device) == -1)
    {
        // ns-3's limited broadcast and OLSR look at the address, and pass over 127.0.0.1. A script
        // may set all interfaces up: no network and no broadcast must lead to the device then.
        Ipv4InterfaceAddress own(Ipv4Address::GetLoopback(), Ipv4Mask::GetOnes());
        own.SetBroadcast(
            Ipv4Address::GetLoopback().GetSubnetDirectedBroadcast(Ipv4Mask::GetLoopback()));
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
