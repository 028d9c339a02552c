/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef WATCHED_LO_H
#define WATCHED_LO_H

#include "ns3/lo-net-device.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/test.h"

#include <functional>
#include <string>
#include <vector>

namespace ns3
{

/// @return the three deliveries by their attribute's words
const std::vector<std::string>& AllDeliveries();

/// An EtherType without a meaning (IEEE 802, local experimental).
constexpr uint16_t TEST_PROTOCOL = 0x88b5;

/**
 * Describe counters.
 * @param stats the counters
 * @return those that are not 0, as `rxPackets=1 txPackets=1`
 */
std::string ToText(const LinkStats& stats);

/**
 * Make the counters of a lo that delivers all that is sent.
 * @param packets the packets
 * @param bytes their bytes
 * @return the counters
 */
LinkStats MakeLooped(uint64_t packets, uint64_t bytes);

/**
 * A LoNetDevice over which packets are sent by hand, and what becomes of them. They are told apart
 * by their size.
 */
class WatchedLo
{
  protected:
    WatchedLo();
    ~WatchedLo();

    /// Let go of the device, and destroy the simulation.
    void Destroy();

    /**
     * Make m_lo, on a new m_node, with OnReceive as the node's handler of TEST_PROTOCOL.
     * @param delivery its Delivery
     */
    void MakeLoOnNode(const std::string& delivery = "Immediate");

    /**
     * Make m_lo in the wire of a loopback, on a new m_node, with OnReceive as the node's handler of
     * TEST_PROTOCOL.
     * @return the loopback
     */
    Ptr<LoopbackNetDevice> MakeLoInWire();

    /**
     * Make m_lo on no node, with OnReceive as its receive callback.
     * @param delivery its Delivery
     */
    void MakeLoOnNoNode(const std::string& delivery = "Immediate");

    /**
     * Send on m_lo to its own address.
     * @param size bytes of the packet
     * @param protocol the EtherType
     * @return what Send returned
     */
    bool Send(uint32_t size, uint16_t protocol = TEST_PROTOCOL);

    /**
     * Describe the drops that the Drop trace source told.
     * @return their reasons, in order, separated by spaces
     */
    std::string GetDrops() const;

    /**
     * Have something done in the context of m_node, at the current time or later, by
     * Simulator::Run.
     * @param action what to do
     * @param delay when
     */
    void InNodeContext(const std::function<void()>& action, Time delay = Time(0));

    /**
     * Have something done whenever a trace source of m_lo that carries a packet fires.
     * @param source name of the trace source
     * @param action what to do with the packet
     */
    void OnTrace(const std::string& source, const std::function<void(Ptr<const Packet>)>& action);

    Ptr<LoNetDevice> m_lo;                     //!< the device
    Ptr<Node> m_node;                          //!< its node, or null
    std::vector<uint32_t> m_received;          //!< sizes of the packets received, in order
    std::vector<DropReason> m_drops;           //!< the reasons that the Drop trace source gave
    std::function<void(uint32_t)> m_onReceive; //!< called with the size of each packet received
    uint32_t m_depth{0};                       //!< receive callbacks under way
    uint32_t m_maxDepth{0};                    //!< the most of them at once

  private:
    /// Make m_node, and have it hand packets of TEST_PROTOCOL to Receive.
    void MakeNode();
    /// Have the drops of m_lo recorded, and forget what was seen of a device before.
    void Watch();
    /**
     * Record a packet, and call m_onReceive.
     * @param packet the packet
     */
    void Receive(Ptr<const Packet> packet);
};

/// A test case that sends packets over a LoNetDevice by hand.
class LoTestCase : public TestCase, protected WatchedLo
{
  protected:
    using TestCase::TestCase;

    void DoTeardown() override
    {
        Destroy();
    }
};

} // namespace ns3

#endif /* WATCHED_LO_H */
