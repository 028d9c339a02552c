/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef REJECT_NETWORK_H
#define REJECT_NETWORK_H

#include "loopback-node.h"

#include "ns3/blackhole-helper.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv6-header.h"

#include <vector>

namespace ns3::tests
{

using Bytes = std::vector<uint8_t>; ///< the bytes of a packet

/**
 * @param packet a packet
 * @return its bytes
 */
Bytes GetBytes(Ptr<const Packet> packet);

/**
 * A host and a router, at 10.1.1.1 and .2, fd01::1 and ::2.
 *
 * The router has blackhole routes to 10.9.0.0/24 and fd09::/64, and forwards all other packets to
 * the host. The packets that the host receives are kept, except neighbour discovery.
 */
class RejectNetwork
{
  public:
    /**
     * Make the network.
     * @param reject how the routes answer
     */
    explicit RejectNetwork(Reject reject);

    /// Destroy the simulation.
    ~RejectNetwork();

    RejectNetwork(const RejectNetwork&) = delete;
    RejectNetwork& operator=(const RejectNetwork&) = delete;

    /**
     * Send a packet with tags from the host to the router, and run the simulation.
     * @param packet the packet with its IP header
     * @return the last answer, or zeros if there is none
     */
    Bytes Send(const Bytes& packet);

    Ptr<Node> host;             //!< the host
    Ptr<Node> router;           //!< the router
    Ptr<NetDevice> link;        //!< the router's device to the host
    bool tagged{false};         //!< whether an answer had a tag of the host's packet
    std::vector<Bytes> answers; //!< packets that the host received, with IP headers
    uint64_t sent{0};           //!< the IcmpRejecter's Sent
    uint64_t suppressed{0};     //!< the IcmpRejecter's Suppressed

  private:
    void OnReceive(Ptr<const Packet> packet);

    Ptr<NetDevice> m_hostLink; //!< the host's device
};

/**
 * @param version an IP version
 * @return the header of a UDP packet from the host into the route, with a TTL of 64
 */
Ipv4Header MakeIpv4Header();

/// @copydoc MakeIpv4Header
Ipv6Header MakeIpv6Header();

/**
 * @param header an IP header; the function sets its payload size
 * @param payload the payload
 * @return the packet
 */
Bytes MakePacket(Ipv4Header header, const Bytes& payload);

/// @copydoc MakePacket(Ipv4Header,const Bytes&)
Bytes MakePacket(Ipv6Header header, const Bytes& payload);

/**
 * @param version an IP version
 * @param size bytes of the IP payload: the UDP header and data
 * @return a UDP packet from the host into the route
 */
Bytes MakeUdp(IpVersion version, uint32_t size);

} // namespace ns3::tests

#endif /* REJECT_NETWORK_H */
