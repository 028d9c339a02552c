/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef BLACKHOLE_NET_DEVICE_H
#define BLACKHOLE_NET_DEVICE_H

#include "traced-link.h"

#include "ns3/channel.h"
#include "ns3/net-device.h"
#include "ns3/node.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * A device that silently discards every packet sent to it.
 *
 * Its Send is blackhole_netdev_xmit of Linux's drivers/net/loopback.c. It counts the packets as
 * sent (TxPackets, TxBytes), as Linux's dummy and FreeBSD's disc do. It fires MacTx,
 * PromiscSniffer, Sniffer, and Drop with DropReason::BLACKHOLE. Send returns false only while the
 * device is down. The device takes packets over its MTU, and from and to any link-layer address. In
 * captures an address that is not a Mac48Address is all zeros; SetAddress aborts on such an
 * address. To ns-3's Internet stack and routing the device is an interface as any other, which can
 * carry addresses, as Linux's dummy0.
 */
class BlackholeNetDevice : public NetDevice, public TracedLink
{
  public:
    /**
     * Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    BlackholeNetDevice();

    bool Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber) override
    {
        return SendFrom(packet, m_address, dest, protocolNumber);
    }

    bool SendFrom(Ptr<Packet> packet,
                  const Address& source,
                  const Address& dest,
                  uint16_t protocolNumber) override;

    bool SetMtu(uint16_t mtu) override;

    void SetAddress(Address address) override;

    void SetIfIndex(uint32_t index) override
    {
        m_ifIndex = index;
    }

    uint32_t GetIfIndex() const override
    {
        return m_ifIndex;
    }

    Ptr<Channel> GetChannel() const override
    {
        return nullptr;
    }

    Address GetAddress() const override
    {
        return m_address;
    }

    uint16_t GetMtu() const override
    {
        return m_mtu;
    }

    bool IsLinkUp() const override
    {
        return IsUp();
    }

    void AddLinkChangeCallback(Callback<void> callback) override
    {
        m_linkChangeCallbacks.ConnectWithoutContext(callback);
    }

    bool IsBroadcast() const override
    {
        // ns-3's global routing takes a device that is neither broadcast nor point-to-point for an
        // error, and looks for the channel of a point-to-point one.
        return true;
    }

    Address GetBroadcast() const override
    {
        return Mac48Address::GetBroadcast();
    }

    bool IsMulticast() const override
    {
        return false;
    }

    Address GetMulticast(Ipv4Address multicastGroup) const override
    {
        return Mac48Address::GetMulticast(multicastGroup);
    }

    Address GetMulticast(Ipv6Address addr) const override
    {
        return Mac48Address::GetMulticast(addr);
    }

    bool IsBridge() const override
    {
        return false;
    }

    bool IsPointToPoint() const override
    {
        return false;
    }

    Ptr<Node> GetNode() const override
    {
        return m_node;
    }

    void SetNode(Ptr<Node> node) override
    {
        CheckNode(m_node, node);
        m_node = node;
    }

    bool NeedsArp() const override
    {
        return false;
    }

    void SetReceiveCallback(ReceiveCallback /* cb */) override
    {
    }

    void SetPromiscReceiveCallback(PromiscReceiveCallback /* cb */) override
    {
    }

    bool SupportsSendFrom() const override
    {
        return true;
    }

  protected:
    void DoInitialize() override;
    void DoDispose() override;

  private:
    Ptr<Node> m_node;                  //!< the node that the device is on, if any
    uint32_t m_ifIndex{0};             //!< index of the device on its node
    uint16_t m_mtu{65535};             //!< layer-3 bytes of the largest packet that the stack sends
    Address m_address{Mac48Address()}; //!< the device's address, all zeros on a new one
};

} // namespace ns3

#endif /* BLACKHOLE_NET_DEVICE_H */
