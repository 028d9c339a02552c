/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "routing-tests.h"

#include "ns3/olsr-helper.h"

using namespace ns3;
using namespace ns3::tests;

namespace
{

void
UseOlsr(InternetStackHelper& internet)
{
    UseBesideStatic(internet, OlsrHelper());
}

Routing
MakeOlsr()
{
    return {"OLSR", IpVersion::V4, &UseOlsr, [](const NodeContainer& nodes) {
                OlsrHelper().AssignStreams(nodes, 1000);
            }};
}

/// OLSR beside our devices.
class LoOlsrTestSuite : public TestSuite
{
  public:
    LoOlsrTestSuite()
        : TestSuite("lo-olsr", TestSuite::Type::SYSTEM)
    {
        for (const auto make : {&MakeRoutingTests, &MakeInstallAfterTests, &MakeLocalRoutingTests})
        {
            for (auto* test : make(MakeOlsr()))
            {
                AddTestCase(test);
            }
        }
    }
};

/// Registers the suite.
static LoOlsrTestSuite g_loOlsrTestSuite;

} // namespace
