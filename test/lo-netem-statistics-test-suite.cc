/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"
#include "netem-probe.h"

#include "ns3/simulator.h"
#include "ns3/test.h"

#include <algorithm>
#include <array>
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

/// Time between packets, longer than any delay, so that they leave in the order of their numbers.
constexpr int64_t INTERVAL{1'000'000'000};

/// @return the share of packets lost by a Markov chain
double
GetShareLost(const std::vector<std::vector<double>>& transition, const std::vector<double>& loses)
{
    std::vector<double> share(loses.size(), 1.0 / static_cast<double>(loses.size()));
    for (int step = 0; step < 10'000; ++step)
    {
        // By half a step, so that an alternating chain converges, too.
        std::vector<double> next(loses.size());
        for (std::size_t i = 0; i < loses.size(); ++i)
        {
            next[i] += share[i] / 2;
            for (std::size_t j = 0; j < loses.size(); ++j)
            {
                next[j] += share[i] * transition[i][j] / 2;
            }
        }
        share = next;
    }
    double lost = 0;
    for (std::size_t i = 0; i < loses.size(); ++i)
    {
        lost += share[i] * loses[i];
    }
    return lost;
}

/// @return the probability that netem's correlated number X' = (1 - rho) U + rho X, with U uniform
/// from 0 to 1, is below a limit: its distribution function, iterated until it converges
double
GetCorrelatedBelow(double rho, double limit)
{
    constexpr int n = 4000;
    std::vector<double> below(n + 1); // of i / n
    for (int i = 0; i <= n; ++i)
    {
        below[i] = static_cast<double>(i) / n;
    }
    // The first function's share shrinks by rho per step.
    for (double left = 1; left > 1e-6; left *= rho)
    {
        std::vector<double> integral(n + 1);
        for (int i = 1; i <= n; ++i)
        {
            integral[i] = integral[i - 1] + (below[i - 1] + below[i]) / 2 / n;
        }
        const auto integrateTo = [&integral](double x) {
            const auto cell = std::clamp(static_cast<int>(x * n), 0, n - 1);
            const auto part = std::clamp(x * n - cell, 0.0, 1.0);
            const auto inside = integral[cell] + (integral[cell + 1] - integral[cell]) * part;
            return inside + std::max(0.0, x - 1);
        };
        // The mean of P(X < (y - (1 - rho) u) / rho) over all u.
        for (int i = 0; i <= n; ++i)
        {
            const auto y = static_cast<double>(i) / n;
            below[i] =
                rho / (1 - rho) * (integrateTo(y / rho) - integrateTo((y - (1 - rho)) / rho));
        }
    }
    return below[static_cast<int>(limit * n)];
}

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

/// @return the mean of a function of the standard normal variable, from -4 to 4
double
IntegrateNormal(const std::function<double(double)>& function)
{
    double sum = 0;
    for (double x = -4; x < 4; x += 1e-3)
    {
        sum += function(x) * std::exp(-x * x / 2) / std::sqrt(2 * M_PI) * 1e-3;
    }
    return sum;
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

    /// The share of packets that are lost, duplicated, corrupted or reordered.
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

    /// The mean and the mean square of the delay's deviation, in standard deviations.
    void TestDelay(const char* link, Size size, const char* words, double mean, double square)
    {
        const auto standardize = [](const NetemFate& fate) {
            return (static_cast<double>(fate.time % INTERVAL) - 100e6) / 10e6;
        };
        Run(link, size, words, mean, [&](const NetemProbe& probe, std::vector<double>& values) {
            for (const auto& fate : probe.fates)
            {
                values[fate.id] = standardize(fate);
            }
        });
        Run(link, size, words, square, [&](const NetemProbe& probe, std::vector<double>& values) {
            for (const auto& fate : probe.fates)
            {
                values[fate.id] = standardize(fate) * standardize(fate);
            }
        });
    }

  private:
    /**
     * Send packets, and expect the mean of a number per packet within 4 standard errors.
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
        AddShare(suite, link, "loss 30% 50%", "lost", GetCorrelatedBelow(0.5, 0.3));
        AddShare(suite,
                 link,
                 "loss gemodel 5% 20% 70% 2%",
                 "lost",
                 GetShareLost({{0.95, 0.05}, {0.2, 0.8}}, {0.02, 0.7}));
        AddShare(suite,
                 link,
                 "loss gemodel 10%",
                 "lost",
                 GetShareLost({{0.9, 0.1}, {0.9, 0.1}}, {0, 1}));
        AddShare(suite,
                 link,
                 "loss state 4% 20% 30% 40% 5%",
                 "lost",
                 GetShareLost(
                     {{0.91, 0, 0.04, 0.05}, {0, 0.6, 0.4, 0}, {0.2, 0.3, 0.5, 0}, {1, 0, 0, 0}},
                     {0.09, 0.4, 0.5, 0}));
        AddShare(suite,
                 link,
                 "loss state 10%",
                 "lost",
                 GetShareLost({{0.9, 0.1}, {0.9, 0.1}}, {0.1, 0.1}));
        AddShare(suite, link, "duplicate 20%", "duplicated", 0.2);
        AddShare(suite, link, "duplicate 60% 30%", "duplicated", GetCorrelatedBelow(0.3, 0.6));
        AddShare(suite, link, "corrupt 15%", "corrupted", 0.15);
        AddShare(suite, link, "delay 10ms reorder 25%", "reordered", 0.25);
        // Every third packet at most: one of 2 + 1 / 0.5.
        AddShare(suite, link, "delay 10ms reorder 50% gap 3", "reordered", 0.25);
        AddDelay(suite, link, "delay 100ms 10ms", 0, 1.0 / 3);
        AddDelay(suite,
                 link,
                 "delay 100ms 10ms distribution normal",
                 0,
                 IntegrateNormal([](double x) { return x * x; }));
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
