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
 * Puts BlackholeNetDevices on nodes, as many a node as one likes. Each gets an address of its own,
 * by Mac48Address::Allocate, as Linux gives dummies random ones: IPv6 makes its link-local address
 * from that.
 */
class BlackholeHelper : public PseudoNetDeviceHelper
{
  public:
    BlackholeHelper();

  private:
    void AddDevice(Ptr<Node> node, Ptr<NetDevice> device) const override;
};

} // namespace ns3

#endif /* BLACKHOLE_HELPER_H */
