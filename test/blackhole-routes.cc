/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "blackhole-routes.h"

namespace ns3::tests
{

namespace
{

/// Call a function with the network that an address is in.
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

} // namespace ns3::tests
