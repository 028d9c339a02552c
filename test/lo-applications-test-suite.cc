/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "application-scenarios.h"
#include "ip-trace.h"
#include "loopback-node.h"
#include "member-test-case.h"
#include "watched-lo.h"

#include "ns3/lo-helper.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// What came of a scenario.
struct Outcome
{
    std::string results;            //!< what the applications sent and received
    uint64_t events{};              //!< events that were executed
    std::vector<std::string> lines; //!< the trace of the IP stacks
};

/// @return the first line that two traces do not have in common, or an empty string
std::string
FindDifference(const std::vector<std::string>& expected, const std::vector<std::string>& actual)
{
    const auto [e, a] =
        std::mismatch(expected.begin(), expected.end(), actual.begin(), actual.end());
    if (e == expected.end() && a == actual.end())
    {
        return "";
    }
    return "line " + std::to_string(e - expected.begin() + 1) + " is \"" +
           (a == actual.end() ? "the end" : *a) + "\" and should be \"" +
           (e == expected.end() ? "the end" : *e) + "\"";
}

/// Applications do over each lo what they do over ns-3's own loopback.
class ApplicationsTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Compare a scenario over each lo with one over ns-3's own loopback.
    void Compare(const ApplicationScenarioFactory& factory)
    {
        const auto reference = Simulate(factory, Loopback::REFERENCE);
        for (auto loopback : ALL_LOS)
        {
            const auto outcome = Simulate(factory, loopback);
            NS_TEST_EXPECT_MSG_EQ(outcome.results, reference.results, NameOf(loopback));
            if (loopback == Loopback::SCHEDULED || loopback == Loopback::AFTER)
            {
                NS_TEST_EXPECT_MSG_EQ(FindDifference(reference.lines, outcome.lines),
                                      "",
                                      NameOf(loopback) << ": another IP trace");
                // ns-3 initializes the node's second device by an event of its own.
                const auto events = reference.events + (loopback == Loopback::AFTER ? 1 : 0);
                NS_TEST_EXPECT_MSG_EQ(outcome.events,
                                      events,
                                      NameOf(loopback) << ": another count of events");
            }
        }
        NS_TEST_EXPECT_MSG_EQ(
            FindDifference(reference.lines, Simulate(factory, Loopback::REFERENCE).lines),
            "",
            "a simulation after those in the same process");
    }

  private:
    /// @return what comes of a scenario over a loopback
    Outcome Simulate(const ApplicationScenarioFactory& factory, Loopback loopback)
    {
        const auto node = CreateLoopbackNode(loopback);
        const IpTrace trace(node);
        ApplicationScenario scenario;
        factory.start(scenario, node, factory.version);
        Simulator::Stop(Hours(1));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_GT_OR_EQ(trace.rxPackets,
                                    scenario.minPackets,
                                    NameOf(loopback) << ": packets that IP received");
        NS_TEST_EXPECT_MSG_GT_OR_EQ(trace.drops,
                                    scenario.minDrops,
                                    NameOf(loopback) << ": packets that IP dropped");
        if (const auto lo = LoHelper::GetLo(node))
        {
            const auto traffic = scenario.traffic.value_or(Traffic{trace.txPackets, trace.txBytes});
            NS_TEST_EXPECT_MSG_EQ(ToText(lo->GetStats()),
                                  ToText(MakeLooped(traffic.packets, traffic.bytes)),
                                  NameOf(loopback) << ": the counters, and what was sent");
        }
        for (const auto& [name, bytes] : scenario.expected)
        {
            NS_TEST_EXPECT_MSG_EQ(scenario.counts[name].bytes,
                                  bytes,
                                  NameOf(loopback) << ": bytes of " << name);
        }
        const Outcome outcome{scenario.GetResults(), Simulator::GetEventCount(), trace.lines};
        Simulator::Destroy();
        return outcome;
    }
};

/// ns-3's applications and sockets over a LoNetDevice.
const Suite g_suite("lo-applications", TestSuite::Type::SYSTEM, [](Suite& suite) {
    for (const auto& factory : GetApplicationScenarios())
    {
        suite.Add("the same over every loopback, with the same events if Scheduled or installed "
                  "after the stack: " +
                      factory.name,
                  &ApplicationsTestCase::Compare,
                  factory);
    }
});

} // namespace
