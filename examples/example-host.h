/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef EXAMPLE_HOST_H
#define EXAMPLE_HOST_H

#include "ns3/address.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/node.h"

#include <cstdint>
#include <string>

/**
 * @file
 * What the programs do to a host beyond LoHelper and InternetStackHelper.
 */

class ExampleOptions;

/// The captures of a host's lo that the user asks for.
struct Captures
{
    std::string pcap;   //!< name of a pcap, or nothing
    std::string pcapng; //!< name of a pcapng, or nothing

    /**
     * Add the options --pcap and --pcapng.
     * @param options where to add
     */
    void AddOptions(ExampleOptions& options);

    /// Throw an ExampleError unless the files can be written.
    void Check() const;

    /**
     * Capture what crosses lo from now on.
     * @param host the host
     */
    void Enable(const ns3::NodeContainer& host) const;
};

/**
 * Give a host an address, as `ip address add ADDRESS dev lo` does. An address that the host has,
 * such as 127.0.0.1 or ::1, changes nothing.
 * @param node the host, with a loopback device and the Internet stack
 * @param address an Ipv4Address or Ipv6Address
 */
void AddLoAddress(ns3::Ptr<ns3::Node> node, const ns3::Address& address);

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
