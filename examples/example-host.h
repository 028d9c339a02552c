/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef EXAMPLE_HOST_H
#define EXAMPLE_HOST_H

#include "example-options.h"

#include "ns3/address.h"
#include "ns3/ipv4-address.h"
#include "ns3/lo-net-device.h"
#include "ns3/net-device-container.h"
#include "ns3/node.h"

#include <cstdint>
#include <ostream>
#include <string>

/**
 * @file
 * What the programs do to a host beyond LoHelper and InternetStackHelper.
 */

/// A host with a loopback device, and the options and files that programs share.
struct LoHost
{
    ns3::Address address{ns3::Ipv4Address::GetLoopback()}; //!< an address of lo
    std::string netem;                                     //!< netem's parameters, or nothing
    std::string pcap;                                      //!< file of the capture, or nothing
    std::string pcapng;                                    //!< the same as pcapng
    std::string json;                                      //!< file of the counters, or nothing
    ns3::Ptr<ns3::Node> node;                              //!< the host
    ns3::Ptr<ns3::LoNetDevice> lo;                         //!< its loopback device

    /**
     * Add --dest, --mtu, --delivery, --netem, --pcap, --pcapng and --json.
     * @param options the program's options
     */
    void AddOptions(ExampleOptions& options);

    /// Create the host, with its address, its impairment and its captures.
    void Create();

    /**
     * Print the counters, destroy the simulation, and write the file of the counters.
     * @param report where to print
     */
    void Finish(std::ostream& report) const;
};

/**
 * @param address an Ipv4Address or Ipv6Address
 * @param port a port
 * @return what a socket binds or connects to
 */
ns3::Address MakeSocketAddress(const ns3::Address& address, uint16_t port);

/**
 * Throw an ExampleError unless netem knows all words.
 * @param words netem's parameters
 */
void CheckNetem(const std::string& words);

/**
 * Impair devices, as `tc qdisc add dev lo root netem WORDS` does.
 * @param words netem's parameters; nothing is done without any; unknown ones are an ExampleError
 * @param devices the devices, of hosts with the Internet stack
 */
void InstallNetem(const std::string& words, const ns3::NetDeviceContainer& devices);

#endif /* EXAMPLE_HOST_H */
