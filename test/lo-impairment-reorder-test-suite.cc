/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "correlated-uniform.h"
#include "impairment-test-case.h"

#include "ns3/simulator.h"

#include <optional>
#include <vector>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// How many packets are reordered, and how many others they pass.
class ReorderTestCase : public ImpairmentTestCase
{
  public:
    ReorderTestCase(const std::string& how,
                    const ImpairmentAttributes& attributes,
                    double share,
                    std::optional<double> displacement)
        : ImpairmentTestCase("share and displacement of what is reordered, " + how),
          m_attributes(attributes),
          m_share(share),
          m_displacement(displacement)
    {
    }

  private:
    void DoRun() override
    {
        for (uint32_t seed = 1; seed <= N_SEEDS; ++seed)
        {
            Make(m_attributes, seed);
            // The nine packets before one wait when it is sent, unless they were reordered.
            Set("Delay", "ns3::ConstantRandomVariable[Constant=0.0095]");
            m_impairment->TraceConnectWithoutContext(
                "Reordered",
                MakeCallback(&ReorderTestCase::OnReordered, this));
            m_isReordered.assign(N_FRAMES, false);
            SendEvery(N_FRAMES, MilliSeconds(1));
            Simulator::Run();
            Measure("seed " + std::to_string(seed));
        }
    }

    void OnReordered(uint64_t /* before */, uint64_t /* now */)
    {
        m_isReordered[m_nSent - 1] = true;
    }

    void Measure(const std::string& when)
    {
        NS_TEST_ASSERT_MSG_EQ(m_arrivals.size(), N_FRAMES, when << ": all go on");
        std::vector<uint64_t> position(N_FRAMES);
        for (uint32_t i = 0; i < N_FRAMES; ++i)
        {
            position[m_arrivals[i].number] = i;
        }
        BatchMeans share(1000);
        BatchMeans displacement(100);
        uint64_t last = 0;
        for (uint32_t i = 0; i < N_FRAMES; ++i)
        {
            share.Add(m_isReordered[i] ? 1 : 0);
            if (m_isReordered[i])
            {
                uint32_t passed = 0;
                for (uint32_t j = i < 20 ? 0 : i - 20; j < i; ++j)
                {
                    passed += position[j] > position[i] ? 1 : 0;
                }
                displacement.Add(passed);
            }
            else
            {
                NS_TEST_EXPECT_MSG_EQ((position[i] >= last),
                                      true,
                                      when << ": the others stay in order, packet " << i);
                last = position[i];
            }
        }
        ExpectMean(share, m_share, when + ": share of packets reordered");
        if (m_displacement)
        {
            ExpectMean(displacement, *m_displacement, when + ": packets that one passed");
        }
    }

    const ImpairmentAttributes m_attributes;
    const double m_share;
    const std::optional<double> m_displacement;
    std::vector<bool> m_isReordered;
};

/// netem's repeatable pattern.
class GapTestCase : public ImpairmentTestCase
{
  public:
    GapTestCase()
        : ImpairmentTestCase("with a probability of 1 every Gap-th packet goes at once")
    {
    }

  private:
    void DoRun() override
    {
        Expect("5");
        Expect("1");
        // None at all.
        Expect("0");
        Expect("4294967295");
    }

    void Expect(const std::string& gap)
    {
        Make(
            {{"Delay", "ns3::ConstantRandomVariable[Constant=1]"}, {"Reorder", "1"}, {"Gap", gap}});
        const auto every = std::stoull(gap);
        for (uint64_t i = 1; i <= 50; ++i)
        {
            const auto arrivals = m_arrivals.size();
            Send();
            NS_TEST_EXPECT_MSG_EQ(m_arrivals.size() - arrivals,
                                  (every != 0 && i % every == 0 ? 1 : 0),
                                  "gap " << gap << ": whether packet " << i << " goes at once");
        }
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_arrivals.size(), 50, "gap " << gap << ": all go on");
    }
};

/// Packets that were sent while there was no reordering do not count for the gap.
class GapStartTestCase : public ImpairmentTestCase
{
  public:
    GapStartTestCase()
        : ImpairmentTestCase("the gap begins when Reorder is set, as by tc qdisc change")
    {
    }

  private:
    void DoRun() override
    {
        Make({{"Delay", "ns3::ConstantRandomVariable[Constant=1]"}, {"Gap", "3"}});
        for (int i = 0; i < 10; ++i)
        {
            Send();
        }
        Set("Reorder", "1");
        for (int i = 10; i < 16; ++i)
        {
            Send();
        }
        NS_TEST_ASSERT_MSG_EQ(m_arrivals.size(), 2, "packets that went at once");
        NS_TEST_EXPECT_MSG_EQ(m_arrivals[0].number, 12, "the third since it was set");
        NS_TEST_EXPECT_MSG_EQ(m_arrivals[1].number, 15, "the sixth");
        Simulator::Run();
    }
};

class LoImpairmentReorderTestSuite : public TestSuite
{
  public:
    LoImpairmentReorderTestSuite()
        : TestSuite("lo-impairment-reorder", TestSuite::Type::UNIT)
    {
        AddTestCase(new ReorderTestCase("Reorder 0.25", {{"Reorder", "0.25"}}, 0.25, 9 * 0.75));
        // From one to the next: three that are not, and as many tries as it takes.
        const double period = 3 + 1 / 0.5;
        AddTestCase(new ReorderTestCase("Reorder 0.5, Gap 4",
                                        {{"Reorder", "0.5"}, {"Gap", "4"}},
                                        1 / period,
                                        9 - GetReorderedBefore(0.5, 4, 9)));
        const double correlated = CorrelatedUniform(0.5).GetBelow(0.4);
        AddTestCase(new ReorderTestCase("Reorder 0.4, ReorderCorrelation 0.5",
                                        {{"Reorder", "0.4"}, {"ReorderCorrelation", "0.5"}},
                                        correlated,
                                        std::nullopt));
        AddTestCase(new GapTestCase);
        AddTestCase(new GapStartTestCase);
    }

  private:
    /// @return how many of the packets before one that is reordered are so too, by Gap
    static double GetReorderedBefore(double probability, uint32_t gap, uint32_t count)
    {
        // By renewal, which reads the same backwards: the chance that the k-th before was one.
        std::vector<double> renewal(count + 1);
        renewal[0] = 1;
        double sum = 0;
        for (uint32_t k = 1; k <= count; ++k)
        {
            double wait = probability;
            for (uint32_t length = gap; length <= k; ++length)
            {
                renewal[k] += wait * renewal[k - length];
                wait *= 1 - probability;
            }
            sum += renewal[k];
        }
        return sum;
    }
};

LoImpairmentReorderTestSuite g_loImpairmentReorderTestSuite;

} // namespace
