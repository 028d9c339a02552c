/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RING_NETWORK_H
#define RING_NETWORK_H

#include "loopback-host.h"
#include "program-options.h"

#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <vector>

/// A ring of hosts.
struct RingOptions
{
    uint64_t nodes{8};                     //!< hosts
    uint64_t rate{1000000000};             //!< of a link, bit/s
    ns3::Time delay{ns3::MilliSeconds(1)}; //!< of a link
    bool impaired{false};                  //!< whether each lo has a LinkImpairment

    /**
     * @param parser where to add the options
     */
    void AddTo(ProgramOptions& parser);
};

/**
 * Hosts in a ring, each with a lo and a point-to-point link to the next one, simulated by one or
 * more ranks of MPI. Each rank has neighbours in the ring, as many as the others or one fewer.
 *
 * Every rank has all nodes, and all links, for ns-3 finds the other end of a link by the numbers of
 * its node and device; only the rank's own nodes have an Internet stack, so only they do anything.
 */
class RingNetwork
{
  public:
    /**
     * Make the ring. That an option is not for one comes as a ProgramError.
     * @param options what the ring is like
     * @param rank the rank that this is
     * @param size how many there are, at most as many as nodes
     */
    RingNetwork(const RingOptions& options, uint32_t rank, uint32_t size);

    /**
     * Have each lo draw its random numbers from the same streams on any number of ranks.
     * @param first the first stream
     */
    void AssignStreams(int64_t first) const;

    /**
     * @return numbers of the hosts that this rank simulates, ascending
     */
    const std::vector<uint32_t>& GetLocal() const;

    /**
     * @param index number of a host, whose next one is also that of the last one if it is one more
     * @return the host, with the address that other hosts and itself reach it by
     */
    LoopbackHost GetHost(uint64_t index) const;

  private:
    /// Make a link from each host to the next one.
    void Connect(const RingOptions& options);

    ns3::NodeContainer m_nodes;    //!< all hosts
    ns3::NetDeviceContainer m_los; //!< their loopback devices
    std::vector<uint32_t> m_local; //!< those of this rank
};

#endif /* RING_NETWORK_H */
