/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"
#include "netem-probe.h"
#include "to-callback.h"
#include "udp-flow.h"

#include "ns3/bulk-send-helper.h"
#include "ns3/csma-helper.h"
#include "ns3/double.h"
#include "ns3/error-model.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-packet-filter.h"
#include "ns3/ipv4-queue-disc-item.h"
#include "ns3/ipv6-queue-disc-item.h"
#include "ns3/lo-helper.h"
#include "ns3/net-device-queue-interface.h"
#include "ns3/netem-error-model.h"
#include "ns3/node-container.h"
#include "ns3/object-factory.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/packet-sink.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/pointer.h"
#include "ns3/random-variable-stream.h"
#include "ns3/socket.h"
#include "ns3/string.h"
#include "ns3/tcp-congestion-ops.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/udp-header.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <cmath>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::tests;

namespace
{

constexpr uint16_t DELAYED_PORT{5000}; ///< the flow that PortFilter directs to netem
constexpr uint16_t OTHER_PORT{5001};   ///< another flow

/// Classifies UDP by its destination port, as `tc filter ... u32 match ip dport` does.
class PortFilter : public Ipv4PacketFilter
{
  public:
    static TypeId GetTypeId()
    {
        static TypeId tid = TypeId("ns3::tests::PortFilter")
                                .SetParent<Ipv4PacketFilter>()
                                .AddConstructor<PortFilter>();
        return tid;
    }

  private:
    int32_t DoClassify(Ptr<QueueDiscItem> item) const override
    {
        UdpHeader header;
        item->GetPacket()->PeekHeader(header);
        return header.GetDestinationPort() == DELAYED_PORT ? 2 : 1;
    }
};

NS_OBJECT_ENSURE_REGISTERED(PortFilter);

/// Loses packets of 120 bytes and more.
class BySizeErrorModel : public ErrorModel
{
    bool DoCorrupt(Ptr<Packet> packet) override
    {
        return packet->GetSize() >= 120;
    }

    void DoReset() override
    {
    }
};

/// Two nodes and their link, or one node and its lo.
class LinkTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Check that TCP delivers every byte, at the rate of Mathis' formula.
    void CarriesTcp(const std::string& link)
    {
        Config::SetDefault("ns3::TcpL4Protocol::SocketType", TypeIdValue(TcpNewReno::GetTypeId()));
        Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(1448));
        Config::SetDefault("ns3::TcpSocket::SndBufSize", UintegerValue(4'000'000));
        Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(4'000'000));
        Build(link);
        TrafficControlHelper control;
        control.SetRootQueueDisc("ns3::NetemQueueDisc",
                                 "Parameters",
                                 StringValue("delay 10ms loss 1%"));
        const auto discs = control.Install(m_devices);
        for (uint32_t i = 0; i < discs.GetN(); ++i)
        {
            DynamicCast<NetemQueueDisc>(discs.Get(i))->AssignStreams(1 + i * int64_t{8});
        }
        constexpr uint32_t bytes = 20'000'000;
        const InetSocketAddress to(m_to, 80);
        PacketSinkHelper sinkHelper("ns3::TcpSocketFactory", to);
        const auto sink = DynamicCast<PacketSink>(sinkHelper.Install(m_nodes.Get(1)).Get(0));
        BulkSendHelper sender("ns3::TcpSocketFactory", to);
        sender.SetAttribute("MaxBytes", UintegerValue(bytes));
        sender.Install(m_nodes.Get(0));
        Time last;
        sink->TraceConnectWithoutContext(
            "Rx",
            ToCallback([&last](Ptr<const Packet>, const Address&) { last = Simulator::Now(); }));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(sink->GetTotalRx(), bytes, "every byte");
        // 20 ms per round trip: data and acknowledgements are delayed.
        const auto mathis = 1448 / 0.020 * std::sqrt(1.5 / 0.01);
        const auto throughput = bytes / last.GetSeconds();
        NS_TEST_EXPECT_MSG_GT(throughput, mathis / 2, "within a factor 2 of Mathis' formula");
        NS_TEST_EXPECT_MSG_LT(throughput, mathis * 2, "within a factor 2 of Mathis' formula");
    }

    /// Send through Prio with a filter, and netem as its child.
    void DelaysTheFilteredFlowOnly(const std::string& link)
    {
        Build(link);
        TrafficControlHelper control;
        // A packet and its duplicate, due at once, are more than a quota.
        const auto root = control.SetRootQueueDisc("ns3::PrioQueueDisc", "Quota", UintegerValue(1));
        control.AddPacketFilter(root, "ns3::tests::PortFilter");
        const auto classes = control.AddQueueDiscClasses(root, 3, "ns3::QueueDiscClass");
        control.AddChildQueueDisc(root, classes[0], "ns3::FifoQueueDisc");
        control.AddChildQueueDisc(root, classes[1], "ns3::FifoQueueDisc");
        control.AddChildQueueDisc(root,
                                  classes[2],
                                  "ns3::NetemQueueDisc",
                                  "Parameters",
                                  StringValue("delay 200ms duplicate 100%"));
        const auto prio = control.Install(m_devices.Get(0)).Get(0);
        ExpectArrivals({20, 200}, {10, 0});
        const auto& stats = prio->GetStats();
        NS_TEST_EXPECT_MSG_EQ(stats.nTotalReceivedPackets, 30, "Prio has seen the duplicates");
        NS_TEST_EXPECT_MSG_EQ(stats.nTotalSentPackets, 30, "nothing is left");
    }

    /// Send through netem below Prio, in the MqQueueDisc of a device's only transmission queue.
    void WorksBelowMq(const std::string& link)
    {
        Build(link);
        TrafficControlHelper control;
        const auto mq = control.SetRootQueueDisc("ns3::MqQueueDisc");
        const auto queues = control.AddQueueDiscClasses(mq, 1, "ns3::QueueDiscClass");
        const auto prio = control.AddChildQueueDisc(mq, queues[0], "ns3::PrioQueueDisc");
        AddNetems(control, prio, 2, "delay 200ms duplicate 100%");
        const auto root = control.Install(m_devices.Get(0)).Get(0);
        ExpectArrivals({20, 200}, {20, 200});
        const auto& stats = root->GetQueueDiscClass(0)->GetQueueDisc()->GetStats();
        NS_TEST_EXPECT_MSG_EQ(stats.nTotalReceivedPackets, 40, "Prio has seen the duplicates");
        NS_TEST_EXPECT_MSG_EQ(stats.nTotalSentPackets, 40, "nothing is left");
    }

    /// Replace Mq on lo each second, while netem below it holds two packets. Sanitizers notice a
    /// drop that the child reports to a freed Mq.
    void IsReplacedWithMq()
    {
        Build("lo");
        TrafficControlHelper control;
        const auto mq = control.SetRootQueueDisc("ns3::MqQueueDisc");
        AddNetems(control, mq, 1, "delay 700ms");
        control.Install(m_devices);
        for (uint32_t i = 1; i <= 5; ++i)
        {
            Simulator::Schedule(MilliSeconds(1000 * i + 500), [&] {
                control.Uninstall(m_devices);
                control.Install(m_devices);
            });
        }
        ExpectArrivals({5, 700}, {5, 700});
        NS_TEST_EXPECT_MSG_EQ(LoHelper::GetLo(m_nodes.Get(0))->GetStats().txDropped, 10, "dropped");
    }

    /// Check that what netem holds when the simulation ends is counted.
    void IsDisposedOfWithPackets()
    {
        NetemProbe probe("lo", "delay 10s");
        probe.SendEvery(3, MilliSeconds(1));
        Simulator::Stop(Seconds(1));
        Simulator::Run();
        Simulator::Destroy();
        const auto stats = DynamicCast<LoNetDevice>(probe.device)->GetStats();
        NS_TEST_EXPECT_MSG_EQ(stats.txDropped, 3, "packets dropped");
    }

    /// Check that netem below Prio wakes if an event of another node sent the packet.
    void WakesForAnotherNode(const std::string& link)
    {
        Build(link);
        TrafficControlHelper control;
        const auto prio = control.SetRootQueueDisc("ns3::PrioQueueDisc");
        AddNetems(control, prio, 2, "delay 200ms");
        control.Install(m_devices.Get(0));
        const auto flow = Send(OTHER_PORT);
        const auto client = Socket::CreateSocket(m_nodes.Get(0), UdpSocketFactory::GetTypeId());
        const auto other = CreateObject<Node>();
        Simulator::ScheduleWithContext(other->GetId(), Seconds(20), [&] {
            client->SendTo(Create<Packet>(100), 0, InetSocketAddress(m_to, OTHER_PORT));
        });
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(flow.times.back().GetMilliSeconds(), 20'200, "when it is due");
    }

    /// Install the queue disc on lo at run time; its first packet must leave when due.
    void ComesAtRunTime()
    {
        Build("lo");
        TrafficControlHelper control;
        control.SetRootQueueDisc("ns3::NetemQueueDisc", "Parameters", StringValue("delay 200ms"));
        Simulator::Schedule(MilliSeconds(500), [&] { control.Install(m_devices); });
        ExpectArrivals({10, 200}, {10, 200});
    }

    /// Check that a change while packets are pending affects the next packet only.
    void ChangesTheNextPacket(const std::string& link)
    {
        NetemProbe probe(link, "delay 100ms");
        Simulator::Schedule(MilliSeconds(1), [&probe] { probe.Send(); });
        Simulator::Schedule(MilliSeconds(2), [this, &probe] {
            // Tbf reads that of its child.
            NS_TEST_EXPECT_MSG_EQ(probe.disc->GetCurrentSize(), QueueSize("1p"), "the size");
            probe.disc->SetAttribute("Delay", TimeValue(MilliSeconds(10)));
            probe.Send();
        });
        Simulator::Schedule(MilliSeconds(3), [&probe] {
            probe.disc->SetAttribute("Parameters", StringValue("loss 100%"));
            probe.Send();
        });
        Simulator::Run();
        const std::vector<NetemFate> expected{{2, NetemQueueDisc::LOSS_DROP, 3'000'000},
                                              {1, "sent", 12'000'000},
                                              {0, "sent", 101'000'000}};
        ExpectFates(probe, expected, "each by what it found");
    }

    /// Check that Parameters forget the slot under way, and the packets since one was reordered.
    void StartsAnew(const std::string& link)
    {
        for (const auto& [before, after] :
             {std::pair("slot 100ms packets 1", "slot 10ms"),
              {"delay 10ms reorder 100% gap 3", "delay 10ms reorder 100% gap 3"}})
        {
            NetemProbe probe(link, before);
            probe.SendEvery(2, MilliSeconds(1));
            Simulator::Schedule(MilliSeconds(203), [&probe, words = after] {
                probe.disc->SetAttribute("Parameters", StringValue(words));
                probe.Send();
            });
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(probe.fates.back().time, 213'000'000, "when it is due");
        }
    }

    /// Check that a change of one decision does not change the random numbers of another.
    void DrawsEachDecisionApart(const std::string& link)
    {
        const auto findLost = [&](const std::string& more) {
            const auto words = "loss 20% " + more;
            NetemProbe probe(link, words);
            StringValue given;
            probe.disc->GetAttribute("Parameters", given);
            NS_TEST_EXPECT_MSG_EQ(given.Get(), words, "the attribute");
            probe.SendEvery(1000, MilliSeconds(1));
            Simulator::Run();
            std::vector<uint64_t> lost;
            for (const auto& fate : probe.fates)
            {
                if (fate.what != "sent")
                {
                    lost.push_back(fate.id);
                }
            }
            return lost;
        };
        const auto lost = findLost("seed 1");
        NS_TEST_EXPECT_MSG_GT(lost.size(), 100, "some are lost");
        NS_TEST_EXPECT_MSG_EQ((findLost("seed 2") == lost), false, "others with another seed");
        for (const std::string more : {"corrupt 50%", "delay 10ms 5ms", "delay 1ms reorder 50%"})
        {
            NS_TEST_EXPECT_MSG_EQ((findLost("seed 1 " + more) == lost), true, "with " << more);
        }
    }

    /// Check that a queue disc on lo gets packets as ns-3's stack makes items of them.
    void GetsItemsOfTheStack()
    {
        Build("lo");
        const auto node = m_nodes.Get(0);
        TrafficControlHelper control;
        control.SetRootQueueDisc("ns3::FifoQueueDisc");
        const auto root = control.Install(m_devices).Get(0);
        uint32_t nIpv4 = 0;
        uint32_t nIpv6 = 0;
        const auto count = [&](Ptr<const QueueDiscItem> item) {
            nIpv4 += DynamicCast<const Ipv4QueueDiscItem>(item) ? 1 : 0;
            nIpv6 += DynamicCast<const Ipv6QueueDiscItem>(item) ? 1 : 0;
        };
        root->TraceConnectWithoutContext("Enqueue", ToCallback(count));
        const UdpFlow ipv6(node, node, Ipv6Address::GetLoopback(), {});
        const UdpFlow ipv4 = Send(OTHER_PORT);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(nIpv4, 10, "IPv4 items");
        NS_TEST_EXPECT_MSG_EQ(nIpv6, 10, "IPv6 items");
        NS_TEST_EXPECT_MSG_EQ(ipv6.received, 10, "datagrams that arrive by IPv6");
    }

    /// Check that LoHelper assigns streams to a netem anywhere in the tree.
    void GetsStreamsFromLoHelper()
    {
        Build("lo");
        TrafficControlHelper control;
        const auto root = control.SetRootQueueDisc("ns3::PrioQueueDisc");
        const auto classes = control.AddQueueDiscClasses(root, 2, "ns3::QueueDiscClass");
        const auto delay = CreateObject<ExponentialRandomVariable>();
        control.AddChildQueueDisc(root,
                                  classes[0],
                                  "ns3::NetemQueueDisc",
                                  "DelayVariable",
                                  PointerValue(delay));
        control.AddChildQueueDisc(root, classes[1], "ns3::FifoQueueDisc");
        NS_TEST_EXPECT_MSG_EQ(LoHelper().AssignStreams(m_devices, 1), 0, "no queue disc yet");
        control.Install(m_devices);
        NS_TEST_EXPECT_MSG_EQ(LoHelper().AssignStreams(m_devices, 1), 8, "streams of a child");
        NS_TEST_EXPECT_MSG_EQ(delay->GetStream(), 7, "its delay's, after those of six decisions");
        const auto model = CreateObject<FourStateErrorModel>();
        m_devices.Get(0)->SetAttribute("ReceiveErrorModel", PointerValue(model));
        NS_TEST_EXPECT_MSG_EQ(LoHelper().AssignStreams(m_devices, 1), 9, "and of a loss model");
    }

    /// Check that the quota of a run holds back neither packets that are due nor the one after.
    void SendsMoreThanAQuota(const std::string& link)
    {
        NetemProbe probe(link, "delay 10ms");
        probe.disc->SetQuota(1);
        constexpr uint32_t count = 100;
        probe.SendEvery(count, Time(0));
        Simulator::Schedule(MilliSeconds(1), [&probe] { probe.Send(); });
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(probe.fates.size(), count + 1, "packets sent");
        NS_TEST_EXPECT_MSG_EQ(probe.fates[count - 1].time, 10'000'000, "when they are due");
        NS_TEST_EXPECT_MSG_EQ(probe.fates[count].time, 11'000'000, "when it is due");
    }

    /// Duplicate packets that netem below netem drops or corrupts: a duplicate does not share that
    /// fate, and the child replaces the item of a corrupted packet by another.
    void DuplicatesWhatAChildChanges(const std::string& link)
    {
        NetemProbe probe(link, "delay 10ms duplicate 100%", "ns3::NetemQueueDisc");
        const auto child = GetNetemBelow(probe);
        child->SetAttribute("Parameters", StringValue("loss 50% corrupt 100% seed 1"));
        probe.SendEvery(200, MilliSeconds(3));
        Simulator::Run();
        const auto& stats = child->GetStats();
        NS_TEST_EXPECT_MSG_EQ(stats.nTotalReceivedPackets, 400, "packets that the child gets");
        NS_TEST_EXPECT_MSG_EQ(child->corrupted, stats.nTotalSentPackets, "and corrupts");
        NS_TEST_EXPECT_MSG_EQ(probe.IsConserved(), true, "every packet is accounted for");
        ExpectDelay(probe, 10, MilliSeconds(3));
    }

    /// Duplicate corrupted packets: ns-3 writes some headers otherwise than it reads them.
    void DuplicatesWhatAParentCorrupts(const std::string& link)
    {
        NetemProbe probe(link, "corrupt 100% seed 1", "ns3::NetemQueueDisc");
        GetNetemBelow(probe)->SetAttribute("Duplicate", DoubleValue(1));
        GetNetemBelow(probe)->TraceConnectWithoutContext(
            "Duplicated",
            ToCallback([&probe](uint64_t, uint64_t) {
                probe.disc->SetAttribute("Corrupt", DoubleValue(0));
            }));
        for (int i = 1; i <= 100; ++i)
        {
            Simulator::Schedule(MilliSeconds(i), [&probe] {
                probe.disc->SetAttribute("Corrupt", DoubleValue(1));
                probe.Send(20);
            });
        }
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(probe.fates.size(), 200, "each packet twice");
        for (std::size_t i = 0; i < 200; i += 2)
        {
            NS_TEST_EXPECT_MSG_GT_OR_EQ(probe.fates[i].flipped, 0, "one bit");
            NS_TEST_EXPECT_MSG_EQ(probe.fates[i], probe.fates[i + 1], "the same twice");
        }
    }

    /// Run the queue disc from a trace sink, when a packet has been enqueued in the child only.
    void IsNotSentBeforeItHasATime(const std::string& link)
    {
        NetemProbe probe(link, "delay 10ms", "ns3::FifoQueueDisc");
        const std::function<void(Ptr<const QueueDiscItem>)> run = [&probe](auto /* item */) {
            probe.disc->Run();
        };
        probe.disc->TraceConnectWithoutContext("Enqueue", ToCallback(run));
        probe.SendEvery(20, MilliSeconds(1));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(probe.fates.size(), 20, "packets sent");
        ExpectDelay(probe, 10);
    }

    /// Use FqCoDel, which needs to know the device, as a child.
    void TellsAChildTheDevice(const std::string& link)
    {
        NetemProbe probe(link, "delay 1ms", "ns3::FqCoDelQueueDisc");
        const auto child = probe.disc->GetQueueDiscClass(0)->GetQueueDisc();
        // Without the device, ns-3's loop does not end.
        probe.SendEvery(child->GetNetDeviceQueueInterface() ? 20 : 0, MilliSeconds(2));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(probe.fates.size(), 20, "packets sent");
        ExpectDelay(probe, 1, MilliSeconds(2));
    }

    /// Use Cobalt as a child, which shows its first packet and drops it when asked for it.
    void LetsAChildDropItsFirstPacket(const std::string& link)
    {
        NetemProbe probe(link, "delay 10ms slot 1ms", "ns3::CobaltQueueDisc");
        probe.SendEvery(2, MilliSeconds(200));
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(probe.fates.size(), 2, "packets");
        NS_TEST_EXPECT_MSG_EQ(probe.fates[0].what, "sent", "the first packet");
        NS_TEST_EXPECT_MSG_NE(probe.fates[1].what, "sent", "dropped, as both were delayed");
        NS_TEST_EXPECT_MSG_EQ(probe.IsConserved(), true, "every packet is accounted for");
    }

    /// Check that an error model gets the packet with its header, as from a device.
    void ShowsTheLossModelWholePackets(const std::string& link)
    {
        NetemProbe probe(link, "limit 1000");
        const auto model = CreateObject<BySizeErrorModel>();
        probe.disc->SetAttribute("LossModel", PointerValue(model));
        Simulator::Schedule(MilliSeconds(1), [&probe] {
            probe.Send(119);
            probe.Send(120);
        });
        Simulator::Run();
        const std::vector<NetemFate> expected{{0, "sent", 1'000'000},
                                              {1, NetemQueueDisc::LOSS_DROP, 1'000'000}};
        ExpectFates(probe, expected, "the larger one is lost");
    }

    /// Send a packet from a trace sink, due later than the one being enqueued.
    void IsNotHeldBackByASinksPacket(const std::string& link)
    {
        NetemProbe probe(link, "delay 10ms");
        bool isFirst = true;
        const std::function<void(Ptr<const QueueDiscItem>)> send = [&](auto /* item */) {
            if (std::exchange(isFirst, false))
            {
                probe.disc->SetAttribute("Delay", StringValue("100ms"));
                probe.Send();
                probe.disc->SetAttribute("Delay", StringValue("10ms"));
            }
        };
        probe.disc->TraceConnectWithoutContext("Enqueue", ToCallback(send));
        Simulator::Schedule(MilliSeconds(1), [&probe] { probe.Send(); });
        Simulator::Run();
        const std::vector<NetemFate> expected{{0, "sent", 11'000'000}, {1, "sent", 101'000'000}};
        ExpectFates(probe, expected, "each when it is due");
    }

    /// Check that Disable interrupts a burst that would last for ever, and that Reset ends it.
    void ResetEndsABurst()
    {
        for (const auto& [type, begin, end] :
             {std::tuple{"ns3::GilbertElliottErrorModel", "P", "R"},
              std::tuple{"ns3::FourStateErrorModel", "P13", "P31"}})
        {
            const auto model = ObjectFactory(type).Create<ErrorModel>();
            model->SetAttribute(begin, DoubleValue(1));
            model->SetAttribute(end, DoubleValue(0));
            const auto packet = Create<Packet>(100);
            model->IsCorrupt(packet);
            NS_TEST_EXPECT_MSG_EQ(model->IsCorrupt(packet), true, type << " is in a burst");
            model->SetAttribute(begin, DoubleValue(0));
            model->Disable();
            NS_TEST_EXPECT_MSG_EQ(model->IsCorrupt(packet), false, type << " is disabled");
            model->Enable();
            NS_TEST_EXPECT_MSG_EQ(model->IsCorrupt(packet), true, type << " stays in it");
            model->Reset();
            NS_TEST_EXPECT_MSG_EQ(model->IsCorrupt(packet), false, type << " is at the start");
        }
    }

  private:
    /// Add a number of netems below a queue disc.
    static void AddNetems(TrafficControlHelper& control,
                          uint16_t parent,
                          uint16_t count,
                          const char* words)
    {
        const auto classes = control.AddQueueDiscClasses(parent, count, "ns3::QueueDiscClass");
        control.AddChildQueueDiscs(parent,
                                   classes,
                                   "ns3::NetemQueueDisc",
                                   "Parameters",
                                   StringValue(words));
    }

    /// @return the child of a netem, which is one, too
    static Ptr<NetemQueueDisc> GetNetemBelow(const NetemProbe& probe)
    {
        return DynamicCast<NetemQueueDisc>(probe.disc->GetQueueDiscClass(0)->GetQueueDisc());
    }

    /// Check all packets of a probe.
    void ExpectFates(const NetemProbe& probe,
                     const std::vector<NetemFate>& expected,
                     const std::string& what)
    {
        NS_TEST_ASSERT_MSG_EQ(probe.fates.size(), expected.size(), "packets");
        for (std::size_t i = 0; i < expected.size(); ++i)
        {
            NS_TEST_EXPECT_MSG_EQ(probe.fates[i], expected[i], what);
        }
    }

    /// Check that packets sent at intervals left after a delay in milliseconds.
    void ExpectDelay(const NetemProbe& probe, int64_t delay, Time interval = MilliSeconds(1))
    {
        int nSent = 0;
        for (const auto& fate : probe.fates)
        {
            if (fate.what == "sent")
            {
                const auto due = interval * static_cast<int64_t>(fate.id + 1) + MilliSeconds(delay);
                NS_TEST_EXPECT_MSG_EQ(fate.time, due.GetNanoSeconds(), "when it is due");
                ++nSent;
            }
        }
        NS_TEST_EXPECT_MSG_GT(nSent, 0, "packets sent");
    }

    /// Make two nodes with a link, or one node that is both ends of its lo.
    void Build(const std::string& link)
    {
        m_nodes = NodeContainer();
        m_nodes.Create(link == "lo" ? 1 : 2);
        if (link == "lo")
        {
            m_devices = LoHelper().Install(m_nodes);
            m_nodes.Add(m_nodes.Get(0));
            InternetStackHelper().Install(m_nodes.Get(0));
            m_to = Ipv4Address::GetLoopback();
            return;
        }
        Config::SetDefault("ns3::CsmaChannel::DataRate", StringValue("100Gbps"));
        Config::SetDefault("ns3::PointToPointNetDevice::DataRate", StringValue("100Gbps"));
        m_devices =
            link == "csma" ? CsmaHelper().Install(m_nodes) : PointToPointHelper().Install(m_nodes);
        InternetStackHelper().Install(m_nodes);
        m_to = Ipv4AddressHelper("10.0.0.0", "255.255.255.0").Assign(m_devices).GetAddress(1);
        // Assigning addresses installed a default queue disc.
        TrafficControlHelper().Uninstall(m_devices);
    }

    /// Send ten datagrams to a port, at whole seconds.
    UdpFlow Send(uint16_t port) const
    {
        const UdpFlowSettings settings{Seconds(1), Seconds(1), 10, 100, port};
        return UdpFlow(m_nodes.Get(0), m_nodes.Get(1), m_to, settings);
    }

    /// The datagrams that must arrive at a port.
    struct Arrivals
    {
        std::size_t count; ///< number of datagrams
        int64_t delay;     ///< their delay in milliseconds
    };

    /// Send to both ports, and check what arrives.
    void ExpectArrivals(const Arrivals& delayed, const Arrivals& other)
    {
        const auto toDelayed = Send(DELAYED_PORT);
        const auto toOther = Send(OTHER_PORT);
        Simulator::Run();
        for (const auto& [flow, expected] :
             {std::pair(&toDelayed, delayed), std::pair(&toOther, other)})
        {
            NS_TEST_EXPECT_MSG_EQ(flow->times.size(), expected.count, "datagrams that arrive");
            for (const auto& time : flow->times)
            {
                NS_TEST_EXPECT_MSG_EQ(time.GetMilliSeconds() % 1000, expected.delay, "delay in ms");
            }
        }
    }

    void DoTeardown() override
    {
        m_devices = NetDeviceContainer();
        m_nodes = NodeContainer();
    }

    NodeContainer m_nodes;        ///< the sender and the receiver
    NetDeviceContainer m_devices; ///< their devices
    Ipv4Address m_to;             ///< the receiver's address
};

/// netem on links.
const Suite g_suite("lo-netem-link", TestSuite::Type::SYSTEM, [](Suite& suite) {
    using Case = LinkTestCase;
    const auto add =
        [&suite](const char* name, void (Case::*test)(const std::string&), const char* link) {
            suite.Add(std::string(name) + ": " + link, test, link);
        };
    add("TCP at 10 ms and 1 % loss delivers all, at Mathis' rate", &Case::CarriesTcp, "csma");
    suite.Add("LoHelper gives random streams to netem", &Case::GetsStreamsFromLoHelper);
    suite.Add("a queue disc on lo gets the stack's items", &Case::GetsItemsOfTheStack);
    suite.Add("what netem holds below Mq on lo is dropped when Mq is replaced",
              &Case::IsReplacedWithMq);
    suite.Add("what netem holds on lo when the simulation ends is dropped and counted",
              &Case::IsDisposedOfWithPackets);
    suite.Add("netem installed on lo at run time delays its first packet, no longer than it must",
              &Case::ComesAtRunTime);
    suite.Add("Disable interrupts a burst of losses, and Reset ends it", &Case::ResetEndsABurst);
    for (const auto link : {"lo", "point-to-point"})
    {
        add("TCP at 10 ms and 1 % loss delivers all, at Mathis' rate", &Case::CarriesTcp, link);
        add("behind Prio, netem delays the filtered flow only",
            &Case::DelaysTheFilteredFlowOnly,
            link);
        add("netem works below Prio in Mq", &Case::WorksBelowMq, link);
        add("netem below Prio wakes for another node's event", &Case::WakesForAnotherNode, link);
        add("a change affects the next packet, and the size is known",
            &Case::ChangesTheNextPacket,
            link);
        add("Parameters forget slots and reordering", &Case::StartsAnew, link);
        add("each decision has a random stream", &Case::DrawsEachDecisionApart, link);
        add("more packets than a quota leave at once", &Case::SendsMoreThanAQuota, link);
        add("packets that a netem below drops or corrupts are duplicated, and leave when due",
            &Case::DuplicatesWhatAChildChanges,
            link);
        add("a duplicate of a corrupted packet is as corrupt",
            &Case::DuplicatesWhatAParentCorrupts,
            link);
        add("a child's packet that has no time yet is not sent",
            &Case::IsNotSentBeforeItHasATime,
            link);
        add("FqCoDel as a child knows the device", &Case::TellsAChildTheDevice, link);
        add("Cobalt as a child may drop its first packet",
            &Case::LetsAChildDropItsFirstPacket,
            link);
        add("a loss model gets whole packets", &Case::ShowsTheLossModelWholePackets, link);
        add("a packet that a trace sink sends does not hold back the one before it",
            &Case::IsNotHeldBackByASinksPacket,
            link);
    }
});

} // namespace
