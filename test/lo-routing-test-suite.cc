/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "routing-tests.h"
#include "udp-flow.h"

#include "ns3/ipv4-global-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/loopback-module.h"
#include "ns3/simulator.h"

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// Global routing knows the way to a blackhole, and is told by RecomputeRoutingTables that it went.
class RecomputeTestCase : public TestCase
{
  public:
    RecomputeTestCase()
        : TestCase("RecomputeRoutingTables follows the interface of a blackhole down and up")
    {
    }

  private:
    void DoRun() override
    {
        const auto global = GetInternetRoutings().at(2);
        NS_TEST_ASSERT_MSG_EQ(global.name, "global", "the routing that is tried");
        const RoutedNetwork network(global,
                                    {Moment::BEFORE_STACK, Moment::NEVER, ThirdDevice::BLACKHOLE});
        m_ipv4 = network.GetClient()->GetObject<Ipv4>();
        m_interface = m_ipv4->GetInterfaceForPrefix("10.1.9.0", Ipv4Mask("/24"));
        m_blackhole = DynamicCast<BlackholeNetDevice>(m_ipv4->GetNetDevice(m_interface));

        UdpFlowSettings settings;
        settings.interval = Seconds(1);
        settings.count = 30;
        const UdpFlow there(network.GetClient(),
                            network.GetServer(),
                            network.GetServerAddress(),
                            settings);
        settings.port++;
        const UdpFlow vanishing(network.GetServer(),
                                network.GetClient(),
                                Ipv4Address("10.1.9.77"),
                                settings);
        Simulator::Schedule(Seconds(9.5), &RecomputeTestCase::SetInterface, this, false);
        Simulator::Schedule(Seconds(19.5), &RecomputeTestCase::SetInterface, this, true);
        Simulator::Run();

        NS_TEST_EXPECT_MSG_EQ(m_swallowedBeforeDown, 10, "swallowed while the blackhole was up");
        NS_TEST_EXPECT_MSG_EQ(m_swallowedBeforeUp, 10, "swallowed until it was up again");
        NS_TEST_EXPECT_MSG_EQ(m_blackhole->GetStats().txPackets, 20, "swallowed in all");
        NS_TEST_EXPECT_MSG_EQ(vanishing.GetReceived(), 0, "datagrams that came out again");
        NS_TEST_EXPECT_MSG_EQ(there.GetReceived(), 30, "datagrams between the nodes");
        m_ipv4 = nullptr;
        m_blackhole = nullptr;
        Simulator::Destroy();
    }

    void SetInterface(bool up)
    {
        if (up)
        {
            m_swallowedBeforeUp = m_blackhole->GetStats().txPackets;
            m_ipv4->SetUp(m_interface);
        }
        else
        {
            m_swallowedBeforeDown = m_blackhole->GetStats().txPackets;
            m_ipv4->SetDown(m_interface);
        }
        Ipv4GlobalRoutingHelper::RecomputeRoutingTables();
    }

    Ptr<Ipv4> m_ipv4;
    Ptr<BlackholeNetDevice> m_blackhole;
    uint32_t m_interface{0};
    uint64_t m_swallowedBeforeDown{0};
    uint64_t m_swallowedBeforeUp{0};
};

/// The routing protocols of ns-3's internet module beside our devices.
class LoRoutingTestSuite : public TestSuite
{
  public:
    LoRoutingTestSuite()
        : TestSuite("lo-routing", TestSuite::Type::SYSTEM)
    {
        for (const auto& routing : GetInternetRoutings())
        {
            for (auto* test : MakeRoutingTests(routing))
            {
                AddTestCase(test);
            }
        }
        AddTestCase(new RecomputeTestCase);
    }
};

/// Registers the suite.
static LoRoutingTestSuite g_loRoutingTestSuite;

} // namespace
