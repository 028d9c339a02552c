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
 * Calls on a BlackholeNetDevice, on a router with blackhole routes that come and go or on no node,
 * and packets for others that it receives: each is swallowed or refused, and counted and traced so.
 */
class BlackholeCallSequence : public CallSequence
{
  public:
    using CallSequence::CallSequence;

    void Run() override;

  private:
    /// Put the device on a router that has another device.
    void MakeNode();

    /// What is done once.
    void Do();

    /// Send a packet.
    void Send();

    /// Have the router receive a packet that is for another host.
    void Receive();

    /// Add or remove a blackhole route.
    void ChangeRoutes();

    /**
     * @param when when every packet must be accounted for
     */
    void Check(const std::string& when);

    /**
     * @param packet a packet that was swallowed or refused
     * @param reason why
     */
    void OnDrop(Ptr<const Packet> packet, DropReason reason);

    Ptr<BlackholeNetDevice> m_device; //!< the device
    Ptr<Node> m_node;                 //!< its node, or null
    Ptr<SimpleNetDevice> m_link;      //!< the node's other device
    std::set<std::string> m_routes;   //!< networks of blackhole routes
    uint64_t m_nSends{0};             //!< packets sent
    uint64_t m_nSwallowed{0};         //!< packets traced as swallowed
    uint64_t m_nRefused{0};           //!< packets traced as refused
};

} // namespace ns3::tests

#endif /* BLACKHOLE_CALL_SEQUENCE_H */
