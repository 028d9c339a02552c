/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LO_TEST_CASE_H
#define LO_TEST_CASE_H

#include "member-test-case.h"
#include "watched-lo.h"

namespace ns3
{

/// A test case that sends packets over a LoNetDevice by hand.
class LoTestCase : public TestCase, protected WatchedLo
{
  protected:
    using TestCase::TestCase;

    void DoTeardown() override
    {
        Destroy();
    }
};

} // namespace ns3

#endif /* LO_TEST_CASE_H */
