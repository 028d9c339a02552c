/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef BLACKHOLE_NET_DEVICE_H
#define BLACKHOLE_NET_DEVICE_H

#include "pseudo-net-device.h"
#include "rate-limiter.h"

#include "ns3/nstime.h"

namespace ns3
{

/**
 * \ingroup loopback
 *
 * A device to route into what is to vanish: it accepts every packet while it is up, and delivers
 * none (blackhole_netdev_xmit in Linux's drivers/net/loopback.c).
 *
 * It counts what it swallows as sent (TxPackets, TxBytes), as Linux's dummy and FreeBSD's disc do,
 * and fires MacTx, PromiscSniffer, Sniffer, and Drop with DropReason::BLACKHOLE. It is no
 * LoopbackNetDevice, so ns-3's Internet stack and routing treat it as any other interface: it can
 * carry addresses, as Linux's dummy0.
 *
 * A warning is logged for each packet, in builds that log (NS_LOG_WARN), WarnBurst of them in a
 * WarnInterval, and how many more there were when the next interval begins (net_warn_ratelimited).
 */
class BlackholeNetDevice : public PseudoNetDevice<NetDevice>
{
  public:
    /**
     * \brief Get the type ID.
     * \return the object TypeId
     */
    static TypeId GetTypeId();

    BlackholeNetDevice();
    ~BlackholeNetDevice() override;

    /**
     * Swallow a packet, from the device's own address.
     * \param packet the layer-3 packet
     * \param dest any address; captures show one that is no Mac48Address as all zeros
     * \param protocolNumber the EtherType
     * \return true, or, while the device is down, false with the packet counted as TxDropped
     */
    bool Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber) override;

    /**
     * Swallow a packet, from any address.
     * \param packet the layer-3 packet
     * \param source any address; captures show one that is no Mac48Address as all zeros
     * \param dest any address; captures show one that is no Mac48Address as all zeros
     * \param protocolNumber the EtherType
     * \return true, or, while the device is down, false with the packet counted as TxDropped
     */
    bool SendFrom(Ptr<Packet> packet,
                  const Address& source,
                  const Address& dest,
                  uint16_t protocolNumber) override;

  private:
    /**
     * What Send and SendFrom have in common.
     * \param packet the packet
     * \param source link-layer source
     * \param dest link-layer destination
     * \param protocol the EtherType
     * \return what Send returns
     */
    bool Swallow(const Ptr<Packet>& packet,
                 const Address& source,
                 const Address& dest,
                 uint16_t protocol);

    /// Log that a packet was swallowed, unless that was logged often enough.
    void Warn();

    Time m_warnInterval;       //!< length of an interval of warnings
    uint32_t m_warnBurst{10};  //!< warnings in an interval
    RateLimiter m_warnLimiter; //!< keeps count of the warnings
};

} // namespace ns3

#endif /* BLACKHOLE_NET_DEVICE_H */
