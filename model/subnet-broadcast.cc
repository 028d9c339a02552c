/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "subnet-broadcast.h"

#include "ns3/ipv4-interface-address.h"

namespace ns3
{

bool
IsSubnetBroadcast(Ptr<const Ipv4> ip, Ipv4Address address)
{
    for (uint32_t i = 0; i < ip->GetNInterfaces(); ++i)
    {
        for (uint32_t j = 0; j < ip->GetNAddresses(i); ++j)
        {
            const auto own = ip->GetAddress(i, j);
            if (own.GetMask().GetPrefixLength() < 31 && own.GetBroadcast() == address)
            {
                return true;
            }
        }
    }
    return false;
}

} // namespace ns3
