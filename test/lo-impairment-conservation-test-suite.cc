/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "impairment-test-case.h"

#include "ns3/simulator.h"

#include <algorithm>

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
                Simulator::Stop(start + MilliSeconds(100 * i) - Simulator::Now());
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
class AnySequenceTestCase : public ImpairmentTestCase
{
  public:
    AnySequenceTestCase()
        : ImpairmentTestCase("every frame is accounted for, in any sequence of calls")
    {
    }

  private:
    static constexpr uint32_t N_SEQUENCES = 3000;

    void DoRun() override
    {
        m_draw = CreateObject<UniformRandomVariable>();
        m_draw->SetStream(1000);
        for (uint32_t i = 0; i < N_SEQUENCES && !IsStatusFailure(); ++i)
        {
            RunSequence("sequence " + std::to_string(i));
        }
        NS_TEST_EXPECT_MSG_GT(m_total.passed, 10 * N_SEQUENCES, "the sequences send frames");
        NS_TEST_EXPECT_MSG_GT(m_total.lost, N_SEQUENCES, "and lose some");
        NS_TEST_EXPECT_MSG_GT(m_total.overLimit, N_SEQUENCES, "and have no room for some");
        NS_TEST_EXPECT_MSG_GT(m_total.flushed, N_SEQUENCES, "and lose some that wait");
        NS_TEST_EXPECT_MSG_GT(m_total.duplicated, N_SEQUENCES, "and duplicate some");
        NS_TEST_EXPECT_MSG_GT(m_total.corrupted, N_SEQUENCES, "and corrupt some");
        NS_TEST_EXPECT_MSG_GT(m_total.reordered, N_SEQUENCES, "and reorder some");
        m_draw = nullptr;
    }

    void RunSequence(const std::string& name)
    {
        m_onTransmit = nullptr;
        m_onDrop = nullptr;
        Make({});
        m_nAnswers = 0;
        m_isDisposed = false;
        for (auto n = 1 + Draw(30); n > 0; --n)
        {
            Simulator::Schedule(NanoSeconds(Draw(50)), [this, name] {
                Do();
                ExpectConserved(name);
            });
        }
        if (Draw(2) == 0)
        {
            Simulator::Stop(NanoSeconds(Draw(60)));
        }
        Simulator::Run();
        ExpectConserved(name + ", stopped");
        Simulator::Run();
        ExpectConserved(name + ", at the end");
        NS_TEST_EXPECT_MSG_EQ(m_impairment->GetNPackets(), 0, name << ": none waits for ever");
        const auto stats = m_impairment->GetStats();
        m_total.passed += stats.passed;
        m_total.lost += stats.lost;
        m_total.overLimit += stats.overLimit;
        m_total.flushed += stats.flushed;
        m_total.duplicated += stats.duplicated;
        m_total.corrupted += stats.corrupted;
        m_total.reordered += stats.reordered;
    }

    uint32_t Draw(uint32_t n)
    {
        return m_draw->GetInteger(0, n - 1);
    }

    void Do()
    {
        switch (Draw(8))
        {
        case 0:
            m_impairment->Flush(DropReason::DEV_READY);
            break;
        case 1:
            Reattach();
            break;
        case 2:
            m_onTransmit = Draw(2) == 0 ? [this](const LinkFrame&) { Answer(); }
                                        : std::function<void(const LinkFrame&)>();
            m_onDrop = Draw(2) == 0 ? [this](const LinkFrame&) { Answer(); }
                                    : std::function<void(const LinkFrame&)>();
            break;
        case 3:
        case 4:
        case 5:
            Change();
            break;
        default:
            for (auto n = Draw(30); n > 0 && m_isAttached; --n)
            {
                Send(Create<Packet>(Draw(100)));
            }
        }
        if (!m_isDisposed && Draw(300) == 0)
        {
            m_isDisposed = true;
            m_impairment->Dispose();
        }
    }

    void Reattach()
    {
        if (m_isAttached)
        {
            m_isAttached = false;
            m_impairment->Detach();
            m_isAttached = true;
            Attach();
        }
    }

    void Answer()
    {
        // Less than one answer to each, so that there is an end to it.
        if (++m_nAnswers < 200 && Draw(3) != 0)
        {
            Do();
        }
    }

    void Change()
    {
        const std::vector<std::string> probabilities{"Loss",
                                                     "LossCorrelation",
                                                     "Duplicate",
                                                     "DuplicateCorrelation",
                                                     "Corrupt",
                                                     "CorruptCorrelation",
                                                     "Reorder",
                                                     "ReorderCorrelation",
                                                     "GilbertP",
                                                     "GilbertR",
                                                     "GilbertOneMinusH",
                                                     "GilbertOneMinusK"};
        Set(probabilities[Draw(probabilities.size())], std::to_string(0.1 * Draw(6)));
        const std::vector<std::pair<std::string, std::string>> others{
            {"Delay", "ns3::ConstantRandomVariable[Constant=0]"},
            {"Delay", "ns3::ConstantRandomVariable[Constant=1e-8]"},
            {"Delay", "ns3::UniformRandomVariable[Min=-1e-8|Max=2e-8]"},
            {"Delay", "ns3::UniformRandomVariable[Min=0|Max=4e-8]"},
            {"Rate", "0bps"},
            {"Rate", "100Gbps"},
            {"Rate", "1000Gbps"},
            {"Gap", "1"},
            {"Gap", "3"},
            {"Limit", "2"},
            {"Limit", "10"},
            {"Limit", "1000"},
            {"LossModel", "Random"},
            {"LossModel", "GilbertElliott"},
            {"LossModel", "FourState"},
            {"StateP13", "0.3"},
            {"StateP13", "0"}};
        const auto& [name, value] = others[Draw(others.size())];
        Set(name, value);
    }

    Ptr<UniformRandomVariable> m_draw;
    bool m_isAttached{true};
    bool m_isDisposed{false};
    uint32_t m_nAnswers{0};
    LinkImpairmentStats m_total;
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
