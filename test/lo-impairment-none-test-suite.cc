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

#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// All that can be seen of a run.
struct Outcome
{
    std::string results;            //!< what the applications sent and received
    LinkStats stats;                //!< what lo counted
    uint64_t events{};              //!< events of the simulation
    std::vector<std::string> trace; //!< what the IP stacks and lo's trace sources told
};

/// An impairment that impairs nothing is none.
class NoImpairmentTestCase : public TestCase
{
  public:
    explicit NoImpairmentTestCase(const ApplicationScenarioFactory& scenario)
        : TestCase("with all of LinkImpairment 0 everything is as without one: " + scenario.name),
          m_scenario(scenario)
    {
    }

  private:
    void DoRun() override
    {
        for (const auto delivery : DELIVERIES)
        {
            const auto without = Run(delivery, false);
            const auto with = Run(delivery, true);
            const auto name = NameOf(delivery);
            NS_TEST_EXPECT_MSG_GT(without.stats.txPackets, 0, name << ": packets over lo");
            NS_TEST_EXPECT_MSG_EQ(with.results, without.results, name << ": results");
            NS_TEST_EXPECT_MSG_EQ(with.stats, without.stats, name << ": counters");
            NS_TEST_EXPECT_MSG_EQ(with.events, without.events, name << ": events");
            NS_TEST_EXPECT_MSG_EQ(with.trace.size(), without.trace.size(), name << ": traced");
            NS_TEST_EXPECT_MSG_EQ((with.trace == without.trace), true, name << ": traces");
        }
    }

    Outcome Run(Loopback delivery, bool isImpaired)
    {
        Outcome outcome;
        auto node = CreateLoopbackNode(delivery);
        auto lo = LoHelper::GetLo(node);
        if (isImpaired)
        {
            lo->SetImpairment(CreateObject<LinkImpairment>());
        }
        IpTrace trace(node);
        for (const auto source : {"MacTx", "MacTxDrop", "MacRx", "MacRxDrop", "Sniffer"})
        {
            lo->TraceConnectWithoutContext(
                source,
                Callback<void, Ptr<const Packet>>([&outcome, source](Ptr<const Packet> packet) {
                    outcome.trace.push_back(source + Describe(packet));
                }));
        }
        const auto scenario = m_scenario.create(node);
        Simulator::Stop(Hours(1));
        Simulator::Run();
        outcome.results = scenario->GetResults();
        outcome.stats = lo->GetStats();
        outcome.events = Simulator::GetEventCount();
        outcome.trace.insert(outcome.trace.end(), trace.GetLines().begin(), trace.GetLines().end());
        Simulator::Destroy();
        return outcome;
    }

    static std::string Describe(Ptr<const Packet> packet)
    {
        std::ostringstream os;
        os << " " << Simulator::Now() << " " << packet->GetSize();
        return os.str();
    }

    const ApplicationScenarioFactory m_scenario;
};

class LoImpairmentNoneTestSuite : public TestSuite
{
  public:
    LoImpairmentNoneTestSuite()
        : TestSuite("lo-impairment-none", TestSuite::Type::SYSTEM)
    {
        for (const auto& scenario : GetApplicationScenarios())
        {
            AddTestCase(new NoImpairmentTestCase(scenario));
        }
    }
};

LoImpairmentNoneTestSuite g_loImpairmentNoneTestSuite;

} // namespace
