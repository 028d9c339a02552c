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

/// @return the three values of the Delivery attribute
inline std::vector<std::string>
AllDeliveries()
{
    return {"Immediate", "Scheduled", "Backlog"};
}

/// The trace sources of a LoNetDevice that carry a packet.
inline const std::vector<std::string> PACKET_TRACES{"MacTx",
                                                    "MacTxDrop",
                                                    "MacRx",
                                                    "MacPromiscRx",
                                                    "MacRxDrop",
                                                    "Sniffer",
                                                    "PromiscSniffer"};

/// An EtherType for local experiments (IEEE 802).
constexpr uint16_t TEST_PROTOCOL = 0x88b5;

/**
 * Describe counters.
 * @param stats the counters
 * @return the counters that are not 0, such as `rxPackets=1 txPackets=1`
 */
std::string ToText(const LinkStats& stats);

/**
 * Describe numbers.
 * @param numbers the numbers
 * @return the numbers, separated by spaces
 */
std::string ToText(const std::vector<uint32_t>& numbers);

/**
 * Make the counters of a lo that has delivered every packet.
 * @param packets the packets
 * @param bytes their bytes
 * @return the counters
 */
LinkStats MakeLooped(uint64_t packets, uint64_t bytes);

/**
 * A LoNetDevice to send packets over, with a record of their fates.
 *
 * Sizes identify packets.
 */
class WatchedLo
{
  protected:
    WatchedLo() = default;
    ~WatchedLo() = default;

    /// Release the device, and destroy the simulation.
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
     * Schedule an action in the context of m_node.
     * @param action the action
     * @param delay the time from now
     */
    void InNodeContext(const std::function<void()>& action, Time delay = Time(0));

    /**
     * Run an action whenever a trace source of m_lo that carries a packet fires.
     * @param source name of the trace source
     * @param action what to do with the packet
     */
    void OnTrace(const std::string& source, const std::function<void(Ptr<const Packet>)>& action);

    Ptr<LoNetDevice> m_lo;                     //!< the device
    Ptr<Node> m_node;                          //!< its node, or null
    std::vector<uint32_t> m_received;          //!< sizes of the packets received, in order
    std::string m_drops;                       //!< the reasons that the Drop trace source gave
    std::function<void(uint32_t)> m_onReceive; //!< called with the size of each packet received
    uint32_t m_depth{0};                       //!< receive callbacks under way
    uint32_t m_maxDepth{0};                    //!< the most of them at once

  private:
    /// Make m_node, with Receive as its handler of TEST_PROTOCOL.
    void MakeNode();
    /// Record the drops of m_lo, and forget what an earlier device did.
    void Watch();
    /**
     * Record a packet, and call m_onReceive.
     * @param packet the packet
     */
    void Receive(Ptr<const Packet> packet);
};

/// A test case that sends packets over a LoNetDevice itself.
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
