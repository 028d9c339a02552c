/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "../model/ns3-release.h"
#include "netem-probe.h"
#include "netem-rules.h"

#include "ns3/simulator.h"
#include "ns3/test.h"

#include <algorithm>
#include <random>
#include <string>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// netem's rules, implemented twice, decide the same for every packet.
class RulesTestCase : public TestCase
{
  public:
    /**
     * @param link the link, as for NetemProbe
     * @param first the number of the first configuration
     * @param count the number of configurations
     */
    RulesTestCase(const std::string& link, int first, int count)
        : TestCase("a second implementation of the kernel's rules gives each packet the same fate "
                   "at the same time: " +
                   link + ", from configuration " + std::to_string(first)),
          m_link(link),
          m_first(first),
          m_count(count)
    {
    }

  private:
    void DoRun() override
    {
        for (int i = m_first; i < m_first + m_count && !IsStatusFailure(); ++i)
        {
            Compare(i);
        }
    }

    void Compare(int number)
    {
        std::mt19937 random(number);
        const auto settings = NetemSettings::Draw(random);
        std::vector<NetemArrival> arrivals;
        int64_t time = 0;
        for (int i = 0; i < 300; ++i)
        {
            time += 1 + static_cast<int64_t>(random() % 2'000'000);
            arrivals.push_back(
                {time, static_cast<uint32_t>(20 + random() % 1480), random() % 2 == 0});
        }

        NetemProbe probe(m_link, settings.GetWords(), settings.isFifo ? "ns3::FifoQueueDisc" : "");
        probe.disc->AssignStreams(number);
        for (const auto& arrival : arrivals)
        {
            Simulator::Schedule(NanoSeconds(arrival.time), [&probe, arrival] {
                probe.Send(arrival.size, arrival.isMarkable);
            });
        }
        Simulator::Run();
        const auto expected = NetemRules(settings, number).Predict(arrivals);
        const auto differs =
            std::mismatch(expected.begin(), expected.end(), probe.fates.begin(), probe.fates.end());
        const std::string what = "configuration " + std::to_string(number) + ": " +
                                 settings.GetWords() + (settings.isFifo ? ", with a fifo" : "");
        if (differs.first != expected.end() && differs.second != probe.fates.end())
        {
            NS_TEST_EXPECT_MSG_EQ(*differs.second, *differs.first, what);
        }
        NS_TEST_EXPECT_MSG_EQ(probe.fates.size(), expected.size(), what);
        NS_TEST_EXPECT_MSG_EQ(probe.IsConserved(), true, what);
    }

    const std::string m_link;
    const int m_first;
    const int m_count;
};

/// The rules of netem.
class LoNetemRulesTestSuite : public TestSuite
{
  public:
    LoNetemRulesTestSuite()
        : TestSuite("lo-netem-rules", TestSuite::Type::UNIT)
    {
        for (const auto link : {"alone", "lo", "point-to-point"})
        {
            AddTestCase(new RulesTestCase(link, 0, 50));
            AddTestCase(new RulesTestCase(link, 50, 950),
                        GetExtensive(&LoNetemRulesTestSuite::AddTestCase));
        }
    }
};

LoNetemRulesTestSuite g_loNetemRulesTestSuite;

} // namespace
