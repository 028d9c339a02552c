/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef APPLICATION_SCENARIOS_H
#define APPLICATION_SCENARIOS_H

#include "loopback-node.h"

#include "ns3/node.h"

#include <cstdint>
#include <functional>
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

/// ns-3 applications on one node that talk to each other, from the start of the simulation on.
class ApplicationScenario
{
  public:
    virtual ~ApplicationScenario() = default;

    /// @return what the applications sent and received, for a comparison and for messages
    virtual std::string GetResults() const = 0;

    /// @return whether the applications got all that they were to get
    virtual bool IsComplete() const = 0;

    /// @return layer-3 packets that cross the loopback, where the applications determine them
    virtual std::optional<Traffic> GetTraffic() const
    {
        return std::nullopt;
    }
};

/// How to put a scenario on a node.
struct ApplicationScenarioFactory
{
    /// Makes the scenario; it lives until the simulation is over.
    using Create = std::function<std::unique_ptr<ApplicationScenario>(Ptr<Node>)>;

    std::string name; //!< name of the scenario
    Create create;    //!< makes it
};

/**
 * @return UDP echo, OnOff over UDP and over TCP, BulkSend, the 3GPP HTTP applications and ping,
 * each over IPv4 and IPv6, and packet sockets
 */
std::vector<ApplicationScenarioFactory> GetApplicationScenarios();

} // namespace ns3::tests

#endif /* APPLICATION_SCENARIOS_H */
