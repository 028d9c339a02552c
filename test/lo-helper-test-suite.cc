/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/blackhole-helper.h"
#include "ns3/double.h"
#include "ns3/error-model.h"
#include "ns3/lo-helper.h"
#include "ns3/names.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

using namespace ns3;

namespace
{

/// A device can be put on a node, on several, or on one by its name.
class InstallTestCase : public TestCase
{
  public:
    InstallTestCase()
        : TestCase("Install puts a device on a node, on a container of them, or on a named one")
    {
    }

  private:
    void DoRun() override
    {
        NodeContainer nodes(4);
        Names::Add("server", nodes.Get(3));
        LoHelper helper;
        helper.SetDeviceAttribute("Mtu", UintegerValue(1500));
        helper.SetDeviceAttribute("Delivery", StringValue("Backlog"));
        NetDeviceContainer devices = helper.Install(nodes.Get(0));
        NodeContainer more(nodes.Get(1), nodes.Get(2));
        devices.Add(helper.Install(more));
        devices.Add(helper.Install("server"));

        NS_TEST_ASSERT_MSG_EQ(devices.GetN(), 4, "devices");
        for (uint32_t i = 0; i < 4; ++i)
        {
            const auto lo = LoHelper::GetLo(nodes.Get(i));
            NS_TEST_ASSERT_MSG_EQ(lo, devices.Get(i), "GetLo finds the device of node " << i);
            NS_TEST_EXPECT_MSG_EQ(lo->GetNode(), nodes.Get(i), "which is on its node");
            NS_TEST_EXPECT_MSG_EQ(lo->GetMtu(), 1500, "with the attributes that were set");
            StringValue delivery;
            lo->GetAttribute("Delivery", delivery);
            NS_TEST_EXPECT_MSG_EQ(delivery.Get(), "Backlog", "all of them");
        }
        NS_TEST_EXPECT_MSG_EQ(bool(LoHelper::GetLo(CreateObject<Node>())),
                              false,
                              "GetLo on a node without one");
        Names::Clear();
        Simulator::Destroy();
    }
};

/// Several blackholes may be on a node, beside lo.
class BlackholesTestCase : public TestCase
{
  public:
    BlackholesTestCase()
        : TestCase("a node can have several blackholes, before or after its lo")
    {
    }

  private:
    void DoRun() override
    {
        const auto node = CreateObject<Node>();
        BlackholeHelper blackholeHelper;
        blackholeHelper.Install(node);
        LoHelper().Install(node);
        blackholeHelper.Install(node);
        NS_TEST_EXPECT_MSG_EQ(node->GetNDevices(), 3, "devices");
        NS_TEST_EXPECT_MSG_EQ(LoHelper::GetLo(node), node->GetDevice(1), "lo among them");
        Simulator::Destroy();
    }
};

/// The same streams give the same errors, others give others.
class StreamsTestCase : public TestCase
{
  public:
    StreamsTestCase()
        : TestCase("AssignStreams makes receive errors repeatable")
    {
    }

  private:
    /// An error model, and how many streams it takes.
    struct Errors
    {
        Ptr<ErrorModel> model;
        int64_t streams;
    };

    static Errors MakeRateErrors()
    {
        auto model = CreateObject<RateErrorModel>();
        model->SetAttribute("ErrorUnit", StringValue("ERROR_UNIT_PACKET"));
        model->SetRate(0.5);
        return {model, 1};
    }

    static Errors MakeBurstErrors()
    {
        auto model = CreateObject<BurstErrorModel>();
        model->SetAttribute("ErrorRate", DoubleValue(0.3));
        return {model, 2};
    }

    LinkStats RunWithStream(const Errors& errors, int64_t stream)
    {
        const auto node = CreateObject<Node>();
        LoHelper helper;
        helper.SetDeviceAttribute("ReceiveErrorModel", PointerValue(errors.model));
        const auto devices = helper.Install(node);
        NS_TEST_EXPECT_MSG_EQ(helper.AssignStreams(devices, stream),
                              errors.streams,
                              "streams given");
        for (uint32_t i = 1; i <= 1000; ++i)
        {
            devices.Get(0)->Send(Create<Packet>(i), devices.Get(0)->GetAddress(), 0x88b5);
        }
        Simulator::Run();
        const auto stats = LoHelper::GetLo(node)->GetStats();
        Simulator::Destroy();
        return stats;
    }

    void DoRun() override
    {
        for (const auto& make : {&MakeRateErrors, &MakeBurstErrors})
        {
            const auto first = RunWithStream(make(), 7);
            NS_TEST_EXPECT_MSG_EQ(RunWithStream(make(), 7),
                                  first,
                                  "the same stream gives the same errors");
            NS_TEST_EXPECT_MSG_NE(RunWithStream(make(), 8), first, "another stream gives others");
        }
        const Errors listed{CreateObject<ListErrorModel>(), 0};
        NS_TEST_EXPECT_MSG_EQ(RunWithStream(listed, 7).rxErrors, 0, "one that draws nothing");
        NS_TEST_EXPECT_MSG_EQ(LoHelper().AssignStreams(LoHelper().Install(CreateObject<Node>()), 7),
                              0,
                              "a device without an error model needs no stream");
        Simulator::Destroy();
    }
};

class LoHelperTestSuite : public TestSuite
{
  public:
    LoHelperTestSuite()
        : TestSuite("lo-helper", TestSuite::Type::UNIT)
    {
        AddTestCase(new InstallTestCase);
        AddTestCase(new BlackholesTestCase);
        AddTestCase(new StreamsTestCase);
    }
};

LoHelperTestSuite g_loHelperTestSuite;

} // namespace
