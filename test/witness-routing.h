/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef WITNESS_ROUTING_H
#define WITNESS_ROUTING_H

#include "ns3/ipv4-interface-address.h"
#include "ns3/ipv6-interface-address.h"

#include <vector>

namespace ns3::tests
{

/**
 * Remembers what it is told.
 * @tparam StaticRouting Ipv4StaticRouting or Ipv6StaticRouting
 * @tparam InterfaceAddress Ipv4InterfaceAddress or Ipv6InterfaceAddress
 */
template <class StaticRouting, class InterfaceAddress>
class WitnessRouting : public StaticRouting
{
  public:
    void NotifyInterfaceUp(uint32_t interface) override
    {
        up.push_back(interface);
    }

    void NotifyInterfaceDown(uint32_t interface) override
    {
        down.push_back(interface);
    }

    void NotifyAddAddress(uint32_t /* interface */, InterfaceAddress address) override
    {
        added.push_back(address.GetAddress());
    }

    void NotifyRemoveAddress(uint32_t /* interface */, InterfaceAddress address) override
    {
        removed.push_back(address.GetAddress());
    }

    /// Forget it all.
    void Forget()
    {
        up.clear();
        down.clear();
        added.clear();
        removed.clear();
    }

    std::vector<uint32_t> up;     //!< interfaces that came up
    std::vector<uint32_t> down;   //!< interfaces that went down
    std::vector<Address> added;   //!< addresses that interfaces got
    std::vector<Address> removed; //!< addresses that interfaces lost
};

} // namespace ns3::tests

#endif /* WITNESS_ROUTING_H */
