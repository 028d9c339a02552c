/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "address-traffic.h"
#include "routing-tests.h"
#include "udp-flow.h"

#include "ns3/loopback-module.h"
#include "ns3/simulator.h"

namespace ns3::tests
{

namespace
{

/// What arrives in a network without our devices.
struct Arrivals
{
    uint32_t across; //!< datagrams from the client to the server
    uint32_t own;    //!< datagrams from the client to itself
};

Arrivals
SimulateWithout(const Routing& routing)
{
    const RoutedNetwork network(routing, {});
    const auto client = network.GetClient();
    UdpFlowSettings settings;
    settings.start = RoutedNetwork::GetConvergence();
    const UdpFlow across(client, network.GetServer(), network.GetServerAddress(), settings);
    const UdpFlow own(client, client, network.GetClientAddress(), settings);
    Simulator::Stop(settings.start + Seconds(10));
    Simulator::Run();
    const Arrivals arrivals{across.GetReceived(), own.GetReceived()};
    Simulator::Destroy();
    return arrivals;
}

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
        const auto without = SimulateWithout(m_routing);
        const RoutedNetwork network(m_routing, m_options);
        const auto client = network.GetClient();
        const auto router = network.GetRouter();
        const AddressTraffic toClient(client, network.GetClientAddress());
        const AddressTraffic toBlackhole(client, network.GetThirdAddress());
        const AddressTraffic toRouter(router, network.GetRouterAddress());
        UdpFlowSettings settings;
        settings.start = RoutedNetwork::GetConvergence();
        const UdpFlow across(client, network.GetServer(), network.GetServerAddress(), settings);
        const UdpFlow own(client, client, network.GetClientAddress(), settings);
        const UdpFlow routers(router, router, network.GetRouterAddress(), settings);
        settings.port++;
        const UdpFlow blackholes(client, client, network.GetThirdAddress(), settings);

        const auto undone = settings.start + Seconds(5);
        Simulator::Schedule(undone, [this, &network, &toClient, &toBlackhole, &toRouter] {
            ExpectThroughLo(toClient, network.GetClient());
            ExpectThroughLo(toBlackhole, network.GetClient());
            ExpectThroughLo(toRouter, network.GetRouter());
            ExpectCounters(network);
            LoHelper::UnrouteLocalAddresses(network.GetNodes());
        });
        settings.start = undone + Seconds(1);
        settings.port++;
        const UdpFlow ownAgain(client, client, network.GetClientAddress(), settings);
        Simulator::Stop(settings.start + Seconds(10));
        Simulator::Run();

        NS_TEST_EXPECT_MSG_EQ(across.GetReceived(), without.across, "datagrams to the server");
        NS_TEST_EXPECT_MSG_EQ(own.GetReceived(), COUNT, "datagrams to the client's own address");
        NS_TEST_EXPECT_MSG_EQ(blackholes.GetReceived(), COUNT, "to that of its blackhole");
        NS_TEST_EXPECT_MSG_EQ(routers.GetReceived(), COUNT, "to that of the router");
        NS_TEST_EXPECT_MSG_EQ(ownAgain.GetReceived(),
                              without.own,
                              "after it was undone, as many as without our devices");
        NS_TEST_EXPECT_MSG_EQ(toClient.GetSentBy(LoHelper::GetLo(client)),
                              COUNT,
                              "none of them through lo");
        Simulator::Destroy();
    }

    void ExpectThroughLo(const AddressTraffic& traffic, Ptr<Node> node)
    {
        const auto lo = LoHelper::GetLo(node);
        NS_TEST_EXPECT_MSG_EQ(traffic.GetSent(), COUNT, "datagrams sent by node " << node->GetId());
        NS_TEST_EXPECT_MSG_EQ(traffic.GetSentBy(lo), COUNT, "all by lo");
        NS_TEST_EXPECT_MSG_EQ(traffic.GetReceivedBy(lo), COUNT, "and received by it");
    }

    void ExpectCounters(const RoutedNetwork& network)
    {
        const uint64_t size =
            UdpFlowSettings().size + 8 + (m_routing.version == IpVersion::V4 ? 20 : 40);
        LinkStats expected;
        expected.txPackets = expected.rxPackets = COUNT;
        expected.txBytes = expected.rxBytes = COUNT * size;
        NS_TEST_EXPECT_MSG_EQ(LoHelper::GetLo(network.GetRouter())->GetStats(),
                              expected,
                              "the router's lo counts its own datagrams");
        expected.txPackets = expected.rxPackets = 2 * COUNT;
        expected.txBytes = expected.rxBytes = 2 * COUNT * size;
        NS_TEST_EXPECT_MSG_EQ(LoHelper::GetLo(network.GetClient())->GetStats(),
                              expected,
                              "the client's lo those to both of its addresses");
        NS_TEST_EXPECT_MSG_EQ(LoHelper::GetLo(network.GetServer())->GetStats(),
                              LinkStats(),
                              "the server's none");
    }

    static constexpr uint64_t COUNT{10}; ///< datagrams in a UdpFlow of default settings

    const Routing m_routing;
    const NetworkOptions m_options;
};

} // namespace

std::vector<TestCase*>
MakeLocalRoutingTests(const Routing& routing)
{
    return {new LocalRoutingTestCase(routing, Moment::BEFORE_STACK, Moment::AFTER_STACK),
            new LocalRoutingTestCase(routing, Moment::BEFORE_STACK, Moment::LAST),
            new LocalRoutingTestCase(routing, Moment::AFTER_STACK, Moment::AFTER_STACK),
            new LocalRoutingTestCase(routing, Moment::LAST, Moment::LAST)};
}

} // namespace ns3::tests
