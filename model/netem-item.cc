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
 * Flip a bit of a packet; the given packet, which its sender may share, stays as it is.
 * @param packet the packet
 * @param byte the number of the byte
 * @param bit the number of the bit in it
 * @return the packet with that bit flipped
 */
Ptr<Packet>
FlipBit(Ptr<const Packet> packet, uint32_t byte, uint32_t bit)
{
    const auto size = packet->GetSize();
    std::vector<uint8_t> bytes(byte + 1);
    packet->CopyData(bytes.data(), byte + 1);
    const auto flipped = static_cast<uint8_t>(bytes[byte] ^ (1U << bit));

    // The bytes are replaced while the packet is not empty: where ns-3 keeps metadata, an empty
    // packet takes the uid of what is added to it.
    auto corrupted = packet->Copy();
    corrupted->AddAtEnd(packet->CreateFragment(0, byte));
    corrupted->AddAtEnd(Create<Packet>(&flipped, 1));
    corrupted->AddAtEnd(packet->CreateFragment(byte + 1, size - byte - 1));
    corrupted->RemoveAtStart(size);
    return corrupted;
}

} // namespace

Ptr<QueueDiscItem>
DuplicateItem(const QueueDiscItem& item)
{
    auto duplicate = DuplicateAs<Ipv4QueueDiscItem>(item);
    duplicate = duplicate ? duplicate : DuplicateAs<Ipv6QueueDiscItem>(item);
    duplicate = duplicate ? duplicate : DuplicateAs<ArpQueueDiscItem>(item);
    if (!duplicate)
    {
        NS_ABORT_MSG_IF(item.GetSize() != item.GetPacket()->GetSize(),
                        "NetemQueueDisc: duplicate knows IPv4, IPv6 and ARP items only, and items "
                        "without a header; protocol "
                            << item.GetProtocol() << " has another kind");
        duplicate =
            Create<RawItem>(item.GetPacket()->Copy(), item.GetAddress(), item.GetProtocol());
    }
    duplicate->SetTxQueueIndex(item.GetTxQueueIndex());
    return duplicate;
}

Ptr<QueueDiscItem>
CorruptItem(QueueDiscItem& item, uint32_t byte, uint32_t bit)
{
    item.AddHeader();
    const auto packet = FlipBit(item.GetPacket(), byte, bit);
    const auto corrupted = Create<RawItem>(packet, item.GetAddress(), item.GetProtocol());
    corrupted->SetTxQueueIndex(item.GetTxQueueIndex());
    // QueueDisc::Enqueue sets the time stamp of the item that it was given.
    corrupted->SetTimeStamp(Simulator::Now());
    return corrupted;
}

} // namespace ns3
