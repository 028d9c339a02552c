/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "blackhole-helper.h"

namespace ns3
{

BlackholeHelper::BlackholeHelper()
    : PseudoNetDeviceHelper("ns3::BlackholeNetDevice")
{
}

void
BlackholeHelper::AddDevice(Ptr<Node> node, Ptr<NetDevice> device) const
{
    device->SetAddress(Mac48Address::Allocate());
    PseudoNetDeviceHelper::AddDevice(node, device);
}

} // namespace ns3
