/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-node.h"
#include "udp-flow.h"

#include "ns3/blackhole-helper.h"
#include "ns3/config.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/names.h"
#include "ns3/node-container.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <fstream>
#include <map>

using namespace ns3;
using namespace ns3::tests;

namespace
{

constexpr uint64_t COUNT{10}; ///< datagrams in a UdpFlow of default settings

/// Two nodes, 0 and 1, each with a lo and a blackhole, devices 0 and 1, and a stack.
NodeContainer
CreateNodes()
{
    NodeContainer nodes(2);
    LoHelper().Install(nodes);
    BlackholeHelper().Install(nodes);
    InternetStackHelper().Install(nodes);
    return nodes;
}

/// Attributes are set on the devices that a path matches.
class SetTestCase : public TestCase
{
  public:
    SetTestCase()
        : TestCase("Config::Set finds our devices by path, through their own type and ns-3's")
    {
    }

  private:
    void DoRun() override
    {
        const auto nodes = CreateNodes();
        Expect(nodes, "65535 65535 65535 65535 ", "at first");
        Config::Set("/NodeList/0/DeviceList/*/$ns3::LoNetDevice/Mtu", UintegerValue(1500));
        Expect(nodes, "1500 65535 65535 65535 ", "by the type of lo, on one node");
        Config::Set("/NodeList/*/DeviceList/*/$ns3::LoopbackNetDevice/Mtu", UintegerValue(2000));
        Expect(nodes, "2000 65535 2000 65535 ", "by the type of ns-3's loopback");
        Config::Set("/NodeList/1/DeviceList/*/$ns3::BlackholeNetDevice/Mtu", UintegerValue(3000));
        Expect(nodes, "2000 65535 2000 3000 ", "by the type of a blackhole");
        Config::Set("/NodeList/1/DeviceList/0/$ns3::LoNetDevice/Delivery", StringValue("Backlog"));
        StringValue delivery;
        nodes.Get(1)->GetDevice(0)->GetAttribute("Delivery", delivery);
        NS_TEST_EXPECT_MSG_EQ(delivery.Get(), "Backlog", "an attribute that only lo has");
        NS_TEST_EXPECT_MSG_EQ(
            Config::LookupMatches("/NodeList/*/DeviceList/*/$ns3::LoopbackNetDevice").GetN(),
            2,
            "no blackhole is a loopback");
        Simulator::Destroy();
    }

    void Expect(const NodeContainer& nodes, const std::string& mtus, const std::string& what)
    {
        std::string actual;
        for (uint32_t i = 0; i < nodes.GetN(); ++i)
        {
            for (uint32_t j = 0; j < 2; ++j)
            {
                actual += std::to_string(nodes.Get(i)->GetDevice(j)->GetMtu()) + " ";
            }
        }
        NS_TEST_EXPECT_MSG_EQ(actual, mtus, what);
    }
};

/// Devices that are made from now on begin with the default that was set.
class SetDefaultTestCase : public TestCase
{
  public:
    SetDefaultTestCase()
        : TestCase("Config::SetDefault holds for devices that are installed afterwards")
    {
    }

  private:
    void DoRun() override
    {
        Config::SetDefault("ns3::LoNetDevice::Mtu", UintegerValue(1500));
        const auto nodes = CreateNodes();
        NS_TEST_EXPECT_MSG_EQ(nodes.Get(0)->GetDevice(0)->GetMtu(), 1500, "lo");
        NS_TEST_EXPECT_MSG_EQ(nodes.Get(0)->GetDevice(1)->GetMtu(), 65535, "the blackhole");
        Config::Reset();
        NS_TEST_EXPECT_MSG_EQ(CreateNodes().Get(0)->GetDevice(0)->GetMtu(), 65535, "reset");
        Simulator::Destroy();
    }
};

/// Trace sources are connected, and disconnected, on the devices that a path matches.
class ConnectTestCase : public TestCase
{
  public:
    ConnectTestCase()
        : TestCase("Config::Connect finds our trace sources by path, through their own type and "
                   "ns-3's")
    {
    }

  private:
    void DoRun() override
    {
        const auto nodes = CreateNodes();
        const std::string packets = "/NodeList/*/DeviceList/*/$ns3::LoNetDevice/MacTx";
        Config::Connect(packets, MakeCallback(&ConnectTestCase::OnPacket, this));
        Config::Connect("/NodeList/*/DeviceList/*/$ns3::LoopbackNetDevice/MacRx",
                        MakeCallback(&ConnectTestCase::OnPacket, this));
        Config::Connect("/NodeList/*/DeviceList/*/$ns3::LoNetDevice/RxPackets",
                        MakeCallback(&ConnectTestCase::OnCount, this));
        Config::Connect("/NodeList/*/DeviceList/*/$ns3::BlackholeNetDevice/Drop",
                        MakeCallback(&ConnectTestCase::OnDrop, this));
        Send(nodes.Get(1), 1);
        const std::string device = "/NodeList/1/DeviceList/0/";
        const std::map<std::string, uint64_t> expected{
            {device + "$ns3::LoNetDevice/MacTx", COUNT},
            {device + "$ns3::LoopbackNetDevice/MacRx", COUNT},
            {device + "$ns3::LoNetDevice/RxPackets", COUNT},
            {"/NodeList/1/DeviceList/1/$ns3::BlackholeNetDevice/Drop", 1}};
        NS_TEST_EXPECT_MSG_EQ((m_counts == expected), true, "calls, by context:" << GetCounts());

        Config::Disconnect(packets, MakeCallback(&ConnectTestCase::OnPacket, this));
        Send(nodes.Get(1), 2);
        NS_TEST_EXPECT_MSG_EQ(m_counts[device + "$ns3::LoNetDevice/MacTx"],
                              COUNT,
                              "nothing from a trace source that was disconnected");
        NS_TEST_EXPECT_MSG_EQ(m_counts[device + "$ns3::LoopbackNetDevice/MacRx"],
                              2 * COUNT,
                              "as much again from the others");
        Simulator::Destroy();
    }

    static void Send(Ptr<Node> node, uint16_t port)
    {
        UdpFlowSettings settings;
        settings.port = port;
        const UdpFlow flow(node, node, GetLoopbackAddress(IpVersion::V4), settings);
        auto blackhole = node->GetDevice(1);
        blackhole->Send(Create<Packet>(100), blackhole->GetBroadcast(), 0x0800);
        Simulator::Run();
    }

    // NOLINTBEGIN(performance-unnecessary-value-param): ns-3 hands a context over so
    void OnPacket(std::string context, Ptr<const Packet> /* packet */)
    {
        ++m_counts[context];
    }

    void OnCount(std::string context, uint64_t /* before */, uint64_t after)
    {
        m_counts[context] = after;
    }

    void OnDrop(std::string context, Ptr<const Packet> /* packet */, DropReason reason)
    {
        m_counts[context] += reason == DropReason::BLACKHOLE ? 1 : 100;
    }

    // NOLINTEND(performance-unnecessary-value-param)

    std::string GetCounts() const
    {
        std::string counts;
        for (const auto& [context, count] : m_counts)
        {
            counts += " " + context + "=" + std::to_string(count);
        }
        return counts;
    }

    std::map<std::string, uint64_t> m_counts; ///< by context
};

/// Our devices can have names, and are found by them.
class NamesTestCase : public TestCase
{
  public:
    NamesTestCase()
        : TestCase("a lo and a blackhole can be named in ns3::Names, and are found by their names")
    {
    }

  private:
    void DoRun() override
    {
        const auto prefix = CreateTempDirFilename("names");
        SimulateWithNames(prefix);
        std::ifstream capture(prefix + "-server-lo.pcap", std::ios::ate | std::ios::binary);
        // The file's header, and for each packet its own, Ethernet's, IP's and UDP's.
        NS_TEST_EXPECT_MSG_EQ(capture.tellg(),
                              24 + COUNT * (16 + 14 + 20 + 8 + 100),
                              "bytes of a capture enabled by name");
    }

    /// Have a capture written, which is complete when the devices are gone.
    void SimulateWithNames(const std::string& prefix)
    {
        const auto node = CreateNodes().Get(0);
        Names::Add("server", node);
        Names::Add("server/lo", node->GetDevice(0));
        Names::Add("server/null", node->GetDevice(1));
        const auto lo = Names::Find<LoNetDevice>("server/lo");
        NS_TEST_ASSERT_MSG_EQ(lo, LoHelper::GetLo(node), "lo by its name");
        NS_TEST_EXPECT_MSG_EQ(Names::Find<NetDevice>("server/null"),
                              node->GetDevice(1),
                              "the blackhole by its name");
        Config::Set("/Names/server/lo/Mtu", UintegerValue(1500));
        NS_TEST_EXPECT_MSG_EQ(lo->GetMtu(), 1500, "an attribute set by name");
        Config::ConnectWithoutContext("/Names/server/lo/MacTx",
                                      MakeCallback(&NamesTestCase::OnPacket, this));
        LoHelper().EnablePcap(prefix, "server/lo", true);
        const UdpFlow flow(node, node, GetLoopbackAddress(IpVersion::V4), UdpFlowSettings());
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_nPackets, COUNT, "packets of a trace source connected by name");
        Names::Clear();
        Simulator::Destroy();
    }

    void OnPacket(Ptr<const Packet> /* packet */)
    {
        ++m_nPackets;
    }

    uint32_t m_nPackets{0};
};

/// Our devices by the paths and names of ns-3's configuration system.
class LoConfigPathTestSuite : public TestSuite
{
  public:
    LoConfigPathTestSuite()
        : TestSuite("lo-config-path", TestSuite::Type::UNIT)
    {
        AddTestCase(new SetTestCase);
        AddTestCase(new SetDefaultTestCase);
        AddTestCase(new ConnectTestCase);
        AddTestCase(new NamesTestCase);
    }
};

/// Registers the suite.
static LoConfigPathTestSuite g_loConfigPathTestSuite;

} // namespace
