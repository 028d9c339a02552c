/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "blackhole-routes.h"
#include "ip-trace.h"
#include "route-decision.h"
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
#include <string>
#include <vector>

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

/// Protocols that send packets through the loopback while they look for a route.
class WaitingPacketsTestCase : public TestCase
{
  public:
    explicit WaitingPacketsTestCase(const Routing& routing)
        : TestCase(routing.name + " loses no packet that waits for a route, with a lo that is "
                                  "installed after the stack"),
          m_routing(routing)
    {
    }

  private:
    void DoRun() override
    {
        const RoutedNetwork network(m_routing,
                                    {Moment::AFTER_STACK, Moment::NEVER, ThirdDevice::NONE});
        UdpFlowSettings settings;
        settings.start = Seconds(5);
        settings.interval = Seconds(1);
        const UdpFlow flow(network.GetClient(),
                           network.GetServer(),
                           network.GetServerAddress(),
                           settings);
        Simulator::Stop(Seconds(60));
        Simulator::Run();
        Simulator::Destroy();
        NS_TEST_EXPECT_MSG_EQ(flow.GetReceived(), 10, "datagrams received");
    }

    const Routing m_routing;
};

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

/// A protocol that stands alone has no part in what is discarded.
class AodvTestCase : public TestCase
{
  public:
    AodvTestCase()
        : TestCase(
              "AODV alone: discarded packets do not keep its route alive, and it finds another "
              "when the blackhole route is gone")
    {
    }

  private:
    void DoRun() override
    {
        Config::SetDefault("ns3::aodv::RoutingProtocol::EnableHello", BooleanValue(false));
        NodeContainer nodes(2);
        InternetStackHelper internet;
        internet.SetRoutingHelper(AodvHelper());
        internet.Install(nodes);
        Ipv4AddressHelper("10.0.0.0", "255.255.255.0")
            .Assign(SimpleNetDeviceHelper().Install(nodes));
        UdpFlowSettings settings;
        settings.start = Seconds(1);
        settings.interval = Seconds(1);
        settings.count = 65;
        const UdpFlow flow(nodes.Get(0), nodes.Get(1), Ipv4Address("10.0.0.2"), settings);
        Simulator::Schedule(Seconds(3.5), [&nodes] {
            AddBlackholeRoute(nodes.Get(0), Ipv4Address("10.0.0.2"), 32);
        });
        const auto isUp = [&] {
            std::istringstream table(PrintTable(nodes.Get(0)->GetObject<Ipv4>()));
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
        NS_TEST_EXPECT_MSG_EQ(flow.GetReceived(), 3 + 6, "datagrams before the route and after");
        NS_TEST_EXPECT_MSG_EQ(early, true, "AODV's route is up then");
        NS_TEST_EXPECT_MSG_EQ(late, false, "and at the end, with nothing but discarded packets");
        Simulator::Destroy();
        Config::Reset();
    }
};

/// A blackhole route is nothing that a protocol tells of.
class OlsrTestCase : public TestCase
{
  public:
    OlsrTestCase()
        : TestCase("OLSR and limited broadcasts send the same with a blackhole route as without")
    {
    }

  private:
    void DoRun() override
    {
        const auto without = Record(false);
        NS_TEST_EXPECT_MSG_EQ((without.size() > 10), true, "there is something to compare");
        NS_TEST_EXPECT_MSG_EQ((Record(true) == without), true, "the node's IP trace");
    }

    /// @return what the node's stacks send and receive
    static std::vector<std::string> Record(bool hasRoute)
    {
        NodeContainer nodes(2);
        InternetStackHelper internet;
        internet.SetRoutingHelper(OlsrHelper());
        internet.Install(nodes);
        Ipv4AddressHelper("10.0.0.0", "255.255.255.0")
            .Assign(SimpleNetDeviceHelper().Install(nodes));
        OlsrHelper().AssignStreams(nodes, 1000);
        if (hasRoute)
        {
            AddBlackholeRoute(nodes.Get(0), Ipv4Address("10.9.0.0"), 16);
        }
        const auto broadcast = Ipv4Address::GetBroadcast();
        const UdpFlow flow(nodes.Get(0), nodes.Get(1), broadcast, UdpFlowSettings());
        const IpTrace trace(nodes.Get(0));
        Simulator::Stop(Seconds(20));
        Simulator::Run();
        Simulator::Destroy();
        return trace.GetLines();
    }
};

/// The routing protocols of modules that this one does not need, beside our devices and routes.
class LoRoutingProtocolsTestSuite : public TestSuite
{
  public:
    LoRoutingProtocolsTestSuite()
        : TestSuite("lo-routing-protocols", TestSuite::Type::SYSTEM)
    {
        Add(MakeAlone<DsdvHelper>("DSDV alone"), {&MakeBlackholeRouteTests});
        const std::vector<Make> all{&MakeRoutingTests,
                                    &MakeInstallAfterTests,
                                    &MakeLocalRoutingTests,
                                    &MakeBlackholeRouteTests};
        Add(MakeOlsr(), all);
        Add(MakeAlone<Ipv4NixVectorHelper>("nix-vector IPv4"), all);
        Add(MakeAlone<Ipv6NixVectorHelper>("nix-vector IPv6", IpVersion::V6), all);
        AddTestCase(new AodvTestCase);
        AddTestCase(new OlsrTestCase);
        AddTestCase(new WaitingPacketsTestCase(MakeAlone<AodvHelper>("AODV")));
        AddTestCase(new WaitingPacketsTestCase(MakeBufferingDsdv()));
    }

  private:
    using Make = std::vector<TestCase*> (*)(const Routing&); ///< a function of routing-tests.h

    void Add(const Routing& routing, const std::vector<Make>& makers)
    {
        for (const auto make : makers)
        {
            for (auto* test : make(routing))
            {
                AddTestCase(test);
            }
        }
    }
};

/// Registers the suite.
static LoRoutingProtocolsTestSuite g_loRoutingProtocolsTestSuite;

} // namespace
