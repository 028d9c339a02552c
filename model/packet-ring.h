/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PACKET_RING_H
#define PACKET_RING_H

#include <cstddef>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * \ingroup loopback
 *
 * A first-in first-out queue in one piece of memory that grows when it is full: an empty one owns
 * no memory, and one that has grown to its traffic's size allocates no more.
 *
 * \tparam T what is queued; it can be default-constructed and moved
 */
template <typename T>
class PacketRing
{
  public:
    /**
     * \return whether nothing is queued
     */
    bool IsEmpty() const
    {
        return m_size == 0;
    }

    /**
     * \return how many are queued
     */
    std::size_t GetSize() const
    {
        return m_size;
    }

    /**
     * \param item what to put at the end
     */
    void Push(T item)
    {
        if (m_size == m_slots.size())
        {
            Grow();
        }
        m_slots[(m_head + m_size) & (m_slots.size() - 1)] = std::move(item);
        ++m_size;
    }

    /**
     * Take the first one; there must be one.
     * \return the first one
     */
    T Pop()
    {
        // Not std::move: moving a Ptr is copying it, and the ring would keep what it has given
        // away.
        T item = std::exchange(m_slots[m_head], T{});
        m_head = (m_head + 1) & (m_slots.size() - 1);
        --m_size;
        return item;
    }

  private:
    /// Double the room, which stays a power of two so that an index wraps by a mask.
    void Grow()
    {
        std::vector<T> larger(m_slots.empty() ? 8 : 2 * m_slots.size());
        for (std::size_t i = 0; i < m_size; ++i)
        {
            larger[i] = std::move(m_slots[(m_head + i) & (m_slots.size() - 1)]);
        }
        m_slots = std::move(larger);
        m_head = 0;
    }

    std::vector<T> m_slots; //!< the room, a power of two or none
    std::size_t m_head{0};  //!< index of the first one
    std::size_t m_size{0};  //!< how many are queued
};

} // namespace ns3

#endif /* PACKET_RING_H */
