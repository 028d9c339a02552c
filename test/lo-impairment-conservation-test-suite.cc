/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "impairment-call-sequence.h"
#include "impairment-test-case.h"

#include "ns3/random-variable-stream.h"
#include "ns3/simulator.h"

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// All at once.
class CombinedTestCase : public ImpairmentTestCase
{
  public:
    CombinedTestCase(const std::string& how, const ImpairmentAttributes& attributes, bool inOrder)
        : ImpairmentTestCase("sent = delivered - duplicates + lost + waiting, " + how),
          m_attributes(attributes),
          m_inOrder(inOrder)
    {
    }

  private:
    void DoRun() override
    {
        for (uint32_t seed = 1; seed <= N_SEEDS; ++seed)
        {
            Make(m_attributes, seed);
            SendEvery(N_FRAMES, MicroSeconds(10));
            const auto start = Simulator::Now();
            for (int i = 1; i < 20; ++i)
            {
                Simulator::Stop(start + i * MilliSeconds(100) - Simulator::Now());
                Simulator::Run();
                NS_TEST_EXPECT_MSG_GT(m_impairment->GetNPackets(), 0, "some wait");
                ExpectConserved("seed " + std::to_string(seed));
            }
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(m_nSent, N_FRAMES, "frames sent");
            NS_TEST_EXPECT_MSG_EQ(m_impairment->GetNPackets(), 0, "at the end none waits");
            ExpectConserved("at the end, seed " + std::to_string(seed));
            const auto stats = m_impairment->GetStats();
            NS_TEST_EXPECT_MSG_GT(stats.lost, 0, "some are lost");
            NS_TEST_EXPECT_MSG_GT(stats.duplicated, 0, "some are duplicated");
            NS_TEST_EXPECT_MSG_GT(stats.corrupted, 0, "some are corrupted");
            NS_TEST_EXPECT_MSG_GT(stats.overLimit, 0, "some find no room");
            NS_TEST_EXPECT_MSG_EQ(IsInOrder(), m_inOrder, "whether they stay in order");
        }
    }

    const ImpairmentAttributes m_attributes;
    const bool m_inOrder;
};

/// Whatever is done, no frame is lost sight of.
class AnySequenceTestCase : public TestCase
{
  public:
    AnySequenceTestCase()
        : TestCase("every frame is accounted for, in any sequence of calls")
    {
    }

  private:
    static constexpr uint64_t N_SEQUENCES = 3000;

    void DoRun() override
    {
        auto random = CreateObject<UniformRandomVariable>();
        random->SetStream(1000);
        LinkImpairmentStats total;
        for (uint32_t i = 0; i < N_SEQUENCES && !IsStatusFailure(); ++i)
        {
            ImpairmentCallSequence sequence(
                [&](uint32_t n) { return random->GetInteger(0, n - 1); });
            sequence.Run();
            NS_TEST_EXPECT_MSG_EQ(sequence.GetProblem(), "", "sequence " << i);
            const auto& stats = sequence.GetStats();
            total.passed += stats.passed;
            total.lost += stats.lost;
            total.overLimit += stats.overLimit;
            total.flushed += stats.flushed;
            total.duplicated += stats.duplicated;
            total.corrupted += stats.corrupted;
            total.reordered += stats.reordered;
        }
        NS_TEST_EXPECT_MSG_GT(total.passed, 10 * N_SEQUENCES, "the sequences send frames");
        NS_TEST_EXPECT_MSG_GT(total.lost, N_SEQUENCES, "and lose some");
        NS_TEST_EXPECT_MSG_GT(total.overLimit, N_SEQUENCES, "and have no room for some");
        NS_TEST_EXPECT_MSG_GT(total.flushed, N_SEQUENCES, "and lose some that wait");
        NS_TEST_EXPECT_MSG_GT(total.duplicated, N_SEQUENCES, "and duplicate some");
        NS_TEST_EXPECT_MSG_GT(total.corrupted, N_SEQUENCES, "and corrupt some");
        NS_TEST_EXPECT_MSG_GT(total.reordered, N_SEQUENCES, "and reorder some");
    }
};

class LoImpairmentConservationTestSuite : public TestSuite
{
  public:
    LoImpairmentConservationTestSuite()
        : TestSuite("lo-impairment-conservation", TestSuite::Type::UNIT)
    {
        // 100 bytes are sent every 10 us; the rate takes 90% of that, before what is lost.
        const ImpairmentAttributes inOrder{{"Delay", "ns3::ConstantRandomVariable[Constant=0.01]"},
                                           {"Rate", "72Mbps"},
                                           {"Loss", "0.1"},
                                           {"LossCorrelation", "0.25"},
                                           {"Duplicate", "0.1"},
                                           {"Corrupt", "0.1"},
                                           {"Limit", "1000"}};
        auto reordered = inOrder;
        reordered.emplace_back("Reorder", "0.1");
        reordered.emplace_back("Gap", "5");
        auto jitter = inOrder;
        jitter.emplace_back("Delay", "ns3::UniformRandomVariable[Min=0.001|Max=0.02]");
        jitter.emplace_back("Rate", "0bps");
        AddTestCase(new CombinedTestCase("and in order", inOrder, true));
        AddTestCase(new CombinedTestCase("with Reorder", reordered, false));
        AddTestCase(new CombinedTestCase("with jitter", jitter, false));
        AddTestCase(new AnySequenceTestCase);
    }
};

LoImpairmentConservationTestSuite g_loImpairmentConservationTestSuite;

} // namespace
