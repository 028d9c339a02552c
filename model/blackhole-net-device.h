/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef BLACKHOLE_NET_DEVICE_H
#define BLACKHOLE_NET_DEVICE_H

#include "pseudo-net-device.h"
#include "rate-limiter.h"
#include "token-buckets.h"
#include "traced-counter.h"

#include "ns3/nstime.h"

namespace ns3
{

/**
 * @ingroup loopback
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
 *
 * With the attribute Reject a packet that the node forwards into the device is answered with an
 * ICMP or ICMPv6 error besides, as by a router with an `unreachable` or a `prohibit` route.
 */
class BlackholeNetDevice : public PseudoNetDevice<NetDevice>
{
  public:
    /// What a packet is answered with that the node forwards into the device. Captures, traces and
    /// the other counters are the same with each.
    enum Reject
    {
        /// Nothing (`ip route add blackhole`).
        NONE,
        /// ICMP host unreachable or ICMPv6 no route (`ip route add unreachable`).
        HOST_UNREACHABLE,
        /// ICMP or ICMPv6 administratively prohibited (`ip route add prohibit`).
        ADMIN_PROHIBITED,
    };

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    BlackholeNetDevice();
    ~BlackholeNetDevice() override;

    /**
     * Swallow a packet, from the device's own address.
     * @param packet the layer-3 packet
     * @param dest any address; captures show one that is no Mac48Address as all zeros
     * @param protocolNumber the EtherType
     * @return true, or, while the device is down, false with the packet counted as TxDropped
     */
    bool Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber) override;

    /**
     * Swallow a packet, from any address.
     * @param packet the layer-3 packet
     * @param source any address; captures show one that is no Mac48Address as all zeros
     * @param dest any address; captures show one that is no Mac48Address as all zeros
     * @param protocolNumber the EtherType
     * @return true, or, while the device is down, false with the packet counted as TxDropped
     */
    bool SendFrom(Ptr<Packet> packet,
                  const Address& source,
                  const Address& dest,
                  uint16_t protocolNumber) override;

  private:
    /**
     * What Send and SendFrom have in common.
     * @param packet the packet
     * @param source link-layer source
     * @param dest link-layer destination
     * @param protocol the EtherType
     * @return what Send returns
     */
    bool Swallow(const Ptr<Packet>& packet,
                 const Address& source,
                 const Address& dest,
                 uint16_t protocol);

    /// Log that a packet was swallowed, unless that was logged often enough.
    void Warn();

    /**
     * Have a packet answered that was swallowed, if it is to be.
     * @param packet the packet
     * @param protocol the EtherType
     */
    void ScheduleAnswer(const Ptr<Packet>& packet, uint16_t protocol);

    /**
     * Answer a packet, unless it gets no answer or its source got enough of them.
     * @param packet the packet
     * @param protocol the EtherType
     * @param reject with what
     */
    void Answer(Ptr<const Packet> packet, uint16_t protocol, Reject reject);

    /**
     * @param peer whom an answer is for, an Ipv4Address or an Ipv6Address
     * @return whether the limit lets it go
     */
    bool IsAnswerAllowed(const Address& peer);

    Time m_warnInterval;       //!< length of an interval of warnings
    uint32_t m_warnBurst{10};  //!< warnings in an interval
    RateLimiter m_warnLimiter; //!< keeps count of the warnings

    Reject m_reject{NONE};             //!< what packets are answered with
    Time m_ipv4Interval;               //!< in which an IPv4 source gets a token back
    Time m_ipv6Interval;               //!< in which an IPv6 source gets a token back
    uint32_t m_ipv4Burst{5};           //!< tokens of an IPv4 source
    uint32_t m_ipv6Burst{6};           //!< tokens of an IPv6 source
    TokenBuckets m_rejectBuckets;      //!< the tokens of each source
    TracedCounter m_rejectsSent;       //!< answers sent
    TracedCounter m_rejectsSuppressed; //!< answers that the limit kept back
};

} // namespace ns3

#endif /* BLACKHOLE_NET_DEVICE_H */
