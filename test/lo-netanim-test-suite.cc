/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-node.h"
#include "member-test-case.h"
#include "udp-flow.h"

#include "ns3/animation-interface.h"
#include "ns3/csma-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-global-routing-helper.h"
#include "ns3/loopback-module.h"
#include "ns3/mobility-helper.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"

#include <fstream>
#include <memory>
#include <sstream>

using namespace ns3;
using namespace ns3::tests;

namespace
{

constexpr uint32_t COUNT{10}; ///< datagrams in a UdpFlow of default settings

/// NetAnim's animation of a topology.
class NetAnimTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Compare the animation of nodes with our devices with that of nodes without.
    void Compare()
    {
        const auto without = Animate(false);
        const auto with = Animate(true);
        NS_TEST_EXPECT_MSG_GT_OR_EQ(Count(without, "<p "), 2 * COUNT, "packets are animated");
        for (const auto element : {"<node ", "<link ", "<p ", "<anim "})
        {
            NS_TEST_EXPECT_MSG_EQ(Count(with, element), Count(without, element), element);
        }
        NS_TEST_EXPECT_MSG_EQ((with.find("</anim>") != std::string::npos),
                              true,
                              "the file is complete");
    }

  private:
    /// @return the animation of a client, a router and a server, between which datagrams go
    std::string Animate(bool ours)
    {
        const auto filename = CreateTempDirFilename(ours ? "with.xml" : "without.xml");
        NodeContainer nodes(3);
        if (ours)
        {
            LoHelper().Install(nodes);
        }
        MobilityHelper mobility;
        mobility.SetPositionAllocator("ns3::GridPositionAllocator");
        mobility.Install(nodes);
        InternetStackHelper internet;
        internet.Install(nodes);
        internet.AssignStreams(nodes, 0);
        Connect(nodes, ours);
        Ipv4GlobalRoutingHelper::PopulateRoutingTables();
        UdpFlowSettings settings;
        settings.start = Seconds(1);
        const UdpFlow flow(nodes.Get(0), nodes.Get(2), Ipv4Address("10.1.2.2"), settings);
        settings.port++;
        const UdpFlow loopback(nodes.Get(0), nodes.Get(0), Ipv4Address::GetLoopback(), settings);
        auto animation = std::make_unique<AnimationInterface>(filename);
        animation->EnablePacketMetadata(true);
        animation->EnableIpv4L3ProtocolCounters(Seconds(0), Seconds(4));
        Simulator::Stop(Seconds(5));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(flow.GetReceived(), COUNT, "datagrams to the server");
        NS_TEST_EXPECT_MSG_EQ(loopback.GetReceived(), COUNT, "datagrams over the loopback");
        animation.reset();
        Simulator::Destroy();
        std::ostringstream xml;
        xml << std::ifstream(filename).rdbuf();
        return xml.str();
    }

    static void Connect(const NodeContainer& nodes, bool ours)
    {
        Ipv4AddressHelper addresses("10.1.1.0", "255.255.255.0");
        addresses.Assign(PointToPointHelper().Install(nodes.Get(0), nodes.Get(1)));
        addresses.NewNetwork();
        addresses.Assign(CsmaHelper().Install(NodeContainer(nodes.Get(1), nodes.Get(2))));
        addresses.NewNetwork();
        if (ours)
        {
            addresses.Assign(BlackholeHelper().Install(nodes));
        }
    }

    /// @return how often a text is found
    static uint32_t Count(const std::string& text, const std::string& what)
    {
        uint32_t count = 0;
        for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
        {
            ++count;
        }
        return count;
    }
};

/// ns-3's NetAnim beside our devices.
class LoNetanimTestSuite : public TestSuite
{
  public:
    LoNetanimTestSuite()
        : TestSuite("lo-netanim", TestSuite::Type::SYSTEM)
    {
        AddTestCase(MakeTestCase("a topology with our devices is animated as one without",
                                 &NetAnimTestCase::Compare));
    }
};

/// Registers the suite.
LoNetanimTestSuite g_loNetanimTestSuite;

} // namespace
