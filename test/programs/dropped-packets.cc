/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "../to-callback.h"

#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"
#include "ns3/mac64-address.h"
#include "ns3/network-module.h"
#include "ns3/traffic-control-module.h"

#include <iostream>
#include <map>
#include <sstream>

using namespace ns3;

namespace
{

constexpr uint16_t IPV4 = 0x0800;
/// An EtherType for local experiments (IEEE 802).
constexpr uint16_t UNKNOWN = 0x88b5;

/// The number of drops by reason, as worded in a capture's comments.
std::map<std::string, uint32_t> g_drops;

/// @return an IPv4 packet with a valid checksum, as on Linux's lo
Ptr<Packet>
MakePacket(uint32_t size)
{
    constexpr uint8_t EXPERIMENTAL = 253;
    Ipv4Header ip;
    ip.SetSource(Ipv4Address::GetLoopback());
    ip.SetDestination(Ipv4Address::GetLoopback());
    ip.SetProtocol(EXPERIMENTAL);
    ip.SetPayloadSize(static_cast<uint16_t>(size - 20));
    ip.SetTtl(64);
    ip.EnableChecksum();
    const auto packet = Create<Packet>(size - 20);
    packet->AddHeader(ip);
    return packet;
}

/// Count the drops of a device.
void
Watch(Ptr<NetDevice> device, const std::string& name, const std::string& node)
{
    const auto count = ToCallback([name, node](Ptr<const Packet> /* packet */, DropReason reason) {
        std::ostringstream os;
        os << reason << ": dropped by " << name << " of node " << node;
        ++g_drops[os.str()];
    });
    device->TraceConnectWithoutContext("Drop", count);
}

/// Schedule an action in the context of the first node.
void
At(Time when, const std::function<void()>& action)
{
    Simulator::ScheduleWithContext(0, when, action);
}

/// Send packets a little more than a millisecond apart, the first one as long after a time.
void
Send(uint32_t count,
     Time when,
     Ptr<NetDevice> device,
     const Address& destination,
     uint32_t size = 100,
     uint16_t protocol = IPV4)
{
    for (uint32_t i = 1; i <= count; ++i)
    {
        At(when + i * NanoSeconds(1000001),
           [=] { device->Send(MakePacket(size), destination, protocol); });
    }
}

/// Make a lo deliver packets, and drop others for each of its reasons.
void
ScheduleLo(Ptr<LoNetDevice> lo)
{
    const auto self = lo->GetAddress();
    lo->SetMtu(1500);
    Send(4, Seconds(1), lo, self);
    Send(1, Seconds(2), lo, self, 1501);
    Send(2, Seconds(3), lo, Mac64Address());
    Send(3, Seconds(4), lo, self, 100, UNKNOWN);
    Send(4, Seconds(5), lo, Mac48Address("02:00:00:00:00:09"));
    At(Seconds(6), [lo] {
        lo->SetAttribute(
            "ReceiveErrorModel",
            StringValue("ns3::RateErrorModel[ErrorUnit=ERROR_UNIT_PACKET|ErrorRate=1]"));
    });
    Send(5, Seconds(6), lo, self);
    const auto sendAtOnce = [lo, self](int count) {
        for (int i = 0; i < count; ++i)
        {
            lo->Send(MakePacket(100), self, IPV4);
        }
    };
    At(Seconds(7), [=] {
        lo->SetAttribute("ReceiveErrorModel", StringValue("ns3::RateErrorModel[ErrorRate=0]"));
        lo->SetAttribute("Delivery", StringValue("Backlog"));
        lo->SetAttribute("MaxBacklog", UintegerValue(2));
        sendAtOnce(8);
    });
    At(Seconds(8), [=] {
        sendAtOnce(2);
        lo->SetDown();
    });
    Send(5, Seconds(8), lo, self);
    At(Seconds(9), [=] {
        lo->SetUp();
        TrafficControlHelper helper;
        helper.SetRootQueueDisc("ns3::TbfQueueDisc",
                                "MaxSize",
                                QueueSizeValue(QueueSize("2p")),
                                "Burst",
                                UintegerValue(100),
                                "Rate",
                                StringValue("1bps"));
        helper.Install(lo);
        // One is sent. Two are pending until the end, when the device goes down.
        sendAtOnce(9);
    });
}

/// Make two blackholes drop packets.
void
ScheduleBlackholes(Ptr<NetDevice> dummy0, Ptr<NetDevice> dummy1)
{
    Send(9, Seconds(1), dummy0, dummy0->GetBroadcast());
    Send(1, Seconds(2), dummy1, dummy1->GetBroadcast());
    At(Seconds(3), [dummy1] { DynamicCast<BlackholeNetDevice>(dummy1)->SetDown(); });
    Send(10, Seconds(4), dummy1, dummy1->GetBroadcast());
}

} // namespace

/// Capture a run with drops for every reason to FILE, and print each device's counters, and its
/// drops by reason, on stderr.
int
main(int argc, char* argv[])
{
    Config::SetGlobal("ChecksumEnabled", BooleanValue(true));
    NodeContainer nodes(2);
    Names::Add("client", nodes.Get(0));
    const auto lo = LoHelper().Install(nodes.Get(0)).Get(0);
    InternetStackHelper().Install(nodes.Get(0));
    const auto dummy0 = BlackholeHelper().Install(nodes.Get(1)).Get(0);
    const auto dummy1 = BlackholeHelper().Install(nodes.Get(1)).Get(0);
    nodes.Get(1)->AddDevice(CreateObject<SimpleNetDevice>()); // which is not captured
    Watch(lo, "lo", "client");
    Watch(dummy0, "dummy0", "1");
    Watch(dummy1, "dummy1", "1");
    ScheduleLo(DynamicCast<LoNetDevice>(lo));
    ScheduleBlackholes(dummy0, dummy1);
    PcapngHelper::EnablePcapng(argc > 1 ? argv[1] : "-", nodes);
    Simulator::Stop(Seconds(10));
    Simulator::Run();
    Simulator::Destroy();
    for (const auto& [drop, count] : g_drops)
    {
        std::cerr << count << ' ' << drop << '\n';
    }
    for (const auto& device : {lo, dummy0, dummy1})
    {
        std::cerr << dynamic_cast<TracedLink&>(*device).GetStats() << " of a device\n";
    }
    return 0;
}
