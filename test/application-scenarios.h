/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef APPLICATION_SCENARIOS_H
#define APPLICATION_SCENARIOS_H

#include "loopback-node.h"
#include "to-callback.h"

#include "ns3/node.h"
#include "ns3/object.h"
#include "ns3/packet.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ns3::tests
{

/// Packets, and the bytes of them all.
struct Traffic
{
    uint64_t packets{0}; //!< packets
    uint64_t bytes{0};   //!< bytes
};

/// Applications on a node that talk to each other, from the start of the simulation on.
struct ApplicationScenario
{
    /**
     * Count a packet.
     * @param name the name of the count
     * @param packet the packet
     */
    void Add(const std::string& name, Ptr<const Packet> packet);

    /**
     * Count the packets of a trace source, which may tell addresses too.
     * @tparam Arguments Address, once per address
     * @param name the name of the count
     * @param object the object that has the trace source
     * @param source the trace source
     */
    template <class... Arguments>
    void Count(const std::string& name, const Ptr<Object>& object, const std::string& source)
    {
        object->TraceConnectWithoutContext(
            source,
            ToCallback([this, name](Ptr<const Packet> packet, const Arguments&...) {
                Add(name, packet);
            }));
    }

    /// @return all counts, for a comparison and for messages
    std::string GetResults() const;

    std::map<std::string, Traffic> counts;    //!< the counts by name
    std::map<std::string, uint64_t> expected; //!< the bytes that a count must have in the end
    std::optional<Traffic> traffic;           //!< what crosses the loopback, if it is not IP
    uint64_t minPackets{20};                  //!< packets that the IP stacks receive at least
    uint64_t minDrops{0};                     //!< packets that the IP stacks drop at least
    std::shared_ptr<void> kept;               //!< lives as long as the scenario
};

/// How to put a scenario on a node.
struct ApplicationScenarioFactory
{
    std::string name; //!< name of the scenario
    /// Puts it on a node; the scenario lives until the simulation is over.
    void (*start)(ApplicationScenario& scenario, Ptr<Node> node, IpVersion version);
    IpVersion version; //!< the IP version
};

/**
 * Return all scenarios: ns-3's applications, sockets, and what goes wrong on a node.
 * @return the scenarios
 */
std::vector<ApplicationScenarioFactory> GetApplicationScenarios();

} // namespace ns3::tests

#endif /* APPLICATION_SCENARIOS_H */
