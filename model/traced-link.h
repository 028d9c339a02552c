/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef TRACED_LINK_H
#define TRACED_LINK_H

#include "link-stats.h"

#include "ns3/mac48-address.h"
#include "ns3/node.h"
#include "ns3/packet.h"
#include "ns3/traced-callback.h"
#include "ns3/type-id.h"

#include <cstdint>
#include <iosfwd>

namespace ns3
{

/**
 * @defgroup loopback Loopback
 * Loopback and blackhole devices with the semantics of Linux's drivers/net/loopback.c
 */

/**
 * @ingroup loopback
 *
 * The reasons for which a device drops a packet, as its Drop trace source reports them.
 *
 * Where Linux has the reason, the name is that of enum skb_drop_reason without its prefix
 * (include/net/dropreason-core.h), as `perf trace -e skb:kfree_skb` and `dropwatch` show it.
 */
enum class DropReason : uint8_t
{
    DEV_READY,       //!< the device was down
    DEV_HDR,         //!< no Ethernet header can be made: an address is not a Mac48Address
    PKT_TOO_BIG,     //!< more layer-3 bytes than the device's MTU
    QDISC_DROP,      //!< a root queue disc dropped it
    CPU_BACKLOG,     //!< MaxBacklog packets were pending already
    UNHANDLED_PROTO, //!< no protocol handler of the node took it
    OTHERHOST,       //!< it was addressed to neither this device, a group, nor everybody
    RX_ERROR,        //!< the receive error model corrupted it; Linux has no such reason
    BLACKHOLE,       //!< a BlackholeNetDevice discarded it; Linux has no such reason
};

/**
 * Print the name of a reason, such as `CPU_BACKLOG`.
 * @param os the stream to print to
 * @param reason the reason
 * @return the stream
 */
std::ostream& operator<<(std::ostream& os, DropReason reason);

/**
 * @ingroup loopback
 *
 * The counters, trace sources and link state that this module's devices share.
 *
 * A device has this class as a second base, beside the ns-3 class it is recognised as:
 * `dynamic_cast<TracedLink*>(PeekPointer(device))` finds the devices of this module. Each protected
 * method does all that belongs to one case, so that a counter and its trace source cannot disagree.
 * Linux's gen_lo_setup does the same for its two devices (drivers/net/loopback.c).
 */
class TracedLink
{
  public:
    /// What `ip link show` says of a kind of device.
    struct Kind
    {
        const char* name;  //!< interface name
        bool isNumbered;   //!< whether a number follows the name, from 0 on each node
        const char* flags; //!< IFF_ flags without the prefix, separated by commas
        const char* type;  //!< ARPHRD_ type in iproute2's words
    };

    virtual ~TracedLink() = default;

    /**
     * Read the counters (loopback_get_stats64).
     * @return the counters; all are 0 on a new device and only ever grow
     */
    LinkStats GetStats() const
    {
        return m_stats;
    }

    /**
     * Return what `ip link show` says of this kind of device.
     * @return the kind
     */
    const Kind& GetKind() const
    {
        return m_kind;
    }

    /**
     * Set the link up, as `ip link set dev up` does. The device calls its link-change callbacks if
     * it was down. A new device is up.
     */
    void SetUp();

    /**
     * Set the link down, as `ip link set dev down` does. The device drops its pending packets, with
     * DropReason::DEV_READY, and then calls its link-change callbacks if it was up. It keeps those
     * that are still pending when a trace sink sets it up again.
     */
    void SetDown();

    /**
     * The smallest MTU, in bytes: that of IPv4 (RFC 791, section 3.2; Linux's ETH_MIN_MTU). If no
     * payload fits after the header, ns-3's IPv4 fragments without end.
     */
    static constexpr uint16_t MIN_MTU = 68;

    /**
     * TracedCallback signature of the Drop trace source.
     * @param [in] packet the packet
     * @param [in] reason the reason of the drop
     */
    typedef void (*DropTracedCallback)(Ptr<const Packet> packet, DropReason reason);

  protected:
    /// Trace source that carries the packet itself, or the Ethernet frame.
    typedef TracedCallback<Ptr<const Packet>> PacketTrace;
    /// Trace source of a counter: the count before and the count now.
    typedef TracedCallback<uint64_t, uint64_t> CounterTrace;

    /**
     * Constructor.
     * @param kind what `ip link show` says of the device; it must outlive the device
     */
    explicit TracedLink(const Kind& kind);

    /**
     * Add the trace sources of this class to the TypeId of a device.
     * @param tid the TypeId
     * @return the same TypeId
     */
    static TypeId AddTraceSources(TypeId tid);

    /**
     * Drop the pending packets of the device, which is down.
     */
    virtual void DropWaiting()
    {
    }

    /**
     * Abort if a device that gets a node has another one already. Scripts may set the same again.
     * @param node the node it has, or null
     * @param next the node it gets
     */
    static void CheckNode(Ptr<Node> node, Ptr<Node> next);

    /// Set the link down and drop pending packets, without calling link-change callbacks.
    void Close();

    /**
     * Return the link state.
     * @return true if the link is up
     */
    bool IsUp() const
    {
        return m_isUp;
    }

    /**
     * Count a packet that the device accepted: TxPackets, TxBytes, MacTx.
     * @param packet the packet
     */
    void CountSent(const Ptr<Packet>& packet)
    {
        Count(&LinkStats::txPackets, m_txPacketsTrace);
        Count(&LinkStats::txBytes, m_txBytesTrace, packet->GetSize());
        Trace(m_macTxTrace, packet);
    }

    /**
     * Count a packet that the device delivers: RxPackets, RxBytes.
     * @param packet the packet
     */
    void CountReceived(const Ptr<Packet>& packet)
    {
        Count(&LinkStats::rxPackets, m_rxPacketsTrace);
        Count(&LinkStats::rxBytes, m_rxBytesTrace, packet->GetSize());
    }

    /**
     * Return whether a trace source has listeners. ns-3 can tell since 3.35.
     * @tparam T its type
     * @tparam None nothing: makes the other function the better match
     * @param trace the trace source
     * @param none nothing
     * @return false if it is known to have none
     */
    template <typename T, typename... None>
    static bool HasListeners([[maybe_unused]] const T& trace, [[maybe_unused]] None... none)
    {
        return true;
    }

    /**
     * Return whether a trace source has listeners.
     * @tparam T its type
     * @param trace the trace source
     * @return false if it has none
     */
    template <typename T>
    static auto HasListeners(const T& trace) -> decltype(!trace.IsEmpty())
    {
        return !trace.IsEmpty();
    }

    /**
     * Tell the listeners of a trace source, if there are any.
     * @param trace the trace source
     * @param args what it reports
     */
    template <typename T, typename... Args>
    static void Trace(const T& trace, const Args&... args)
    {
        if (HasListeners(trace))
        {
            trace(args...);
        }
    }

    /**
     * Refuse a packet that was about to be sent: TxDropped, MacTxDrop, Drop.
     * @param packet the packet
     * @param reason the reason if the link is up; otherwise it is DropReason::DEV_READY
     * @return false, which is what Send returns then
     */
    bool RefuseToSend(const Ptr<const Packet>& packet, DropReason reason);

    /**
     * Drop a packet on its way up: RxDropped, MacRxDrop, Drop.
     * @param packet the packet
     * @param reason the reason
     */
    void DropReceived(const Ptr<const Packet>& packet, DropReason reason);

    /**
     * Drop a packet that arrived damaged: RxErrors, MacRxDrop, Drop.
     * @param packet the packet
     */
    void DropDamaged(const Ptr<const Packet>& packet);

    /**
     * Drop a packet on its way up that struct rtnl_link_stats64 has no counter for: MacRxDrop,
     * Drop.
     * @param packet the packet
     * @param reason the reason
     */
    void DropUncounted(const Ptr<const Packet>& packet, DropReason reason);

    /**
     * Show the listeners of Sniffer or PromiscSniffer, if there are any, the frame of a packet.
     * @param sniffer the trace source
     * @param packet the layer-3 packet
     * @param source link-layer source
     * @param destination link-layer destination
     * @param protocol the EtherType
     */
    static void Sniff(const PacketTrace& sniffer,
                      const Ptr<Packet>& packet,
                      const Mac48Address& source,
                      const Mac48Address& destination,
                      uint16_t protocol)
    {
        if (HasListeners(sniffer))
        {
            ShowFrame(sniffer, packet, source, destination, protocol);
        }
    }

    PacketTrace m_macPromiscRxTrace;   //!< packets delivered, for other hosts too
    PacketTrace m_macRxTrace;          //!< packets delivered to the protocol handlers
    PacketTrace m_promiscSnifferTrace; //!< frames of all packets
    PacketTrace m_snifferTrace;        //!< frames of packets for this host
    TracedCallback<Ptr<const Packet>, DropReason> m_dropTrace; //!< packets dropped, with the reason
    TracedCallback<> m_linkChangeCallbacks; //!< called when the link goes up or down

  private:
    /**
     * Show the listeners of a trace source an Ethernet frame.
     * @param sniffer the trace source
     * @param packet the layer-3 packet
     * @param source link-layer source
     * @param destination link-layer destination
     * @param protocol the EtherType
     */
    static void ShowFrame(const PacketTrace& sniffer,
                          const Ptr<Packet>& packet,
                          const Mac48Address& source,
                          const Mac48Address& destination,
                          uint16_t protocol);

    /**
     * Count, and report to the listeners.
     * @param counter the counter
     * @param trace its trace source
     * @param n how many
     */
    void Count(uint64_t LinkStats::*counter, const CounterTrace& trace, uint64_t n = 1)
    {
        // ns3::TracedValue takes its new value only after its sinks have returned, so that what a
        // sink sends would not be counted.
        auto& count = m_stats.*counter;
        const auto before = count;
        count += n;
        if (n != 0)
        {
            Trace(trace, before, before + n);
        }
    }

    const Kind& m_kind; //!< what `ip link show` says of the device
    bool m_isUp{true};  //!< whether the link is up
    LinkStats m_stats;  //!< the counters

    PacketTrace m_macTxTrace;     //!< packets accepted
    PacketTrace m_macTxDropTrace; //!< packets refused
    PacketTrace m_macRxDropTrace; //!< packets dropped on their way up

    CounterTrace m_txPacketsTrace; //!< LinkStats::txPackets
    CounterTrace m_txBytesTrace;   //!< LinkStats::txBytes
    CounterTrace m_rxPacketsTrace; //!< LinkStats::rxPackets
    CounterTrace m_rxBytesTrace;   //!< LinkStats::rxBytes
    CounterTrace m_txErrorsTrace;  //!< LinkStats::txErrors
    CounterTrace m_rxErrorsTrace;  //!< LinkStats::rxErrors
    CounterTrace m_txDroppedTrace; //!< LinkStats::txDropped
    CounterTrace m_rxDroppedTrace; //!< LinkStats::rxDropped
    CounterTrace m_multicastTrace; //!< LinkStats::multicast
};

} // namespace ns3

#endif /* TRACED_LINK_H */
