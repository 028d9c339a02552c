/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef BLACKHOLE_HELPER_H
#define BLACKHOLE_HELPER_H

#include "pseudo-net-device-helper.h"

#include "ns3/blackhole-net-device.h"

namespace ns3
{

/**
 * \ingroup loopback
 *
 * Puts BlackholeNetDevices on nodes, as many a node as one likes.
 */
class BlackholeHelper : public PseudoNetDeviceHelper
{
  public:
    BlackholeHelper();
};

} // namespace ns3

#endif /* BLACKHOLE_HELPER_H */
