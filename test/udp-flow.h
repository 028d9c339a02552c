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

/// When and what a UdpFlow sends, and where it is received.
struct UdpFlowSettings
{
    Time start{0}; //!< time of the first datagram
    /// From one datagram to the next; ns-3's ARP drops what is sent faster while it asks.
    Time interval{MilliSeconds(100)};
    uint32_t count{10}; //!< datagrams
    uint32_t size{100}; //!< bytes of payload in each
    uint16_t port{9};   //!< where they are received
};

/// Datagrams at fixed times from one node to another, or to itself, and when they arrive.
class UdpFlow
{
  public:
    /**
     * @param from the node that sends
     * @param to the node that receives, on all its addresses; both have their stacks
     * @param destination the Ipv4Address or Ipv6Address that is sent to
     * @param settings when and what is sent; the simulation ends before this object does
     */
    UdpFlow(Ptr<Node> from,
            Ptr<Node> to,
            const Address& destination,
            const UdpFlowSettings& settings);

    UdpFlow(const UdpFlow&) = delete;
    UdpFlow& operator=(const UdpFlow&) = delete;

    uint32_t received{0};    //!< datagrams that arrived with all their bytes
    std::string arrivals;    //!< time in nanoseconds and size of each datagram that arrived
    std::vector<Time> times; //!< when each of them arrived

  private:
    /// Send a datagram, and have the next one sent.
    void Send();
    /**
     * @param socket the socket of the receiver
     */
    void Receive(Ptr<Socket> socket);

    const UdpFlowSettings m_settings; //!< when and what is sent
    const Address m_destination;      //!< address and port sent to
    Ptr<Socket> m_client;             //!< sends
    Ptr<Socket> m_server;             //!< receives
    uint32_t m_sent{0};               //!< datagrams sent
};

} // namespace ns3::tests

#endif /* UDP_FLOW_H */
