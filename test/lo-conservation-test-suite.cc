/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-call-sequence.h"

#include "ns3/random-variable-stream.h"
#include "ns3/test.h"

using namespace ns3;

namespace
{

constexpr uint32_t N_SEQUENCES = 10000;

/// Whatever is done to the device, no packet is lost sight of.
class ConservationTestCase : public TestCase
{
  public:
    ConservationTestCase()
        : TestCase("TxPackets = RxPackets + RxErrors + waiting + dropped while waiting, in any "
                   "sequence of calls")
    {
    }

  private:
    void DoRun() override
    {
        auto random = CreateObject<UniformRandomVariable>();
        random->SetStream(1);
        LinkStats total;
        uint64_t droppedWaiting = 0;
        for (uint32_t i = 0; i < N_SEQUENCES && !IsStatusFailure(); ++i)
        {
            tests::LoCallSequence sequence(
                [&](uint32_t n) { return random->GetInteger(0, n - 1); });
            sequence.Run();
            NS_TEST_EXPECT_MSG_EQ(sequence.GetProblem(), "", "sequence " << i);
            const auto& stats = sequence.GetStats();
            total.rxPackets += stats.rxPackets;
            total.rxErrors += stats.rxErrors;
            total.txDropped += stats.txDropped;
            droppedWaiting += sequence.GetNDroppedWaiting();
        }
        NS_TEST_EXPECT_MSG_GT(total.rxPackets, N_SEQUENCES, "the sequences deliver packets");
        NS_TEST_EXPECT_MSG_GT(total.rxErrors, N_SEQUENCES / 10, "and damage some");
        NS_TEST_EXPECT_MSG_GT(total.txDropped, N_SEQUENCES / 10, "and refuse some");
        NS_TEST_EXPECT_MSG_GT(droppedWaiting, N_SEQUENCES / 10, "and lose some that wait");
    }
};

class LoConservationTestSuite : public TestSuite
{
  public:
    LoConservationTestSuite()
        : TestSuite("lo-conservation", TestSuite::Type::UNIT)
    {
        AddTestCase(new ConservationTestCase);
    }
};

LoConservationTestSuite g_loConservationTestSuite;

} // namespace
