/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ip-trace.h"
#include "member-test-case.h"
#include "node-routes.h"
#include "routed-network.h"
#include "udp-flow.h"
#include "watched-lo.h"

#include "ns3/loopback-module.h"

#include <algorithm>
#include <string>
#include <vector>

namespace ns3::tests
{

namespace
{

/// The results of traffic over a RoutedNetwork.
struct Outcome
{
    std::string arrivals; //!< at the server, at the client, and from the client at itself
    uint32_t received{0}; //!< datagrams that arrived in all three flows
    LinkStats clientLo;   //!< the counters of the client's lo, if it has one
    LinkStats serverLo;   //!< the counters of the server's lo, if it has one
};

Outcome
Simulate(const Routing& routing, const NetworkOptions& options)
{
    const RoutedNetwork network(routing, options);
    const auto client = network.client;
    const auto server = network.server;
    UdpFlowSettings settings;
    settings.start = RoutedNetwork::GetConvergence();
    const UdpFlow there(client, server, network.serverAddress, settings);
    const UdpFlow back(server, client, network.clientAddress, settings);
    settings.port++;
    const UdpFlow loopback(client, client, GetLoopbackAddress(routing.version), settings);
    Simulator::Stop(settings.start + Seconds(10));
    Simulator::Run();

    Outcome outcome;
    outcome.arrivals = there.arrivals + "\n" + back.arrivals + "\n" + loopback.arrivals;
    outcome.received = there.received + back.received + loopback.received;
    if (options.lo != Moment::NEVER)
    {
        outcome.clientLo = LoHelper::GetLo(client)->GetStats();
        outcome.serverLo = LoHelper::GetLo(server)->GetStats();
    }
    Simulator::Destroy();
    return outcome;
}

/// @return the counters of a lo after a UdpFlow of default settings
LinkStats
GetFlowStats(IpVersion version)
{
    const UdpFlowSettings flow;
    return MakeLooped(flow.count, uint64_t{flow.count} * (GetHeaderSize(version) + 8 + flow.size));
}

/// This module's devices and routes beside a routing protocol.
class RoutingCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Compare arrivals with and without this module's devices.
    void Traffic(const Routing& routing, Moment lo)
    {
        const auto without = Simulate(routing, {});
        // ns-3 drops a first datagram where IPv6's neighbour discovery answers by a third device.
        NS_TEST_ASSERT_MSG_GT_OR_EQ(without.received,
                                    3 * COUNT - 2,
                                    "the datagrams arrive without our devices");
        const auto with = Simulate(routing, {lo, Moment::NEVER, ThirdDevice::BLACKHOLE});
        NS_TEST_EXPECT_MSG_EQ(with.arrivals,
                              without.arrivals,
                              "datagrams to the server, back, and over the loopback");
        NS_TEST_EXPECT_MSG_EQ(with.clientLo,
                              GetFlowStats(routing.version),
                              "the client's lo counts them");
        NS_TEST_EXPECT_MSG_EQ(with.serverLo, LinkStats(), "the server's lo counts nothing");
    }

    /// Reach own addresses through lo until that is undone, and all others as before.
    void LocalRoutes(const Routing& routing, Moment lo, Moment localRoutes)
    {
        const RoutedNetwork network(routing, {lo, localRoutes, ThirdDevice::BLACKHOLE});
        const auto client = network.client;
        const auto router = network.router;
        UdpFlowSettings settings;
        settings.start = RoutedNetwork::GetConvergence();
        const UdpFlow across(client, network.server, network.serverAddress, settings);
        const UdpFlow own(client, client, network.clientAddress, settings);
        const UdpFlow routers(router, router, network.routerAddress, settings);
        settings.port++;
        const UdpFlow blackholes(client, client, network.thirdAddress, settings);
        settings.start += Seconds(5);
        Simulator::Schedule(settings.start, [this, &network, version = routing.version] {
            ExpectCounters(network, version);
            LoHelper::UnrouteLocalAddresses(network.nodes);
        });
        settings.start += Seconds(1);
        settings.port++;
        const UdpFlow ownAgain(client, client, network.clientAddress, settings);
        Simulator::Stop(settings.start + Seconds(10));
        Simulator::Run();

        // ns-3 drops a first datagram where IPv6's neighbour discovery answers by a third device.
        NS_TEST_EXPECT_MSG_GT_OR_EQ(across.received, COUNT - 1, "datagrams to the server");
        NS_TEST_EXPECT_MSG_EQ(own.received, COUNT, "datagrams to the client's own address");
        NS_TEST_EXPECT_MSG_EQ(blackholes.received, COUNT, "to that of its blackhole");
        NS_TEST_EXPECT_MSG_EQ(routers.received, COUNT, "to that of the router");
        NS_TEST_EXPECT_MSG_EQ(LoHelper::GetLo(client)->GetStats().txPackets,
                              uint64_t{2} * COUNT,
                              "none crosses lo once it was undone");
    }

    /// Add and remove blackhole routes; afterwards the protocol must work as before.
    void BlackholeRoutes(const Routing& original)
    {
        const auto without = Send(RoutedNetwork(original, {}));
        Simulator::Destroy();
        auto routing = original;
        routing.finish = [&original](const NodeContainer& nodes) {
            // Before the protocols have found their routes.
            const auto nobody = ParseAddress(Pick(original.version, "10.77.0.0", "2001:77::"));
            std::for_each(nodes.Begin(), nodes.End(), [&nobody](Ptr<Node> node) {
                AddBlackholeRoute(node, nobody, 32);
            });
            BlackholeHelper().Install(nodes); // to which no route leads
            original.finish(nodes);
        };
        const RoutedNetwork network(routing, {});
        ScheduleRoutes(network);
        const auto with = Send(network);
        NS_TEST_EXPECT_MSG_EQ(
            (with.first == CutOut(CutOut(without.first, 2, 4), 5, 8)),
            true,
            "datagrams 3, 4, 6, 7 and 8, sent while there are routes, are missing");
        NS_TEST_EXPECT_MSG_EQ(std::count(with.second.begin(), with.second.end(), ','),
                              COUNT,
                              "datagrams after the routes are gone");
        NS_TEST_EXPECT_MSG_EQ(with.second, without.second, "when they arrive");
        NS_TEST_EXPECT_MSG_EQ(FindDifference(without.after, with.after),
                              "",
                              "IP's events afterwards are those of a network without the routes");
        NS_TEST_EXPECT_MSG_EQ(CountSunk(network.client),
                              0,
                              "the client's packets fail at the socket");
        NS_TEST_EXPECT_MSG_EQ(CountSunk(network.router),
                              3,
                              "the router's blackhole counts its packets");
    }

  private:
    void ExpectCounters(const RoutedNetwork& network, IpVersion version)
    {
        const auto flow = GetFlowStats(version);
        NS_TEST_EXPECT_MSG_EQ(LoHelper::GetLo(network.router)->GetStats(),
                              flow,
                              "the router's lo counts its own datagrams");
        NS_TEST_EXPECT_MSG_EQ((LoHelper::GetLo(network.client)->GetStats() - flow),
                              flow,
                              "the client's lo those to both of its addresses");
        NS_TEST_EXPECT_MSG_EQ(LoHelper::GetLo(network.server)->GetStats(),
                              LinkStats(),
                              "the server's none");
    }

    /// The results of two flows from the client to the server.
    struct Flows
    {
        std::vector<Time> first;        //!< arrivals of the flow during which routes change
        std::string second;             //!< arrivals of the flow after that
        std::vector<std::string> after; //!< IP's events from the second flow on
    };

    /// @return a time after the n-th datagram is sent and before the next
    static Time After(uint32_t datagrams)
    {
        return RoutedNetwork::GetConvergence() + UdpFlowSettings().interval * (datagrams - 0.5);
    }

    /// @return a line without IPv4's identification, which a failed send does not use up
    static std::string CutId(std::string line)
    {
        line.erase(line.find(", hash "));
        const auto at = line.find(" id ");
        return at == std::string::npos ? line : line.erase(at, line.find(' ', at + 4) - at);
    }

    static void AddLinesFrom(const IpTrace& trace, Time start, std::vector<std::string>& lines)
    {
        for (const auto& line : trace.lines)
        {
            // OLSR and AODV send to their neighbours in the order of sockets in memory.
            const bool forNeighbours = line.find(" ttl 1 ") != std::string::npos;
            if (std::stoll(line) >= start.GetNanoSeconds() && !forNeighbours)
            {
                lines.push_back(CutId(line));
            }
        }
    }

    static Flows Send(const RoutedNetwork& network)
    {
        const auto client = network.client;
        const auto server = network.server;
        UdpFlowSettings settings;
        settings.start = RoutedNetwork::GetConvergence();
        const UdpFlow first(client, server, network.serverAddress, settings);
        settings.start += Seconds(3);
        settings.port++;
        const UdpFlow second(client, server, network.serverAddress, settings);
        const IpTrace clientTrace(client);
        const IpTrace serverTrace(server);
        Simulator::Stop(settings.start + Seconds(5));
        Simulator::Run();
        Flows flows{first.times, second.arrivals, {}};
        AddLinesFrom(clientTrace, settings.start, flows.after);
        AddLinesFrom(serverTrace, settings.start, flows.after);
        return flows;
    }

    /// @return the times without those of some datagrams
    static std::vector<Time> CutOut(std::vector<Time> times, uint32_t begin, uint32_t end)
    {
        const auto isCut = [=](Time at) { return at >= After(begin) && at < After(end); };
        times.erase(std::remove_if(times.begin(), times.end(), isCut), times.end());
        return times;
    }

    /// Add and remove blackhole routes during the first flow.
    void ScheduleRoutes(const RoutedNetwork& network)
    {
        const auto server = network.serverAddress;
        const auto discard = [server](Ptr<Node> node, uint32_t begin, uint32_t end) {
            const auto length = GetBits(server);
            Simulator::Schedule(After(begin), [=] { AddBlackholeRoute(node, server, length); });
            Simulator::Schedule(After(end), [=] { RemoveBlackholeRoute(node, server, length); });
        };
        discard(network.client, 2, 4);
        discard(network.router, 5, 8);
    }
};

} // namespace

void
AddRoutingTests(Suite& suite, const Routing& routing)
{
    for (const auto lo : {Moment::BEFORE_STACK, Moment::AFTER_STACK, Moment::LAST})
    {
        suite.Add(routing.name + ": traffic arrives as before on nodes with blackholes, and a lo " +
                      "installed " + NameOf(lo),
                  &RoutingCase::Traffic,
                  routing,
                  lo);
    }
    for (const auto& [lo, localRoutes] : {std::pair(Moment::BEFORE_STACK, Moment::AFTER_STACK),
                                          std::pair(Moment::LAST, Moment::LAST)})
    {
        suite.Add(routing.name + ": own addresses are reached through lo, which is installed " +
                      NameOf(lo) + ", by RouteLocalAddresses " + NameOf(localRoutes),
                  &RoutingCase::LocalRoutes,
                  routing,
                  lo,
                  localRoutes);
    }
    AddBlackholeRouteTest(suite, routing);
}

void
AddBlackholeRouteTest(Suite& suite, const Routing& routing)
{
    suite.Add(routing.name + ": blackhole routes of a sender and of a router discard what is for "
                             "their networks, and all is as before when they are gone",
              &RoutingCase::BlackholeRoutes,
              routing);
}

namespace
{

/// The routing protocols of ns-3's internet module beside this module's devices and routes.
const Suite g_suite("lo-routing", TestSuite::Type::SYSTEM, [](Suite& suite) {
    for (const auto& routing : GetInternetRoutings())
    {
        AddRoutingTests(suite, routing);
    }
});

} // namespace

} // namespace ns3::tests
