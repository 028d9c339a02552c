/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "hidden-interface.h"

#include "dad-pause.h"

#include "ns3/ipv4-interface-address.h"
#include "ns3/ipv4-interface.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv6-interface.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/node.h"

namespace ns3
{

uint32_t
AddHiddenInterface(Ptr<Ipv4> ip, Ptr<NetDevice> device)
{
    constexpr uint32_t FIRST_ADDRESS = 0x7f800000;
    const auto index = ip->AddInterface(device);
    Ipv4InterfaceAddress address(Ipv4Address(FIRST_ADDRESS + device->GetNode()->GetId()),
                                 Ipv4Mask::GetOnes());
    address.SetScope(Ipv4InterfaceAddress::HOST);
    ip->SetForwarding(index, false);
    // The stack's own methods would tell the routing protocols.
    const auto interface = ip->GetObject<Ipv4L3Protocol>()->GetInterface(index);
    interface->AddAddress(address);
    interface->SetUp();
    return index;
}

uint32_t
AddHiddenInterface(Ptr<Ipv6> ip, Ptr<NetDevice> device)
{
    const DadPause noDad(device->GetNode()->GetObject<Icmpv6L4Protocol>());
    const auto index = ip->AddInterface(device);
    // A router's interface does not ask for routers.
    ip->SetForwarding(index, true);
    const auto interface = ip->GetObject<Ipv6L3Protocol>()->GetInterface(index);
    interface->SetUp();
    while (interface->GetNAddresses() > 0)
    {
        interface->RemoveAddress(uint32_t{0});
    }
    return index;
}

} // namespace ns3
