/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "blackhole-routes.h"
#include "routing-tests.h"

#include "ns3/loopback-module.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// BlackholeHelper::AddRoute and RemoveRoute.
class LoBlackholeRoutesTestSuite : public TestSuite
{
  public:
    LoBlackholeRoutesTestSuite()
        : TestSuite("lo-blackhole-routes", TestSuite::Type::SYSTEM)
    {
        const std::vector<uint8_t> lengths{0, 0, 24, 24, 64};
        const auto routings = GetInternetRoutings();
        for (size_t i = 0; i < routings.size(); ++i)
        {
            for (auto* test : MakeBlackholeRouteTests(routings[i], lengths.at(i)))
            {
                AddTestCase(test);
            }
        }
    }
};

/// Registers the suite.
static LoBlackholeRoutesTestSuite g_loBlackholeRoutesTestSuite;

} // namespace
