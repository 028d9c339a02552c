/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"
#include "watched-lo.h"

#include "ns3/blackhole-helper.h"
#include "ns3/error-model.h"
#include "ns3/lo-helper.h"
#include "ns3/mac48-address.h"
#include "ns3/node-container.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <array>
#include <set>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// Devices installed by LoHelper.
class HelperTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Install on a node, a container and a name.
    void Install()
    {
        NodeContainer nodes(4);
        Names::Add("server", nodes.Get(3));
        LoHelper helper;
        helper.SetDeviceAttribute("Mtu", UintegerValue(1500));
        helper.SetDeviceAttribute("Delivery", StringValue("Backlog"));
        NetDeviceContainer devices = helper.Install(nodes.Get(0));
        devices.Add(helper.Install(NodeContainer(nodes.Get(1), nodes.Get(2))));
        devices.Add(helper.Install("server"));
        NS_TEST_ASSERT_MSG_EQ(devices.GetN(), 4, "devices");
        for (uint32_t i = 0; i < 4; ++i)
        {
            const auto lo = LoHelper::GetLo(nodes.Get(i));
            NS_TEST_ASSERT_MSG_EQ(lo, devices.Get(i), "GetLo finds the device of node " << i);
            NS_TEST_EXPECT_MSG_EQ(lo->GetNode(), nodes.Get(i), "it is on its node");
            NS_TEST_EXPECT_MSG_EQ(lo->GetMtu(), 1500, "with the attributes that were set");
            StringValue delivery;
            lo->GetAttribute("Delivery", delivery);
            NS_TEST_EXPECT_MSG_EQ(delivery.Get(), "Backlog", "all of them");
        }
        NS_TEST_EXPECT_MSG_EQ(bool(LoHelper::GetLo(CreateObject<Node>())),
                              false,
                              "GetLo on a node without one");
    }

    /// Run error models twice with the same random stream, and once with another.
    void Streams()
    {
        for (const std::string model :
             {"ns3::RateErrorModel[ErrorRate=0.5|ErrorUnit=ERROR_UNIT_PACKET]",
              "ns3::BurstErrorModel[ErrorRate=0.3]"})
        {
            const auto first = CountErrors(model, 7);
            NS_TEST_EXPECT_MSG_EQ(CountErrors(model, 7), first, model << ", the same stream");
            NS_TEST_EXPECT_MSG_NE(CountErrors(model, 8), first, model << ", another stream");
        }
        NS_TEST_EXPECT_MSG_EQ(CountErrors("ns3::ListErrorModel", 7), 0, "one that draws nothing");
        NS_TEST_EXPECT_MSG_EQ(m_streams, 0, "streams it was assigned");
        NS_TEST_EXPECT_MSG_EQ(LoHelper().AssignStreams(LoHelper().Install(CreateObject<Node>()), 7),
                              0,
                              "a device without an error model needs no stream");
        const NetDeviceContainer onNoNode(CreateObject<LoNetDevice>());
        NS_TEST_EXPECT_MSG_EQ(LoHelper().AssignStreams(onNoNode, 7), 0, "nor one on no node");
    }

    /// Set the node of devices that are on it, as scripts of ns-3 do after Node::AddDevice.
    void SameNode()
    {
        for (const Ptr<NetDevice>& device :
             {LoHelper().Install(CreateObject<Node>()).Get(0),
              BlackholeHelper().Install(CreateObject<Node>()).Get(0)})
        {
            const auto node = device->GetNode();
            device->SetNode(node);
            NS_TEST_EXPECT_MSG_EQ(device->GetNode(), node, "the node");
            NS_TEST_EXPECT_MSG_EQ(node->GetNDevices(), 1, "devices on it");
        }
    }

    /// Install blackholes between two devices that get allocated addresses.
    void Addresses()
    {
        std::array<uint8_t, 6> before{};
        std::array<uint8_t, 6> after{};
        Mac48Address::Allocate().CopyTo(before.data());
        BlackholeHelper().Install(NodeContainer(2));
        Mac48Address::Allocate().CopyTo(after.data());
        NS_TEST_EXPECT_MSG_EQ(+after[5], (before[5] + 1) % 256, "the next allocated address");
        const auto node = CreateObject<Node>();
        std::set<Address> addresses;
        for (int i = 0; i < 257; ++i)
        {
            addresses.insert(BlackholeHelper().Install(node).Get(0)->GetAddress());
        }
        NS_TEST_EXPECT_MSG_EQ(addresses.size(), 257, "addresses of 257 blackholes on a node");
    }

  private:
    /// @return which packets of 1000 are damaged, as the bytes of the others
    uint64_t CountErrors(const std::string& model, int64_t stream)
    {
        const auto node = CreateObject<Node>();
        LoHelper helper;
        helper.SetDeviceAttribute("ReceiveErrorModel", StringValue(model));
        const auto devices = helper.Install(node);
        m_streams = helper.AssignStreams(devices, stream);
        for (uint32_t i = 1; i <= 1000; ++i)
        {
            devices.Get(0)->Send(Create<Packet>(i), devices.Get(0)->GetAddress(), TEST_PROTOCOL);
        }
        Simulator::Run();
        const auto stats = LoHelper::GetLo(node)->GetStats();
        return stats.rxErrors == 0 ? 0 : stats.rxBytes;
    }

    int64_t m_streams{0}; //!< streams that the last error model got
};

/// LoHelper.
const Suite g_suite("lo-helper", TestSuite::Type::UNIT, [](Suite& suite) {
    using Case = HelperTestCase;
    suite.Add("Install takes a node, a container of them, or a name", &Case::Install);
    suite.Add("Blackholes leave the addresses of other devices as they are", &Case::Addresses);
    suite.Add("SetNode takes the node that a device is on already", &Case::SameNode);
    suite.Add("AssignStreams makes receive errors repeatable", &Case::Streams);
});

} // namespace
