/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LO_NET_DEVICE_H
#define LO_NET_DEVICE_H

#include "frame-ring.h"
#include "link-impairment.h"
#include "pseudo-net-device.h"

#include "ns3/error-model.h"
#include "ns3/event-impl.h"

namespace ns3
{

/**
 * @ingroup loopback
 *
 * A loopback device that can be seen, counted and broken, with the semantics of Linux's lo
 * (drivers/net/loopback.c).
 *
 * Added to a node before the Internet stack it becomes the node's 127.0.0.1 and ::1: ns-3 knows a
 * loopback by its class LoopbackNetDevice and adopts the one that it finds.
 *
 * What is sent comes back to the same node. When, is the matter of the Delivery attribute. In all
 * three deliveries packets arrive in the order they were sent in, and who sends a packet is never
 * called back by that packet's delivery while it is being called back itself.
 *
 * What is counted when, and what Send returns:
 *
 * | case | counted | Send returns |
 * | --- | --- | --- |
 * | looped | TxPackets and TxBytes by Send, RxPackets and RxBytes by the delivery | true |
 * | device down, packet over Mtu, an address that is not a Mac48Address | TxDropped | false |
 * | Impairment loses the packet at random | TxDropped | true |
 * | Limit packets wait in Impairment | TxDropped | false |
 * | who gets the duplicate of the packet from Impairment sets the device down | TxDropped | true |
 * | device set down, or disposed, or Impairment replaced, while packets wait there | TxDropped | |
 * | MaxBacklog packets wait | RxDropped | true |
 * | the node has no handler for the protocol | as looped, and RxDropped | true |
 * | the receive error model says corrupt | TxPackets and TxBytes, RxErrors | true |
 * | device set down, or disposed, while packets wait | RxDropped for each | |
 *
 * A packet that waits in Impairment is not sent yet: it is counted as any other when it goes on.
 *
 * Whenever no delivery is under way, TxPackets = RxPackets + RxErrors + packets that wait + packets
 * dropped while they waited.
 */
class LoNetDevice : public PseudoNetDevice<LoopbackNetDevice>
{
  public:
    /// When a packet that was sent is delivered.
    enum Delivery
    {
        /**
         * Before Send returns, if nothing is being delivered, nothing waits, and the simulation is
         * in the context of the device's node. Otherwise the packet waits for a drain event, at the
         * same simulated time and in the node's context. A device on no node has no context to
         * keep.
         */
        IMMEDIATE,
        /**
         * By an event of its own at the same simulated time, as ns3::LoopbackNetDevice does: the
         * simulation has the very same events with the one or the other.
         */
        SCHEDULED,
        /**
         * By a drain event at the same simulated time, as Linux does (netif_rx puts the packet on
         * the backlog, NET_RX_SOFTIRQ polls it).
         */
        BACKLOG,
    };

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    LoNetDevice();
    ~LoNetDevice() override;

    /**
     * Loop a packet, from the device's own address (loopback_xmit).
     * @param packet the layer-3 packet; it is the device's from now on
     * @param dest a Mac48Address: the device's own or GetBroadcast() for this host
     * @param protocolNumber the EtherType
     * @return whether the device took the packet; see the table above
     */
    bool Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber) override;

    /**
     * Loop a packet, from any address.
     * @param packet the layer-3 packet; it is the device's from now on
     * @param source a Mac48Address
     * @param dest a Mac48Address: the device's own or GetBroadcast() for this host
     * @param protocolNumber the EtherType
     * @return whether the device took the packet; see the table above
     */
    bool SendFrom(Ptr<Packet> packet,
                  const Address& source,
                  const Address& dest,
                  uint16_t protocolNumber) override;

    /**
     * @return packets that were sent and are not delivered yet; those that wait in Impairment are
     *         not sent yet
     */
    uint32_t GetNWaiting() const;

    /**
     * Impair what is sent from now on, as `tc qdisc replace dev lo root netem` does. What waits in
     * the impairment that was there is lost, with DropReason::QDISC_DROP.
     * @param impairment the impairment, null for none; the program ends with a message if another
     *        device has it
     */
    void SetImpairment(Ptr<LinkImpairment> impairment);

    /**
     * @return what impairs the packets that are sent, or null
     */
    Ptr<LinkImpairment> GetImpairment() const;

  protected:
    /// Lose all that waits, and let go of the impairment and of the error model.
    void DoDispose() override;

  private:
    void FlushWaiting(DropReason reason) override;
    /// Have the impairment lose what waits in it, and tell nobody.
    void AbandonImpairment();

    /**
     * @param address an address
     * @return whether it is the broadcast address; false may mean that it takes a conversion to
     *         see that it is
     */
    bool IsBroadcastAddress(const Address& address) const;

    /**
     * What Send and SendFrom have in common.
     * @param packet the packet
     * @param addresses where it comes from and goes to
     * @param protocol the EtherType
     * @return what Send returns
     */
    bool Loop(const Ptr<Packet>& packet, const LinkAddresses& addresses, uint16_t protocol);

    /**
     * Have a packet go through the impairment.
     * @param packet the packet
     * @param addresses where it comes from and goes to
     * @param protocol the EtherType
     * @return what Send returns
     */
    bool Impair(const Ptr<Packet>& packet, const LinkAddresses& addresses, uint16_t protocol);

    /**
     * Send a frame that the impairment lets go on.
     * @param frame the frame
     */
    void SendImpaired(const LinkFrame& frame);

    /**
     * Account for a frame that the impairment lost.
     * @param frame the frame
     * @param reason why
     */
    void DropImpaired(const LinkFrame& frame, DropReason reason);

    /**
     * Send a packet that nothing speaks against (netif_rx).
     * @param packet the packet
     * @param addresses where it comes from and goes to
     * @param protocol the EtherType
     */
    void Accept(const Ptr<Packet>& packet, const LinkAddresses& addresses, uint16_t protocol);

    /**
     * @return the simulation context of what is done later for a frame
     */
    uint32_t GetContext() const;

    /**
     * @return whether a packet that is sent now is delivered before Send returns
     */
    bool CanDeliverNow() const;

    /**
     * @return whether this is the simulation context of the device's node; a device that is on no
     * node takes any
     */
    bool IsInContext() const;

    /**
     * Let a frame wait for an event that delivers it (enqueue_to_backlog).
     * @param packet its packet
     * @param addresses where it comes from and goes to
     * @param protocol the EtherType
     */
    void Enqueue(const Ptr<Packet>& packet, const LinkAddresses& addresses, uint16_t protocol);

    /**
     * @return whether a drain event is to come, or is under way
     */
    bool IsDrainScheduled() const;

    /**
     * Have an event called at this simulated time, in the context of the node.
     * @param event the event; the same object may be scheduled many times over
     */
    void ScheduleNow(const Ptr<EventImpl>& event) const;

    /// Deliver up to Budget of the frames that wait (process_backlog).
    void Drain();

    /// Deliver one of the frames that wait.
    void DeliverNext();

    /**
     * Deliver a frame; frames that are sent meanwhile wait.
     * @param packet its packet
     * @param addresses where it comes from and goes to
     * @param protocol the EtherType
     */
    void Deliver(const Ptr<Packet>& packet, const LinkAddresses& addresses, uint16_t protocol);

    /**
     * Take a frame up to the node (eth_type_trans, __netif_receive_skb_core).
     * @param packet its packet
     * @param addresses where it comes from and goes to
     * @param protocol the EtherType
     */
    void Receive(const Ptr<Packet>& packet, const LinkAddresses& addresses, uint16_t protocol);

    /**
     * Take a frame up to those handlers that want frames for other hosts too.
     * @param packet its packet
     * @param addresses where it comes from and goes to
     * @param protocol the EtherType
     * @param packetType whom it is for
     */
    void HandUpPromiscuously(const Ptr<Packet>& packet,
                             const LinkAddresses& addresses,
                             uint16_t protocol,
                             PacketType packetType);

    /**
     * @param packet a packet that arrives
     * @return whether the receive error model says that it is damaged
     */
    bool IsDamaged(const Ptr<Packet>& packet) const;

    /**
     * Whom a frame is for (eth_type_trans).
     * @param destination link-layer destination
     * @return the packet type
     */
    PacketType Classify(const Mac48Address& destination) const;

    Delivery m_delivery{IMMEDIATE};      //!< when a packet is delivered
    uint32_t m_maxBacklog{0};            //!< frames that may wait, 0 for no limit
    uint32_t m_budget{64};               //!< frames a drain event delivers
    Ptr<ErrorModel> m_receiveErrorModel; //!< which packets arrive damaged
    Ptr<LinkImpairment> m_impairment;    //!< what impairs the packets that are sent
    uint32_t m_nFlushes{0};              //!< how often what waits was lost
    FrameRing m_waiting;                 //!< frames that wait, in the order they were sent in
    Ptr<EventImpl> m_drainEvent;         //!< calls Drain
    Ptr<EventImpl> m_deliverNextEvent;   //!< calls DeliverNext
    bool m_delivering{false};            //!< whether a frame is on its way up
};

} // namespace ns3

#endif /* LO_NET_DEVICE_H */
