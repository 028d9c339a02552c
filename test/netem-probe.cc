/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "netem-probe.h"

#include "ns3/ipv4-header.h"
#include "ns3/ipv4-queue-disc-item.h"
#include "ns3/lo-helper.h"
#include "ns3/lo-net-device.h"
#include "ns3/mac48-address.h"
#include "ns3/node-container.h"
#include "ns3/object-factory.h"
#include "ns3/packet.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tag.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/traffic-control-layer.h"

#include <ostream>

namespace ns3::tests
{

namespace
{

/// A tag with the number of a packet, and whether it is ECN-capable. A duplicate has the same tag.
class ProbeTag : public Tag
{
  public:
    static TypeId GetTypeId()
    {
        static TypeId tid =
            TypeId("ns3::tests::ProbeTag").SetParent<Tag>().AddConstructor<ProbeTag>();
        return tid;
    }

    TypeId GetInstanceTypeId() const override
    {
        return GetTypeId();
    }

    uint32_t GetSerializedSize() const override
    {
        return 9;
    }

    void Serialize(TagBuffer i) const override
    {
        i.WriteU64(id);
        i.WriteU8(isMarkable ? 1 : 0);
    }

    void Deserialize(TagBuffer i) override
    {
        id = i.ReadU64();
        isMarkable = i.ReadU8() != 0;
    }

    void Print(std::ostream& os) const override
    {
        os << id;
    }

    uint64_t id{0};
    bool isMarkable{false};
};

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
    int flipped = -1;
    int count = 0;
    for (std::size_t i = 0; i < size; ++i)
    {
        for (int bit = 0; bit < 8 && bytes[i] != expected[i]; ++bit)
        {
            if ((((bytes[i] ^ expected[i]) >> bit) & 1) != 0)
            {
                flipped = static_cast<int>(8 * i) + bit;
                ++count;
            }
        }
    }
    return count == 1 ? flipped : -1;
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
    if (link == "alone")
    {
        MakeAlone(words, child);
    }
    else
    {
        Install(link, words, child);
    }
    disc->TraceConnectWithoutContext("Dequeue", MakeCallback(&NetemProbe::RecordSent, this));
    disc->TraceConnectWithoutContext("DropBeforeEnqueue", MakeCallback(&NetemProbe::Record, this));
    disc->TraceConnectWithoutContext("DropAfterDequeue",
                                     MakeCallback(&NetemProbe::RecordDropAfterDequeue, this));
}

void
NetemProbe::MakeAlone(const std::string& words, const std::string& child)
{
    disc = CreateObject<NetemQueueDisc>();
    disc->SetAttribute("Parameters", StringValue(words));
    if (!child.empty())
    {
        const auto only = CreateObject<QueueDiscClass>();
        only->SetQueueDisc(ObjectFactory(child).Create<QueueDisc>());
        disc->AddQueueDiscClass(only);
    }
    disc->SetSendCallback([](Ptr<QueueDiscItem>) {});
    disc->Initialize();
}

void
NetemProbe::Install(const std::string& link, const std::string& words, const std::string& child)
{
    // No Internet stack, which would receive corrupted packets.
    NodeContainer nodes(2);
    nodes.Get(0)->AggregateObject(CreateObject<TrafficControlLayer>());
    if (link == "lo")
    {
        m_device = LoHelper().Install(nodes.Get(0)).Get(0);
    }
    else
    {
        PointToPointHelper helper;
        helper.SetDeviceAttribute("DataRate", StringValue("1000Gbps"));
        helper.SetQueue("ns3::DropTailQueue", "MaxSize", StringValue("100000p"));
        m_device = helper.Install(nodes).Get(0);
    }
    TrafficControlHelper control;
    const auto root =
        control.SetRootQueueDisc("ns3::NetemQueueDisc", "Parameters", StringValue(words));
    if (!child.empty())
    {
        const auto classes = control.AddQueueDiscClasses(root, 1, "ns3::QueueDiscClass");
        control.AddChildQueueDisc(root, classes.front(), child);
    }
    disc = DynamicCast<NetemQueueDisc>(control.Install(m_device).Get(0));
    nodes.Get(0)->Initialize();
}

NetemProbe::~NetemProbe()
{
    disc->Dispose();
    Simulator::Destroy();
}

void
NetemProbe::Send(uint32_t size, bool isMarkable)
{
    ProbeTag tag;
    tag.id = nSent++;
    tag.isMarkable = isMarkable;
    const auto header = MakeHeader(size, GetEcn(isMarkable));
    const auto packet = Create<Packet>(header.GetPayloadSize());
    packet->AddPacketTag(tag);
    const auto item = Create<Ipv4QueueDiscItem>(packet, Mac48Address(), 0x0800, header);
    if (!m_device)
    {
        disc->Enqueue(item);
        disc->Run();
    }
    else if (DynamicCast<LoNetDevice>(m_device))
    {
        packet->AddHeader(header);
        m_device->Send(packet, m_device->GetAddress(), 0x0800);
    }
    else
    {
        m_device->GetNode()->GetObject<TrafficControlLayer>()->Send(m_device, item);
    }
}

Ptr<NetDevice>
NetemProbe::GetDevice() const
{
    return m_device;
}

void
NetemProbe::Detach()
{
    m_device = nullptr;
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
    ProbeTag tag;
    packet->PeekPacketTag(tag);
    NetemFate fate{tag.id, what, Simulator::Now().GetNanoSeconds()};
    if (const auto whole = DynamicCast<const Ipv4QueueDiscItem>(item))
    {
        fate.isMarked = whole->GetHeader().GetEcn() == Ipv4Header::ECN_CE;
    }
    else
    {
        fate.flipped = FindFlipped(packet, GetEcn(tag.isMarkable));
        if (tag.isMarkable && fate.flipped < 0)
        {
            fate.flipped = FindFlipped(packet, Ipv4Header::ECN_CE);
            fate.isMarked = true;
        }
    }
    fates.push_back(fate);
}

void
NetemProbe::RecordSent(Ptr<const QueueDiscItem> item)
{
    Record(item, "sent");
}

void
NetemProbe::RecordDropAfterDequeue(Ptr<const QueueDiscItem> item, const char* why)
{
    // A queue disc reports it as dequeued first.
    fates.pop_back();
    Record(item, why);
}

bool
NetemProbe::IsConserved() const
{
    const auto& stats = disc->GetStats();
    const auto duplicated = disc->duplicated.Get();
    return stats.nTotalReceivedPackets == nSent + duplicated &&
           stats.nTotalReceivedPackets ==
               stats.nTotalSentPackets + stats.nTotalDroppedPackets + disc->GetNPackets() &&
           fates.size() == stats.nTotalSentPackets + stats.nTotalDroppedPackets;
}

} // namespace ns3::tests
