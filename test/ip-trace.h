/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef IP_TRACE_H
#define IP_TRACE_H

#include "ns3/node.h"
#include "ns3/packet.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3::tests
{

/// A record of what a node's IPv4 and IPv6 stacks send, receive and drop.
class IpTrace
{
  public:
    /**
     * Constructor.
     * @param node the node, which has both stacks; the simulation ends before this object does
     */
    explicit IpTrace(Ptr<Node> node);

    IpTrace(const IpTrace&) = delete;
    IpTrace& operator=(const IpTrace&) = delete;

    std::vector<std::string> lines; //!< per event: time, size, interface, header, hash of all bytes
    uint64_t txPackets{0};          //!< packets that the stacks sent
    uint64_t txBytes{0};            //!< bytes of those packets, IP headers included
    uint64_t rxPackets{0};          //!< packets that the stacks received
    uint64_t drops{0};              //!< packets that the stacks dropped

  private:
    /**
     * Record the events of a stack.
     * @tparam L3Protocol the stack
     * @tparam Header its header
     * @tparam Ip its abstract class
     * @param stack the stack
     */
    template <class L3Protocol, class Header, class Ip>
    void Connect(Ptr<L3Protocol> stack);
    /**
     * Record an event.
     * @param event what happened
     * @param header the IP header
     * @param packet the packet, of which a hash is recorded
     * @param interface the interface's number
     */
    template <class Header>
    void Record(const std::string& event,
                const Header& header,
                Ptr<const Packet> packet,
                uint32_t interface);
};

/**
 * Compare two traces.
 * @param expected the lines that the other should have
 * @param actual the lines that it has
 * @return the first line in which they differ, or an empty string
 */
std::string FindDifference(const std::vector<std::string>& expected,
                           const std::vector<std::string>& actual);

} // namespace ns3::tests

#endif /* IP_TRACE_H */
