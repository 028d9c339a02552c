/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "routing-tests.h"

#include "ns3/nix-vector-helper.h"

using namespace ns3;
using namespace ns3::tests;

namespace
{

void
DoNothing(const NodeContainer& /* nodes */)
{
}

std::vector<Routing>
MakeNixVectors()
{
    return {
        {"nix-vector IPv4",
         IpVersion::V4,
         [](InternetStackHelper& internet) { internet.SetRoutingHelper(Ipv4NixVectorHelper()); },
         &DoNothing},
        {"nix-vector IPv6",
         IpVersion::V6,
         [](InternetStackHelper& internet) { internet.SetRoutingHelper(Ipv6NixVectorHelper()); },
         &DoNothing}};
}

/// Nix-vector routing beside our devices.
class LoNixVectorTestSuite : public TestSuite
{
  public:
    LoNixVectorTestSuite()
        : TestSuite("lo-nix-vector", TestSuite::Type::SYSTEM)
    {
        for (const auto make : {&MakeRoutingTests, &MakeInstallAfterTests, &MakeLocalRoutingTests})
        {
            for (const auto& routing : MakeNixVectors())
            {
                AddAll(make(routing));
            }
        }
    }

  private:
    void AddAll(const std::vector<TestCase*>& tests)
    {
        for (auto* test : tests)
        {
            AddTestCase(test);
        }
    }
};

/// Registers the suite.
static LoNixVectorTestSuite g_loNixVectorTestSuite;

} // namespace
