/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-net-device.h"

#include "ns3-release.h"

#include "ns3/log.h"
#include "ns3/make-event.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

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
    : m_drainEvent(MakeEvent(&LoNetDevice::Drain, this), false),
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
    SetImpairment(nullptr);
}

void
LoNetDevice::DoDispose()
{
    NS_LOG_FUNCTION(this);
    PseudoNetDevice::DoDispose();
    SetImpairment(nullptr);
    m_receiveErrorModel = nullptr;
}

bool
LoNetDevice::Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber)
{
    NS_LOG_FUNCTION(this << packet << dest << protocolNumber);
    return Loop(std::move(packet), m_address, dest, protocolNumber);
}

bool
LoNetDevice::SendFrom(Ptr<Packet> packet,
                      const Address& source,
                      const Address& dest,
                      uint16_t protocolNumber)
{
    NS_LOG_FUNCTION(this << packet << source << dest << protocolNumber);
    return Loop(std::move(packet), source, dest, protocolNumber);
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
LoNetDevice::Loop(Ptr<Packet> packet, const Address& source, const Address& dest, uint16_t protocol)
{
    if (!IsLinkUp())
    {
        return RefuseToSend(packet, DropReason::DEV_READY);
    }
    if (!Mac48Address::IsMatchingType(dest) || !Mac48Address::IsMatchingType(source))
    {
        return RefuseToSend(packet, DropReason::DEV_HDR);
    }
    if (packet->GetSize() > GetMtu())
    {
        return RefuseToSend(packet, DropReason::PKT_TOO_BIG);
    }
    LinkFrame frame{std::move(packet),
                    Mac48Address::ConvertFrom(source),
                    Mac48Address::ConvertFrom(dest),
                    protocol};
    if (m_impairment)
    {
        // Who is called may replace it.
        const auto impairment = m_impairment;
        return impairment->Enqueue(frame, GetContext());
    }
    Accept(std::move(frame));
    return true;
}

void
LoNetDevice::SendImpaired(const LinkFrame& frame)
{
    if (!IsLinkUp())
    {
        // Set down by who got its duplicate.
        RefuseToSend(frame.packet, DropReason::DEV_READY);
        return;
    }
    Accept(frame);
}

void
LoNetDevice::DropImpaired(const LinkFrame& frame, DropReason reason)
{
    RefuseToSend(frame.packet, reason);
}

void
LoNetDevice::Accept(LinkFrame frame)
{
    if (CanDeliverNow())
    {
        // Before anybody is told: a trace sink that sends has to wait for this packet.
        m_delivering = true;
        CountSent(frame.packet);
        Deliver(frame);
    }
    else
    {
        Enqueue(std::move(frame));
    }
}

uint32_t
LoNetDevice::GetContext() const
{
    return m_node ? m_node->GetId() : Simulator::GetContext();
}

bool
LoNetDevice::CanDeliverNow() const
{
    return m_delivery == IMMEDIATE && !m_delivering && m_waiting.IsEmpty() &&
           (!m_node || Simulator::GetContext() == m_node->GetId());
}

void
LoNetDevice::Enqueue(LinkFrame frame)
{
    if (m_maxBacklog != 0 && m_waiting.GetSize() >= m_maxBacklog)
    {
        // Linux's loopback_xmit does not count as sent what netif_rx drops.
        DropReceived(frame.packet, DropReason::CPU_BACKLOG);
        return;
    }
    const auto packet = frame.packet;
    m_waiting.Push(std::move(frame));
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

void
LoNetDevice::Drain()
{
    NS_LOG_FUNCTION(this);
    const Ptr<LoNetDevice> keepAlive(this);
    for (uint32_t budget = m_budget; budget > 0 && !m_waiting.IsEmpty(); --budget)
    {
        Deliver(m_waiting.Pop());
    }
    if (!m_waiting.IsEmpty())
    {
        ScheduleNow(m_drainEvent);
    }
}

void
LoNetDevice::DeliverNext()
{
    // Nothing waits if the device was down since, or if a drain event of another delivery took it.
    if (!m_waiting.IsEmpty())
    {
        Deliver(m_waiting.Pop());
    }
}

void
LoNetDevice::Deliver(const LinkFrame& frame)
{
    const Ptr<LoNetDevice> keepAlive(this);
    m_delivering = true;
    Receive(frame);
    m_delivering = false;
}

void
LoNetDevice::Receive(const LinkFrame& frame)
{
    NS_LOG_FUNCTION(this << frame.packet << frame.protocol << frame.destination << frame.source);
    if (!IsLinkUp())
    {
        // A sink of MacTx has set it down.
        DropReceived(frame.packet, DropReason::DEV_READY);
        return;
    }
    const auto packetType = Classify(frame.destination);
    // What is called here may replace itself, or dispose the device: it has to last until it
    // returns.
    const auto errorModel = m_receiveErrorModel;
    if (errorModel && errorModel->IsCorrupt(frame.packet))
    {
        DropDamaged(frame.packet);
        return;
    }
    CountReceived(frame.packet);
    if (packetType == PACKET_MULTICAST)
    {
        m_multicast++;
    }

    Sniff(m_promiscSnifferTrace, frame);
    m_macPromiscRxTrace(frame.packet);
    if (const auto callback = m_promiscCallback; !callback.IsNull())
    {
        callback(this, frame.packet, frame.protocol, frame.source, frame.destination, packetType);
    }
    if (packetType == PACKET_OTHERHOST)
    {
        DropUncounted(frame.packet, DropReason::OTHERHOST);
        return;
    }

    Sniff(m_snifferTrace, frame);
    m_macRxTrace(frame.packet);
    const auto callback = m_rxCallback;
    if (callback.IsNull() || !callback(this, frame.packet, frame.protocol, frame.source))
    {
        DropReceived(frame.packet, DropReason::UNHANDLED_PROTO);
    }
}

NetDevice::PacketType
LoNetDevice::Classify(const Mac48Address& destination) const
{
    if (destination == m_address || destination == GetBroadcast())
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
LoNetDevice::FlushWaiting(DropReason reason)
{
    // A trace sink may set the device up and send again: those packets are not lost.
    auto lost = m_waiting.GetSize();
    if (const auto impairment = m_impairment)
    {
        impairment->Flush(reason);
    }
    for (; lost > 0 && !m_waiting.IsEmpty(); --lost)
    {
        DropReceived(m_waiting.Pop().packet, reason);
    }
}

} // namespace ns3
