/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "queue-disc-packets.h"

#include "ip-family.h"

#include "ns3/arp-queue-disc-item.h"
#include "ns3/ipv4-queue-disc-item.h"
#include "ns3/ipv6-queue-disc-item.h"
#include "ns3/node.h"
#include "ns3/queue.h"
#include "ns3/simulator.h"
#include "ns3/tag.h"

#include <memory>
#include <vector>

namespace ns3
{

namespace
{

/// An item of a protocol that queue discs do not know.
class OpaqueQueueDiscItem : public QueueDiscItem
{
  public:
    using QueueDiscItem::QueueDiscItem;

    void AddHeader() override
    {
    }

    bool Mark() override
    {
        return false;
    }
};

/// Make an item of raw bytes that goes where another one goes.
Ptr<QueueDiscItem>
MakeOpaqueItem(Ptr<Packet> packet, const QueueDiscItem& other)
{
    const auto item = Create<OpaqueQueueDiscItem>(packet, other.GetAddress(), other.GetProtocol());
    item->SetTxQueueIndex(other.GetTxQueueIndex());
    return item;
}

/// @return whether ns-3 can write the header as it reads it, which it cannot with IPv4 options
bool
HasPlainHeader(Ptr<const Packet> packet, uint32_t headerSize, uint8_t mask, uint8_t value)
{
    uint8_t first = 0;
    packet->CopyData(&first, 1);
    return packet->GetSize() >= headerSize && (first & mask) == value;
}

/// Add the header of an item to a copy of its packet, if it is of this kind.
template <typename Item>
void
AddHeaderOf(const QueueDiscItem& item, Packet& packet)
{
    const auto known = dynamic_cast<const Item*>(&item);
    // An item's size counts its header also while the packet does not have it.
    if (known && packet.GetSize() < known->GetSize())
    {
        packet.AddHeader(known->GetHeader());
    }
}

/// Give a packet the byte tags of another one, on the same bytes, except those of types that ns-3
/// cannot construct.
void
CopyByteTags(const Packet& from, const Packet& to)
{
    for (auto tags = from.GetByteTagIterator(); tags.HasNext();)
    {
        const auto item = tags.Next();
        if (!item.GetTypeId().HasConstructor())
        {
            continue;
        }
        const std::unique_ptr<ObjectBase> made(item.GetTypeId().GetConstructor()());
        auto& tag = dynamic_cast<Tag&>(*made);
        item.GetTag(tag);
        to.AddByteTag(tag, item.GetStart(), item.GetEnd());
    }
}

} // namespace

Ptr<QueueDiscItem>
MakeQueueDiscItem(Ptr<Packet> packet, const Address& destination, uint16_t protocol)
{
    if (protocol == Ipv4Family::ETHER_TYPE && HasPlainHeader(packet, 20, 0xff, 0x45))
    {
        Ipv4Header header;
        packet->RemoveHeader(header);
        if (Node::ChecksumEnabled())
        {
            header.EnableChecksum();
        }
        return Create<Ipv4QueueDiscItem>(packet, destination, protocol, header);
    }
    if (protocol == Ipv6Family::ETHER_TYPE && HasPlainHeader(packet, 40, 0xf0, 0x60))
    {
        Ipv6Header header;
        packet->RemoveHeader(header);
        return Create<Ipv6QueueDiscItem>(packet, destination, protocol, header);
    }
    return Create<OpaqueQueueDiscItem>(packet, destination, protocol);
}

Ptr<Packet>
GetWholePacket(Ptr<const QueueDiscItem> item)
{
    auto packet = item->GetPacket()->Copy();
    AddHeaderOf<Ipv4QueueDiscItem>(*item, *packet);
    AddHeaderOf<Ipv6QueueDiscItem>(*item, *packet);
    AddHeaderOf<ArpQueueDiscItem>(*item, *packet);
    return packet;
}

Ptr<QueueDiscItem>
DuplicateItem(Ptr<const QueueDiscItem> item)
{
    const auto packet = GetWholePacket(item);
    // A corrupted header stays as it is: ns-3 may write it otherwise than it reads it.
    if (DynamicCast<const OpaqueQueueDiscItem>(item))
    {
        return MakeOpaqueItem(packet, *item);
    }
    const auto duplicate = MakeQueueDiscItem(packet, item->GetAddress(), item->GetProtocol());
    duplicate->SetTxQueueIndex(item->GetTxQueueIndex());
    return duplicate;
}

Ptr<QueueDiscItem>
CorruptItem(Ptr<QueueDiscItem> item, uint32_t byte, uint32_t bit)
{
    item->AddHeader();
    const auto packet = item->GetPacket();
    const auto original = packet->Copy();
    const auto size = packet->GetSize();
    std::vector<uint8_t> bytes(size);
    packet->CopyData(bytes.data(), size);
    bytes[byte] ^= 1U << bit;

    // The packet must not become empty in between: where ns-3 keeps metadata, an empty packet takes
    // the uid of what is added to it. Pieces of the packet, in place of raw bytes, would multiply
    // what ns-3 leaves in the metadata when it removes a header that it does not recognise there.
    // ns-3 asserts that a packet does not append bytes that it shares. Once another copy has
    // appended a byte, this one gets a buffer of its own.
    packet->Copy()->AddAtEnd(Create<Packet>(1));
    packet->AddAtEnd(Create<Packet>(bytes.data(), size));
    packet->RemoveAtStart(size);
    CopyByteTags(*original, *packet);

    const auto corrupted = MakeOpaqueItem(packet, *item);
    // QueueDisc::Enqueue sets the time stamp of the original item only.
    corrupted->SetTimeStamp(Simulator::Now());
    return corrupted;
}

void
FlushQueueDisc(Ptr<QueueDisc> queueDisc, const std::function<void(Ptr<const QueueDiscItem>)>& drop)
{
    for (std::size_t i = 0; i < queueDisc->GetNInternalQueues(); ++i)
    {
        // Not what a trace sink of these drops sends.
        const auto queue = queueDisc->GetInternalQueue(i);
        for (auto n = queue->GetNPackets(); n > 0; --n)
        {
            queue->Remove();
        }
    }
    for (std::size_t i = 0; i < queueDisc->GetNQueueDiscClasses(); ++i)
    {
        const auto child = queueDisc->GetQueueDiscClass(i)->GetQueueDisc();
        FlushQueueDisc(child, drop);
        if (const auto peeked = child->Dequeue())
        {
            drop(peeked);
        }
    }
}

} // namespace ns3
