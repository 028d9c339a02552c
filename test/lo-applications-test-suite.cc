/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "application-scenarios.h"
#include "ip-trace.h"
#include "loopback-node.h"

#include "ns3/loopback-module.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <string>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// What came of a scenario.
struct Outcome
{
    bool complete;       //!< whether the applications got all
    std::string results; //!< what they sent and received
    Traffic traffic;     //!< what had to cross the loopback
    LinkStats stats;     //!< what the loopback counted, if it can
};

/// Applications complete over every delivery, with the results that they have over ns-3's loopback.
class LoApplicationTestCase : public TestCase
{
  public:
    /**
     * @param scenario the applications
     */
    explicit LoApplicationTestCase(const ApplicationScenarioFactory& scenario)
        : TestCase("the same over every loopback: " + scenario.name),
          m_scenario(scenario)
    {
    }

  private:
    void DoRun() override
    {
        const auto reference = Run(Loopback::REFERENCE);
        for (auto loopback : DELIVERIES)
        {
            const auto outcome = Run(loopback);
            NS_TEST_EXPECT_MSG_EQ(outcome.complete,
                                  true,
                                  NameOf(loopback) << ": not complete: " << outcome.results);
            NS_TEST_EXPECT_MSG_EQ(outcome.results,
                                  reference.results,
                                  NameOf(loopback) << ": other results than over "
                                                   << NameOf(Loopback::REFERENCE));
            NS_TEST_EXPECT_MSG_EQ(outcome.stats,
                                  ToStats(outcome.traffic),
                                  NameOf(loopback) << ": the counters do not agree with what was "
                                                      "sent");
        }
    }

    /// @return what comes of the scenario over a loopback
    Outcome Run(Loopback loopback) const
    {
        auto node = CreateLoopbackNode(loopback);
        IpTrace trace(node);
        const auto scenario = m_scenario.create(node);
        Simulator::Stop(Hours(1));
        Simulator::Run();
        Outcome outcome{scenario->IsComplete(), scenario->GetResults(), {}, {}};
        outcome.traffic =
            scenario->GetTraffic().value_or(Traffic{trace.GetTxPackets(), trace.GetTxBytes()});
        if (auto lo = LoHelper::GetLo(node))
        {
            outcome.stats = lo->GetStats();
        }
        Simulator::Destroy();
        return outcome;
    }

    /// @return the counters of a device that looped traffic, and did nothing else
    static LinkStats ToStats(const Traffic& traffic)
    {
        LinkStats stats;
        stats.txPackets = traffic.packets;
        stats.rxPackets = traffic.packets;
        stats.txBytes = traffic.bytes;
        stats.rxBytes = traffic.bytes;
        return stats;
    }

    const ApplicationScenarioFactory m_scenario; //!< the applications
};

/// ns-3's applications over a LoNetDevice.
class LoApplicationsTestSuite : public TestSuite
{
  public:
    LoApplicationsTestSuite()
        : TestSuite("lo-applications", TestSuite::Type::SYSTEM)
    {
        for (const auto& scenario : GetApplicationScenarios())
        {
            AddTestCase(new LoApplicationTestCase(scenario));
        }
    }
};

/// Registers the suite.
static LoApplicationsTestSuite g_loApplicationsTestSuite;

} // namespace
