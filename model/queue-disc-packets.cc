/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "queue-disc-packets.h"

#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv4-queue-disc-item.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/ipv6-queue-disc-item.h"
#include "ns3/node.h"
#include "ns3/queue.h"

namespace ns3
{

namespace
{

/// A packet of a protocol that queue discs know nothing of.
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

/// @return whether ns-3 writes the header as it reads it, which it does not with IPv4 options
bool
HasPlainHeader(Ptr<const Packet> packet, uint32_t headerSize, uint8_t mask, uint8_t value)
{
    uint8_t first = 0;
    packet->CopyData(&first, 1);
    return packet->GetSize() >= headerSize && (first & mask) == value;
}

} // namespace

Ptr<QueueDiscItem>
MakeQueueDiscItem(Ptr<Packet> packet, const Address& destination, uint16_t protocol)
{
    if (protocol == Ipv4L3Protocol::PROT_NUMBER && HasPlainHeader(packet, 20, 0xff, 0x45))
    {
        Ipv4Header header;
        packet->RemoveHeader(header);
        if (Node::ChecksumEnabled())
        {
            header.EnableChecksum();
        }
        return Create<Ipv4QueueDiscItem>(packet, destination, protocol, header);
    }
    if (protocol == Ipv6L3Protocol::PROT_NUMBER && HasPlainHeader(packet, 40, 0xf0, 0x60))
    {
        Ipv6Header header;
        packet->RemoveHeader(header);
        return Create<Ipv6QueueDiscItem>(packet, destination, protocol, header);
    }
    return Create<OpaqueQueueDiscItem>(packet, destination, protocol);
}

Ptr<const Packet>
GetWholePacket(Ptr<const QueueDiscItem> item)
{
    auto packet = item->GetPacket()->Copy();
    if (const auto ipv4 = DynamicCast<const Ipv4QueueDiscItem>(item);
        ipv4 && packet->GetSize() < ipv4->GetSize())
    {
        packet->AddHeader(ipv4->GetHeader());
    }
    else if (const auto ipv6 = DynamicCast<const Ipv6QueueDiscItem>(item);
             ipv6 && packet->GetSize() < ipv6->GetSize())
    {
        packet->AddHeader(ipv6->GetHeader());
    }
    return packet;
}

void
DropQueued(Ptr<QueueDisc> queueDisc)
{
    for (std::size_t i = 0; i < queueDisc->GetNInternalQueues(); ++i)
    {
        queueDisc->GetInternalQueue(i)->Flush();
    }
    for (std::size_t i = 0; i < queueDisc->GetNQueueDiscClasses(); ++i)
    {
        DropQueued(queueDisc->GetQueueDiscClass(i)->GetQueueDisc());
    }
}

} // namespace ns3
