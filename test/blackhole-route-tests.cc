/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "blackhole-routes.h"
#include "ip-trace.h"
#include "routing-tests.h"
#include "udp-flow.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>

namespace ns3::tests
{

namespace
{

constexpr uint32_t COUNT{10}; ///< datagrams in a UdpFlow of default settings

/// When the n-th datagram has been sent, and the next one has not.
Time
After(uint32_t datagrams)
{
    const UdpFlowSettings settings;
    return RoutedNetwork::GetConvergence() + settings.interval * (datagrams - 0.5);
}

/// The client's datagrams to the server, in two flows, and what its stack and the server's saw.
struct Outcome
{
    std::string first;              //!< arrivals of the flow during which routes change
    std::string second;             //!< arrivals of the flow after that
    std::vector<std::string> after; //!< what both nodes' IP saw from the second flow on
};

std::vector<std::string>
GetLinesFrom(const IpTrace& trace, Time start)
{
    std::vector<std::string> lines;
    for (const auto& line : trace.GetLines())
    {
        // OLSR and AODV tell their neighbours things in the order of sockets' places in memory.
        const bool forNeighbours = line.find(" ttl 1 ") != std::string::npos;
        if (std::stoll(line) >= start.GetNanoSeconds() && !forNeighbours)
        {
            lines.push_back(line);
        }
    }
    return lines;
}

Outcome
Simulate(const RoutedNetwork& network)
{
    UdpFlowSettings settings;
    settings.start = RoutedNetwork::GetConvergence();
    const UdpFlow first(network.GetClient(),
                        network.GetServer(),
                        network.GetServerAddress(),
                        settings);
    settings.start += Seconds(3);
    settings.port++;
    const UdpFlow second(network.GetClient(),
                         network.GetServer(),
                         network.GetServerAddress(),
                         settings);
    const IpTrace client(network.GetClient());
    const IpTrace server(network.GetServer());
    Simulator::Stop(settings.start + Seconds(5));
    Simulator::Run();
    auto after = GetLinesFrom(client, settings.start);
    for (const auto& line : GetLinesFrom(server, settings.start))
    {
        after.push_back(line);
    }
    return {first.GetArrivals(), second.GetArrivals(), after};
}

/// A network with blackhole routes and one without are compared.
class BlackholeRouteTestCase : public TestCase
{
  protected:
    BlackholeRouteTestCase(const Routing& routing, const std::string& behaviour)
        : TestCase(routing.name + ": " + behaviour),
          m_routing(routing)
    {
    }

    /// Expect that all is as without blackhole routes but for some datagrams of the first flow.
    void Expect(const Outcome& with, const std::string& first)
    {
        NS_TEST_EXPECT_MSG_EQ(with.first, first, "datagrams that arrive while routes change");
        NS_TEST_EXPECT_MSG_EQ(with.second, m_without.second, "datagrams after the routes are gone");
        const auto different = std::mismatch(with.after.begin(),
                                             with.after.end(),
                                             m_without.after.begin(),
                                             m_without.after.end());
        NS_TEST_EXPECT_MSG_EQ((different.first == with.after.end() ? "" : *different.first),
                              (different.second == m_without.after.end() ? "" : *different.second),
                              "the first IP-level event after the routes are gone that is not "
                              "that of a network that never had any");
    }

    /// Simulate the network without blackhole routes.
    void SimulateWithout()
    {
        {
            const RoutedNetwork network(m_routing, {});
            m_without = Simulate(network);
        }
        Simulator::Destroy();
        // ns-3 loses a first datagram where IPv6's neighbour discovery answers by a third device.
        NS_TEST_ASSERT_MSG_GT_OR_EQ(CountArrivals(m_without.first),
                                    COUNT - 1,
                                    "the datagrams arrive without blackhole routes");
        NS_TEST_ASSERT_MSG_EQ(CountArrivals(m_without.second), COUNT, "and again");
    }

    /// @return how many of a flow's datagrams arrived
    static uint32_t CountArrivals(const std::string& arrivals)
    {
        return std::count(arrivals.begin(), arrivals.end(), ',');
    }

    /// @return what arrived but for the datagrams from the begin-th to before the end-th
    static std::string CutOut(const std::string& arrivals, Time begin, Time end)
    {
        std::string left;
        std::istringstream all(arrivals);
        for (std::string arrival; std::getline(all, arrival, ',');)
        {
            const auto at = std::atoll(arrival.c_str());
            if (at != 0 && (at < begin.GetNanoSeconds() || at >= end.GetNanoSeconds()))
            {
                left += arrival + ",";
            }
        }
        return left + (left.empty() ? "" : " ");
    }

    const Routing m_routing;
    Outcome m_without;
};

/// The sender's route to the server is longer than one blackhole route and as long as another.
class LengthTestCase : public BlackholeRouteTestCase
{
  public:
    LengthTestCase(const Routing& routing, uint8_t length, bool early)
        : BlackholeRouteTestCase(routing,
                                 "a blackhole route sinks what the sender's own of " +
                                     std::to_string(length) + " bits leads elsewhere from when " +
                                     "it is as long, and a shorter one added " +
                                     (early ? "before all routes" : "in mid-run") + " nothing"),
          m_length(length),
          m_early(early)
    {
    }

  private:
    void DoRun() override
    {
        SimulateWithout();
        auto routing = m_routing;
        if (m_early)
        {
            routing.finish = [this](const NodeContainer& nodes) {
                AddShorter(nodes.Get(0));
                m_routing.finish(nodes);
            };
        }
        const RoutedNetwork network(routing, {});
        const auto client = network.GetClient();
        m_server = network.GetServerAddress();
        if (!m_early)
        {
            Simulator::Schedule(After(4), [this, client] { AddShorter(client); });
        }
        uint64_t sunkByShorter = 0;
        Simulator::Schedule(After(7), [&] {
            sunkByShorter = CountSunk(client);
            AddBlackholeRoute(client, m_server, m_length);
        });
        Simulator::Schedule(After(COUNT + 1), [&] {
            RemoveBlackholeRoute(client, m_server, m_length);
            if (m_length > 0)
            {
                RemoveBlackholeRoute(client, m_server, m_length - 1);
            }
        });
        const auto with = Simulate(network);
        Expect(with, CutOut(m_without.first, After(7), After(COUNT + 1)));
        NS_TEST_EXPECT_MSG_EQ(sunkByShorter, 0, "sunk while there was the shorter one only");
        NS_TEST_EXPECT_MSG_EQ(CountSunk(client), COUNT - 7, "sunk in all");
        Simulator::Destroy();
    }

    void AddShorter(Ptr<Node> client)
    {
        if (m_length > 0)
        {
            // Early the network that tells the address is not made yet.
            const Address server = m_routing.version == IpVersion::V4
                                       ? Address(Ipv4Address("10.1.2.2"))
                                       : Address(Ipv6Address("2001:2::2"));
            AddBlackholeRoute(client, server, m_length - 1);
        }
    }

    const uint8_t m_length;
    const bool m_early;
    Address m_server;
};

/// A router sinks what it would forward.
class ForwardingTestCase : public BlackholeRouteTestCase
{
  public:
    explicit ForwardingTestCase(const Routing& routing)
        : BlackholeRouteTestCase(routing,
                                 "a router sinks what goes to a host while it has a blackhole "
                                 "route to that, and nothing else")
    {
    }

  private:
    void DoRun() override
    {
        SimulateWithout();
        const RoutedNetwork network(m_routing, {});
        const auto router = network.GetRouter();
        const auto server = network.GetServerAddress();
        // It sinks nothing, and is there all the time.
        AddBlackholeRoute(router, server, 1);
        const auto nobody = m_routing.version == IpVersion::V4 ? Address(Ipv4Address("10.77.0.1"))
                                                               : Address(Ipv6Address("2001:77::1"));
        AddBlackholeRoute(network.GetClient(), nobody, 32);
        AddBlackholeRoute(network.GetServer(), nobody, 32);
        UdpFlowSettings settings;
        settings.start = RoutedNetwork::GetConvergence() - Seconds(5);
        settings.port = 7;
        const UdpFlow nowhere(router, network.GetServer(), nobody, settings);
        uint64_t sunkBefore = 0;
        Simulator::Schedule(After(3), [&] {
            sunkBefore = CountSunk(router);
            AddBlackholeRoute(router, server, GetBits(server));
        });
        Simulator::Schedule(After(7), [&] {
            RemoveBlackholeRoute(router, server, GetBits(server));
            RemoveBlackholeRoute(router, server, 1);
        });
        const auto with = Simulate(network);
        Expect(with, CutOut(m_without.first, After(3), After(7)));
        NS_TEST_EXPECT_MSG_EQ(sunkBefore, COUNT, "the router's own to nobody");
        NS_TEST_EXPECT_MSG_EQ(CountSunk(router), COUNT + 4, "with those to the server");
        Simulator::Destroy();
    }
};

} // namespace

std::vector<TestCase*>
MakeBlackholeRouteTests(const Routing& routing, uint8_t length)
{
    return {new LengthTestCase(routing, length, false),
            new LengthTestCase(routing, length, true),
            new ForwardingTestCase(routing)};
}

} // namespace ns3::tests
