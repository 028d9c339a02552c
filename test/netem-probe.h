/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef NETEM_PROBE_H
#define NETEM_PROBE_H

#include "ns3/net-device.h"
#include "ns3/netem-queue-disc.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <iosfwd>
#include <string>
#include <tuple>
#include <vector>

namespace ns3::tests
{

/// The fate of a packet.
struct NetemFate
{
    uint64_t id{0};       //!< the packet's number; a duplicate has its original's
    std::string what;     //!< "sent", or why it was dropped
    int64_t time{0};      //!< when, in nanoseconds
    int flipped{-1};      //!< the number of the flipped bit, -1 for none
    bool isMarked{false}; //!< whether it is marked with ECN

    /// @return whether all members are the same
    bool operator==(const NetemFate& other) const
    {
        return std::tie(id, what, time, flipped, isMarked) ==
               std::tie(other.id, other.what, other.time, other.flipped, other.isMarked);
    }
};

/// Print a fate on one line.
std::ostream& operator<<(std::ostream& os, const NetemFate& fate);

/// A NetemQueueDisc on a device, with a record of each packet's fate.
class NetemProbe
{
  public:
    /**
     * @param link the device, "lo" or "point-to-point"
     * @param words its Parameters
     * @param child the type of its child queue disc, empty for none
     */
    NetemProbe(const std::string& link, const std::string& words, const std::string& child = "");
    ~NetemProbe();

    /**
     * Enqueue an IPv4 packet of zeros, and run the queue disc, as ns-3's traffic control does.
     * @param size bytes of the packet, including its header of 20
     * @param isMarkable whether it is ECN-capable
     */
    void Send(uint32_t size = 100, bool isMarkable = false);

    /**
     * Schedule packets at regular intervals.
     * @param count the number of packets
     * @param interval time between them
     * @param size bytes per packet
     */
    void SendEvery(uint32_t count, Time interval, uint32_t size = 100);

    /// Forget the device, and send packets to the queue disc from now on.
    void Detach();

    /// @return whether enqueued + duplicated = sent + dropped + pending, by netem's and ns-3's
    /// counters
    bool IsConserved() const;

    Ptr<NetemQueueDisc> disc;     //!< the queue disc
    Ptr<NetDevice> device;        //!< its device, null once it is detached
    std::vector<NetemFate> fates; //!< the fates of packets, in order of time

  private:
    /// Record a packet that was sent or dropped.
    void Record(Ptr<const QueueDiscItem> item, const char* what);

    std::vector<bool> m_isMarkable; //!< whether each packet given to Send is ECN-capable
};

} // namespace ns3::tests

#endif /* NETEM_PROBE_H */
