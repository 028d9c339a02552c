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
class LoRoutingTestSuite : public TestSuite
{
  public:
    LoRoutingTestSuite()
        : TestSuite("lo-routing", TestSuite::Type::SYSTEM)
    {
        for (const auto& routing : GetInternetRoutings())
        {
            for (const auto make :
                 {&MakeRoutingTests, &MakeLocalRoutingTests, &MakeBlackholeRouteTests})
            {
                for (auto* test : make(routing))
                {
                    AddTestCase(test);
                }
            }
        }
    }
};

/// Registers the suite.
static LoRoutingTestSuite g_loRoutingTestSuite;

} // namespace
