/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "impairment-test-case.h"

#include "ns3/simulator.h"

#include <cmath>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// What a delay is by the definition of its distribution, in seconds.
struct Definition
{
    double mean;     //!< its mean
    double variance; //!< its variance
};

/// Delays have the mean and the spread of the random variable.
class DelayTestCase : public ImpairmentTestCase
{
  public:
    DelayTestCase(const std::string& distribution,
                  const std::string& delay,
                  const Definition& definition)
        : ImpairmentTestCase("mean and spread of the delay, " + distribution),
          m_delay(delay),
          m_definition(definition)
    {
    }

  private:
    void DoRun() override
    {
        for (uint32_t seed = 1; seed <= N_SEEDS; ++seed)
        {
            Make({{"Delay", m_delay}, {"Limit", std::to_string(N_FRAMES)}}, seed);
            Measure("seed " + std::to_string(seed));
        }
    }

    void Measure(const std::string& when)
    {
        const auto start = Simulator::Now();
        for (uint32_t i = 0; i < N_FRAMES; ++i)
        {
            Send();
        }
        NS_TEST_EXPECT_MSG_EQ(m_impairment->GetNPackets(), N_FRAMES, when << ": all wait");
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_arrivals.size(), N_FRAMES, when << ": all go on");

        std::vector<double> delays(N_FRAMES);
        for (const auto& arrival : m_arrivals)
        {
            delays.at(arrival.number) = (arrival.time - start).GetSeconds();
        }
        BatchMeans mean(100);
        BatchMeans square(100);
        for (const auto delay : delays)
        {
            mean.Add(delay);
            square.Add((delay - m_definition.mean) * (delay - m_definition.mean));
        }
        ExpectMean(mean, m_definition.mean, when + ": mean of the delay");
        ExpectMean(square, m_definition.variance, when + ": variance of the delay");
    }

    const std::string m_delay;
    const Definition m_definition;
};

/// A delay can not be negative.
class NegativeDelayTestCase : public ImpairmentTestCase
{
  public:
    NegativeDelayTestCase()
        : ImpairmentTestCase("a negative delay is none, and is counted")
    {
    }

  private:
    void DoRun() override
    {
        for (uint32_t seed = 1; seed <= N_SEEDS; ++seed)
        {
            Make({{"Delay", "ns3::NormalRandomVariable[Mean=0.001|Variance=0.000004]"},
                  {"Limit", std::to_string(N_FRAMES)}},
                 seed);
            BatchMeans negative(100);
            for (uint32_t i = 0; i < N_FRAMES; ++i)
            {
                const auto arrivals = m_arrivals.size();
                Send();
                negative.Add(static_cast<double>(m_arrivals.size() - arrivals));
            }
            NS_TEST_EXPECT_MSG_EQ(m_impairment->GetStats().negativeDelays,
                                  m_arrivals.size(),
                                  "seed " << seed << ": those that went on at once are counted");
            // The standard normal distribution below -mean / deviation.
            ExpectMean(negative,
                       std::erfc(0.5 / std::sqrt(2)) / 2,
                       "seed " + std::to_string(seed) + ": share of negative delays");
            Simulator::Run();
        }
    }
};

/// Packets are sent in order unless the delay says otherwise.
class OrderTestCase : public ImpairmentTestCase
{
  public:
    OrderTestCase()
        : ImpairmentTestCase("a constant delay, or a rate, keeps packets in order; jitter does not")
    {
    }

  private:
    void DoRun() override
    {
        const std::string jitter = "ns3::UniformRandomVariable[Min=0|Max=0.01]";
        Expect({{"Delay", "ns3::ConstantRandomVariable[Constant=0.01]"}}, true);
        Expect({{"Delay", jitter}}, false);
        Expect({{"Delay", jitter}, {"Rate", "10Gbps"}}, true);
        Expect({{"Rate", "1Mbps"}}, true);
    }

    void Expect(const ImpairmentAttributes& attributes, bool inOrder)
    {
        Make(attributes);
        SendEvery(500, MilliSeconds(1));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_arrivals.size(), 500, "all go on");
        NS_TEST_EXPECT_MSG_EQ(IsInOrder(),
                              inOrder,
                              "in order, " << attributes.front().first << " "
                                           << attributes.front().second);
    }
};

/// A rate sends one packet after the other.
class RateTestCase : public ImpairmentTestCase
{
  public:
    RateTestCase()
        : ImpairmentTestCase("a packet takes its size by the rate, after those that wait")
    {
    }

  private:
    void DoRun() override
    {
        m_start = Simulator::Now();
        ExpectSerialised();
        ExpectDelayed();
        ExpectIdle();
    }

    /// At 8 Mbit/s a byte takes a microsecond.
    void ExpectSerialised()
    {
        Restart({{"Rate", "8Mbps"}});
        uint64_t microseconds = 0;
        std::vector<uint64_t> expected;
        for (uint32_t i = 0; i < 900; ++i)
        {
            const auto size = 1 + 73 * i;
            Send(Create<Packet>(size));
            microseconds += size;
            expected.push_back(microseconds);
        }
        Simulator::Run();
        ExpectArrivals(expected, "packets of many sizes, sent at once");
    }

    /// The time that a packet waits for those before it is a part of its delay.
    void ExpectDelayed()
    {
        Restart({{"Rate", "8Mbps"}, {"Delay", "ns3::ConstantRandomVariable[Constant=0.01]"}});
        Send(Create<Packet>(1000));
        Send(Create<Packet>(1000));
        Simulator::Schedule(MilliSeconds(5), [this] { Send(Create<Packet>(1000)); });
        Simulator::Run();
        ExpectArrivals({11'000, 12'000, 16'000}, "with a delay");
    }

    /// What was sent is no reference for those after it.
    void ExpectIdle()
    {
        Restart({{"Rate", "8Mbps"}});
        Send(Create<Packet>(1000));
        Simulator::Schedule(MicroSeconds(999), [this] { Send(Create<Packet>(500)); });
        Simulator::Schedule(MicroSeconds(5000), [this] { Send(Create<Packet>(500)); });
        Simulator::Run();
        ExpectArrivals({1000, 1500, 5500}, "after a pause");
    }

    void Restart(const ImpairmentAttributes& attributes)
    {
        Make(attributes);
        m_start = Simulator::Now();
    }

    void ExpectArrivals(const std::vector<uint64_t>& microseconds, const std::string& when)
    {
        NS_TEST_ASSERT_MSG_EQ(m_arrivals.size(), microseconds.size(), when << ": packets");
        for (std::size_t i = 0; i < microseconds.size(); ++i)
        {
            NS_TEST_EXPECT_MSG_EQ(m_arrivals[i].number, i, when << ": order");
            NS_TEST_EXPECT_MSG_EQ(m_arrivals[i].time - m_start,
                                  MicroSeconds(microseconds[i]),
                                  when << ": time of packet " << i);
        }
    }

    Time m_start;
};

class LoImpairmentDelayTestSuite : public TestSuite
{
  public:
    LoImpairmentDelayTestSuite()
        : TestSuite("lo-impairment-delay", TestSuite::Type::UNIT)
    {
        AddTestCase(new DelayTestCase("uniform",
                                      "ns3::UniformRandomVariable[Min=0.005|Max=0.015]",
                                      {0.01, 0.01 * 0.01 / 12}));
        AddTestCase(new DelayTestCase("normal",
                                      "ns3::NormalRandomVariable[Mean=0.01|Variance=0.000001]",
                                      {0.01, 0.000001}));
        AddTestCase(new DelayTestCase("exponential",
                                      "ns3::ExponentialRandomVariable[Mean=0.01]",
                                      {0.01, 0.0001}));
        // With so large a shape that the variance of the variance is finite.
        AddTestCase(new DelayTestCase("pareto",
                                      "ns3::ParetoRandomVariable[Scale=0.01|Shape=12]",
                                      {0.01 * 12 / 11, 0.0001 * 12 / (11. * 11 * 10)}));
        AddTestCase(new NegativeDelayTestCase);
        AddTestCase(new OrderTestCase);
        AddTestCase(new RateTestCase);
    }
};

LoImpairmentDelayTestSuite g_loImpairmentDelayTestSuite;

} // namespace
