/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "node-routes.h"
#include "routing-tests.h"
#include "udp-flow.h"

#include "ns3/aodv-helper.h"
#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/dsdv-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/nix-vector-helper.h"
#include "ns3/olsr-helper.h"
#include "ns3/simple-net-device-helper.h"
#include "ns3/simulator.h"

#include <sstream>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// @return a protocol that stands alone, as AODV, DSDV and OLSR do in their own examples
template <class Helper>
Routing
MakeAlone(const std::string& name, IpVersion version = IpVersion::V4)
{
    return {name,
            version,
            [](InternetStackHelper& internet) { internet.SetRoutingHelper(Helper()); },
            [](const NodeContainer& /* nodes */) {}};
}

Routing
MakeOlsr()
{
    auto olsr = MakeBesideStatic<OlsrHelper>("OLSR");
    olsr.finish = [](const NodeContainer& nodes) { OlsrHelper().AssignStreams(nodes, 1000); };
    return olsr;
}

/// @return DSDV that lets packets wait
Routing
MakeBufferingDsdv()
{
    auto routing = MakeAlone<DsdvHelper>("DSDV with buffering");
    routing.prepare = [](InternetStackHelper& internet) {
        DsdvHelper dsdv;
        dsdv.Set("EnableBuffering", BooleanValue(true));
        internet.SetRoutingHelper(dsdv);
    };
    return routing;
}

/// Protocols that stand alone.
class AloneTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Have packets pass the loopback while the protocol looks for a route.
    void WaitingPackets(const Routing& routing)
    {
        const RoutedNetwork network(routing,
                                    {Moment::AFTER_STACK, Moment::NEVER, ThirdDevice::NONE});
        const UdpFlowSettings settings{Seconds(5), Seconds(1)};
        const UdpFlow flow(network.client, network.server, network.serverAddress, settings);
        Simulator::Stop(Seconds(60));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(flow.received, 10, "datagrams received");
    }

    /// Discard packets, which AODV has no part in.
    void Aodv()
    {
        Config::SetDefault("ns3::aodv::RoutingProtocol::EnableHello", BooleanValue(false));
        NodeContainer nodes(2);
        InternetStackHelper internet;
        internet.SetRoutingHelper(AodvHelper());
        internet.Install(nodes);
        Ipv4AddressHelper("10.0.0.0", "255.255.255.0")
            .Assign(SimpleNetDeviceHelper().Install(nodes));
        const UdpFlowSettings settings{Seconds(1), Seconds(1), 65};
        const UdpFlow flow(nodes.Get(0), nodes.Get(1), Ipv4Address("10.0.0.2"), settings);
        Simulator::Schedule(Seconds(3.5), [&nodes] {
            AddBlackholeRoute(nodes.Get(0), Ipv4Address("10.0.0.2"), 32);
        });
        const auto isUp = [&] {
            std::istringstream table(PrintTable(nodes.Get(0), IpVersion::V4));
            for (std::string line; std::getline(table, line);)
            {
                if (line.rfind("10.0.0.2", 0) == 0)
                {
                    return line.find("UP") != std::string::npos;
                }
            }
            return false;
        };
        bool early = false;
        bool late = true;
        Simulator::Schedule(Seconds(3.4), [&] { early = isUp(); });
        Simulator::Schedule(Seconds(58), [&] { late = isUp(); });
        Simulator::Schedule(Seconds(59.5), [&nodes] {
            RemoveBlackholeRoute(nodes.Get(0), Ipv4Address("10.0.0.2"), 32);
        });
        Simulator::Stop(Seconds(70));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(flow.received, 3 + 6, "datagrams before the route and after");
        NS_TEST_EXPECT_MSG_EQ(early, true, "AODV's route is up then");
        NS_TEST_EXPECT_MSG_EQ(late, false, "and at the end, with nothing but discarded packets");
    }
};

/// The routing protocols of modules that this one does not need, beside our devices and routes.
const Suite g_suite("lo-routing-protocols", TestSuite::Type::SYSTEM, [](Suite& suite) {
    AddBlackholeRouteTest(suite, MakeAlone<DsdvHelper>("DSDV alone"));
    AddRoutingTests(suite, MakeOlsr());
    AddRoutingTests(suite, MakeAlone<Ipv4NixVectorHelper>("nix-vector IPv4"));
    AddRoutingTests(suite, MakeAlone<Ipv6NixVectorHelper>("nix-vector IPv6", IpVersion::V6));
    suite.Add("AODV alone: discarded packets do not keep its route alive, and it finds another "
              "when the blackhole route is gone",
              &AloneTestCase::Aodv);
    for (const auto& routing : {MakeAlone<AodvHelper>("AODV"), MakeBufferingDsdv()})
    {
        suite.Add(routing.name + " drops no packet that waits for a route, with a lo that is "
                                 "installed after the stack",
                  &AloneTestCase::WaitingPackets,
                  routing);
    }
});

} // namespace
