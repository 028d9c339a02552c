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
#include "ns3/ipv4-list-routing.h"
#include "ns3/ipv6-interface.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/node.h"

#include <string>

namespace ns3
{

namespace
{

constexpr uint32_t FIRST_UNIQUE_ADDRESS{0x7f800000}; ///< 127.128.0.0

bool
IsNixVector(Ptr<Ipv4RoutingProtocol> protocol)
{
    if (const auto list = DynamicCast<Ipv4ListRouting>(protocol))
    {
        for (uint32_t i = 0; i < list->GetNRoutingProtocols(); ++i)
        {
            int16_t priority{};
            if (IsNixVector(list->GetRoutingProtocol(i, priority)))
            {
                return true;
            }
        }
        return false;
    }
    return protocol->GetInstanceTypeId().GetName().find("NixVector") != std::string::npos;
}

} // namespace

uint32_t
AddHiddenInterface(Ptr<Ipv4> ip, Ptr<NetDevice> device)
{
    const auto index = ip->AddInterface(device);
    const auto local = IsNixVector(ip->GetRoutingProtocol())
                           ? Ipv4Address(FIRST_UNIQUE_ADDRESS + device->GetNode()->GetId())
                           : Ipv4Address::GetLoopback();
    Ipv4InterfaceAddress address(local, Ipv4Mask::GetOnes());
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
    const auto interface = ip->GetObject<Ipv6L3Protocol>()->GetInterface(index);
    interface->SetUp();
    while (interface->GetNAddresses() > 0)
    {
        interface->RemoveAddress(uint32_t{0});
    }
    return index;
}

} // namespace ns3
