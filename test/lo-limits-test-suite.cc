/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-test-case.h"
#include "route-decision.h"

#include "ns3/double.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/loopback-module.h"
#include "ns3/pointer.h"
#include "ns3/random-variable-stream.h"
#include "ns3/simulator.h"
#include "ns3/udp-socket-factory.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>

using namespace ns3;

namespace
{

/// As many nodes as 16 bits can number, and some more.
constexpr uint32_t N_NODES = 65536 + 4;

/// So many of them are sampled: a plot of all would have half a million curves.
constexpr uint32_t N_SAMPLED = 16;

/// Nothing of a device is kept by 16 bits of its node's number.
class ManyNodesTestCase : public TestCase
{
  public:
    ManyNodesTestCase()
        : TestCase("65,540 nodes have a lo and a blackhole each, with counters of their own")
    {
    }

  private:
    void DoRun() override
    {
        NodeContainer nodes(N_NODES);
        m_los = LoHelper().Install(nodes);
        const auto blackholes = BlackholeHelper().Install(nodes);
        std::set<Address> addresses;
        for (uint32_t i = 0; i < N_NODES; ++i)
        {
            addresses.insert(blackholes.Get(i)->GetAddress());
            // In a node's own context the receive callback is called at once.
            Simulator::ScheduleWithContext(i, Seconds(1), &ManyNodesTestCase::Send, this, i);
        }
        NS_TEST_EXPECT_MSG_EQ(addresses.size(), N_NODES, "blackholes have an address each");
        const auto prefix = CreateTempDirFilename("many");
        NodeContainer last;
        for (auto i = N_NODES - N_SAMPLED; i < N_NODES; ++i)
        {
            last.Add(nodes.Get(i));
        }
        LinkStatsHelper::Sample(last, Seconds(2), prefix);
        Simulator::Run();
        CheckCounters(nodes);
        Simulator::Destroy();
        std::ifstream csv(prefix + ".csv");
        const auto lines =
            std::count(std::istreambuf_iterator<char>(csv), std::istreambuf_iterator<char>(), '\n');
        NS_TEST_EXPECT_MSG_EQ(lines, 1 + 2 * 2 * N_SAMPLED, "lines of the samples at 0 s and 2 s");
    }

    /// The number of bytes tells the node.
    void Send(uint32_t node)
    {
        const auto lo = m_los.Get(node);
        lo->Send(Create<Packet>(node / 2), lo->GetBroadcast(), TEST_PROTOCOL);
    }

    void CheckCounters(const NodeContainer& nodes)
    {
        uint32_t right = 0;
        for (uint32_t i = 0; i < N_NODES; ++i)
        {
            const auto lo = LoHelper::GetLo(nodes.Get(i));
            if (lo == m_los.Get(i) && lo->GetStats().rxBytes == i / 2 &&
                lo->GetStats().rxPackets == 1)
            {
                ++right;
            }
        }
        NS_TEST_EXPECT_MSG_EQ(right, N_NODES, "nodes whose lo has its packet");
        std::ostringstream os;
        LinkStatsHelper::PrintProcNetDev(os, nodes);
        const auto text = os.str();
        NS_TEST_EXPECT_MSG_GT(std::count(text.begin(), text.end(), '\n'),
                              int64_t{2} * N_NODES,
                              "two lines for each node");
    }

    NetDeviceContainer m_los; //!< the loopbacks
};

/// What the Internet stack makes of a node whose number has more than 16 bits.
class LateNodeTestCase : public TestCase
{
  public:
    LateNodeTestCase()
        : TestCase("node 65,536 talks to itself over lo, installed before and after the stack")
    {
    }

  private:
    void DoRun() override
    {
        NodeContainer fill(65535);
        for (const bool before : {true, false})
        {
            NodeContainer node(1);
            if (before)
            {
                LoHelper().Install(node);
            }
            InternetStackHelper().Install(node);
            if (!before)
            {
                LoHelper().Install(node);
            }
            BlackholeHelper().AddRoute(node.Get(0), Ipv4Address("10.0.0.0"), Ipv4Mask("/8"));
            Talk(node.Get(0));
        }
        Simulator::Destroy();
    }

    void Talk(Ptr<Node> node)
    {
        const InetSocketAddress address(Ipv4Address::GetLoopback(), 9);
        const auto socket = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
        socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), 9));
        Simulator::ScheduleWithContext(node->GetId(), Seconds(0), [=] {
            socket->SendTo(Create<Packet>(100), 0, address);
        });
        Simulator::Run();
        const auto name = "node " + std::to_string(node->GetId());
        NS_TEST_EXPECT_MSG_EQ(socket->GetRxAvailable(), 100, name << " has heard itself");
        NS_TEST_EXPECT_MSG_EQ(LoHelper::GetLo(node)->GetStats().rxPackets, 1, name << "'s lo");
        NS_TEST_EXPECT_MSG_EQ(tests::DecideInput(node, Ipv4Address("10.0.0.1"), node->GetDevice(0)),
                              "sunk",
                              name << " discards what is routed to its blackhole");
    }
};

/// ns-3's Time ends at 2^63 - 1 ns.
class EndOfTimeTestCase : public LoTestCase
{
  public:
    EndOfTimeTestCase()
        : LoTestCase("devices work until the last nanosecond of ns-3's Time")
    {
    }

  private:
    void DoRun() override
    {
        for (const auto& delivery : AllDeliveries())
        {
            MakeLoOnNode(delivery);
            m_received.clear();
            LinkStatsHelper::Sample(m_node, Seconds(3000000000), CreateTempDirFilename(delivery));
            // Too long for the last, which goes without.
            Delay(Seconds(2));
            for (const auto& left : {Seconds(3), MilliSeconds(2500), NanoSeconds(0)})
            {
                InNodeContext(
                    [this, left] {
                        if (left.IsZero())
                        {
                            m_lo->SetImpairment(nullptr);
                        }
                        Send(100);
                    },
                    Time::Max() - left);
            }
            const auto blackhole = BlackholeHelper().Install(m_node).Get(0);
            InNodeContext([=] { blackhole->Send(Create<Packet>(1), blackhole->GetBroadcast(), 1); },
                          Time::Max() - NanoSeconds(1));
            Simulator::Stop(Time::Max());
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(Simulator::Now(), Time::Max(), delivery << ": the end is there");
            // What comes at the last nanosecond itself may find the simulation stopped.
            NS_TEST_EXPECT_MSG_GT_OR_EQ(m_received.size(), 2, delivery << ": packets received");
            NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats().txPackets, 3, delivery << ": packets sent");
            Simulator::Destroy();
        }
    }

    void Delay(Time time)
    {
        const auto delay = CreateObject<ConstantRandomVariable>();
        delay->SetAttribute("Constant", DoubleValue(time.GetSeconds()));
        m_lo->SetImpairment(
            CreateObjectWithAttributes<LinkImpairment>("Delay", PointerValue(delay)));
    }
};

class LimitsTestSuite : public TestSuite
{
  public:
    LimitsTestSuite()
        : TestSuite("lo-limits", TestSuite::Type::UNIT)
    {
        AddTestCase(new ManyNodesTestCase);
        AddTestCase(new LateNodeTestCase);
        AddTestCase(new EndOfTimeTestCase);
    }
};

LimitsTestSuite g_limitsTestSuite;

} // namespace
