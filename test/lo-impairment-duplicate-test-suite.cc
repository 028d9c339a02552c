/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "correlated-uniform.h"
#include "impairment-test-case.h"

#include "ns3/simulator.h"

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// How often a packet is sent.
class DuplicateTestCase : public ImpairmentTestCase
{
  public:
    DuplicateTestCase(const std::string& how,
                      const ImpairmentAttributes& attributes,
                      double duplicated,
                      double sent)
        : ImpairmentTestCase("share of duplicated packets, " + how),
          m_attributes(attributes),
          m_duplicated(duplicated),
          m_sent(sent)
    {
    }

  private:
    void DoRun() override
    {
        for (uint32_t seed = 1; seed <= N_SEEDS; ++seed)
        {
            const auto when = "seed " + std::to_string(seed);
            Make(m_attributes, seed);
            BatchMeans duplicated(1000);
            BatchMeans sent(1000);
            for (uint32_t i = 0; i < N_FRAMES; ++i)
            {
                const auto arrivals = m_arrivals.size();
                const auto before = m_impairment->GetStats().duplicated;
                Send();
                duplicated.Add(static_cast<double>(m_impairment->GetStats().duplicated - before));
                sent.Add(static_cast<double>(m_arrivals.size() - arrivals));
            }
            ExpectMean(duplicated, m_duplicated, when + ": share of packets duplicated");
            ExpectMean(sent, m_sent, when + ": how often a packet goes on");
            ExpectConserved(when);
        }
    }

    const ImpairmentAttributes m_attributes;
    const double m_duplicated;
    const double m_sent;
};

/// What a duplicate is.
class CloneTestCase : public ImpairmentTestCase
{
  public:
    CloneTestCase()
        : ImpairmentTestCase("a duplicate is a packet of its own, made before the original is "
                             "corrupted")
    {
    }

  private:
    void DoRun() override
    {
        Make({{"Duplicate", "1"}});
        std::vector<Ptr<Packet>> packets;
        m_onTransmit = [&packets](const LinkFrame& frame) { packets.push_back(frame.packet); };
        auto packet = Create<Packet>(100);
        Send(packet);
        NS_TEST_ASSERT_MSG_EQ(packets.size(), 2, "one packet goes on twice");
        NS_TEST_EXPECT_MSG_NE(packets[0], packets[1], "as two packets");
        NS_TEST_EXPECT_MSG_EQ(packets[0]->GetUid(), packets[1]->GetUid(), "with one uid");

        Set("Corrupt", "1");
        Send(packet);
        NS_TEST_ASSERT_MSG_EQ(packets.size(), 4, "one packet goes on twice");
        uint8_t one[100];
        uint8_t other[100];
        packets[2]->CopyData(one, 100);
        packets[3]->CopyData(other, 100);
        NS_TEST_EXPECT_MSG_EQ(std::equal(one, one + 100, other),
                              false,
                              "each has a bit of its own flipped");
        NS_TEST_EXPECT_MSG_EQ(m_impairment->GetStats().corrupted, 2, "Corrupted");
    }
};

/// netem checks for room for the two of them once.
class LimitTestCase : public ImpairmentTestCase
{
  public:
    LimitTestCase()
        : ImpairmentTestCase("a duplicate may take the queue one packet over Limit, as in netem")
    {
    }

  private:
    void DoRun() override
    {
        Make({{"Delay", "ns3::ConstantRandomVariable[Constant=1]"},
              {"Duplicate", "1"},
              {"Limit", "3"}});
        NS_TEST_EXPECT_MSG_EQ(Send(), true, "two wait");
        NS_TEST_EXPECT_MSG_EQ(Send(), true, "four wait");
        NS_TEST_EXPECT_MSG_EQ(m_impairment->GetNPackets(), 4, "frames that wait");
        NS_TEST_EXPECT_MSG_EQ(Send(), false, "no room");
        const auto stats = m_impairment->GetStats();
        NS_TEST_EXPECT_MSG_EQ(stats.duplicated, 2, "what is dropped is not duplicated before");
        NS_TEST_EXPECT_MSG_EQ(stats.overLimit, 1, "OverLimit");
        ExpectConserved("over the limit");
    }
};

class LoImpairmentDuplicateTestSuite : public TestSuite
{
  public:
    LoImpairmentDuplicateTestSuite()
        : TestSuite("lo-impairment-duplicate", TestSuite::Type::UNIT)
    {
        AddTestCase(new DuplicateTestCase("Duplicate 0.2", {{"Duplicate", "0.2"}}, 0.2, 1.2));
        const auto correlated = CorrelatedUniform(0.5).GetBelow(0.4);
        AddTestCase(new DuplicateTestCase("Duplicate 0.4, DuplicateCorrelation 0.5",
                                          {{"Duplicate", "0.4"}, {"DuplicateCorrelation", "0.5"}},
                                          correlated,
                                          1 + correlated));
        // Loss takes the duplicate away from some, and from others, as duplicates are lost too.
        AddTestCase(new DuplicateTestCase("Duplicate 0.2, Loss 0.3",
                                          {{"Duplicate", "0.2"}, {"Loss", "0.3"}},
                                          0.2 * 0.7,
                                          0.8 * 0.7 + 0.2 * (0.3 + 0.7 * 1.7)));
        AddTestCase(new CloneTestCase);
        AddTestCase(new LimitTestCase);
    }
};

LoImpairmentDuplicateTestSuite g_loImpairmentDuplicateTestSuite;

} // namespace
