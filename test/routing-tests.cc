/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "routing-tests.h"

#include "blackhole-routes.h"
#include "ip-trace.h"
#include "udp-flow.h"

#include "ns3/loopback-module.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>

namespace ns3::tests
{

namespace
{

/// What came of traffic over a RoutedNetwork.
struct Outcome
{
    std::string there;    //!< what arrived at the server
    std::string back;     //!< what arrived at the client
    std::string loopback; //!< what arrived from the client at itself
    uint32_t received{0}; //!< datagrams that arrived, of all three
    LinkStats clientLo;   //!< what the client's lo counted, if it has one
    LinkStats serverLo;   //!< what the server's lo counted, if it has one
};

Outcome
Simulate(const Routing& routing, const NetworkOptions& options)
{
    const RoutedNetwork network(routing, options);
    const auto client = network.GetClient();
    const auto server = network.GetServer();
    UdpFlowSettings settings;
    settings.start = RoutedNetwork::GetConvergence();
    const UdpFlow there(client, server, network.GetServerAddress(), settings);
    const UdpFlow back(server, client, network.GetClientAddress(), settings);
    settings.port++;
    const UdpFlow loopback(client, client, GetLoopbackAddress(routing.version), settings);
    Simulator::Stop(settings.start + Seconds(10));
    Simulator::Run();

    Outcome outcome{there.GetArrivals(), back.GetArrivals(), loopback.GetArrivals(), 0, {}, {}};
    outcome.received = there.GetReceived() + back.GetReceived() + loopback.GetReceived();
    if (options.lo != Moment::NEVER)
    {
        outcome.clientLo = LoHelper::GetLo(client)->GetStats();
        outcome.serverLo = LoHelper::GetLo(server)->GetStats();
    }
    Simulator::Destroy();
    return outcome;
}

/// @return the counters of a lo over which a UdpFlow of default settings went
LinkStats
GetFlowStats(IpVersion version)
{
    const UdpFlowSettings flow;
    LinkStats stats;
    stats.txPackets = stats.rxPackets = flow.count;
    stats.txBytes = stats.rxBytes =
        stats.rxPackets * (flow.size + 8 + (version == IpVersion::V4 ? 20 : 40));
    return stats;
}

/// With our devices traffic arrives when it arrives without, and loopback traffic crosses lo.
class RoutingTestCase : public TestCase
{
  public:
    RoutingTestCase(const Routing& routing, Moment lo)
        : TestCase(routing.name + ": traffic arrives as ever on nodes with blackholes, and a lo " +
                   "installed " + NameOf(lo)),
          m_routing(routing),
          m_lo(lo)
    {
    }

  private:
    void DoRun() override
    {
        const auto without = Simulate(m_routing, {});
        // ns-3 loses a first datagram where IPv6's neighbour discovery answers by a third device.
        NS_TEST_ASSERT_MSG_GT_OR_EQ(without.received,
                                    3 * UdpFlowSettings().count - 2,
                                    "the datagrams arrive without our devices");
        const auto with = Simulate(m_routing, {m_lo, Moment::NEVER, ThirdDevice::BLACKHOLE});
        NS_TEST_EXPECT_MSG_EQ(with.there, without.there, "datagrams from the client to the server");
        NS_TEST_EXPECT_MSG_EQ(with.back, without.back, "datagrams from the server to the client");
        NS_TEST_EXPECT_MSG_EQ(with.loopback, without.loopback, "datagrams over the loopback");
        NS_TEST_EXPECT_MSG_EQ(with.clientLo,
                              GetFlowStats(m_routing.version),
                              "the client's lo counts them");
        NS_TEST_EXPECT_MSG_EQ(with.serverLo, LinkStats(), "the server's lo counts nothing");
    }

    const Routing m_routing;
    const Moment m_lo;
};

/// Own addresses are reached through lo, all others as ever, until it is undone.
class LocalRoutingTestCase : public TestCase
{
  public:
    LocalRoutingTestCase(const Routing& routing, Moment lo, Moment localRoutes)
        : TestCase(routing.name + ": own addresses are reached through lo, which is installed " +
                   NameOf(lo) + ", by RouteLocalAddresses " + NameOf(localRoutes)),
          m_routing(routing),
          m_options{lo, localRoutes, ThirdDevice::BLACKHOLE}
    {
    }

  private:
    void DoRun() override
    {
        const RoutedNetwork network(m_routing, m_options);
        const auto client = network.GetClient();
        const auto router = network.GetRouter();
        UdpFlowSettings settings;
        settings.start = RoutedNetwork::GetConvergence();
        const UdpFlow across(client, network.GetServer(), network.GetServerAddress(), settings);
        const UdpFlow own(client, client, network.GetClientAddress(), settings);
        const UdpFlow routers(router, router, network.GetRouterAddress(), settings);
        settings.port++;
        const UdpFlow blackholes(client, client, network.GetThirdAddress(), settings);
        settings.start += Seconds(5);
        Simulator::Schedule(settings.start, [this, &network] {
            ExpectCounters(network);
            LoHelper::UnrouteLocalAddresses(network.GetNodes());
        });
        settings.start += Seconds(1);
        settings.port++;
        const UdpFlow ownAgain(client, client, network.GetClientAddress(), settings);
        Simulator::Stop(settings.start + Seconds(10));
        Simulator::Run();

        // ns-3 loses a first datagram where IPv6's neighbour discovery answers by a third device.
        NS_TEST_EXPECT_MSG_GT_OR_EQ(across.GetReceived(), COUNT - 1, "datagrams to the server");
        NS_TEST_EXPECT_MSG_EQ(own.GetReceived(), COUNT, "datagrams to the client's own address");
        NS_TEST_EXPECT_MSG_EQ(blackholes.GetReceived(), COUNT, "to that of its blackhole");
        NS_TEST_EXPECT_MSG_EQ(routers.GetReceived(), COUNT, "to that of the router");
        NS_TEST_EXPECT_MSG_EQ(LoHelper::GetLo(client)->GetStats().txPackets,
                              uint64_t{2} * COUNT,
                              "none goes through lo after it was undone");
        Simulator::Destroy();
    }

    void ExpectCounters(const RoutedNetwork& network)
    {
        const auto flow = GetFlowStats(m_routing.version);
        NS_TEST_EXPECT_MSG_EQ(LoHelper::GetLo(network.GetRouter())->GetStats(),
                              flow,
                              "the router's lo counts its own datagrams");
        NS_TEST_EXPECT_MSG_EQ((LoHelper::GetLo(network.GetClient())->GetStats() - flow),
                              flow,
                              "the client's lo those to both of its addresses");
        NS_TEST_EXPECT_MSG_EQ(LoHelper::GetLo(network.GetServer())->GetStats(),
                              LinkStats(),
                              "the server's none");
    }

    static constexpr uint32_t COUNT{10}; ///< datagrams in a UdpFlow of default settings

    const Routing m_routing;
    const NetworkOptions m_options;
};

/// Blackhole routes that come and go leave the node's routing protocol as it is.
class BlackholeRouteTestCase : public TestCase
{
  public:
    explicit BlackholeRouteTestCase(const Routing& routing)
        : TestCase(routing.name + ": blackhole routes of a sender and of a router discard what is "
                                  "for their networks, and all is as ever when they are gone"),
          m_routing(routing)
    {
    }

  private:
    /// What came of two flows from the client to the server.
    struct Flows
    {
        std::string first;              //!< arrivals of the flow during which routes change
        std::string second;             //!< arrivals of the flow after that
        std::vector<std::string> after; //!< what IP saw from the second flow on
    };

    /// @return when the n-th datagram has been sent, and the next one has not
    static Time After(uint32_t datagrams)
    {
        return RoutedNetwork::GetConvergence() + UdpFlowSettings().interval * (datagrams - 0.5);
    }

    /// @return a line without IPv4's identification, which what fails at the socket does not use up
    static std::string CutId(std::string line)
    {
        line.erase(line.find(", hash "));
        const auto at = line.find(" id ");
        return at == std::string::npos ? line : line.erase(at, line.find(' ', at + 4) - at);
    }

    static void AddLinesFrom(const IpTrace& trace, Time start, std::vector<std::string>& lines)
    {
        for (const auto& line : trace.GetLines())
        {
            // OLSR and AODV tell their neighbours things in the order of sockets in memory.
            const bool forNeighbours = line.find(" ttl 1 ") != std::string::npos;
            if (std::stoll(line) >= start.GetNanoSeconds() && !forNeighbours)
            {
                lines.push_back(CutId(line));
            }
        }
    }

    static Flows Send(const RoutedNetwork& network)
    {
        const auto client = network.GetClient();
        const auto server = network.GetServer();
        UdpFlowSettings settings;
        settings.start = RoutedNetwork::GetConvergence();
        const UdpFlow first(client, server, network.GetServerAddress(), settings);
        settings.start += Seconds(3);
        settings.port++;
        const UdpFlow second(client, server, network.GetServerAddress(), settings);
        const IpTrace clientTrace(client);
        const IpTrace serverTrace(server);
        Simulator::Stop(settings.start + Seconds(5));
        Simulator::Run();
        Flows flows{first.GetArrivals(), second.GetArrivals(), {}};
        AddLinesFrom(clientTrace, settings.start, flows.after);
        AddLinesFrom(serverTrace, settings.start, flows.after);
        return flows;
    }

    /// @return the arrivals without those of some datagrams
    static std::string CutOut(const std::string& arrivals, uint32_t begin, uint32_t end)
    {
        std::string left;
        std::istringstream all(arrivals);
        for (std::string arrival; std::getline(all, arrival, ',');)
        {
            const auto at = std::atoll(arrival.c_str());
            if (at != 0 &&
                (at < After(begin).GetNanoSeconds() || at >= After(end).GetNanoSeconds()))
            {
                left += arrival + ",";
            }
        }
        return left + (left.empty() ? "" : " ");
    }

    /// Have blackhole routes come and go while the first flow is sent.
    void ScheduleRoutes(const RoutedNetwork& network)
    {
        const auto server = network.GetServerAddress();
        const auto discard = [server](Ptr<Node> node, uint32_t begin, uint32_t end) {
            const auto length = GetBits(server);
            Simulator::Schedule(After(begin), [=] { AddBlackholeRoute(node, server, length); });
            Simulator::Schedule(After(end), [=] { RemoveBlackholeRoute(node, server, length); });
        };
        discard(network.GetClient(), 2, 4);
        discard(network.GetRouter(), 5, 8);
    }

    void DoRun() override
    {
        Flows without;
        {
            const RoutedNetwork network(m_routing, {});
            without = Send(network);
        }
        Simulator::Destroy();
        auto routing = m_routing;
        routing.finish = [this](const NodeContainer& nodes) {
            // Before the protocols have found their routes.
            const auto nobody = m_routing.version == IpVersion::V4
                                    ? Address(Ipv4Address("10.77.0.0"))
                                    : Address(Ipv6Address("2001:77::"));
            std::for_each(nodes.Begin(), nodes.End(), [&nobody](Ptr<Node> node) {
                AddBlackholeRoute(node, nobody, 32);
            });
            m_routing.finish(nodes);
        };
        const RoutedNetwork network(routing, {});
        ScheduleRoutes(network);
        const auto with = Send(network);
        NS_TEST_EXPECT_MSG_EQ(with.first,
                              CutOut(CutOut(without.first, 2, 4), 5, 8),
                              "datagrams that arrive while routes change");
        NS_TEST_EXPECT_MSG_EQ(std::count(with.second.begin(), with.second.end(), ','),
                              UdpFlowSettings().count,
                              "datagrams after the routes are gone");
        NS_TEST_EXPECT_MSG_EQ(with.second, without.second, "when they arrive");
        const auto [one, other] = std::mismatch(with.after.begin(),
                                                with.after.end(),
                                                without.after.begin(),
                                                without.after.end());
        NS_TEST_EXPECT_MSG_EQ((one == with.after.end() ? "" : *one),
                              (other == without.after.end() ? "" : *other),
                              "the first IP-level event afterwards that is not that of a network "
                              "without blackhole routes");
        NS_TEST_EXPECT_MSG_EQ(CountSunk(network.GetClient()), 0, "the client's fail at the socket");
        NS_TEST_EXPECT_MSG_EQ(CountSunk(network.GetRouter()), 3, "the router's blackhole counts");
        Simulator::Destroy();
    }

    const Routing m_routing;
};

} // namespace

std::vector<TestCase*>
MakeRoutingTests(const Routing& routing)
{
    return {new RoutingTestCase(routing, Moment::BEFORE_STACK)};
}

std::vector<TestCase*>
MakeInstallAfterTests(const Routing& routing)
{
    return {new RoutingTestCase(routing, Moment::AFTER_STACK),
            new RoutingTestCase(routing, Moment::LAST)};
}

std::vector<TestCase*>
MakeLocalRoutingTests(const Routing& routing)
{
    return {new LocalRoutingTestCase(routing, Moment::BEFORE_STACK, Moment::AFTER_STACK),
            new LocalRoutingTestCase(routing, Moment::LAST, Moment::LAST)};
}

std::vector<TestCase*>
MakeBlackholeRouteTests(const Routing& routing)
{
    return {new BlackholeRouteTestCase(routing)};
}

} // namespace ns3::tests
