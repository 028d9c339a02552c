/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "blackhole-routes.h"
#include "route-decision.h"
#include "routing-tests.h"

#include "ns3/dsdv-helper.h"
#include "ns3/ipv4.h"
#include "ns3/nix-vector-helper.h"
#include "ns3/olsr-helper.h"
#include "ns3/olsr-routing-protocol.h"
#include "ns3/simulator.h"

using namespace ns3;
using namespace ns3::tests;

namespace
{

void
DoNothing(const NodeContainer& /* nodes */)
{
}

template <class Helper>
void
AssignStreams(const NodeContainer& nodes)
{
    Helper().AssignStreams(nodes, 1000);
}

template <class Helper>
Routing
MakeNixVector(const std::string& name, IpVersion version)
{
    return {name,
            version,
            [](InternetStackHelper& internet) { internet.SetRoutingHelper(Helper()); },
            &DoNothing};
}

/// OLSR has routes to networks too, which its gateways announce.
class HnaTestCase : public TestCase
{
  public:
    HnaTestCase()
        : TestCase("OLSR: a route to a network that a gateway announces has the network's length")
    {
    }

  private:
    void DoRun() override
    {
        auto olsr = MakeBesideStatic<OlsrHelper>("OLSR");
        olsr.finish = &AssignStreams<OlsrHelper>;
        const RoutedNetwork network(olsr, {});
        const auto gateway = Ipv4RoutingHelper::GetRouting<olsr::RoutingProtocol>(
            network.GetServer()->GetObject<Ipv4>()->GetRoutingProtocol());
        gateway->AddHostNetworkAssociation("10.50.0.0", "255.255.0.0");
        const auto client = network.GetClient();
        const Address inside = Ipv4Address("10.50.0.1");
        Simulator::Stop(RoutedNetwork::GetConvergence());
        Simulator::Run();
        AddBlackholeRoute(client, inside, 15);
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(client, inside),
                              "ns3::SimpleNetDevice",
                              "beside a shorter blackhole route");
        AddBlackholeRoute(client, inside, 16);
        NS_TEST_EXPECT_MSG_EQ(DecideOutput(client, inside),
                              "ns3::BlackholeNetDevice",
                              "beside one that is as long");
        Simulator::Destroy();
    }
};

/// Blackhole routes beside protocols that have routes to hosts.
class LoBlackholeHostRoutesTestSuite : public TestSuite
{
  public:
    LoBlackholeHostRoutesTestSuite()
        : TestSuite("lo-blackhole-host-routes", TestSuite::Type::SYSTEM)
    {
        auto olsr = MakeBesideStatic<OlsrHelper>("OLSR");
        olsr.finish = &AssignStreams<OlsrHelper>;
        Add(olsr, 32);
        AddTestCase(new HnaTestCase);
        // DsdvHelper has no streams to be set.
        Add(MakeBesideStatic<DsdvHelper>("DSDV"), 32);
        Add(MakeNixVector<Ipv4NixVectorHelper>("nix-vector IPv4", IpVersion::V4), 32);
        Add(MakeNixVector<Ipv6NixVectorHelper>("nix-vector IPv6", IpVersion::V6), 128);
    }

  private:
    void Add(const Routing& routing, uint8_t length)
    {
        for (auto* test : MakeBlackholeRouteTests(routing, length))
        {
            AddTestCase(test);
        }
    }
};

/// Registers the suite.
static LoBlackholeHostRoutesTestSuite g_loBlackholeHostRoutesTestSuite;

} // namespace
