/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "routing-tests.h"

#include "udp-flow.h"

#include "ns3/loopback-module.h"
#include "ns3/simulator.h"

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

} // namespace ns3::tests
