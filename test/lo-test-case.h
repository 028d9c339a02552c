/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LO_TEST_CASE_H
#define LO_TEST_CASE_H

#include "watched-lo.h"

#include "ns3/test.h"

#include <string>

namespace ns3
{

/// A test that sends packets over a LoNetDevice by hand.
class LoTestCase : public TestCase, protected WatchedLo
{
  public:
    /**
     * @param behaviour what the test holds
     */
    explicit LoTestCase(const std::string& behaviour);

  protected:
    void DoTeardown() override;
};

} // namespace ns3

#endif /* LO_TEST_CASE_H */
