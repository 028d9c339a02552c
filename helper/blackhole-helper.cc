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

} // namespace ns3
