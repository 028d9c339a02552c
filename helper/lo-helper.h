/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LO_HELPER_H
#define LO_HELPER_H

#include "pseudo-net-device-helper.h"

#include "ns3/lo-net-device.h"

#include <cstdint>

namespace ns3
{

/**
 * \ingroup loopback
 *
 * Puts a LoNetDevice on nodes, before the Internet stack, which adopts it as 127.0.0.1 and ::1.
 */
class LoHelper : public PseudoNetDeviceHelper
{
  public:
    LoHelper();

    /**
     * \param node a node
     * \return its LoNetDevice, or null if it has none
     */
    static Ptr<LoNetDevice> GetLo(Ptr<Node> node);

    /**
     * Give fixed random streams to the receive error models of the LoNetDevices among the devices,
     * so that a run can be repeated.
     * \param devices the devices
     * \param stream number of the first stream
     * \return how many streams were given
     */
    int64_t AssignStreams(const NetDeviceContainer& devices, int64_t stream) const;

  private:
    void CheckInstall(Ptr<Node> node) const override;
};

} // namespace ns3

#endif /* LO_HELPER_H */
