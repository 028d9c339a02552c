/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"
#include "udp-flow.h"

#include "ns3/aodv-helper.h"
#include "ns3/boolean.h"
#include "ns3/dsdv-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/node-container.h"
#include "ns3/simple-net-device-helper.h"
#include "ns3/simulator.h"

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// Routing protocols that send packets through the loopback while they look for a route.
class AdHocTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Send over a router before there is a route.
    void Aodv()
    {
        NS_TEST_EXPECT_MSG_EQ(Simulate(AodvHelper()), 10, "datagrams received");
    }

    /// Send over a router before its first update.
    void Dsdv()
    {
        DsdvHelper dsdv;
        dsdv.Set("EnableBuffering", BooleanValue(true));
        NS_TEST_EXPECT_MSG_EQ(Simulate(dsdv), 10, "datagrams received");
    }

  private:
    /// @return datagrams of 10 that arrive behind a router
    static uint32_t Simulate(const Ipv4RoutingHelper& routing)
    {
        NodeContainer nodes(3);
        InternetStackHelper internet;
        internet.SetRoutingHelper(routing);
        internet.Install(nodes);
        internet.AssignStreams(nodes, 0);
        LoHelper().Install(nodes);
        Ipv4AddressHelper addresses("10.1.1.0", "/24");
        addresses.Assign(
            SimpleNetDeviceHelper().Install(NodeContainer(nodes.Get(0), nodes.Get(1))));
        addresses.NewNetwork();
        addresses.Assign(
            SimpleNetDeviceHelper().Install(NodeContainer(nodes.Get(1), nodes.Get(2))));
        UdpFlowSettings settings;
        settings.start = Seconds(5);
        settings.interval = Seconds(1);
        const UdpFlow flow(nodes.Get(0), nodes.Get(2), Ipv4Address("10.1.2.2"), settings);
        Simulator::Stop(Seconds(60));
        Simulator::Run();
        Simulator::Destroy();
        return flow.GetReceived();
    }
};

/// AODV and DSDV on nodes with a lo that was installed after the Internet stack.
class LoInstallAfterAdHocTestSuite : public TestSuite
{
  public:
    LoInstallAfterAdHocTestSuite()
        : TestSuite("lo-install-after-adhoc", TestSuite::Type::SYSTEM)
    {
        AddTestCase(
            MakeTestCase("AODV loses no packet that waits for a route", &AdHocTestCase::Aodv));
        AddTestCase(MakeTestCase("DSDV with buffering loses none either", &AdHocTestCase::Dsdv));
    }
};

/// Registers the suite.
LoInstallAfterAdHocTestSuite g_loInstallAfterAdHocTestSuite;

} // namespace
