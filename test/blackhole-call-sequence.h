/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef BLACKHOLE_CALL_SEQUENCE_H
#define BLACKHOLE_CALL_SEQUENCE_H

#include "call-sequence.h"

#include "ns3/blackhole-net-device.h"
#include "ns3/simple-net-device.h"

#include <cstdint>
#include <set>
#include <string>

namespace ns3::tests
{

/**
 * A sequence of calls on a BlackholeNetDevice, on a router or on no node.
 *
 * The router has changing blackhole routes, and receives packets for other hosts. Each packet is
 * discarded or refused, and counted and traced accordingly.
 */
class BlackholeCallSequence : public CallSequence
{
  public:
    using CallSequence::CallSequence;

    void Run() override;

  private:
    /// Put the device on a router with a second device.
    void MakeNode();

    /// Make one call.
    void Do();

    /// Send a packet.
    void Send();

    /// Pass the router a packet for another host.
    void Receive();

    /// Add or remove a blackhole route.
    void ChangeRoutes();

    /**
     * @param when the moment, for the message
     */
    void Check(const std::string& when);

    /**
     * @param packet the discarded or refused packet
     * @param reason the reason
     */
    void OnDrop(Ptr<const Packet> packet, DropReason reason);

    Ptr<BlackholeNetDevice> m_device; //!< the device
    Ptr<Node> m_node;                 //!< its node, or null
    Ptr<SimpleNetDevice> m_link;      //!< the node's other device
    std::set<std::string> m_routes;   //!< networks of blackhole routes
    uint64_t m_nSends{0};             //!< packets sent
    uint64_t m_nSwallowed{0};         //!< packets traced as discarded
    uint64_t m_nRefused{0};           //!< packets traced as refused
};

} // namespace ns3::tests

#endif /* BLACKHOLE_CALL_SEQUENCE_H */
