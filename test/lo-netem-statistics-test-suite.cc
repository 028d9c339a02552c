/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"
#include "netem-probe.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// Time between packets: longer than any delay, so that they leave in order.
constexpr int64_t INTERVAL{1'000'000'000};

/// @return the mean of numbers, and its standard error by the means of a hundred batches, which is
/// right even if a number depends on the previous ones
std::pair<double, double>
GetMean(const std::vector<double>& numbers)
{
    constexpr int n = 100;
    const auto size = static_cast<std::ptrdiff_t>(numbers.size() / n);
    double sum = 0;
    double squares = 0;
    for (auto begin = numbers.begin(); begin != numbers.end(); begin += size)
    {
        const auto mean = std::accumulate(begin, begin + size, 0.0) / static_cast<double>(size);
        sum += mean;
        squares += mean * mean;
    }
    const auto mean = sum / n;
    return {mean, std::sqrt(std::max(0.0, squares / n - mean * mean) / (n - 1))};
}

/// Statistics of a long run, compared with their definitions in tc-netem(8).
class StatisticsTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// The size of a run.
    struct Size
    {
        uint32_t packets; //!< packets in it
        int seeds;        //!< number of runs
    };

    /// Check the share of packets that are lost, duplicated, corrupted or reordered.
    void TestShare(const char* link,
                   Size size,
                   const char* words,
                   const std::string& what,
                   double expected)
    {
        const auto count = [&what](const NetemProbe& probe, std::vector<double>& happened) {
            for (const auto& fate : probe.fates)
            {
                const bool isReordered = fate.time % INTERVAL == 0;
                const bool isIt = what == "lost"        ? fate.what == NetemQueueDisc::LOSS_DROP
                                  : what == "corrupted" ? fate.flipped >= 0
                                  : what == "reordered" ? isReordered
                                                        : true;
                happened[fate.id] += isIt ? 1 : 0;
            }
            if (what == "duplicated")
            {
                for (auto& copies : happened)
                {
                    copies -= 1;
                }
            }
        };
        Run(link, size, words, expected, count);
    }

    /// Check the mean and the mean square of the delay's deviation, in standard deviations.
    void TestDelay(const char* link, Size size, const char* words, double mean, double square)
    {
        for (const auto& [power, expected] : {std::pair(1, mean), {2, square}})
        {
            const auto find = [power = power](const NetemProbe& probe,
                                              std::vector<double>& values) {
                for (const auto& fate : probe.fates)
                {
                    const auto deviation = static_cast<double>(fate.time % INTERVAL) - 100e6;
                    values[fate.id] = std::pow(deviation / 10e6, power);
                }
            };
            Run(link, size, words, expected, find);
        }
    }

  private:
    /**
     * Send packets, and expect the mean of a number per packet to be within 4 standard errors.
     * @param find sets the numbers, which are 0 at first
     */
    void Run(const std::string& link,
             Size size,
             const std::string& words,
             double expected,
             const std::function<void(const NetemProbe&, std::vector<double>&)>& find)
    {
        for (int seed = 0; seed < size.seeds; ++seed)
        {
            NetemProbe probe(link, words);
            probe.disc->AssignStreams(int64_t{100} * seed);
            probe.SendEvery(size.packets, NanoSeconds(INTERVAL), 40);
            Simulator::Run();
            std::vector<double> values(size.packets);
            find(probe, values);
            const auto [mean, error] = GetMean(values);
            NS_TEST_EXPECT_MSG_EQ_TOL(mean,
                                      expected,
                                      4 * error + 1e-12,
                                      words << " on " << link << ", seed " << seed);
            NS_TEST_EXPECT_MSG_EQ(probe.IsConserved(), true, words);
        }
    }
};

using Case = StatisticsTestCase;

/// Add a short run, and the long ones as EXTENSIVE.
template <class Test, class... Args>
void
AddBoth(Suite& suite, const std::string& name, Test test, const char* link, Args... args)
{
    const Case::Size quick{10'000, 1};
    const Case::Size extensive{200'000, 5};
    suite.Add(name + ", 10,000 packets", test, link, quick, args...);
    suite.AddExtensive(name + ", 200,000 packets", test, link, extensive, args...);
}

void
AddShare(Suite& suite, const char* link, const char* words, const char* what, double expected)
{
    const auto name = std::string(words) + ": so many are " + what + ", on " + link;
    AddBoth(suite, name, &Case::TestShare, link, words, what, expected);
}

void
AddDelay(Suite& suite, const char* link, const char* words, double mean, double square)
{
    const auto name = std::string(words) + ": mean and deviation, on " + link;
    AddBoth(suite, name, &Case::TestDelay, link, words, mean, square);
}

/// Statistics of netem.
const Suite g_suite("lo-netem-statistics", TestSuite::Type::UNIT, [](Suite& suite) {
    for (const auto link : {"lo", "point-to-point"})
    {
        AddShare(suite, link, "loss 10%", "lost", 0.1);
        // A correlation of 50 % makes a number the sum of U1 / 2 + U2 / 4 + ... of uniform numbers,
        // which is below 1 / 4 with probability 5 / 72 (the Fabius function).
        AddShare(suite, link, "loss 25% 50%", "lost", 5.0 / 72);
        // The chain is in the bad state with probability p / (p + r).
        AddShare(suite, link, "loss gemodel 5% 20% 70% 2%", "lost", 0.8 * 0.02 + 0.2 * 0.7);
        AddShare(suite, link, "loss gemodel 10%", "lost", 0.1);
        // For each time in state 1 the chain is 0.15, 0.2 and 0.05 times in 2, 3 and 4.
        AddShare(suite, link, "loss state 4% 20% 30% 40% 5%", "lost", (0.2 + 0.05) / 1.4);
        AddShare(suite, link, "loss state 10%", "lost", 0.1);
        AddShare(suite, link, "duplicate 20%", "duplicated", 0.2);
        AddShare(suite, link, "duplicate 75% 50%", "duplicated", 67.0 / 72);
        AddShare(suite, link, "corrupt 15%", "corrupted", 0.15);
        AddShare(suite, link, "delay 10ms reorder 25%", "reordered", 0.25);
        // Every third packet at most: one of 2 + 1 / 0.5.
        AddShare(suite, link, "delay 10ms reorder 50% gap 3", "reordered", 0.25);
        AddDelay(suite, link, "delay 100ms 10ms", 0, 1.0 / 3);
        AddDelay(suite, link, "delay 100ms 10ms distribution normal", 0, 1);
        const auto pareto = [](double power) {
            // By the quantiles of a Pareto variable with the shape 3, of mean 1.5, which ends at 4.
            constexpr int n = 50'000;
            double sum = 0;
            for (int i = 0; i < n; ++i)
            {
                const auto value = (std::pow((i + 0.5) / n, -1.0 / 3) - 1.5) * 4 / 3;
                sum += std::pow(std::min(value, 4.0), power) / n;
            }
            return sum;
        };
        AddDelay(suite, link, "delay 100ms 10ms distribution pareto", pareto(1), pareto(2));
    }
});

} // namespace
