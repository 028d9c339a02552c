/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "impairment-test-case.h"

#include "ns3/simulator.h"

namespace ns3::tests
{

ImpairmentTestCase::ImpairmentTestCase(const std::string& behaviour)
    : TestCase(behaviour)
{
}

void
ImpairmentTestCase::DoTeardown()
{
    Destroy();
}

void
ImpairmentTestCase::SendEvery(uint32_t count, Time interval)
{
    if (count > 0)
    {
        Simulator::Schedule(interval, [this, count, interval] {
            Send();
            SendEvery(count - 1, interval);
        });
    }
}

void
ImpairmentTestCase::ExpectMean(const BatchMeans& measured, double expected, const std::string& what)
{
    const auto error = measured.GetStandardError();
    NS_TEST_EXPECT_MSG_EQ_TOL(measured.GetMean(),
                              expected,
                              4 * error,
                              what << ", within 4 standard errors, of " << measured.GetCount());
    NS_TEST_EXPECT_MSG_LT(error, 0.05 * expected, what << ": its standard error");
}

void
ImpairmentTestCase::ExpectConserved(const std::string& when)
{
    NS_TEST_EXPECT_MSG_EQ(FindUnaccounted(), "", when);
}

} // namespace ns3::tests
