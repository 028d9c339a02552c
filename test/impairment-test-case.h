/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef IMPAIRMENT_TEST_CASE_H
#define IMPAIRMENT_TEST_CASE_H

#include "batch-means.h"
#include "watched-impairment.h"

#include "ns3/nstime.h"
#include "ns3/test.h"

#include <cstdint>
#include <string>

namespace ns3::tests
{

/// A test of a LinkImpairment without a device.
class ImpairmentTestCase : public TestCase, protected WatchedImpairment
{
  public:
    /**
     * @param behaviour what the test holds
     */
    explicit ImpairmentTestCase(const std::string& behaviour);

  protected:
    /// Frames of a run that is measured.
    static constexpr uint32_t N_FRAMES = 200'000;
    /// Seeds that each measurement is done with.
    static constexpr uint32_t N_SEEDS = 5;

    void DoTeardown() override;

    /**
     * Have the next frames enqueued.
     * @param count how many
     * @param interval from one to the next, and now to the first
     */
    void SendEvery(uint32_t count, Time interval);

    /**
     * Expect a mean within 4 standard errors of what it is by definition, and those to be small
     * enough for that to mean something.
     * @param measured the samples
     * @param expected their mean by definition
     * @param what what the mean is of
     */
    void ExpectMean(const BatchMeans& measured, double expected, const std::string& what);

    /**
     * Expect every frame to be accounted for.
     * @param when when that is
     */
    void ExpectConserved(const std::string& when);
};

} // namespace ns3::tests

#endif /* IMPAIRMENT_TEST_CASE_H */
