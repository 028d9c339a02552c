/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PSEUDO_NET_DEVICE_H
#define PSEUDO_NET_DEVICE_H

#include "drop-reason.h"
#include "link-frame.h"
#include "link-stats.h"
#include "traced-counter.h"

#include "ns3/loopback-net-device.h"
#include "ns3/mac48-address.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/packet.h"
#include "ns3/traced-callback.h"

#include <cstdint>

namespace ns3
{

/**
 * @defgroup loopback Loopback
 * Loopback and blackhole devices with the semantics of Linux's drivers/net/loopback.c
 */

/**
 * @ingroup loopback
 *
 * What the devices of this module have in common: a device without hardware, medium or peer, that
 * counts, can be watched, and can be set up and down. It is their gen_lo_setup (Linux,
 * drivers/net/loopback.c).
 *
 * A subclass says in Send and SendFrom what becomes of a packet, by the protected methods. Each of
 * those does all that belongs to its case (the counter, the trace source), so that a counter and
 * its trace source can not disagree.
 *
 * @tparam Parent the ns-3 class that the device is to be recognised as: LoopbackNetDevice or
 *         NetDevice
 */
template <class Parent>
class PseudoNetDevice : public Parent
{
  public:
    ~PseudoNetDevice() override;

    /**
     * @return a reading of the counters; all are 0 on a new device and only ever grow
     *         (loopback_get_stats64)
     */
    LinkStats GetStats() const;

    /**
     * Set the link up, as `ip link set dev up` does. Link-change callbacks are called if it was
     * down. A new device is up.
     */
    void SetUp();

    /**
     * Set the link down, as `ip link set dev down` does. Packets that wait in the device are lost,
     * with DropReason::DEV_READY; then the link-change callbacks are called, if it was up.
     */
    void SetDown();

    /// @param index the device's number on its node, which the node gives it
    void SetIfIndex(uint32_t index) override;

    /// @return the device's number on its node
    uint32_t GetIfIndex() const override;

    /// @return null: there is no medium
    Ptr<Channel> GetChannel() const override;

    /**
     * @param address a Mac48Address; the program ends with a message on any other kind
     */
    void SetAddress(Address address) override;

    /// @return the device's Mac48Address
    Address GetAddress() const override;

    /**
     * @param mtu layer-3 bytes of the largest packet, from MIN_MTU to 65535
     * @return false, with nothing changed, if the MTU is below MIN_MTU
     */
    bool SetMtu(uint16_t mtu) override;

    /// @return layer-3 bytes of the largest packet
    uint16_t GetMtu() const override;

    /// @return whether the device is set up; it has no carrier to lose
    bool IsLinkUp() const override;

    /// @param callback called whenever the device was set up or down
    void AddLinkChangeCallback(Callback<void> callback) override;

    /// @return true, as ns-3's global routing wants a device to be that or point-to-point
    bool IsBroadcast() const override;

    /// @return the address to which ns-3's IP sends all packets over a device without ARP
    Address GetBroadcast() const override;

    /// @return false
    bool IsMulticast() const override;

    /**
     * @param multicastGroup an IPv4 multicast address
     * @return its Mac48Address (RFC 1112)
     */
    Address GetMulticast(Ipv4Address multicastGroup) const override;

    /**
     * @param addr an IPv6 multicast address
     * @return its Mac48Address (RFC 2464)
     */
    Address GetMulticast(Ipv6Address addr) const override;

    /// @return false
    bool IsBridge() const override;

    /// @return false, as ns-3's global routing looks for the channel of a point-to-point device
    bool IsPointToPoint() const override;

    /// @return the device's node, or null
    Ptr<Node> GetNode() const override;

    /// @param node the device's node; Node::AddDevice calls this
    void SetNode(Ptr<Node> node) override;

    /// @return false: there is no neighbour to be asked for its address
    bool NeedsArp() const override;

    /// @param cb called with each packet for this host; it says whether a handler took it
    void SetReceiveCallback(NetDevice::ReceiveCallback cb) override;

    /// @param cb called with each packet, be it for this host or another, before that one
    void SetPromiscReceiveCallback(NetDevice::PromiscReceiveCallback cb) override;

    /// @return true
    bool SupportsSendFrom() const override;

    /**
     * The smallest MTU, in bytes: that of IPv4 (RFC 791, section 3.2; Linux's ETH_MIN_MTU). With
     * an MTU in which no payload fits after the header ns-3's IPv4 would fragment without end.
     */
    static constexpr uint16_t MIN_MTU = 68;

    /**
     * TracedCallback signature of the Drop trace source.
     * @param [in] packet the packet
     * @param [in] reason why it was dropped
     */
    typedef void (*DropTracedCallback)(Ptr<const Packet> packet, DropReason reason);

  protected:
    /// Trace sources that carry the packet itself, or the Ethernet frame.
    typedef TracedCallback<Ptr<const Packet>> PacketTrace;

    /**
     * @param broadcast what GetBroadcast returns
     */
    explicit PseudoNetDevice(Mac48Address broadcast);

    /**
     * @param tid the TypeId of a subclass
     * @return the same with the attributes and trace sources of this class
     */
    static TypeId AddSharedAttributes(TypeId tid);

    /// Set the device down for good, which loses what waits in it, and let go of the node.
    void DoDispose() override;

    /**
     * Lose what waits in the device: by DropReceived what was sent, by RefuseToSend what was not.
     * Called while the device goes down.
     * @param reason why
     */
    virtual void FlushWaiting(DropReason reason);

    /**
     * Account for a packet that the device accepted.
     * @param packet the packet
     */
    void CountSent(const Ptr<Packet>& packet)
    {
        ++m_txPackets;
        m_txBytes += packet->GetSize();
        Fire(m_macTxTrace, packet);
    }

    /**
     * Account for a packet that is delivered.
     * @param packet the packet
     */
    void CountReceived(const Ptr<Packet>& packet)
    {
        ++m_rxPackets;
        m_rxBytes += packet->GetSize();
    }

    /**
     * Refuse a packet that was to be sent: TxDropped, MacTxDrop, Drop.
     * @param packet the packet
     * @param reason why
     * @return false, which is what Send returns then
     */
    [[gnu::cold]] bool RefuseToSend(const Ptr<Packet>& packet, DropReason reason);

    /**
     * Lose a packet on its way up: RxDropped, MacRxDrop, Drop.
     * @param packet the packet
     * @param reason why
     */
    [[gnu::cold]] void DropReceived(const Ptr<Packet>& packet, DropReason reason);

    /**
     * Lose a packet that arrived damaged: RxErrors, MacRxDrop, Drop.
     * @param packet the packet
     */
    [[gnu::cold]] void DropDamaged(const Ptr<Packet>& packet);

    /**
     * Lose a packet on its way up that no counter of struct rtnl_link_stats64 has a place for:
     * MacRxDrop, Drop.
     * @param packet the packet
     * @param reason why
     */
    [[gnu::cold]] void DropUncounted(const Ptr<Packet>& packet, DropReason reason);

    /**
     * Show a frame to those who capture. Without a listener no frame is made.
     * @param sniffer the Sniffer or the PromiscSniffer trace source
     * @param packet the packet
     * @param addresses where it comes from and goes to
     * @param protocol the EtherType
     */
    static void Sniff(const PacketTrace& sniffer,
                      const Ptr<Packet>& packet,
                      const LinkAddresses& addresses,
                      uint16_t protocol)
    {
        if (!sniffer.IsEmpty())
        {
            Show(sniffer, addresses.AddHeader(packet, protocol));
        }
    }

    /**
     * Show a packet to those who trace it. On its own a trace source makes a reference to the
     * packet first, with a listener or without.
     * @param trace the trace source
     * @param packet what to show
     * @param more what else the trace source shows
     */
    template <typename... Ts>
    static void Fire(const TracedCallback<Ptr<const Packet>, Ts...>& trace,
                     const Ptr<Packet>& packet,
                     Ts... more)
    {
        if (!trace.IsEmpty())
        {
            Show(trace, packet, more...);
        }
    }

    /**
     * @return what IsLinkUp returns, without a virtual call
     */
    bool IsUp() const
    {
        return m_up;
    }

    TracedCounter m_multicast;                                 //!< multicast packets delivered
    PacketTrace m_macTxDropTrace;                              //!< packets refused
    PacketTrace m_macRxDropTrace;                              //!< packets lost on their way up
    TracedCallback<Ptr<const Packet>, DropReason> m_dropTrace; //!< packets dropped, and why

    // What each packet passes, and no other, stands together from here to m_rxBytes: where there
    // are many devices, none of this is in the processor's cache.
    PacketTrace m_macTxTrace;          //!< packets accepted
    PacketTrace m_macPromiscRxTrace;   //!< packets delivered, those for other hosts too
    PacketTrace m_promiscSnifferTrace; //!< frames of all packets
    PacketTrace m_snifferTrace;        //!< frames of packets for this host
    PacketTrace m_macRxTrace;          //!< packets delivered to the protocol handlers

    NetDevice::ReceiveCallback m_rxCallback;             //!< what the node wants called
    NetDevice::PromiscReceiveCallback m_promiscCallback; //!< the same, promiscuous

    Ptr<Node> m_node;      //!< the node that the device is on, if any
    uint16_t m_mtu{65535}; //!< largest layer-3 packet, in bytes
    uint32_t m_nodeId{0};  //!< the node's id, which is its simulation context
    LinkAddresses m_own;   //!< from the device's address, all zeros on a new one, to all
    Address m_address;     //!< the device's address, as it is passed between the layers
    Address m_broadcast;   //!< the broadcast address, as it is passed between the layers

  private:
    /**
     * Call a trace source's listeners.
     * @param trace the trace source
     * @param packet what to show
     * @param more what else the trace source shows
     */
    template <typename... Ts>
    [[gnu::noinline]] static void Show(const TracedCallback<Ptr<const Packet>, Ts...>& trace,
                                       const Ptr<const Packet>& packet,
                                       Ts... more)
    {
        trace(packet, more...);
    }

    bool m_up{true};           //!< whether the link is up
    TracedCounter m_txPackets; //!< packets accepted
    TracedCounter m_txBytes;   //!< bytes accepted
    TracedCounter m_rxPackets; //!< packets delivered
    TracedCounter m_rxBytes;   //!< bytes delivered

    TracedCounter m_txErrors;  //!< transmission errors; these devices have none
    TracedCounter m_rxErrors;  //!< packets that arrived damaged
    TracedCounter m_txDropped; //!< packets refused
    TracedCounter m_rxDropped; //!< packets lost on their way up

    TracedCallback<> m_linkChangeCallbacks; //!< called when the link goes up or down
    uint32_t m_ifIndex{0};                  //!< index of the device on its node
};

extern template class PseudoNetDevice<LoopbackNetDevice>;
extern template class PseudoNetDevice<NetDevice>;

} // namespace ns3

#endif /* PSEUDO_NET_DEVICE_H */
