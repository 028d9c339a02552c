/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef ADDRESS_TRAFFIC_H
#define ADDRESS_TRAFFIC_H

#include "ns3/address.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/packet.h"

#include <cstdint>
#include <map>

namespace ns3::tests
{

/// By which devices the UDP datagrams to an address leave a node and come in, at the IP layer.
class AddressTraffic
{
  public:
    /**
     * @param node the node, which has its stacks
     * @param address the Ipv4Address or Ipv6Address; the simulation ends before this object does
     */
    AddressTraffic(Ptr<Node> node, const Address& address);

    AddressTraffic(const AddressTraffic&) = delete;
    AddressTraffic& operator=(const AddressTraffic&) = delete;

    /**
     * @param device a device of the node
     * @return packets to the address that the stack sent by it
     */
    uint32_t GetSentBy(Ptr<NetDevice> device) const;
    /**
     * @param device a device of the node
     * @return packets to the address that the stack received by it
     */
    uint32_t GetReceivedBy(Ptr<NetDevice> device) const;
    /// @return packets to the address that the stack sent, by whatever device
    uint32_t GetSent() const;

  private:
    using Counts = std::map<Ptr<NetDevice>, uint32_t>; //!< packets of each device

    /**
     * @param packet a packet with its IP header
     * @param ip the stack
     * @param interface the interface's number
     */
    template <class Header, class Ip>
    void OnTx(Ptr<const Packet> packet, Ptr<Ip> ip, uint32_t interface);
    /**
     * @param packet a packet with its IP header
     * @param ip the stack
     * @param interface the interface's number
     */
    template <class Header, class Ip>
    void OnRx(Ptr<const Packet> packet, Ptr<Ip> ip, uint32_t interface);
    /**
     * @param packet a packet with its IP header
     * @param device the device that it came or went by
     * @param counts where it is counted if it is one to the address
     */
    template <class Header>
    void Count(Ptr<const Packet> packet, Ptr<NetDevice> device, Counts& counts) const;

    const Address m_address; //!< the address
    Counts m_sent;           //!< packets sent
    Counts m_received;       //!< packets received
};

} // namespace ns3::tests

#endif /* ADDRESS_TRAFFIC_H */
