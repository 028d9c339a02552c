/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "netem-probe.h"

#include "to-callback.h"

#include "ns3/flow-id-tag.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-queue-disc-item.h"
#include "ns3/lo-helper.h"
#include "ns3/lo-net-device.h"
#include "ns3/mac48-address.h"
#include "ns3/node-container.h"
#include "ns3/packet.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/traffic-control-layer.h"

#include <algorithm>
#include <ostream>

namespace ns3::tests
{

namespace
{

/// @return the ECN field of a packet
Ipv4Header::EcnType
GetEcn(bool isMarkable)
{
    return isMarkable ? Ipv4Header::ECN_ECT0 : Ipv4Header::ECN_NotECT;
}

/// @return the header of a packet of a size
Ipv4Header
MakeHeader(uint32_t size, Ipv4Header::EcnType ecn)
{
    Ipv4Header header;
    header.SetPayloadSize(static_cast<uint16_t>(size - header.GetSerializedSize()));
    header.SetEcn(ecn);
    return header;
}

/// @return the number of the only bit in which a packet differs from a header and zeros, -1 unless
/// there is exactly one
int
FindFlipped(Ptr<const Packet> packet, Ipv4Header::EcnType ecn)
{
    const auto size = packet->GetSize();
    std::vector<uint8_t> bytes(size);
    std::vector<uint8_t> expected(size);
    packet->CopyData(bytes.data(), size);
    const auto header = Create<Packet>();
    header->AddHeader(MakeHeader(size, ecn));
    header->CopyData(expected.data(), size);
    const auto [byte, right] = std::mismatch(bytes.begin(), bytes.end(), expected.begin());
    for (int bit = 0; byte != bytes.end() && bit < 8; ++bit)
    {
        if ((*byte ^ *right) == 1 << bit && std::equal(byte + 1, bytes.end(), right + 1))
        {
            return static_cast<int>(8 * (byte - bytes.begin())) + bit;
        }
    }
    return -1;
}

} // namespace

std::ostream&
operator<<(std::ostream& os, const NetemFate& fate)
{
    return os << "packet " << fate.id << " " << fate.what << " at " << fate.time << " ns, bit "
              << fate.flipped << " flipped" << (fate.isMarked ? ", marked" : "");
}

NetemProbe::NetemProbe(const std::string& link, const std::string& words, const std::string& child)
{
    // No Internet stack, which would receive corrupted packets.
    NodeContainer nodes(2);
    nodes.Get(0)->AggregateObject(CreateObject<TrafficControlLayer>());
    if (link == "lo")
    {
        device = LoHelper().Install(nodes.Get(0)).Get(0);
    }
    else
    {
        PointToPointHelper helper;
        helper.SetDeviceAttribute("DataRate", StringValue("1000Gbps"));
        helper.SetQueue("ns3::DropTailQueue", "MaxSize", StringValue("100000p"));
        device = helper.Install(nodes).Get(0);
    }
    TrafficControlHelper control;
    const auto root =
        control.SetRootQueueDisc("ns3::NetemQueueDisc", "Parameters", StringValue(words));
    if (!child.empty())
    {
        const auto classes = control.AddQueueDiscClasses(root, 1, "ns3::QueueDiscClass");
        control.AddChildQueueDisc(root, classes.front(), child);
    }
    disc = DynamicCast<NetemQueueDisc>(control.Install(device).Get(0));
    nodes.Get(0)->Initialize();
    disc->TraceConnectWithoutContext("Dequeue", ToCallback([this](Ptr<const QueueDiscItem> item) {
                                         Record(item, "sent");
                                     }));
    disc->TraceConnectWithoutContext("DropBeforeEnqueue", MakeCallback(&NetemProbe::Record, this));
    const auto onDrop = [this](Ptr<const QueueDiscItem> item, const char* why) {
        // A queue disc reports it as dequeued first.
        fates.pop_back();
        Record(item, why);
    };
    disc->TraceConnectWithoutContext("DropAfterDequeue", ToCallback(onDrop));
}

NetemProbe::~NetemProbe()
{
    disc->Dispose();
    Simulator::Destroy();
}

void
NetemProbe::Send(uint32_t size, bool isMarkable)
{
    const auto id = static_cast<uint32_t>(m_isMarkable.size());
    m_isMarkable.push_back(isMarkable);
    const auto header = MakeHeader(size, GetEcn(isMarkable));
    const auto packet = Create<Packet>(header.GetPayloadSize());
    packet->AddPacketTag(FlowIdTag(id)); // which a duplicate has, too
    const auto item = Create<Ipv4QueueDiscItem>(packet, Mac48Address(), 0x0800, header);
    if (!device)
    {
        disc->Enqueue(item);
        disc->Run();
    }
    else if (DynamicCast<LoNetDevice>(device))
    {
        packet->AddHeader(header);
        device->Send(packet, device->GetAddress(), 0x0800);
    }
    else
    {
        device->GetNode()->GetObject<TrafficControlLayer>()->Send(device, item);
    }
}

void
NetemProbe::Detach()
{
    device = nullptr;
    disc->SetSendCallback([](Ptr<QueueDiscItem>) {});
}

void
NetemProbe::SendEvery(uint32_t count, Time interval, uint32_t size)
{
    if (count > 0)
    {
        Simulator::Schedule(interval, [this, count, interval, size] {
            Send(size);
            SendEvery(count - 1, interval, size);
        });
    }
}

void
NetemProbe::Record(Ptr<const QueueDiscItem> item, const char* what)
{
    const auto packet = item->GetPacket();
    FlowIdTag tag;
    packet->PeekPacketTag(tag);
    NetemFate fate{tag.GetFlowId(), what, Simulator::Now().GetNanoSeconds()};
    if (const auto whole = DynamicCast<const Ipv4QueueDiscItem>(item))
    {
        fate.isMarked = whole->GetHeader().GetEcn() == Ipv4Header::ECN_CE;
    }
    else
    {
        const bool isMarkable = m_isMarkable[fate.id];
        fate.flipped = FindFlipped(packet, GetEcn(isMarkable));
        if (isMarkable && fate.flipped < 0)
        {
            fate.flipped = FindFlipped(packet, Ipv4Header::ECN_CE);
            fate.isMarked = true;
        }
    }
    fates.push_back(fate);
}

bool
NetemProbe::IsConserved() const
{
    const auto& stats = disc->GetStats();
    const auto duplicated = disc->duplicated.Get();
    return stats.nTotalReceivedPackets == m_isMarkable.size() + duplicated &&
           stats.nTotalReceivedPackets ==
               stats.nTotalSentPackets + stats.nTotalDroppedPackets + disc->GetNPackets() &&
           fates.size() == stats.nTotalSentPackets + stats.nTotalDroppedPackets;
}

} // namespace ns3::tests
