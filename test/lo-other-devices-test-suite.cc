/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-node.h"
#include "member-test-case.h"
#include "routed-network.h"
#include "udp-flow.h"

#include "ns3/animation-interface.h"
#include "ns3/csma-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/loopback-module.h"
#include "ns3/mobility-helper.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/wifi-helper.h"
#include "ns3/wifi-mac-helper.h"
#include "ns3/wifi-standards.h"
#include "ns3/yans-wifi-helper.h"

#include <list>
#include <memory>
#include <string>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// A node with CSMA, point-to-point and Wi-Fi links, and ns-3's animation of it.
class OtherDevicesTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Compare arrivals and animation with a run without this module's devices.
    void Compare(Moment ours)
    {
        const auto without = Simulate(Moment::NEVER);
        NS_TEST_EXPECT_MSG_EQ(Simulate(ours), without, "arrivals of all flows");
        const auto reference = ReadFile(GetAnimationName(Moment::NEVER));
        const auto animation = ReadFile(GetAnimationName(ours));
        NS_TEST_EXPECT_MSG_GT_OR_EQ(Count(reference, "<p "), 4 * COUNT, "packets on wires");
        for (const auto element : {"<node ", "<link ", "<p ", "<pr ", "<wpr ", "<anim ", "</anim>"})
        {
            NS_TEST_EXPECT_MSG_EQ(Count(animation, element), Count(reference, element), element);
        }
    }

  private:
    /// @return the arrivals of each flow
    std::string Simulate(Moment ours)
    {
        NodeContainer nodes(4);
        const auto node = nodes.Get(0);
        AddOurs(node, ours == Moment::BEFORE_STACK);
        InternetStackHelper internet;
        Connect(internet, nodes);
        AddOurs(node, ours == Moment::LAST);
        std::list<UdpFlow> flows;
        UdpFlowSettings settings;
        for (uint32_t i = 1; i < nodes.GetN(); ++i)
        {
            settings.start = Seconds(1);
            const auto network = "10.1." + std::to_string(i);
            flows.emplace_back(node, nodes.Get(i), ParseAddress(network + ".2"), settings);
            settings.port++;
            // On Wi-Fi, broadcasts at the same time, such as ARP's, collide.
            settings.start += MilliSeconds(50);
            flows.emplace_back(nodes.Get(i), node, ParseAddress(network + ".1"), settings);
        }
        settings.port++;
        flows.emplace_back(node, node, Ipv4Address::GetLoopback(), settings);
        auto animation = std::make_unique<AnimationInterface>(GetAnimationName(ours));
        animation->EnablePacketMetadata(true);
        animation->EnableIpv4L3ProtocolCounters(Seconds(0), Seconds(9));
        Simulator::Stop(Seconds(10));
        Simulator::Run();
        animation.reset();

        std::string arrivals;
        for (const auto& flow : flows)
        {
            NS_TEST_EXPECT_MSG_EQ(flow.received, COUNT, "datagrams of a flow");
            arrivals += flow.arrivals + "\n";
        }
        if (const auto lo = LoHelper::GetLo(node))
        {
            NS_TEST_EXPECT_MSG_EQ(lo->GetStats().rxPackets, COUNT, "those that crossed lo");
        }
        Simulator::Destroy();
        return arrivals;
    }

    /// @return the file of an animation
    std::string GetAnimationName(Moment ours)
    {
        return CreateTempDirFilename(std::to_string(static_cast<int>(ours)) + ".xml");
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

    static void AddOurs(Ptr<Node> node, bool isNow)
    {
        if (isNow)
        {
            LoHelper().Install(node);
            BlackholeHelper().Install(node);
        }
    }

    /// Connect the first node to the others, by a link of each kind.
    static void Connect(InternetStackHelper& internet, const NodeContainer& nodes)
    {
        const NodeContainer stations(nodes.Get(0), nodes.Get(3));
        const auto csma = CsmaHelper().Install(NodeContainer(nodes.Get(0), nodes.Get(1)));
        const auto pointToPoint = PointToPointHelper().Install(nodes.Get(0), nodes.Get(2));
        MobilityHelper mobility;
        mobility.SetPositionAllocator("ns3::GridPositionAllocator");
        mobility.Install(nodes);
        YansWifiPhyHelper phy;
        phy.SetChannel(YansWifiChannelHelper::Default().Create());
        WifiMacHelper mac;
        mac.SetType("ns3::AdhocWifiMac");
        WifiHelper wifiHelper;
        wifiHelper.SetStandard(WIFI_STANDARD_80211a);
        const auto wifi = wifiHelper.Install(phy, mac, stations);
        // So that two runs draw the same numbers.
        wifiHelper.AssignStreams(wifi, 1000);
        internet.Install(nodes);
        internet.AssignStreams(nodes, 0);
        Ipv4AddressHelper addresses("10.1.1.0", "255.255.255.0");
        addresses.Assign(csma);
        addresses.NewNetwork();
        addresses.Assign(pointToPoint);
        addresses.NewNetwork();
        addresses.Assign(wifi);
    }
};

/// ns-3's CSMA, point-to-point and Wi-Fi devices, and NetAnim, beside this module's devices.
const Suite g_suite("lo-other-devices", TestSuite::Type::SYSTEM, [](Suite& suite) {
    for (const auto ours : {Moment::BEFORE_STACK, Moment::LAST})
    {
        suite.Add("traffic and its animation are unchanged if our devices are installed " +
                      NameOf(ours),
                  &OtherDevicesTestCase::Compare,
                  ours);
    }
});

} // namespace
