/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "correlated-uniform.h"
#include "impairment-test-case.h"

#include <array>
#include <cstddef>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// What a loss model says of the packets of a long run.
struct Definition
{
    double rate;  //!< the share that is lost
    double burst; //!< the mean length of a run of packets that are all lost
};

/// @return the definition, from the probabilities that a packet, and that two on end, are lost
Definition
FromProbabilities(double lost, double bothLost)
{
    return {lost, lost / (lost - bothLost)};
}

/// @return what a Markov chain says whose states lose packets with the given probabilities
template <std::size_t N>
Definition
FromChain(const std::array<std::array<double, N>, N>& transition,
          const std::array<double, N>& loses)
{
    std::array<double, N> share{1};
    for (int i = 0; i < 100'000; ++i)
    {
        std::array<double, N> next{};
        for (std::size_t from = 0; from < N; ++from)
        {
            for (std::size_t to = 0; to < N; ++to)
            {
                // Half of the steps stay, for a chain that goes round never to come to rest.
                next[to] += share[from] * (transition[from][to] + (from == to ? 1 : 0)) / 2;
            }
        }
        share = next;
    }
    double lost = 0;
    double bothLost = 0;
    for (std::size_t from = 0; from < N; ++from)
    {
        lost += share[from] * loses[from];
        for (std::size_t to = 0; to < N; ++to)
        {
            bothLost += share[from] * loses[from] * transition[from][to] * loses[to];
        }
    }
    return FromProbabilities(lost, bothLost);
}

Definition
FromCorrelation(double loss, double correlation)
{
    const CorrelatedUniform draw(correlation);
    return FromProbabilities(draw.GetBelow(loss), draw.GetBothBelow(loss));
}

Definition
FromGilbertElliott(double p, double r, double oneMinusH, double oneMinusK)
{
    return FromChain<2>({{{1 - p, p}, {r, 1 - r}}}, {oneMinusK, oneMinusH});
}

Definition
FromFourStates(double p13, double p31, double p32, double p23, double p14)
{
    return FromChain<4>({{{1 - p13 - p14, 0, p13, p14},
                          {0, 1 - p23, p23, 0},
                          {p31, p32, 1 - p31 - p32, 0},
                          {1, 0, 0, 0}}},
                        {0, 0, 1, 1});
}

/// What is lost is what the definition says.
class LossTestCase : public ImpairmentTestCase
{
  public:
    LossTestCase(const std::string& model,
                 const ImpairmentAttributes& attributes,
                 const Definition& definition)
        : ImpairmentTestCase("share and bursts of what is lost, " + model),
          m_attributes(attributes),
          m_definition(definition)
    {
    }

  private:
    void DoRun() override
    {
        for (uint32_t seed = 1; seed <= N_SEEDS; ++seed)
        {
            Make(m_attributes, seed);
            Measure("seed " + std::to_string(seed));
        }
    }

    void Measure(const std::string& when)
    {
        BatchMeans rate(1000);
        BatchMeans burst(50);
        uint32_t run = 0;
        for (uint32_t i = 0; i < N_FRAMES; ++i)
        {
            const auto drops = m_drops.size();
            NS_TEST_EXPECT_MSG_EQ(Send(), true, when << ": what is lost at random looks sent");
            const bool lost = m_drops.size() > drops;
            rate.Add(lost ? 1 : 0);
            if (!lost && run > 0)
            {
                burst.Add(run);
            }
            run = lost ? run + 1 : 0;
        }
        ExpectMean(rate, m_definition.rate, when + ": share of packets lost");
        ExpectMean(burst, m_definition.burst, when + ": length of a burst of losses");
        ExpectConserved(when);
        NS_TEST_EXPECT_MSG_EQ(m_impairment->GetStats().lost, m_drops.size(), when << ": Lost");
        NS_TEST_EXPECT_MSG_EQ(m_drops.back().second, DropReason::QDISC_DROP, when << ": reason");
    }

    const ImpairmentAttributes m_attributes;
    const Definition m_definition;
};

/// Probabilities at the ends of their range are certain.
class CertainLossTestCase : public ImpairmentTestCase
{
  public:
    CertainLossTestCase()
        : ImpairmentTestCase("a probability of 1 loses every packet, one of 0 none")
    {
    }

  private:
    void DoRun() override
    {
        Expect({{"Loss", "1"}}, 1000);
        Expect({{"Loss", "1"}, {"LossCorrelation", "0.5"}}, 1000);
        Expect({{"Loss", "0"}, {"LossCorrelation", "1"}}, 0);
        Expect({{"LossModel", "GilbertElliott"}}, 0);
        Expect({{"LossModel", "GilbertElliott"}, {"GilbertOneMinusK", "1"}}, 1000);
        // The state that the first packet finds decides on it.
        Expect({{"LossModel", "GilbertElliott"}, {"GilbertP", "1"}, {"GilbertR", "0"}}, 999);
        Expect({{"LossModel", "FourState"}}, 0);
        // The first packet leads to the state in which all are lost, and is lost as well.
        Expect({{"LossModel", "FourState"}, {"StateP13", "1"}, {"StateP31", "0"}}, 1000);
    }

    void Expect(const ImpairmentAttributes& attributes, std::size_t drops)
    {
        Make(attributes);
        for (int i = 0; i < 1000; ++i)
        {
            Send();
        }
        NS_TEST_EXPECT_MSG_EQ(m_drops.size(),
                              drops,
                              "packets of 1000 lost, " << attributes.front().first << " "
                                                       << attributes.front().second);
    }
};

class LoImpairmentLossTestSuite : public TestSuite
{
  public:
    LoImpairmentLossTestSuite()
        : TestSuite("lo-impairment-loss", TestSuite::Type::UNIT)
    {
        AddTestCase(new LossTestCase("Random", {{"Loss", "0.1"}}, {0.1, 1 / 0.9}));
        AddCorrelated("0.3", "0.25");
        AddCorrelated("0.3", "0.5");
        AddCorrelated("0.4", "0.9");
        AddGilbertElliott("0.1", "0.9", "1", "0");
        AddGilbertElliott("0.02", "0.25", "1", "0");
        AddGilbertElliott("0.05", "0.2", "0.7", "0");
        AddGilbertElliott("0.05", "0.2", "0.7", "0.02");
        AddFourState("0.1", "0.9", "0", "1", "0");
        AddFourState("0.05", "0.3", "0", "1", "0");
        AddFourState("0.05", "0.3", "0.2", "0.6", "0");
        AddFourState("0.05", "0.3", "0.2", "0.6", "0.04");
        AddTestCase(new CertainLossTestCase);
    }

  private:
    void AddCorrelated(const std::string& loss, const std::string& correlation)
    {
        AddTestCase(new LossTestCase("Loss " + loss + ", LossCorrelation " + correlation,
                                     {{"Loss", loss}, {"LossCorrelation", correlation}},
                                     FromCorrelation(std::stod(loss), std::stod(correlation))));
    }

    void AddGilbertElliott(const std::string& p,
                           const std::string& r,
                           const std::string& oneMinusH,
                           const std::string& oneMinusK)
    {
        AddTestCase(
            new LossTestCase("GilbertElliott " + p + " " + r + " " + oneMinusH + " " + oneMinusK,
                             {{"LossModel", "GilbertElliott"},
                              {"GilbertP", p},
                              {"GilbertR", r},
                              {"GilbertOneMinusH", oneMinusH},
                              {"GilbertOneMinusK", oneMinusK}},
                             FromGilbertElliott(std::stod(p),
                                                std::stod(r),
                                                std::stod(oneMinusH),
                                                std::stod(oneMinusK))));
    }

    void AddFourState(const std::string& p13,
                      const std::string& p31,
                      const std::string& p32,
                      const std::string& p23,
                      const std::string& p14)
    {
        AddTestCase(
            new LossTestCase("FourState " + p13 + " " + p31 + " " + p32 + " " + p23 + " " + p14,
                             {{"LossModel", "FourState"},
                              {"StateP13", p13},
                              {"StateP31", p31},
                              {"StateP32", p32},
                              {"StateP23", p23},
                              {"StateP14", p14}},
                             FromFourStates(std::stod(p13),
                                            std::stod(p31),
                                            std::stod(p32),
                                            std::stod(p23),
                                            std::stod(p14))));
    }
};

LoImpairmentLossTestSuite g_loImpairmentLossTestSuite;

} // namespace
