/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-test-case.h"

namespace ns3
{

LoTestCase::LoTestCase(const std::string& behaviour)
    : TestCase(behaviour)
{
}

void
LoTestCase::DoTeardown()
{
    Destroy();
}

} // namespace ns3
