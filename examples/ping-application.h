/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PING_APPLICATION_H
#define PING_APPLICATION_H

#include "ns3/address.h"
#include "ns3/node.h"
#include "ns3/nstime.h"

#include <cstdint>

/// The smallest payload of ns-3's ping, which keeps numbers of its own in it.
constexpr uint32_t MIN_PING_SIZE = 16;

/// What to ping, and how.
struct PingSettings
{
    ns3::Address destination;            //!< an Ipv4Address or Ipv6Address
    uint32_t count{5};                   //!< requests to send
    uint32_t size{56};                   //!< bytes of payload, MIN_PING_SIZE at least
    ns3::Time interval{ns3::Seconds(1)}; //!< from one request to the next
};

/**
 * Put ns-3's ping application on a node, whatever it is called in this release. It prints nothing.
 * @param node the node
 * @param settings what to ping, and how
 */
void InstallPing(ns3::Ptr<ns3::Node> node, const PingSettings& settings);

#endif /* PING_APPLICATION_H */
