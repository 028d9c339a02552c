/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef UDP_FLOW_H
#define UDP_FLOW_H

#include "loopback-node.h"

#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/socket.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3::tests
{

constexpr uint32_t COUNT{10}; ///< datagrams in a UdpFlow of default settings

/// Settings of a UdpFlow.
struct UdpFlowSettings
{
    Time start{0}; //!< time of the first datagram
    /// Time between datagrams; ns-3's ARP drops faster ones while it resolves the address.
    Time interval{MilliSeconds(100)};
    uint32_t count{COUNT}; //!< datagrams
    uint32_t size{100};    //!< bytes of payload in each
    uint16_t port{9};      //!< the receiver's port
};

/// A flow of datagrams at fixed times to a node, with a record of their arrivals.
class UdpFlow
{
  public:
    /**
     * @param from the node that sends
     * @param to the node that receives, on all its addresses; both have their stacks
     * @param destination the Ipv4Address or Ipv6Address to send to
     * @param settings the settings; the simulation ends before this object does
     */
    UdpFlow(Ptr<Node> from,
            Ptr<Node> to,
            const Address& destination,
            const UdpFlowSettings& settings);

    UdpFlow(const UdpFlow&) = delete;
    UdpFlow& operator=(const UdpFlow&) = delete;

    uint32_t received{0};    //!< datagrams that arrived with all their bytes
    std::string arrivals;    //!< time in nanoseconds and size of each datagram that arrived
    std::vector<Time> times; //!< times of arrival

  private:
    /// Send a datagram, and schedule the next one.
    void Send();
    /**
     * @param socket the socket of the receiver
     */
    void Receive(Ptr<Socket> socket);

    const UdpFlowSettings m_settings; //!< the settings
    const Address m_destination;      //!< address and port to send to
    Ptr<Socket> m_client;             //!< the sender's socket
    Ptr<Socket> m_server;             //!< the receiver's socket
    uint32_t m_sent{0};               //!< datagrams sent
};

} // namespace ns3::tests

#endif /* UDP_FLOW_H */
