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

/// What became of a packet.
struct NetemFate
{
    uint64_t id{0};       //!< the number of the packet; a duplicate has its original's
    std::string what;     //!< "sent", or why it was dropped
    int64_t time{0};      //!< when, in nanoseconds
    int flipped{-1};      //!< the number of the bit that was flipped, -1 for none
    bool isMarked{false}; //!< whether congestion was marked

    /// @return all members
    auto AsTuple() const
    {
        return std::tie(id, what, time, flipped, isMarked);
    }

    /// @return whether all members are the same
    bool operator==(const NetemFate& other) const
    {
        return AsTuple() == other.AsTuple();
    }
};

/// Print a fate on one line.
std::ostream& operator<<(std::ostream& os, const NetemFate& fate);

/// A NetemQueueDisc alone, or of a device, and what becomes of each packet.
class NetemProbe
{
  public:
    /**
     * @param link "lo" or "point-to-point" for the root queue disc of such a device, which
     *        TrafficControlHelper installs; "alone" for one without a device
     * @param words its Parameters
     * @param child the type of its child queue disc, empty for none
     */
    NetemProbe(const std::string& link, const std::string& words, const std::string& child = "");
    ~NetemProbe();

    /**
     * Enqueue an IPv4 packet of zeros, and run the queue disc, as ns-3's traffic control does.
     * @param size bytes of the packet, with its header of 20
     * @param isMarkable whether its congestion can be marked
     */
    void Send(uint32_t size = 100, bool isMarkable = false);

    /**
     * Have packets sent, one at each interval, when the simulator runs.
     * @param count packets
     * @param interval time between them
     * @param size bytes of each
     */
    void SendEvery(uint32_t count, Time interval, uint32_t size = 100);

    /// @return the device, null for none
    Ptr<NetDevice> GetDevice() const;

    /// Have no device from now on; what is sent goes to the queue disc.
    void Detach();

    /// @return whether enqueued + duplicated = sent + dropped + waiting, and ns-3's own identities
    bool IsConserved() const;

    Ptr<NetemQueueDisc> disc;     //!< the queue disc
    std::vector<NetemFate> fates; //!< what became of packets, in the order in which it happened
    uint64_t nSent{0};            //!< packets given to Send

  private:
    /// Make a queue disc without a device.
    void MakeAlone(const std::string& words, const std::string& child);

    /// Install a queue disc on a device.
    void Install(const std::string& link, const std::string& words, const std::string& child);

    /// What is called for a packet that left.
    void Record(Ptr<const QueueDiscItem> item, const char* what);

    /// A trace sink for a packet that left to be sent.
    void RecordSent(Ptr<const QueueDiscItem> item);

    /// A trace sink for a packet that left and was dropped.
    void RecordDropAfterDequeue(Ptr<const QueueDiscItem> item, const char* why);

    Ptr<NetDevice> m_device; //!< the device, null for none
};

} // namespace ns3::tests

#endif /* NETEM_PROBE_H */
