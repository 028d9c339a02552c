/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "flip-bit.h"

#include "ns3/abort.h"
#include "ns3/tag.h"

#include <memory>
#include <vector>

namespace ns3
{

namespace
{

/// Give a packet the byte tags of another of the same bytes.
void
CopyByteTags(Ptr<const Packet> from, Ptr<Packet> to)
{
    for (auto tags = from->GetByteTagIterator(); tags.HasNext();)
    {
        const auto item = tags.Next();
        const auto type = item.GetTypeId();
        NS_ABORT_MSG_UNLESS(
            type.HasConstructor(),
            "LinkImpairment: Corrupt can not copy the byte tag "
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

} // namespace

Ptr<Packet>
FlipBit(Ptr<const Packet> packet, uint32_t bit)
{
    std::vector<uint8_t> bytes(packet->GetSize());
    packet->CopyData(bytes.data(), packet->GetSize());
    bytes[bit / 8] ^= static_cast<uint8_t>(1U << (bit % 8));

    // What a packet has besides its bytes stays with one that gets others. It is never empty
    // meanwhile: where ns-3 keeps metadata, an empty packet takes the uid of what it gets.
    auto corrupted = packet->Copy();
    corrupted->AddAtEnd(Create<Packet>(bytes.data(), packet->GetSize()));
    corrupted->RemoveAtStart(packet->GetSize());
    corrupted->RemoveAllByteTags();
    CopyByteTags(packet, corrupted);
    return corrupted;
}

} // namespace ns3
