/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef FRAME_RING_H
#define FRAME_RING_H

#include "link-frame.h"

#include <cstddef>
#include <memory>
#include <utility>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * A first-in first-out queue of frames in one piece of memory that grows when it is full: an empty
 * one owns no memory, and one that has grown to its traffic's size allocates no more.
 */
class FrameRing
{
  public:
    FrameRing() = default;

    ~FrameRing()
    {
        while (!IsEmpty())
        {
            Pop();
        }
    }

    FrameRing(const FrameRing&) = delete;
    FrameRing& operator=(const FrameRing&) = delete;

    /**
     * @return whether nothing is queued
     */
    bool IsEmpty() const
    {
        return m_size == 0;
    }

    /**
     * @return how many are queued
     */
    std::size_t GetSize() const
    {
        return m_size;
    }

    /**
     * Put a frame at the end.
     * @param packet its packet
     * @param addresses where it comes from and goes to
     * @param protocol its EtherType
     */
    void Push(const Ptr<Packet>& packet, const LinkAddresses& addresses, uint16_t protocol)
    {
        if (m_size == m_room)
        {
            Grow();
        }
        auto& slot = m_slots[(m_head + m_size) & (m_room - 1)];
        slot.packet = GetPointer(packet);
        slot.addresses = addresses;
        slot.protocol = protocol;
        ++m_size;
    }

    /**
     * Take the first one; there must be one.
     * @return the first one
     */
    LinkFrame Pop()
    {
        const auto& slot = m_slots[m_head];
        m_head = (m_head + 1) & (m_room - 1);
        --m_size;
        return {Ptr<Packet>(slot.packet, false), slot.addresses, slot.protocol};
    }

  private:
    /// A frame that is queued, with the reference to its packet: to move a Ptr is to copy it.
    struct Slot
    {
        Packet* packet{nullptr}; //!< the packet, which the slot holds a reference to
        LinkAddresses addresses; //!< where it comes from and goes to
        uint16_t protocol{0};    //!< its EtherType
    };

    /// Double the room, which stays a power of two so that an index wraps by a mask.
    void Grow()
    {
        const auto room = m_room == 0 ? 8 : 2 * m_room;
        auto slots = std::make_unique<Slot[]>(room);
        for (std::size_t i = 0; i < m_size; ++i)
        {
            slots[i] = m_slots[(m_head + i) & (m_room - 1)];
        }
        m_slots = std::move(slots);
        m_room = room;
        m_head = 0;
    }

    std::unique_ptr<Slot[]> m_slots; //!< the room
    std::size_t m_room{0};           //!< how many it is for, a power of two or 0
    std::size_t m_head{0};           //!< index of the first one
    std::size_t m_size{0};           //!< how many are queued
};

} // namespace ns3

#endif /* FRAME_RING_H */
