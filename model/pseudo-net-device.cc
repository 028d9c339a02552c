/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "pseudo-net-device.h"

#include "ns3/abort.h"
#include "ns3/channel.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

namespace ns3
{

template <class Parent>
TypeId
PseudoNetDevice<Parent>::AddSharedAttributes(TypeId tid)
{
    const auto packet = "ns3::Packet::TracedCallback";
    const auto counter = "ns3::TracedValueCallback::Uint64";
    return tid
        .AddAttribute(
            "Mtu",
            "The largest layer-3 packet that the device takes, in bytes, from 68 to 65535",
            UintegerValue(65535),
            MakeUintegerAccessor(&PseudoNetDevice::SetMtu, &PseudoNetDevice::GetMtu),
            MakeUintegerChecker<uint16_t>(MIN_MTU))
        .AddTraceSource("MacTx",
                        "A packet was accepted for transmission",
                        MakeTraceSourceAccessor(&PseudoNetDevice::m_macTxTrace),
                        packet)
        .AddTraceSource("MacTxDrop",
                        "A packet was refused when it was sent",
                        MakeTraceSourceAccessor(&PseudoNetDevice::m_macTxDropTrace),
                        packet)
        .AddTraceSource("MacRx",
                        "A packet for this host goes to the protocol handlers",
                        MakeTraceSourceAccessor(&PseudoNetDevice::m_macRxTrace),
                        packet)
        .AddTraceSource("MacPromiscRx",
                        "A packet, be it for this host or another, goes to the promiscuous "
                        "protocol handlers",
                        MakeTraceSourceAccessor(&PseudoNetDevice::m_macPromiscRxTrace),
                        packet)
        .AddTraceSource("MacRxDrop",
                        "A packet was lost after it had been accepted",
                        MakeTraceSourceAccessor(&PseudoNetDevice::m_macRxDropTrace),
                        packet)
        .AddTraceSource("Sniffer",
                        "The Ethernet frame of a packet for this host, as tcpdump -i shows it, "
                        "once a packet",
                        MakeTraceSourceAccessor(&PseudoNetDevice::m_snifferTrace),
                        packet)
        .AddTraceSource("PromiscSniffer",
                        "The Ethernet frame of a packet, be it for this host or another, as "
                        "tcpdump -i shows it, once a packet",
                        MakeTraceSourceAccessor(&PseudoNetDevice::m_promiscSnifferTrace),
                        packet)
        .AddTraceSource("Drop",
                        "A packet was dropped, with the reason",
                        MakeTraceSourceAccessor(&PseudoNetDevice::m_dropTrace),
                        "ns3::LoNetDevice::DropTracedCallback")
        .AddTraceSource("TxPackets",
                        "Packets accepted for transmission",
                        MakeTraceSourceAccessor(&PseudoNetDevice::m_txPackets),
                        counter)
        .AddTraceSource("TxBytes",
                        "Layer-3 bytes accepted for transmission",
                        MakeTraceSourceAccessor(&PseudoNetDevice::m_txBytes),
                        counter)
        .AddTraceSource("RxPackets",
                        "Packets delivered",
                        MakeTraceSourceAccessor(&PseudoNetDevice::m_rxPackets),
                        counter)
        .AddTraceSource("RxBytes",
                        "Layer-3 bytes delivered",
                        MakeTraceSourceAccessor(&PseudoNetDevice::m_rxBytes),
                        counter)
        .AddTraceSource("TxErrors",
                        "Packets that a fault of the device kept from being sent",
                        MakeTraceSourceAccessor(&PseudoNetDevice::m_txErrors),
                        counter)
        .AddTraceSource("RxErrors",
                        "Packets that arrived damaged, by the receive error model",
                        MakeTraceSourceAccessor(&PseudoNetDevice::m_rxErrors),
                        counter)
        .AddTraceSource("TxDropped",
                        "Packets refused when they were sent",
                        MakeTraceSourceAccessor(&PseudoNetDevice::m_txDropped),
                        counter)
        .AddTraceSource("RxDropped",
                        "Packets lost after they had been accepted",
                        MakeTraceSourceAccessor(&PseudoNetDevice::m_rxDropped),
                        counter)
        .AddTraceSource("Multicast",
                        "Multicast packets delivered, a part of RxPackets",
                        MakeTraceSourceAccessor(&PseudoNetDevice::m_multicast),
                        counter);
}

template <class Parent>
PseudoNetDevice<Parent>::PseudoNetDevice(Mac48Address broadcast)
    : m_own{Mac48Address(), broadcast},
      m_address(m_own.source),
      m_broadcast(broadcast)
{
}

template <class Parent>
PseudoNetDevice<Parent>::~PseudoNetDevice() = default;

template <class Parent>
void
PseudoNetDevice<Parent>::DoDispose()
{
    // As unregister_netdevice closes a device first: what still waits is lost, and counted.
    m_up = false;
    FlushWaiting(DropReason::DEV_READY);
    m_node = nullptr;
    m_rxCallback.Nullify();
    m_promiscCallback.Nullify();
    Parent::DoDispose();
}

template <class Parent>
LinkStats
PseudoNetDevice<Parent>::GetStats() const
{
    LinkStats stats;
    stats.rxPackets = m_rxPackets;
    stats.txPackets = m_txPackets;
    stats.rxBytes = m_rxBytes;
    stats.txBytes = m_txBytes;
    stats.rxErrors = m_rxErrors;
    stats.txErrors = m_txErrors;
    stats.rxDropped = m_rxDropped;
    stats.txDropped = m_txDropped;
    stats.multicast = m_multicast;
    return stats;
}

template <class Parent>
void
PseudoNetDevice<Parent>::SetUp()
{
    if (!m_up)
    {
        m_up = true;
        m_linkChangeCallbacks();
    }
}

template <class Parent>
void
PseudoNetDevice<Parent>::SetDown()
{
    if (m_up)
    {
        m_up = false;
        FlushWaiting(DropReason::DEV_READY);
        m_linkChangeCallbacks();
    }
}

template <class Parent>
void
PseudoNetDevice<Parent>::FlushWaiting(DropReason /* reason */)
{
}

template <class Parent>
bool
PseudoNetDevice<Parent>::RefuseToSend(const Ptr<Packet>& packet, DropReason reason)
{
    ++m_txDropped;
    Fire(m_macTxDropTrace, packet);
    Fire(m_dropTrace, packet, reason);
    return false;
}

template <class Parent>
void
PseudoNetDevice<Parent>::DropReceived(const Ptr<Packet>& packet, DropReason reason)
{
    ++m_rxDropped;
    DropUncounted(packet, reason);
}

template <class Parent>
void
PseudoNetDevice<Parent>::DropDamaged(const Ptr<Packet>& packet)
{
    ++m_rxErrors;
    DropUncounted(packet, DropReason::RX_ERROR);
}

template <class Parent>
void
PseudoNetDevice<Parent>::DropUncounted(const Ptr<Packet>& packet, DropReason reason)
{
    Fire(m_macRxDropTrace, packet);
    Fire(m_dropTrace, packet, reason);
}

template <class Parent>
void
PseudoNetDevice<Parent>::SetIfIndex(const uint32_t index)
{
    m_ifIndex = index;
}

template <class Parent>
uint32_t
PseudoNetDevice<Parent>::GetIfIndex() const
{
    return m_ifIndex;
}

template <class Parent>
Ptr<Channel>
PseudoNetDevice<Parent>::GetChannel() const
{
    return nullptr;
}

template <class Parent>
void
PseudoNetDevice<Parent>::SetAddress(Address address)
{
    NS_ABORT_MSG_UNLESS(Mac48Address::IsMatchingType(address),
                        this->GetInstanceTypeId().GetName()
                            << "::SetAddress: " << address
                            << " is not a Mac48Address, the only kind that this device can have");
    m_own.source = Mac48Address::ConvertFrom(address);
    m_address = m_own.source;
}

template <class Parent>
Address
PseudoNetDevice<Parent>::GetAddress() const
{
    return m_address;
}

template <class Parent>
bool
PseudoNetDevice<Parent>::SetMtu(const uint16_t mtu)
{
    if (mtu < MIN_MTU)
    {
        return false;
    }
    m_mtu = mtu;
    return true;
}

template <class Parent>
uint16_t
PseudoNetDevice<Parent>::GetMtu() const
{
    return m_mtu;
}

template <class Parent>
bool
PseudoNetDevice<Parent>::IsLinkUp() const
{
    return m_up;
}

template <class Parent>
void
PseudoNetDevice<Parent>::AddLinkChangeCallback(Callback<void> callback)
{
    m_linkChangeCallbacks.ConnectWithoutContext(callback);
}

template <class Parent>
bool
PseudoNetDevice<Parent>::IsBroadcast() const
{
    // ns-3's global routing takes a device that is neither broadcast nor point-to-point for an
    // error, and looks for the channel of a point-to-point one.
    return true;
}

template <class Parent>
Address
PseudoNetDevice<Parent>::GetBroadcast() const
{
    return m_broadcast;
}

template <class Parent>
bool
PseudoNetDevice<Parent>::IsMulticast() const
{
    return false;
}

template <class Parent>
Address
PseudoNetDevice<Parent>::GetMulticast(Ipv4Address multicastGroup) const
{
    return Mac48Address::GetMulticast(multicastGroup);
}

template <class Parent>
Address
PseudoNetDevice<Parent>::GetMulticast(Ipv6Address addr) const
{
    return Mac48Address::GetMulticast(addr);
}

template <class Parent>
bool
PseudoNetDevice<Parent>::IsBridge() const
{
    return false;
}

template <class Parent>
bool
PseudoNetDevice<Parent>::IsPointToPoint() const
{
    return false;
}

template <class Parent>
Ptr<Node>
PseudoNetDevice<Parent>::GetNode() const
{
    return m_node;
}

template <class Parent>
void
PseudoNetDevice<Parent>::SetNode(Ptr<Node> node)
{
    m_node = node;
    m_nodeId = node ? node->GetId() : 0;
}

template <class Parent>
bool
PseudoNetDevice<Parent>::NeedsArp() const
{
    return false;
}

template <class Parent>
void
PseudoNetDevice<Parent>::SetReceiveCallback(NetDevice::ReceiveCallback cb)
{
    m_rxCallback = cb;
}

template <class Parent>
void
PseudoNetDevice<Parent>::SetPromiscReceiveCallback(NetDevice::PromiscReceiveCallback cb)
{
    m_promiscCallback = cb;
}

template <class Parent>
bool
PseudoNetDevice<Parent>::SupportsSendFrom() const
{
    return true;
}

template class PseudoNetDevice<LoopbackNetDevice>;
template class PseudoNetDevice<NetDevice>;

} // namespace ns3
