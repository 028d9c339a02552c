/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "netem-item.h"

#include "ns3/abort.h"
#include "ns3/arp-queue-disc-item.h"
#include "ns3/ipv4-queue-disc-item.h"
#include "ns3/ipv6-queue-disc-item.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/tag.h"

#include <memory>
#include <vector>

namespace ns3
{

namespace
{

/// An item that is a whole packet, of which nothing else is known.
class RawItem : public QueueDiscItem
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

/**
 * Duplicate an item, if it is of a kind that keeps its header apart.
 * @tparam Item the kind
 * @param item the item
 * @return the duplicate, null if the item is of another kind
 */
template <typename Item>
Ptr<QueueDiscItem>
DuplicateAs(const QueueDiscItem& item)
{
    const auto known = dynamic_cast<const Item*>(&item);
    return known ? Create<Item>(item.GetPacket()->Copy(),
                                item.GetAddress(),
                                item.GetProtocol(),
                                known->GetHeader())
                 : nullptr;
}

/**
 * Give a packet the byte tags of another packet of the same size.
 * @param from the packet that has the tags
 * @param to the packet that gets them
 */
void
CopyByteTags(Ptr<const Packet> from, Ptr<Packet> to)
{
    for (auto tags = from->GetByteTagIterator(); tags.HasNext();)
    {
        const auto item = tags.Next();
        const auto type = item.GetTypeId();
        NS_ABORT_MSG_UNLESS(
            type.HasConstructor(),
            "NetemQueueDisc: corrupt cannot copy the byte tag "
                << type.GetName()
                << ", which has no constructor; add one, by TypeId::AddConstructor");
        const std::unique_ptr<ObjectBase> object(type.GetConstructor()());
        if (auto tag = dynamic_cast<Tag*>(object.get()))
        {
            item.GetTag(*tag);
            to->AddByteTag(*tag, item.GetStart(), item.GetEnd());
        }
    }
}

/**
 * Flip a bit of a packet; the given packet, which its sender may share, stays as it is.
 * @param packet the packet
 * @param byte the number of the byte
 * @param bit the number of the bit in it
 * @return the packet with that bit flipped
 */
Ptr<Packet>
FlipBit(Ptr<const Packet> packet, uint32_t byte, uint8_t bit)
{
    std::vector<uint8_t> bytes(packet->GetSize());
    packet->CopyData(bytes.data(), packet->GetSize());
    bytes[byte] ^= static_cast<uint8_t>(1U << bit);

    // The bytes are replaced while the packet is not empty: where ns-3 keeps metadata, an empty
    // packet takes the uid of what is added to it.
    auto corrupted = packet->Copy();
    corrupted->AddAtEnd(Create<Packet>(bytes.data(), packet->GetSize()));
    corrupted->RemoveAtStart(packet->GetSize());
    corrupted->RemoveAllByteTags();
    CopyByteTags(packet, corrupted);
    return corrupted;
}

/**
 * Make an item that is a whole packet.
 * @param item the item that it replaces
 * @param packet the packet
 * @return the new item
 */
Ptr<QueueDiscItem>
MakeRaw(const QueueDiscItem& item, Ptr<Packet> packet)
{
    return Create<RawItem>(packet, item.GetAddress(), item.GetProtocol());
}

} // namespace

Ptr<QueueDiscItem>
DuplicateItem(const QueueDiscItem& item)
{
    Ptr<QueueDiscItem> duplicate;
    for (const auto as : {&DuplicateAs<Ipv4QueueDiscItem>,
                          &DuplicateAs<Ipv6QueueDiscItem>,
                          &DuplicateAs<ArpQueueDiscItem>})
    {
        duplicate = duplicate ? duplicate : as(item);
    }
    if (!duplicate)
    {
        NS_ABORT_MSG_IF(item.GetSize() != item.GetPacket()->GetSize(),
                        "NetemQueueDisc: duplicate knows IPv4, IPv6 and ARP items, and items "
                        "without a header of their own; protocol "
                            << item.GetProtocol() << " has another kind");
        duplicate = MakeRaw(item, item.GetPacket()->Copy());
    }
    duplicate->SetTxQueueIndex(item.GetTxQueueIndex());
    return duplicate;
}

Ptr<QueueDiscItem>
CorruptItem(QueueDiscItem& item, uint32_t byte, uint8_t bit)
{
    item.AddHeader();
    auto corrupted = MakeRaw(item, FlipBit(item.GetPacket(), byte, bit));
    corrupted->SetTxQueueIndex(item.GetTxQueueIndex());
    // QueueDisc::Enqueue sets the time stamp of the item that it was given.
    corrupted->SetTimeStamp(Simulator::Now());
    return corrupted;
}

} // namespace ns3
