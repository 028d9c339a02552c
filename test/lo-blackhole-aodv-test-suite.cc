/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "blackhole-routes.h"
#include "routed-network.h"
#include "udp-flow.h"

#include "ns3/aodv-helper.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// A protocol that looks for routes on demand has those that it has found.
class AodvTestCase : public TestCase
{
  public:
    AodvTestCase()
        : TestCase("AODV: a route that is still to be found is none, one that was found wins "
                   "against a shorter blackhole route")
    {
    }

  private:
    void DoRun() override
    {
        const RoutedNetwork network(MakeBesideStatic<AodvHelper>("AODV"), {});
        const auto client = network.GetClient();
        const auto server = network.GetServerAddress();
        UdpFlowSettings settings;
        settings.start = RoutedNetwork::GetConvergence();
        settings.count = 20;
        const UdpFlow flow(client, network.GetServer(), server, settings);
        const auto before = [&settings](uint32_t datagram) {
            return settings.start + settings.interval * (datagram - 0.5);
        };
        Simulator::Schedule(before(0), &AddBlackholeRoute, client, server, 8);
        Simulator::Schedule(before(3), &RemoveBlackholeRoute, client, server, 8);
        Simulator::Schedule(before(10), &AddBlackholeRoute, client, server, 8);
        Simulator::Schedule(before(14), &AddBlackholeRoute, client, server, 32);
        Simulator::Stop(settings.start + Seconds(10));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(flow.GetReceived(), 11, "the 3rd to the 13th arrive");
        NS_TEST_EXPECT_MSG_EQ(CountSunk(client), 9, "three are sunk before, six after");
        Simulator::Destroy();
    }
};

/// Blackhole routes beside AODV, which in an ns-3 tree is not there without the wifi module.
class LoBlackholeAodvTestSuite : public TestSuite
{
  public:
    LoBlackholeAodvTestSuite()
        : TestSuite("lo-blackhole-aodv", TestSuite::Type::SYSTEM)
    {
        AddTestCase(new AodvTestCase);
    }
};

/// Registers the suite.
static LoBlackholeAodvTestSuite g_loBlackholeAodvTestSuite;

} // namespace
