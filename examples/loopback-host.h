/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LOOPBACK_HOST_H
#define LOOPBACK_HOST_H

#include "program-options.h"

#include "ns3/address.h"
#include "ns3/lo-net-device.h"
#include "ns3/node-container.h"

#include <cstdint>
#include <string>

/**
 * @file
 * A host that talks to itself, as lo-ping and lo-tcp simulate it, and the options that say how.
 */

/// What is to be known of a host.
struct LoopbackHostOptions
{
    std::string destination{"127.0.0.1"}; //!< an address that the host is to have
    std::string delivery;                 //!< the device's Delivery; empty for its default
    uint64_t mtu{0};                      //!< the device's Mtu; 0 for its default
    std::string pcap;                     //!< a capture to write; empty for none
    std::string json;                     //!< counters to write as JSON; empty for none

    /**
     * @param options where to add the options
     */
    void AddTo(ProgramOptions& options);
};

/// A host.
struct LoopbackHost
{
    ns3::NodeContainer nodes;      //!< the one node
    ns3::Ptr<ns3::LoNetDevice> lo; //!< its loopback device
    ns3::Address destination;      //!< an Ipv4Address or Ipv6Address that the host has

    /**
     * @return the node
     */
    ns3::Ptr<ns3::Node> GetNode() const;
};

/**
 * Make a host with a LoNetDevice and the Internet stack. What can not be comes as a ProgramError.
 * @param options how it is to be
 * @return the host
 */
LoopbackHost MakeLoopbackHost(const LoopbackHostOptions& options);

/**
 * @param address an Ipv4Address or Ipv6Address
 * @param port a port
 * @return what a socket is bound or connected to
 */
ns3::Address MakeSocketAddress(const ns3::Address& address, uint16_t port);

#endif /* LOOPBACK_HOST_H */
