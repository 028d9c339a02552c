/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PACKET_BACKLOG_H
#define PACKET_BACKLOG_H

#include "ns3/mac48-address.h"
#include "ns3/packet.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * A first-in first-out queue of the pending packets of a loopback.
 *
 * It is Linux's struct softnet_data: packets enter input_pkt_queue, and process_backlog takes over
 * the whole of it when process_queue is empty (net/core/dev.c). It allocates no memory while it is
 * empty, and none per packet once it has grown to the size of its traffic.
 */
class PacketBacklog
{
  public:
    /// A packet and what Linux's struct sk_buff knows of its link layer.
    struct Frame
    {
        Ptr<Packet> packet;       //!< the layer-3 packet
        Mac48Address source;      //!< link-layer source
        Mac48Address destination; //!< link-layer destination
        uint16_t protocol;        //!< EtherType
    };

    /**
     * Return the length of the queue.
     * @return number of frames
     */
    std::size_t GetSize() const
    {
        return m_input.size() + m_process.size() - m_next;
    }

    /**
     * Append a frame.
     * @param frame the frame
     */
    void Push(const Frame& frame)
    {
        m_input.push_back(frame);
    }

    /**
     * Remove the first frame; there must be one.
     * @return the frame
     */
    Frame Pop()
    {
        if (m_next == m_process.size())
        {
            m_process.clear();
            m_process.swap(m_input);
            m_next = 0;
        }
        auto& [packet, source, destination, protocol] = m_process[m_next++];
        // Ptr has no move constructor in each release: the packet would not be released.
        return {std::exchange(packet, nullptr), source, destination, protocol};
    }

  private:
    std::vector<Frame> m_input;   //!< frames in the order they came, after those of m_process
    std::vector<Frame> m_process; //!< frames that leave first, and those that have left
    std::size_t m_next{0};        //!< index in m_process of the first frame in the queue
};

} // namespace ns3

#endif /* PACKET_BACKLOG_H */
