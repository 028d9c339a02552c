/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"
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
    using TestCase::TestCase;

    /// Compare with configurations from the first on, on a link for NetemProbe.
    void Run(const std::string& link, int first, int count)
    {
        for (int i = first; i < first + count && !IsStatusFailure(); ++i)
        {
            Compare(link, i);
        }
    }

  private:
    void Compare(const std::string& link, int number)
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

        NetemProbe probe(link, settings.GetWords(), settings.isFifo ? "ns3::FifoQueueDisc" : "");
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
};

/// The rules of netem.
const Suite g_suite("lo-netem-rules", TestSuite::Type::UNIT, [](Suite& suite) {
    using Case = RulesTestCase;
    for (const std::string link : {"alone", "lo", "point-to-point"})
    {
        const auto name =
            "a second implementation of the kernel's rules gives each packet the same "
            "fate at the same time: " +
            link;
        suite.Add(name + ", 50 configurations", &Case::Run, link, 0, 50);
        suite.AddExtensive(name + ", the other 950", &Case::Run, link, 50, 950);
    }
});

} // namespace
