/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"

#include "ns3/loopback-module.h"
#include "ns3/node.h"
#include "ns3/packet.h"
#include "ns3/simple-net-device-helper.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/traffic-control-layer.h"

#include <map>
#include <sstream>
#include <string>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// @return what LinkStatsHelper prints for nodes
std::string
ToText(void (*print)(std::ostream&, const NodeContainer&), const NodeContainer& nodes)
{
    std::ostringstream text;
    print(text, nodes);
    return text.str();
}

/// Counters in print.
class LinkStatsTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Compare, subtract and print readings.
    void Value()
    {
        LinkStats earlier;
        earlier.rxPackets = 1;
        earlier.txBytes = 100;
        LinkStats later = earlier;
        NS_TEST_EXPECT_MSG_EQ((later == earlier), true, "equal readings");
        later.rxPackets = 5;
        later.collisions = 2;
        NS_TEST_EXPECT_MSG_EQ((later != earlier), true, "readings that differ");

        std::ostringstream os;
        os << later - earlier;
        NS_TEST_EXPECT_MSG_EQ(os.str(),
                              "rxPackets=4 txPackets=0 rxBytes=0 txBytes=0 rxErrors=0 txErrors=0 "
                              "rxDropped=0 txDropped=0 multicast=0 collisions=2",
                              "the difference, printed");
    }

    /// Compare with what iproute2 6.1 and the kernel printed for an interface with these counters.
    /// test/kernel-text.sh compares a new lo with the running kernel's.
    void Print()
    {
        auto node = CreateObject<Node>();
        const auto lo = LoHelper().Install(node).Get(0);
        BlackholeHelper().Install(node).Get(0)->SetAddress(Mac48Address("02:00:00:00:00:07"));
        Simulator::ScheduleWithContext(node->GetId(), Time(0), [lo] {
            for (int i = 0; i < 17; ++i)
            {
                lo->Send(Create<Packet>(1000), lo->GetAddress(), 0x88b5);
            }
            lo->Send(Create<Packet>(65537), lo->GetAddress(), 0x88b5);
        });
        Simulator::Run();

        const auto text = ToText(&LinkStatsHelper::PrintIpLink, node);
        NS_TEST_EXPECT_MSG_EQ(text, ReadFile(LOOPBACK_TEST_DATA "ip-link"), "as ip -s link");
        const auto json = ToText(&LinkStatsHelper::PrintIpLinkJson, node);
        NS_TEST_EXPECT_MSG_EQ(json,
                              ReadFile(LOOPBACK_TEST_DATA "ip-link.json"),
                              "as ip -s -j link");
        const auto proc = ToText(&LinkStatsHelper::PrintProcNetDev, node);
        NS_TEST_EXPECT_MSG_EQ(proc,
                              ReadFile(LOOPBACK_TEST_DATA "proc-net-dev"),
                              "as /proc/net/dev");
    }

    /// Print in a program that has set its own locale.
    void AnyLocale()
    {
        const auto node = CreateObject<Node>();
        node->AggregateObject(CreateObject<TrafficControlLayer>());
        const auto lo = LoHelper().Install(node);
        TrafficControlHelper helper;
        helper.SetRootQueueDisc("ns3::NetemQueueDisc",
                                "Parameters",
                                StringValue("limit 9999 delay 1500us"));
        helper.Install(lo);
        for (const auto print : {&LinkStatsHelper::PrintIpLink,
                                 &LinkStatsHelper::PrintIpLinkJson,
                                 &LinkStatsHelper::PrintProcNetDev,
                                 &LinkStatsHelper::PrintTcQdisc})
        {
            const auto text = ToText(print, node);
            InGermanLocale(
                [&] { NS_TEST_EXPECT_MSG_EQ(ToText(print, node), text, "with other numbers"); });
        }
    }

    /// Print long numbers, which the kernel still separates by a space.
    void LongNumbers()
    {
        const auto sink = BlackholeHelper().Install(CreateObject<Node>()).Get(0);
        for (int i = 0; i < 32; ++i)
        {
            sink->Send(Create<Packet>(1 << 30), sink->GetBroadcast(), 0x0800);
        }
        const auto text = ToText(&LinkStatsHelper::PrintProcNetDev, sink->GetNode());
        NS_TEST_EXPECT_MSG_NE(text.find("         0 34359738368      32    0 "),
                              std::string::npos,
                              "bytes and packets sent in " << text);
    }

    /// Print a disposed device, which is still on its node.
    void Disposed()
    {
        const auto node = CreateObject<Node>();
        LoHelper().Install(node).Get(0)->Dispose();
        const auto text = ToText(&LinkStatsHelper::PrintIpLink, node);
        NS_TEST_EXPECT_MSG_EQ(text.find("1: lo: <LOOPBACK> mtu 65535 qdisc noqueue state DOWN "),
                              0,
                              "it is down, got " << text);
        NS_TEST_EXPECT_MSG_EQ(ToText(&LinkStatsHelper::PrintTcQdisc, node), "", "no queue disc");
    }

    /// Print several nodes, each with its name.
    void Nodes()
    {
        NodeContainer nodes(2);
        Names::Add("a\n\"\\", nodes.Get(0));
        LoHelper().Install(nodes);
        const auto other = nodes.Get(1)->GetId();

        const auto text = ToText(&LinkStatsHelper::PrintIpLink, nodes);
        NS_TEST_EXPECT_MSG_EQ(text.find("\nnetns: a___\n1: lo: "), 0, "by its name");
        const auto second = "\nnetns: " + std::to_string(other) + "\n1: lo: ";
        NS_TEST_EXPECT_MSG_NE(text.find(second), std::string::npos, "or by its number");

        const auto json = ToText(&LinkStatsHelper::PrintIpLinkJson, nodes);
        NS_TEST_EXPECT_MSG_EQ(json.find(R"([{"netns":"a___","ifindex":1,)"),
                              0,
                              "in JSON as a string");
    }

    /// Check that a root queue disc has tc's name.
    void QueueDiscs()
    {
        auto node = CreateObject<Node>();
        node->AggregateObject(CreateObject<TrafficControlLayer>());
        const auto lo = LoHelper().Install(node);
        for (const auto& [type, name] : std::map<std::string, std::string>{
                 {"PfifoFast", "pfifo_fast"},
                 {"FqCoDel", "fq_codel"},
                 {"Netem", "netem"},
                 {"CoDel", "codel"},
                 {"Tbf", "tbf"},
             })
        {
            TrafficControlHelper helper;
            helper.SetRootQueueDisc("ns3::" + type + "QueueDisc");
            helper.Install(lo);
            CheckQueueDisc(node, name);
            helper.Uninstall(lo);
        }
        CheckQueueDisc(node, "noqueue");
    }

    void QueueDiscCounters()
    {
        auto node = CreateObject<Node>();
        node->AggregateObject(CreateObject<TrafficControlLayer>());
        TrafficControlHelper helper;
        const auto netem = helper.SetRootQueueDisc("ns3::NetemQueueDisc",
                                                   "Parameters",
                                                   StringValue("limit 2 rate 1kbit"));
        const auto classes = helper.AddQueueDiscClasses(netem, 1, "ns3::QueueDiscClass");
        helper.AddChildQueueDisc(netem, classes[0], "ns3::PfifoFastQueueDisc");
        helper.Install(LoHelper().Install(node));
        const auto simple = SimpleNetDeviceHelper().Install(node);
        TrafficControlHelper fifo;
        fifo.SetRootQueueDisc("ns3::FifoQueueDisc");
        fifo.Install(simple);
        node->Initialize();
        for (int i = 0; i < 4; ++i)
        {
            const auto packet = Create<Packet>(100);
            LoHelper::GetLo(node)->Send(packet, Mac48Address(), 0x0800);
        }
        const auto text = ToText(&LinkStatsHelper::PrintTcQdisc, node);
        NS_TEST_EXPECT_MSG_EQ(text, ReadFile(LOOPBACK_TEST_DATA "tc-qdisc"), "as tc -s qdisc");
    }

    void QueueDiscNumbers()
    {
        auto node = CreateObject<Node>();
        node->AggregateObject(CreateObject<TrafficControlLayer>());
        TrafficControlHelper prio;
        const auto root = prio.SetRootQueueDisc("ns3::PrioQueueDisc");
        const auto classes = prio.AddQueueDiscClasses(root, 10, "ns3::QueueDiscClass");
        prio.AddChildQueueDiscs(root, classes, "ns3::FifoQueueDisc");
        prio.Install(LoHelper().Install(node));
        const auto text = ToText(&LinkStatsHelper::PrintTcQdisc, node);
        for (const std::string line : {"qdisc fifo 8009: dev lo parent 8001:8 \n",
                                       "qdisc fifo 800a: dev lo parent 8001:9 \n",
                                       "qdisc fifo 800b: dev lo parent 8001:a \n"})
        {
            NS_TEST_EXPECT_MSG_NE(text.find(line), std::string::npos, line << " in " << text);
        }
    }

  private:
    void CheckQueueDisc(Ptr<Node> node, const std::string& name)
    {
        const auto text = ToText(&LinkStatsHelper::PrintIpLink, node);
        NS_TEST_EXPECT_MSG_NE(text.find(" qdisc " + name + " state "),
                              std::string::npos,
                              name << " in " << text);
        const auto json = ToText(&LinkStatsHelper::PrintIpLinkJson, node);
        NS_TEST_EXPECT_MSG_NE(json.find("\"qdisc\":\"" + name + "\","),
                              std::string::npos,
                              name << " in " << json);
    }
};

const Suite g_suite("lo-link-stats", TestSuite::Type::UNIT, [](Suite& suite) {
    suite.Add("a device that was disposed is shown as down", &LinkStatsTestCase::Disposed);
    suite.Add("a reading can be compared, printed and subtracted", &LinkStatsTestCase::Value);
    suite.Add("counters are printed as ip and the kernel print them", &LinkStatsTestCase::Print);
    suite.Add("numbers are the same in any locale", &LinkStatsTestCase::AnyLocale);
    suite.Add("the columns of proc stay apart where a number is long",
              &LinkStatsTestCase::LongNumbers);
    suite.Add("where there are several nodes, each is named before its interfaces",
              &LinkStatsTestCase::Nodes);
    suite.Add("a root queue disc is printed by tc's name", &LinkStatsTestCase::QueueDiscs);
    suite.Add("queue discs and their counters are printed as tc prints them",
              &LinkStatsTestCase::QueueDiscCounters);
    suite.Add("numbers of queue discs and classes are hexadecimal, as tc's",
              &LinkStatsTestCase::QueueDiscNumbers);
});

} // namespace
