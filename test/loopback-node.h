/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LOOPBACK_NODE_H
#define LOOPBACK_NODE_H

#include "ns3/address.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6.h"
#include "ns3/node.h"

#include <cstdint>
#include <string>

namespace ns3::tests
{

/// The loopback that carries a test's traffic.
enum class Loopback
{
    REFERENCE, //!< the ns3::LoopbackNetDevice that the Internet stack makes
    IMMEDIATE, //!< a LoNetDevice with Delivery=Immediate
    SCHEDULED, //!< a LoNetDevice with Delivery=Scheduled
    BACKLOG,   //!< a LoNetDevice with Delivery=Backlog
    AFTER,     //!< a LoNetDevice with Delivery=Immediate that is installed after the stack
};

/// All loopbacks to compare with the reference.
constexpr Loopback ALL_LOS[]{Loopback::IMMEDIATE,
                             Loopback::SCHEDULED,
                             Loopback::BACKLOG,
                             Loopback::AFTER};

/// Which of the node's stacks a test's traffic uses.
enum class IpVersion
{
    V4, //!< 127.0.0.1
    V6, //!< ::1
};

/// Both stacks.
constexpr IpVersion IP_VERSIONS[]{IpVersion::V4, IpVersion::V6};

/**
 * @param loopback a loopback
 * @return its name in a test's messages
 */
std::string NameOf(Loopback loopback);

/**
 * @param version an IP version
 * @return its name in a test's messages
 */
std::string NameOf(IpVersion version);

/**
 * @param version an IP version
 * @param ipv4 a value for IPv4
 * @param ipv6 a value for IPv6
 * @return the value for the version
 */
template <class T>
T
Pick(IpVersion version, T ipv4, T ipv6)
{
    return version == IpVersion::V4 ? ipv4 : ipv6;
}

/**
 * Call a function with a node's stack of an IP version.
 * @param node the node
 * @param version the IP version
 * @param function takes a Ptr<Ipv4> or a Ptr<Ipv6>
 */
template <class Function>
void
WithIp(Ptr<Node> node, IpVersion version, Function function)
{
    version == IpVersion::V4 ? function(node->GetObject<Ipv4>())
                             : function(node->GetObject<Ipv6>());
}

/**
 * Make a node with a loopback as its only device, and an IPv4 and an IPv6 stack.
 *
 * The stacks' random streams are fixed, so that two runs of a scenario draw the same numbers.
 * @param loopback the loopback
 * @param mtu the loopback's MTU, in bytes
 * @return the node
 */
Ptr<Node> CreateLoopbackNode(Loopback loopback, uint16_t mtu = 65535);

/**
 * Give a device an interface that is up in its router's stacks.
 * @param device the device
 * @param ipv4Address its IPv4 address, with a prefix length of 24
 * @param ipv6Address its IPv6 address, with a prefix length of 64
 * @return the number of the IPv6 interface
 */
uint32_t AddInterface(Ptr<NetDevice> device, const char* ipv4Address, const char* ipv6Address);

/**
 * Add a default route over a node's first link to its static routing.
 * @param node the node
 * @param gateway the Ipv4Address or Ipv6Address of the gateway
 */
void SetDefaultRoute(Ptr<Node> node, const Address& gateway);

/**
 * @param text an IPv4 or IPv6 address as text
 * @return the Ipv4Address or Ipv6Address
 */
Address ParseAddress(const std::string& text);

/**
 * @param address an Ipv4Address or an Ipv6Address
 * @return its IP version
 */
IpVersion GetVersion(const Address& address);

/**
 * @param address an Ipv4Address or an Ipv6Address
 * @param port a port
 * @return the endpoint
 */
Address MakeEndpoint(const Address& address, uint16_t port);

/**
 * @param version an IP version
 * @return the size of its header in bytes
 */
uint32_t GetHeaderSize(IpVersion version);

/**
 * @param version an IP version
 * @return the node's own address
 */
Address GetLoopbackAddress(IpVersion version);

/**
 * @param version an IP version
 * @param port a port
 * @return that port of the node's own address
 */
Address GetLoopbackEndpoint(IpVersion version, uint16_t port);

/**
 * @param version an IP version
 * @param port a port
 * @return that port of any address
 */
Address GetAnyEndpoint(IpVersion version, uint16_t port);

} // namespace ns3::tests

#endif /* LOOPBACK_NODE_H */
