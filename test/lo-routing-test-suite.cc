/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "routing-tests.h"

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// The routing protocols of ns-3's internet module beside our devices and routes.
const Suite g_suite("lo-routing", TestSuite::Type::SYSTEM, [](Suite& suite) {
    for (const auto& routing : GetInternetRoutings())
    {
        AddRoutingTests(suite, routing);
    }
});

} // namespace
