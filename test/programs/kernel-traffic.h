/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef KERNEL_TRAFFIC_H
#define KERNEL_TRAFFIC_H

#include "ns3/address.h"
#include "ns3/node.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <memory>
#include <string>

/**
 * Traffic that test/kernel-diff/traffic.py sends over the kernel's lo, in ns-3's words: sends one
 * message after the other, and counts what became of them.
 */
class Traffic
{
  public:
    virtual ~Traffic() = default;

    /// Send one more message. Call it in the node's context.
    virtual void SendOne() = 0;

    unsigned answered{0}; //!< messages that were answered, or arrived where none are answered
    unsigned refused{0};  //!< messages that the other side refused
    unsigned failed{0};   //!< messages that could not be sent
};

/**
 * @param kind `ping`, `udp`, `udp-closed` or `tcp-closed`
 * @param node the node that sends and receives
 * @param destination an IPv4 or IPv6 address of the node, or one of a group of hosts
 * @param size bytes of payload
 * @return the traffic, or null if there is no such kind
 */
std::unique_ptr<Traffic> MakeTraffic(const std::string& kind,
                                     ns3::Ptr<ns3::Node> node,
                                     const ns3::Address& destination,
                                     uint32_t size);

#endif /* KERNEL_TRAFFIC_H */
