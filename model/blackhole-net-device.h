/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef BLACKHOLE_NET_DEVICE_H
#define BLACKHOLE_NET_DEVICE_H

#include "traced-link.h"

#include "ns3/net-device.h"
#include "ns3/node.h"

namespace ns3
{

/**
 * @ingroup loopback
 *
 * A device that silently discards every packet sent to it.
 *
 * It is blackhole_netdev_xmit of Linux's drivers/net/loopback.c. It counts the packets as sent
 * (TxPackets, TxBytes), as Linux's dummy and FreeBSD's disc do, and fires MacTx, PromiscSniffer,
 * Sniffer, and Drop with DropReason::BLACKHOLE. Send returns false only while the device is down.
 * It takes packets over its MTU, and any addresses: captures show one that is no Mac48Address as
 * all zeros. ns-3's Internet stack and routing treat it as any other interface, which can carry
 * addresses, as Linux's dummy0. SetAddress aborts on an address that is no Mac48Address.
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
    ~BlackholeNetDevice() override;

    bool Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber) override;

    bool SendFrom(Ptr<Packet> packet,
                  const Address& source,
                  const Address& dest,
                  uint16_t protocolNumber) override;

    bool SetMtu(uint16_t mtu) override;

    void SetAddress(Address address) override;

    void SetIfIndex(uint32_t index) override;
    uint32_t GetIfIndex() const override;
    Ptr<Channel> GetChannel() const override;
    Address GetAddress() const override;
    uint16_t GetMtu() const override;
    bool IsLinkUp() const override;
    void AddLinkChangeCallback(Callback<void> callback) override;
    bool IsBroadcast() const override;
    Address GetBroadcast() const override;
    bool IsMulticast() const override;
    Address GetMulticast(Ipv4Address multicastGroup) const override;
    Address GetMulticast(Ipv6Address addr) const override;
    bool IsBridge() const override;
    bool IsPointToPoint() const override;
    Ptr<Node> GetNode() const override;
    void SetNode(Ptr<Node> node) override;
    bool NeedsArp() const override;
    void SetReceiveCallback(ReceiveCallback cb) override;
    void SetPromiscReceiveCallback(PromiscReceiveCallback cb) override;
    bool SupportsSendFrom() const override;

  protected:
    void DoDispose() override;

  private:
    Ptr<Node> m_node;                  //!< the node that the device is on, if any
    uint32_t m_ifIndex{0};             //!< index of the device on its node
    uint16_t m_mtu{65535};             //!< layer-3 bytes of the largest packet
    Address m_address{Mac48Address()}; //!< the device's address, all zeros on a new one
};

} // namespace ns3

#endif /* BLACKHOLE_NET_DEVICE_H */
