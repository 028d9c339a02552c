/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LO_NET_DEVICE_H
#define LO_NET_DEVICE_H

#include "packet-backlog.h"
#include "traced-link.h"

#include "ns3/error-model.h"
#include "ns3/event-impl.h"
#include "ns3/loopback-net-device.h"
#include "ns3/queue-disc.h"
#include "ns3/traffic-control-layer.h"

#include <cstdint>
#include <optional>
#include <set>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * A loopback device that one can see, count, shape and break.
 *
 * It has the semantics of Linux's lo (drivers/net/loopback.c). What is sent comes back to the same
 * node; the Delivery attribute says when. In all three deliveries packets arrive in the order in
 * which they were sent. The device never calls a receive callback while another one runs.
 *
 * Added to a node before the Internet stack, it becomes the node's 127.0.0.1 and ::1, because
 * ns-3's stack adopts the first LoopbackNetDevice that it finds. On a node that has a loopback
 * already it is a bump in that one's wire; see TakeOver.
 *
 * Send is Linux's loopback_xmit. It may change the packet. GetBroadcast() is the all-zero address,
 * which is this host, as is the device's own. SetAddress aborts if an address is not a
 * Mac48Address. The Mtu cannot be 65536, which Linux's lo has: at 65535 the device takes packets of
 * 65536 bytes.
 *
 * A root queue disc that TrafficControlHelper installs on the device gets each packet first, as on
 * Linux after `tc qdisc add dev lo root`. A packet that it holds does not count as sent yet. It
 * keeps no source address: a packet that leaves it comes from the device's own.
 *
 * A delivery follows eth_type_trans and __netif_receive_skb_core. The destination gives the packet
 * type: the device's address or all zeros is this host, ff:ff:ff:ff:ff:ff is broadcast, the group
 * bit is multicast, and all else is another host. Then come, in this order:
 *
 * 1. the receive error model
 * 2. the counters
 * 3. PromiscSniffer, MacPromiscRx and the promiscuous receive callback
 * 4. Sniffer, MacRx and the receive callback, unless the packet is for another host
 *
 * A callback that throws leaves the device usable.
 *
 * What is counted when, and what Send returns:
 *
 * | case | counted | Send returns |
 * | --- | --- | --- |
 * | looped | TxPackets and TxBytes by Send, RxPackets and RxBytes by the delivery | true |
 * | device down, packet over Mtu, an address that is not a Mac48Address | TxDropped | false |
 * | root queue disc drops it, also when the device is set down | TxDropped | true |
 * | MaxBacklog packets are pending | RxDropped only, as in Linux | true |
 * | the node has no handler for the protocol | as looped, and RxDropped | true |
 * | the destination is another host | as looped, and MacRxDrop without a counter | true |
 * | the receive error model says corrupt | TxPackets and TxBytes, RxErrors | true |
 * | device set down, or disposed, while packets are pending | RxDropped for each | |
 *
 * Whenever no delivery is under way, TxPackets = RxPackets + RxErrors + pending packets + packets
 * dropped while they were pending.
 */
class LoNetDevice : public LoopbackNetDevice, public TracedLink
{
  public:
    /// When the device delivers a packet that was sent.
    enum Delivery
    {
        /**
         * Before Send returns, if no delivery is under way, no packet is pending, and the
         * simulation is in the context of the device's node. Otherwise by a drain event, at the
         * same simulated time and in the node's context; so is a packet that leaves a root queue
         * disc. A device on no node has no context to keep.
         */
        IMMEDIATE,
        /**
         * By an event per packet at the same simulated time, as ns3::LoopbackNetDevice does: the
         * simulation has the same events with either device.
         */
        SCHEDULED,
        /**
         * By a drain event at the same simulated time, as Linux does (netif_rx puts the packet on
         * the backlog, NET_RX_SOFTIRQ polls it).
         */
        BACKLOG,
    };

    /**
     * Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    LoNetDevice();
    ~LoNetDevice() override;

    /**
     * Become a bump in the wire of the loopback that the node's Internet stack uses.
     *
     * The device takes over the receive callbacks of the loopback: what the loopback would hand to
     * the node passes this device first. The device hands it to the node as coming from the
     * loopback, so interfaces, addresses, routes and sockets stay as they are. The cost is the
     * loopback's own event per packet. The loopback gets the device's Mtu, now and later. It gets
     * its callbacks back when the device is disposed. Aborts if the loopback is not another one on
     * the same node.
     * @param loopback the loopback
     */
    void TakeOver(Ptr<LoopbackNetDevice> loopback);

    bool Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber) override;

    bool SendFrom(Ptr<Packet> packet,
                  const Address& source,
                  const Address& dest,
                  uint16_t protocolNumber) override;

    /**
     * Return the number of pending packets: sent, and not delivered yet. It leaves out what a root
     * queue disc holds.
     * @return number of packets
     */
    uint32_t GetNWaiting() const
    {
        return static_cast<uint32_t>(m_waiting.GetSize());
    }

    /**
     * Return why the root queue disc drops the packet that the Drop trace source reports now.
     * @return the queue disc's reason, such as `Overlimit drop`; empty at any other time
     */
    const char* GetQueueDiscReason() const
    {
        return m_queueDiscReason;
    }

    bool SetMtu(uint16_t mtu) override;
    void SetAddress(Address address) override;
    void SetNode(Ptr<Node> node) override;

    Address GetBroadcast() const override
    {
        return Mac48Address();
    }

    bool IsLinkUp() const override
    {
        return IsUp();
    }

    void AddLinkChangeCallback(Callback<void> callback) override
    {
        m_linkChangeCallbacks.ConnectWithoutContext(callback);
    }

    void SetReceiveCallback(ReceiveCallback cb) override
    {
        m_rxCallback = cb;
    }

    void SetPromiscReceiveCallback(PromiscReceiveCallback cb) override
    {
        m_promiscCallback = cb;
    }

  protected:
    void DoInitialize() override;
    void DoDispose() override;

  private:
    using Frame = PacketBacklog::Frame; //!< a packet and its link-layer addresses

    void DropWaiting() override;

    /**
     * Loop what the loopback that was taken over would hand to the node.
     * @param loopback the loopback
     * @param packet the packet
     * @param protocol the EtherType
     * @param from link-layer source
     * @return whether the device took the packet
     */
    bool ReceiveFromWire(Ptr<NetDevice> loopback,
                         Ptr<const Packet> packet,
                         uint16_t protocol,
                         const Address& from);

    /// Abort if a socket is bound to this device after TakeOver, or IPv6 has an interface on it.
    /// Packets come from the stack's loopback then: the socket would receive none, and IPv6, by its
    /// strong end-system model, would forward its own packets to this device for ever.
    void CheckUse();

    /**
     * Loop a frame.
     * @param frame the frame
     * @return what Send returns
     */
    bool Loop(const Frame& frame);

    /**
     * Return the root queue disc that the device has now, ready for use.
     * @return the queue disc, or null
     */
    Ptr<QueueDisc> GetRootQueueDisc();

    /**
     * Make m_rootQueueDisc ready for use.
     * @param tree the queue disc that TrafficControlHelper installed: this one, or its parent
     */
    void UseRootQueueDisc(Ptr<QueueDisc> tree);

    /**
     * Have a queue disc call SendQueued. This method is called before each packet that it sends.
     * @param root the root queue disc, or a former one
     */
    void SetSendCallback(Ptr<QueueDisc> root);

    /**
     * Send a packet that leaves a queue disc. Drop it if that is no longer the root queue disc.
     * @param item the packet
     * @param from the queue disc
     */
    void SendQueued(Ptr<QueueDiscItem> item, const QueueDisc* from);

    /**
     * Drop what a queue disc holds.
     * @param queueDisc the root queue disc, or a former one
     */
    void Flush(Ptr<QueueDisc> queueDisc);

    /**
     * Count a packet that the root queue disc dropped.
     * @param item the packet
     * @param reason the queue disc's reason
     */
    void DropQueued(Ptr<const QueueDiscItem> item, const char* reason);

    /**
     * Enqueue a frame for an event that delivers it (enqueue_to_backlog).
     * @param frame the frame
     */
    void Enqueue(const Frame& frame);

    /**
     * Return the simulation context of deliveries.
     * @return the node's context, or without a node the current one
     */
    uint32_t GetContext() const;

    /// Schedule Drain, at this simulated time and in the context of the node.
    void ScheduleDrain();

    /// Deliver up to Budget pending frames, or one if each has an event (process_backlog).
    void Drain();

    /**
     * Take a frame up to the node, in the order that the class comment gives.
     * @param frame the frame
     */
    void Receive(const Frame& frame);

    Delivery m_delivery{IMMEDIATE};            //!< when a packet is delivered
    uint32_t m_maxBacklog{0};                  //!< frames that may be pending, 0 for no limit
    uint32_t m_budget{64};                     //!< frames that a drain event delivers
    std::optional<uint32_t> m_nodeId;          //!< the node's id, which is its simulation context
    Mac48Address m_own;                        //!< the device's address, all zeros on a new one
    Address m_ownAddress{m_own};               //!< the same, as the layers above know it
    Ptr<ErrorModel> m_receiveErrorModel;       //!< says which packets arrive damaged
    Ptr<LoopbackNetDevice> m_wire;             //!< the loopback taken over, or null
    bool m_isWireUsed{false};                  //!< whether a packet has come from m_wire
    bool m_isSendUsed{false};                  //!< whether a packet has come by Send after TakeOver
    ReceiveCallback m_rxCallback;              //!< the node's callback
    PromiscReceiveCallback m_promiscCallback;  //!< the node's promiscuous callback
    Ptr<TrafficControlLayer> m_trafficControl; //!< the node's, which has the root queue disc
    Ptr<QueueDisc> m_rootQueueDisc;            //!< the one that sends to this device, or null
    /// All that TrafficControlHelper installed. A TbfQueueDisc must not be destroyed before its
    /// timer has fired, and a child calls its parent.
    std::set<Ptr<QueueDisc>> m_usedQueueDiscs;
    const char* m_queueDiscReason{""}; //!< what GetQueueDiscReason returns
    PacketBacklog m_waiting;           //!< pending frames
    Ptr<EventImpl> m_drainEvent;       //!< calls Drain, scheduled any number of times
    uint32_t m_nDrains{0};             //!< calls that are pending or under way
    bool m_isDelivering{false};        //!< whether frames are on their way up
};

} // namespace ns3

#endif /* LO_NET_DEVICE_H */
