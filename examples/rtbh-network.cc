/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "rtbh-network.h"

#include "ns3/blackhole-helper.h"
#include "ns3/bulk-send-helper.h"
#include "ns3/data-rate.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-flow-classifier.h"
#include "ns3/ipv4-global-routing-helper.h"
#include "ns3/ipv4-interface-container.h"
#include "ns3/ipv4-queue-disc-item.h"
#include "ns3/on-off-helper.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/queue-disc.h"
#include "ns3/queue-size.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/uinteger.h"

#include <string>

using namespace ns3;

namespace
{

constexpr uint16_t ATTACK_PORT = 9;
constexpr uint16_t DOWNLOAD_PORT = 5001;

/// IPv4's and UDP's headers.
constexpr uint32_t HEADERS_SIZE = 28;

/// The largest packet on a link that carries it in its time.
constexpr uint64_t PACKET_BITS = uint64_t{1500} * 8;

/// Links that are no bottleneck.
PointToPointHelper
MakeFastLink()
{
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", StringValue("10Gbps"));
    link.SetChannelAttribute("Delay", StringValue("1ms"));
    return link;
}

} // namespace

RtbhNetwork::RtbhNetwork(const RtbhScenario& scenario)
    : m_scenario(scenario)
{
    Connect();
    StartDownload();
    if (m_scenario.attackers > 0)
    {
        StartAttack();
    }
}

RtbhNetwork::~RtbhNetwork()
{
    Simulator::Destroy();
}

void
RtbhNetwork::Connect()
{
    NodeContainer nodes(5);
    m_server = nodes.Get(0);
    m_router = nodes.Get(1);
    m_accessRouter = nodes.Get(2);
    m_victim = nodes.Get(3);
    m_neighbour = nodes.Get(4);
    m_attackers.Create(m_scenario.attackers);
    nodes.Add(m_attackers);
    InternetStackHelper().Install(nodes);
    const auto sinks = BlackholeHelper().Install(m_router);
    m_blackhole = DynamicCast<BlackholeNetDevice>(sinks.Get(0));

    auto fast = MakeFastLink();
    Ipv4AddressHelper addresses("192.0.2.0", "255.255.255.252");
    const auto connect = [&](PointToPointHelper& link, Ptr<Node> a, Ptr<Node> b) {
        const auto devices = link.Install(a, b);
        if (&link != &fast)
        {
            LimitQueue(devices.Get(0));
        }
        const auto address = addresses.Assign(devices).GetAddress(1);
        addresses.NewNetwork();
        return address;
    };
    PointToPointHelper bottleneck;
    bottleneck.SetDeviceAttribute("DataRate", DataRateValue(DataRate(m_scenario.bottleneck)));
    bottleneck.SetChannelAttribute("Delay", StringValue("5ms"));
    connect(bottleneck, m_router, m_accessRouter);
    connect(fast, m_router, m_server);
    m_neighbourAddress = connect(fast, m_accessRouter, m_neighbour);
    addresses.SetBase("10.0.0.0", "255.255.255.252");
    for (uint32_t i = 0; i < m_attackers.GetN(); ++i)
    {
        connect(fast, m_router, m_attackers.Get(i));
    }
    addresses.SetBase("203.0.113.0", "255.255.255.0");
    m_victimAddress = connect(fast, m_accessRouter, m_victim);
    Ipv4GlobalRoutingHelper::PopulateRoutingTables();
}

void
RtbhNetwork::LimitQueue(Ptr<NetDevice> device)
{
    // First come, first served: with ns-3's default, FQ-CoDel, a neighbour has its share anyway.
    TrafficControlHelper trafficControl;
    trafficControl.SetRootQueueDisc(
        "ns3::FifoQueueDisc",
        "MaxSize",
        QueueSizeValue(QueueSize(QueueSizeUnit::PACKETS, m_scenario.queue)));
    trafficControl.Install(device).Get(0)->TraceConnectWithoutContext(
        "Drop",
        MakeCallback(&RtbhNetwork::CountDrop, this));
}

void
RtbhNetwork::StartDownload()
{
    const InetSocketAddress address(m_neighbourAddress, DOWNLOAD_PORT);
    PacketSinkHelper sinks("ns3::TcpSocketFactory", address);
    const auto sink = sinks.Install(m_neighbour);
    const auto count = [this](Ptr<const Packet> packet, const Address& /* from */) {
        m_now.goodput += packet->GetSize();
    };
    sink.Get(0)->TraceConnectWithoutContext(
        "Rx",
        Callback<void, Ptr<const Packet>, const Address&>(count));
    Schedule(sink, Time(), m_scenario.end);
    BulkSendHelper senders("ns3::TcpSocketFactory", address);
    senders.SetAttribute("MaxBytes", UintegerValue(0));
    for (uint64_t i = 0; i < m_scenario.connections; ++i)
    {
        Schedule(senders.Install(m_server), MilliSeconds(10 * i), m_scenario.end);
    }
}

void
RtbhNetwork::StartAttack()
{
    const InetSocketAddress address(m_victimAddress, ATTACK_PORT);
    const auto sink = PacketSinkHelper("ns3::UdpSocketFactory", address).Install(m_victim);
    const auto countArrival = [this](Ptr<const Packet>, const Address&) { ++m_now.arrived; };
    sink.Get(0)->TraceConnectWithoutContext(
        "Rx",
        Callback<void, Ptr<const Packet>, const Address&>(countArrival));

    // Each is on for half the time.
    constexpr auto PERIOD = "ns3::ExponentialRandomVariable[Mean=0.01]";
    constexpr uint32_t PAYLOAD_SIZE = ATTACK_PACKET_SIZE - HEADERS_SIZE;
    const auto rate = 2 * m_scenario.attackRate / m_scenario.attackers;
    OnOffHelper senders("ns3::UdpSocketFactory", address);
    senders.SetAttribute("PacketSize", UintegerValue(PAYLOAD_SIZE));
    senders.SetAttribute("DataRate",
                         DataRateValue(DataRate(rate * PAYLOAD_SIZE / ATTACK_PACKET_SIZE)));
    senders.SetAttribute("OnTime", StringValue(PERIOD));
    senders.SetAttribute("OffTime", StringValue(PERIOD));
    const auto applications = senders.Install(m_attackers);
    senders.AssignStreams(m_attackers, 1);
    const auto countSent = [this](Ptr<const Packet>) { ++m_now.sent; };
    for (uint32_t i = 0; i < applications.GetN(); ++i)
    {
        applications.Get(i)->TraceConnectWithoutContext(
            "Tx",
            Callback<void, Ptr<const Packet>>(countSent));
    }
    Schedule(applications, m_scenario.attackStart, m_scenario.attackStop);

    const auto add = [this] {
        BlackholeHelper().AddRoute(m_router, m_victimAddress, Ipv4Mask::GetOnes());
    };
    const auto remove = [this] {
        BlackholeHelper::RemoveRoute(m_router, m_victimAddress, Ipv4Mask::GetOnes());
    };
    Simulator::ScheduleWithContext(m_router->GetId(), m_scenario.blackholeStart, add);
    Simulator::ScheduleWithContext(m_router->GetId(), m_scenario.blackholeStop, remove);
}

void
RtbhNetwork::Schedule(ApplicationContainer applications, Time from, Time to)
{
    applications.Start(from);
    applications.Stop(to);
}

void
RtbhNetwork::Run(const std::set<Time>& times)
{
    const auto bits = static_cast<double>((m_scenario.queue + 1) * PACKET_BITS);
    const auto drain = Seconds(bits / static_cast<double>(m_scenario.bottleneck));
    const auto end = m_scenario.end + drain + Seconds(1);
    // What waits long in the queue is not lost; FlowMonitor would give it up after 10 s.
    m_monitorHelper.SetMonitorAttribute("MaxPerHopDelay", TimeValue(end));
    m_monitorHelper.InstallAll();
    for (const auto& time : times)
    {
        Simulator::Schedule(time, &RtbhNetwork::Sample, this);
    }
    Simulator::Stop(end);
    Simulator::Run();
    Sample();
}

void
RtbhNetwork::Sample()
{
    m_now.sunk = m_blackhole->GetStats().txPackets;
    m_counts[Simulator::Now()] = m_now;
}

void
RtbhNetwork::CountDrop(Ptr<const QueueDiscItem> item)
{
    const auto packet = DynamicCast<const Ipv4QueueDiscItem>(item);
    m_now.dropped += packet && packet->GetHeader().GetDestination() == m_victimAddress ? 1 : 0;
}

const std::map<Time, RtbhCounts>&
RtbhNetwork::GetCounts() const
{
    return m_counts;
}

const RtbhCounts&
RtbhNetwork::GetTotal() const
{
    return m_now;
}

AttackFlows
RtbhNetwork::GetAttackFlows()
{
    const auto monitor = m_monitorHelper.GetMonitor();
    const auto classifier = DynamicCast<Ipv4FlowClassifier>(m_monitorHelper.GetClassifier());
    // Nothing is on its way any more, so what has not arrived never will.
    monitor->CheckForLostPackets(Time());
    AttackFlows attack;
    for (const auto& [id, flow] : monitor->GetFlowStats())
    {
        if (classifier->FindFlow(id).destinationAddress == m_victimAddress)
        {
            attack.sent += flow.txPackets;
            attack.arrived += flow.rxPackets;
            attack.lost += flow.lostPackets;
        }
    }
    return attack;
}
