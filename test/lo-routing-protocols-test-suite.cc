/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"
#include "node-routes.h"
#include "routed-network.h"
#include "udp-flow.h"

#include "ns3/aodv-helper.h"
#include "ns3/blackhole-helper.h"
#include "ns3/boolean.h"
#include "ns3/dsdv-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/nix-vector-helper.h"
#include "ns3/olsr-helper.h"
#include "ns3/simple-net-device-helper.h"

#include <sstream>
#include <string>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// @return a protocol that is a node's only one, as AODV, DSDV and OLSR are in their own examples
template <class Helper>
Routing
MakeAlone(const std::string& name, IpVersion version = IpVersion::V4)
{
    return {name,
            version,
            [](InternetStackHelper& internet) { internet.SetRoutingHelper(Helper()); },
            [](const NodeContainer& /* nodes */) {}};
}

/// @return DSDV with buffering of packets
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

/// A network without this module and without third devices.
constexpr NetworkOptions ALONE{Moment::NEVER, Moment::NEVER, ThirdDevice::NONE};

/// Routing protocols that are a node's only one.
class AloneTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Send packets that cross the loopback while the protocol looks for a route.
    void WaitingPackets(const Routing& routing)
    {
        const RoutedNetwork network(routing,
                                    {Moment::AFTER_STACK, Moment::NEVER, ThirdDevice::NONE});
        const auto destination = network.serverAddress;
        const UdpFlow flow(network.client, network.server, destination, {Seconds(5), Seconds(1)});
        Simulator::Stop(Seconds(60));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(flow.received, 10, "datagrams received");
    }

    /// Discard packets, which AODV must not notice.
    void Aodv()
    {
        Config::SetDefault("ns3::aodv::RoutingProtocol::EnableHello", BooleanValue(false));
        const RoutedNetwork network(MakeAlone<AodvHelper>("AODV"), ALONE);
        const auto client = network.client;
        const Address neighbour = Ipv4Address("10.1.1.2");
        const UdpFlow flow(client, network.router, neighbour, {Seconds(1), Seconds(1), 65});
        Simulator::Schedule(Seconds(3.5), &AddBlackholeRoute, client, neighbour, 32, Reject::NONE);
        Simulator::Schedule(Seconds(59.5), &RemoveBlackholeRoute, client, neighbour, 32);
        const auto isUp = [client] {
            std::istringstream table(PrintTable(client, IpVersion::V4));
            std::string line;
            while (line.rfind("10.1.1.2 ", 0) != 0 && std::getline(table, line))
            {
            }
            return table && line.find("UP") != std::string::npos;
        };
        bool early = false;
        bool late = true;
        Simulator::Schedule(Seconds(3.4), [&] { early = isUp(); });
        Simulator::Schedule(Seconds(58), [&] { late = isUp(); });
        Simulator::Stop(Seconds(70));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(flow.received, 3 + 6, "datagrams before the route and after");
        NS_TEST_EXPECT_MSG_EQ(early, true, "AODV's route is up then");
        NS_TEST_EXPECT_MSG_EQ(late, false, "and at the end, with nothing but discarded packets");
    }

    /// Add a blackhole route at run time, and look for a way in the same event.
    void RunTimeNixVector(const Routing& routing)
    {
        const RoutedNetwork network(routing, ALONE);
        std::string where;
        Simulator::ScheduleWithContext(network.client->GetId(), Seconds(10), [&] {
            AddBlackholeRoute(network.router, ParseAddress("10.77.0.0"), 16);
            where = DecideOutput(network.client, network.serverAddress);
        });
        Simulator::Stop(Seconds(11));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(where, "ns3::SimpleNetDevice", "the way to the server");
    }

    /// Let nix-vector routing search through a node that has static routing.
    void MixedNixVector()
    {
        const NodeContainer nodes(3);
        InternetStackHelper internet;
        internet.Install(nodes.Get(1));
        internet.SetRoutingHelper(Ipv4NixVectorHelper());
        internet.Install(NodeContainer(nodes.Get(0), nodes.Get(2)));
        LoHelper().Install(nodes);
        BlackholeHelper().Install(nodes);
        for (int i = 0; i < 256; ++i)
        {
            BlackholeHelper().Install(nodes.Get(0)); // each device has its own address
        }
        Ipv4AddressHelper("10.1.1.0", "255.255.255.0")
            .Assign(SimpleNetDeviceHelper().Install(nodes));
        const UdpFlow flow(nodes.Get(0), nodes.Get(2), Ipv4Address("10.1.1.3"), {});
        Simulator::Stop(Seconds(20));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(flow.received, 10, "datagrams received");
        for (auto node = nodes.Begin(); node != nodes.End(); ++node)
        {
            const auto ipv4 = (*node)->GetObject<Ipv4>();
            for (uint32_t i = 0; i < ipv4->GetNInterfaces(); ++i)
            {
                NS_TEST_EXPECT_MSG_GT(ipv4->GetNAddresses(i),
                                      0,
                                      "addresses, which a limited broadcast needs, of interface "
                                          << i << " of node " << (*node)->GetId());
            }
        }
    }
};

/// Routing protocols of modules that this one does not need, beside its devices and routes.
const Suite g_suite("lo-routing-protocols", TestSuite::Type::SYSTEM, [](Suite& suite) {
    AddBlackholeRouteTest(suite, MakeAlone<DsdvHelper>("DSDV alone"));
    AddRoutingTests(suite, MakeBesideStatic<OlsrHelper>("OLSR"));
    AddRoutingTests(suite, MakeAlone<Ipv4NixVectorHelper>("nix-vector IPv4"));
    AddRoutingTests(suite, MakeAlone<Ipv6NixVectorHelper>("nix-vector IPv6", IpVersion::V6));
    suite.Add("AODV alone: discarded packets do not keep its route alive, and it finds another "
              "when the blackhole route is gone",
              &AloneTestCase::Aodv);
    for (const auto& routing : {MakeAlone<Ipv4NixVectorHelper>("IPv4"),
                                MakeAlone<Ipv6NixVectorHelper>("IPv6", IpVersion::V6)})
    {
        suite.Add(routing.name + ": nix-vector routing passes a blackhole that AddRoute installs "
                                 "in the event that sends a packet",
                  &AloneTestCase::RunTimeNixVector,
                  routing);
    }
    suite.Add("nix-vector routing passes nodes with another protocol, with devices that the script "
              "gives no interface",
              &AloneTestCase::MixedNixVector);
    for (const auto& routing : {MakeAlone<AodvHelper>("AODV"), MakeBufferingDsdv()})
    {
        suite.Add(routing.name + " drops no packet pending for a route, with a lo that is "
                                 "installed after the stack",
                  &AloneTestCase::WaitingPackets,
                  routing);
    }
});

} // namespace
