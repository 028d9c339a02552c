/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-net-device.h"

#include "invoke.h"
#include "ns3-release.h"
#include "simulation-context.h"

#include "ns3/log.h"
#include "ns3/make-event.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <cstddef>
#include <cstring>
#include <optional>
#include <type_traits>
#include <utility>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("LoNetDevice");

NS_OBJECT_ENSURE_REGISTERED(LoNetDevice);

TypeId
LoNetDevice::GetTypeId()
{
    static TypeId tid =
        AddSharedAttributes(TypeId("ns3::LoNetDevice")
                                .SetParent<LoopbackNetDevice>()
                                .SetGroupName("Loopback")
                                .AddConstructor<LoNetDevice>())
            .AddAttribute("Delivery",
                          "When a packet is delivered: before Send returns where that is safe "
                          "(Immediate), by an event of its own as ns3::LoopbackNetDevice does "
                          "(Scheduled), or by an event that drains the backlog as Linux does "
                          "(Backlog)",
                          EnumValue(LoNetDevice::IMMEDIATE),
                          MakeAccessorOfEnum<Delivery>(&LoNetDevice::m_delivery),
                          MakeEnumChecker(LoNetDevice::IMMEDIATE,
                                          "Immediate",
                                          LoNetDevice::SCHEDULED,
                                          "Scheduled",
                                          LoNetDevice::BACKLOG,
                                          "Backlog"))
            .AddAttribute("MaxBacklog",
                          "Packets that may wait to be delivered; one more is dropped. 0 for no "
                          "limit; Linux's net.core.netdev_max_backlog is 1000",
                          UintegerValue(0),
                          MakeUintegerAccessor(&LoNetDevice::m_maxBacklog),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("Budget",
                          "Packets that one drain event delivers before it yields to other events "
                          "of the same time; Linux's net.core.dev_weight",
                          UintegerValue(64),
                          MakeUintegerAccessor(&LoNetDevice::m_budget),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute("ReceiveErrorModel",
                          "The error model that says which packets arrive damaged",
                          PointerValue(),
                          MakePointerAccessor(&LoNetDevice::m_receiveErrorModel),
                          MakePointerChecker<ErrorModel>())
            .AddAttribute(
                "Impairment",
                "What delays, loses, duplicates, corrupts and reorders the packets that "
                "are sent; each device needs one of its own",
                PointerValue(),
                MakePointerAccessor(&LoNetDevice::SetImpairment, &LoNetDevice::GetImpairment),
                MakePointerChecker<LinkImpairment>());
    return tid;
}

LoNetDevice::LoNetDevice()
    : PseudoNetDevice(Mac48Address()),
      m_drainEvent(MakeEvent(&LoNetDevice::Drain, this), false),
      m_deliverNextEvent(MakeEvent(&LoNetDevice::DeliverNext, this), false)
{
    NS_LOG_FUNCTION(this);
}

LoNetDevice::~LoNetDevice()
{
    NS_LOG_FUNCTION(this);
    // The simulator may hold them for longer than this device lives.
    m_drainEvent->Cancel();
    m_deliverNextEvent->Cancel();
    AbandonImpairment();
}

void
LoNetDevice::DoDispose()
{
    NS_LOG_FUNCTION(this);
    PseudoNetDevice::DoDispose();
    SetImpairment(nullptr);
    m_receiveErrorModel = nullptr;
}

// Flattened, as Drain is: each call on a packet's way would make it longer by a twentieth.
[[gnu::flatten]] bool
LoNetDevice::Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber)
{
    NS_LOG_FUNCTION(this << packet << dest << protocolNumber);
    // ns-3's IP sends to no other, and to convert an address takes longer than to deliver a packet.
    if (IsBroadcastAddress(dest))
    {
        return Loop(packet, m_own, protocolNumber);
    }
    return LoNetDevice::SendFrom(packet, m_address, dest, protocolNumber);
}

[[gnu::noinline]] bool
LoNetDevice::SendFrom(Ptr<Packet> packet,
                      const Address& source,
                      const Address& dest,
                      uint16_t protocolNumber)
{
    NS_LOG_FUNCTION(this << packet << source << dest << protocolNumber);
    if (!Mac48Address::IsMatchingType(source) || !Mac48Address::IsMatchingType(dest))
    {
        return RefuseToSend(packet, IsUp() ? DropReason::DEV_HDR : DropReason::DEV_READY);
    }
    return Loop(packet,
                {Mac48Address::ConvertFrom(source), Mac48Address::ConvertFrom(dest)},
                protocolNumber);
}

bool
LoNetDevice::IsBroadcastAddress(const Address& address) const
{
    // Every Mac48Address has its type, its length and its own bytes in these.
    constexpr std::size_t length = 2 + 6;
    static_assert(std::is_standard_layout_v<Address> && sizeof(Address) == 2 + Address::MAX_SIZE);
    return std::memcmp(&address, &m_broadcast, length) == 0;
}

uint32_t
LoNetDevice::GetNWaiting() const
{
    return static_cast<uint32_t>(m_waiting.GetSize());
}

void
LoNetDevice::SetImpairment(Ptr<LinkImpairment> impairment)
{
    NS_LOG_FUNCTION(this << impairment);
    if (impairment == m_impairment)
    {
        return;
    }
    if (impairment)
    {
        impairment->Attach(MakeCallback(&LoNetDevice::SendImpaired, this),
                           MakeCallback(&LoNetDevice::DropImpaired, this));
    }
    // First, for those who are told of a loss and send again.
    const auto old = std::exchange(m_impairment, impairment);
    if (old)
    {
        old->Detach();
    }
}

Ptr<LinkImpairment>
LoNetDevice::GetImpairment() const
{
    return m_impairment;
}

bool
LoNetDevice::Loop(const Ptr<Packet>& packet, const LinkAddresses& addresses, uint16_t protocol)
{
    if (!IsUp())
    {
        return RefuseToSend(packet, DropReason::DEV_READY);
    }
    if (packet->GetSize() > m_mtu)
    {
        return RefuseToSend(packet, DropReason::PKT_TOO_BIG);
    }
    if (m_impairment)
    {
        return Impair(packet, addresses, protocol);
    }
    Accept(packet, addresses, protocol);
    return true;
}

[[gnu::noinline, gnu::cold]] bool
LoNetDevice::Impair(const Ptr<Packet>& packet, const LinkAddresses& addresses, uint16_t protocol)
{
    // Who is called with the duplicate may replace it, or free this device.
    const Ptr<LoNetDevice> keepAlive(this);
    const auto impairment = m_impairment;
    return impairment->Enqueue({packet, addresses, protocol}, GetContext());
}

void
LoNetDevice::SendImpaired(const LinkFrame& frame)
{
    if (!IsUp())
    {
        // Set down by who got its duplicate.
        RefuseToSend(frame.packet, DropReason::DEV_READY);
        return;
    }
    Accept(frame.packet, frame.addresses, frame.protocol);
}

void
LoNetDevice::DropImpaired(const LinkFrame& frame, DropReason reason)
{
    RefuseToSend(frame.packet, reason);
}

void
LoNetDevice::Accept(const Ptr<Packet>& packet, const LinkAddresses& addresses, uint16_t protocol)
{
    if (CanDeliverNow())
    {
        // Before anybody is told: a trace sink that sends has to wait for this packet.
        m_delivering = true;
        const Ptr<LoNetDevice> keepAlive(this);
        CountSent(packet);
        Deliver(packet, addresses, protocol);
    }
    else
    {
        Enqueue(packet, addresses, protocol);
    }
}

uint32_t
LoNetDevice::GetContext() const
{
    return m_node ? m_nodeId : Simulator::GetContext();
}

bool
LoNetDevice::CanDeliverNow() const
{
    return m_delivery == IMMEDIATE && !m_delivering && m_waiting.IsEmpty() && IsInContext();
}

bool
LoNetDevice::IsInContext() const
{
    return !m_node || SimulationContext::Get() == m_nodeId;
}

void
LoNetDevice::Enqueue(const Ptr<Packet>& packet, const LinkAddresses& addresses, uint16_t protocol)
{
    if (m_maxBacklog != 0 && m_waiting.GetSize() >= m_maxBacklog)
    {
        // Linux's loopback_xmit does not count as sent what netif_rx drops.
        DropReceived(packet, DropReason::CPU_BACKLOG);
        return;
    }
    m_waiting.Push(packet, addresses, protocol);
    if (m_delivery == SCHEDULED)
    {
        ScheduleNow(m_deliverNextEvent);
    }
    else if (!IsDrainScheduled())
    {
        ScheduleNow(m_drainEvent);
    }
    CountSent(packet);
}

bool
LoNetDevice::IsDrainScheduled() const
{
    // The simulator holds a reference to an event until it has run or the simulator is destroyed.
    return m_drainEvent->GetReferenceCount() > 1;
}

void
LoNetDevice::ScheduleNow(const Ptr<EventImpl>& event) const
{
    Simulator::ScheduleWithContext(GetContext(), Time(0), GetPointer(event));
}

[[gnu::flatten]] void
LoNetDevice::Drain()
{
    NS_LOG_FUNCTION(this);
    if (!IsInContext())
    {
        // The device had no node when this was scheduled.
        ScheduleNow(m_drainEvent);
        return;
    }
    const Ptr<LoNetDevice> keepAlive(this);
    for (uint32_t budget = m_budget; budget > 0 && !m_waiting.IsEmpty(); --budget)
    {
        const auto frame = m_waiting.Pop();
        Deliver(frame.packet, frame.addresses, frame.protocol);
    }
    if (!m_waiting.IsEmpty())
    {
        ScheduleNow(m_drainEvent);
    }
}

void
LoNetDevice::DeliverNext()
{
    if (!IsInContext())
    {
        ScheduleNow(m_deliverNextEvent);
        return;
    }
    // Nothing waits if the device was down since, or if a drain event of another delivery took it.
    if (!m_waiting.IsEmpty())
    {
        const Ptr<LoNetDevice> keepAlive(this);
        const auto frame = m_waiting.Pop();
        Deliver(frame.packet, frame.addresses, frame.protocol);
    }
}

void
LoNetDevice::Deliver(const Ptr<Packet>& packet, const LinkAddresses& addresses, uint16_t protocol)
{
    m_delivering = true;
    Receive(packet, addresses, protocol);
    m_delivering = false;
}

void
LoNetDevice::Receive(const Ptr<Packet>& packet, const LinkAddresses& addresses, uint16_t protocol)
{
    NS_LOG_FUNCTION(this << packet << protocol << addresses.destination << addresses.source);
    if (!IsUp())
    {
        // A sink of MacTx has set it down.
        DropReceived(packet, DropReason::DEV_READY);
        return;
    }
    const auto packetType = Classify(addresses.destination);
    if (m_receiveErrorModel && IsDamaged(packet))
    {
        DropDamaged(packet);
        return;
    }
    CountReceived(packet);
    if (packetType == PACKET_MULTICAST)
    {
        ++m_multicast;
    }

    Sniff(m_promiscSnifferTrace, packet, addresses, protocol);
    Fire(m_macPromiscRxTrace, packet);
    if (!m_promiscCallback.IsNull())
    {
        HandUpPromiscuously(packet, addresses, protocol, packetType);
    }
    if (packetType == PACKET_OTHERHOST)
    {
        DropUncounted(packet, DropReason::OTHERHOST);
        return;
    }

    Sniff(m_snifferTrace, packet, addresses, protocol);
    Fire(m_macRxTrace, packet);
    std::optional<Address> other;
    if (!(addresses.source == m_own.source))
    {
        other = addresses.source;
    }
    const auto& source = other ? *other : m_address;
    if (m_rxCallback.IsNull() || !Invoke(m_rxCallback, this, packet, protocol, source))
    {
        DropReceived(packet, DropReason::UNHANDLED_PROTO);
    }
}

[[gnu::noinline]] void
LoNetDevice::HandUpPromiscuously(const Ptr<Packet>& packet,
                                 const LinkAddresses& addresses,
                                 uint16_t protocol,
                                 PacketType packetType)
{
    Invoke(m_promiscCallback,
           this,
           packet,
           protocol,
           addresses.source,
           addresses.destination,
           packetType);
}

[[gnu::noinline]] bool
LoNetDevice::IsDamaged(const Ptr<Packet>& packet) const
{
    // It may take itself off the device, or dispose the device, and has to last until it returns.
    const auto errorModel = m_receiveErrorModel;
    return errorModel->IsCorrupt(packet);
}

NetDevice::PacketType
LoNetDevice::Classify(const Mac48Address& destination) const
{
    if (destination == m_own.source || destination == m_own.destination)
    {
        return PACKET_HOST;
    }
    if (destination.IsBroadcast())
    {
        return PACKET_BROADCAST;
    }
    return destination.IsGroup() ? PACKET_MULTICAST : PACKET_OTHERHOST;
}

void
LoNetDevice::AbandonImpairment()
{
    if (m_impairment)
    {
        m_impairment->Abandon();
    }
}

void
LoNetDevice::FlushWaiting(DropReason reason)
{
    if (GetReferenceCount() == 0)
    {
        // ns-3 deletes it: who is told, and takes a reference, would have it deleted once more.
        AbandonImpairment();
        return;
    }
    // A trace sink may set the device up and send again: those packets are not lost. If it sets the
    // device down once more, what was to be lost here is lost there.
    auto lost = m_waiting.GetSize();
    const auto flush = ++m_nFlushes;
    if (const auto impairment = m_impairment)
    {
        impairment->Flush(reason);
    }
    for (; lost > 0 && !m_waiting.IsEmpty() && flush == m_nFlushes; --lost)
    {
        DropReceived(m_waiting.Pop().packet, reason);
    }
}

} // namespace ns3
