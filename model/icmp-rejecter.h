/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef ICMP_REJECTER_H
#define ICMP_REJECTER_H

#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/packet.h"
#include "ns3/traced-value.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup loopback
 * A router's answer to a packet that a route discards.
 */
enum class Reject : uint8_t
{
    NONE,        //!< nothing (`ip route add blackhole`)
    UNREACHABLE, //!< ICMP host unreachable or ICMPv6 no route (`ip route add unreachable`)
    PROHIBIT,    //!< ICMP or ICMPv6 administratively prohibited (`ip route add prohibit`)
};

/**
 * @ingroup loopback
 *
 * A router's sender of ICMP and ICMPv6 errors, with Linux's limit for them.
 *
 * The node's first route that rejects aggregates it to the node. The limit is a token bucket that
 * all answers of the node share (icmp_global_allow in Linux's net/ipv4/icmp.c). Linux's limit
 * per destination (icmp_ratelimit) is left out.
 */
class IcmpRejecter : public Object
{
  public:
    /**
     * Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * Find the rejecter of a node, or aggregate one.
     * @param object the node, or an object that is aggregated to it
     * @return the rejecter
     */
    static Ptr<IcmpRejecter> Get(Ptr<Object> object);

    /**
     * Answer a packet that was not forwarded (ip_error and icmp_send, or ip6_pkt_drop and
     * icmp6_send in Linux). Truncated packets, ICMP errors, IPv4 fragments other than the first,
     * and packets that are not from one other host get no answer.
     * @tparam Ip Ipv4 or Ipv6
     * @tparam Header Ipv4Header or Ipv6Header
     * @param ip the router's stack
     * @param payload the packet without its header
     * @param header its header, as received
     * @param reject the answer, not NONE
     */
    template <class Ip, class Header>
    void Answer(Ptr<Ip> ip, Ptr<const Packet> payload, const Header& header, Reject reject);

  private:
    /// Take a token, or count an answer as suppressed.
    /// @return whether there was a token
    bool IsAllowed();

    uint32_t m_perSec{1000};              //!< tokens per second
    uint32_t m_burst{50};                 //!< tokens at most
    uint64_t m_credit{uint64_t{1} << 62}; //!< billionths of tokens left, at first more than a burst
    Time m_last;                          //!< when m_credit was computed
    TracedValue<uint64_t> m_sent;         //!< answers sent
    TracedValue<uint64_t> m_suppressed;   //!< answers that the limit suppressed
};

} // namespace ns3

#endif /* ICMP_REJECTER_H */
