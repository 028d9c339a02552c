/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "call-sequence.h"
#include "member-test-case.h"

#include "ns3/random-variable-stream.h"

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// Random sequences of calls on a lo.
class ConservationTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Run a number of sequences, with a random stream.
    void RunSequences(uint32_t count, int64_t stream)
    {
        auto random = CreateObject<UniformRandomVariable>();
        random->SetStream(stream);
        LinkStats total;
        uint64_t droppedWaiting = 0;
        uint64_t queued = 0;
        for (uint32_t i = 0; i < count && !IsStatusFailure(); ++i)
        {
            const auto result =
                RunLoCallSequence([&](uint32_t n) { return random->GetInteger(0, n - 1); });
            NS_TEST_EXPECT_MSG_EQ(result.problem, "", "sequence " << i);
            total.rxPackets += result.stats.rxPackets;
            total.rxErrors += result.stats.rxErrors;
            total.txDropped += result.stats.txDropped;
            droppedWaiting += result.nDroppedWaiting;
            queued += result.nQueued;
        }
        NS_TEST_EXPECT_MSG_GT(total.rxPackets, count, "the sequences deliver packets");
        NS_TEST_EXPECT_MSG_GT(total.rxErrors, count / 10, "and damage some");
        NS_TEST_EXPECT_MSG_GT(total.txDropped, count / 10, "and refuse some");
        NS_TEST_EXPECT_MSG_GT(droppedWaiting, count / 10, "and drop some that are pending");
        NS_TEST_EXPECT_MSG_GT(queued, count / 10, "and queue some");
    }
};

/// The invariants of a lo.
const Suite g_suite("lo-conservation", TestSuite::Type::UNIT, [](Suite& suite) {
    const std::string name = "every packet is accounted for, in order, in sequences of calls: ";
    suite.Add(name + "3,000", &ConservationTestCase::RunSequences, 3000, 1);
    suite.AddExtensive(name + "30,000", &ConservationTestCase::RunSequences, 30'000, 2);
});

} // namespace
