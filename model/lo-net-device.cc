/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-net-device.h"

#include "down-interface.h"
#include "ns3-release.h"
#include "queue-disc-packets.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/ipv6.h"
#include "ns3/log.h"
#include "ns3/make-event.h"
#include "ns3/net-device-queue-interface.h"
#include "ns3/node.h"
#include "ns3/object-vector.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/uinteger.h"

#include <string>
#include <utility>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("LoNetDevice");

NS_OBJECT_ENSURE_REGISTERED(LoNetDevice);

namespace
{

constexpr TracedLink::Kind KIND{"lo", false, "LOOPBACK", "loopback"};

/// @return the packet type of a frame, by its destination (eth_type_trans)
NetDevice::PacketType
Classify(const Mac48Address& destination, const Mac48Address& own)
{
    if (destination == own || destination == Mac48Address())
    {
        return NetDevice::PACKET_HOST;
    }
    if (destination.IsBroadcast())
    {
        return NetDevice::PACKET_BROADCAST;
    }
    return destination.IsGroup() ? NetDevice::PACKET_MULTICAST : NetDevice::PACKET_OTHERHOST;
}

/// An action at the end of a scope, also if a receive callback throws.
template <class Action>
struct AtExit
{
    ~AtExit()
    {
        action();
    }

    Action action; ///< what to do
};

template <class Action>
AtExit(Action) -> AtExit<Action>;

} // namespace

TypeId
LoNetDevice::GetTypeId()
{
    static TypeId tid =
        AddTraceSources(TypeId("ns3::LoNetDevice")
                            .SetParent<LoopbackNetDevice>()
                            .SetGroupName("Loopback")
                            .AddConstructor<LoNetDevice>())
            .AddAttribute("Mtu",
                          "The layer-3 bytes of the largest packet that the device takes, from 68 "
                          "to 65535; at 65535 it takes 65536 bytes, as Linux's lo does",
                          UintegerValue(65535),
                          MakeUintegerAccessor(&NetDevice::SetMtu, &NetDevice::GetMtu),
                          MakeUintegerChecker<uint16_t>(MIN_MTU))
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
                          "Packets that may be pending; one more is dropped. 0 for no "
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
                          MakePointerChecker<ErrorModel>());
    return tid;
}

LoNetDevice::LoNetDevice()
    : TracedLink(KIND),
      m_drainEvent(MakeEvent(&LoNetDevice::Drain, this), false)
{
}

LoNetDevice::~LoNetDevice()
{
    // The simulator may hold the event for longer than this device lives.
    m_drainEvent->Cancel();
}

void
LoNetDevice::DoInitialize()
{
    if (const auto node = GetNode())
    {
        m_trafficControl = node->GetObject<TrafficControlLayer>();
    }
    if (m_wire)
    {
        CheckUse();
        // The node gives a device its promiscuous callback only when a handler registers. Not in
        // TakeOver, which may be called while the node goes through its handlers.
        const Node::ProtocolHandler none = ToCallback([](Ptr<NetDevice>,
                                                         Ptr<const Packet>,
                                                         uint16_t,
                                                         const Address&,
                                                         const Address&,
                                                         PacketType) {});
        GetNode()->RegisterProtocolHandler(none, 0, this, true);
        GetNode()->UnregisterProtocolHandler(none);
    }
    AddDownInterface(this);
    LoopbackNetDevice::DoInitialize();
}

void
LoNetDevice::DoDispose()
{
    NS_LOG_FUNCTION(this);
    // A trace sink of the drops may send, but not to a queue disc, whose NetDeviceQueueInterface
    // may be disposed already.
    m_trafficControl = nullptr;
    const auto root = std::exchange(m_rootQueueDisc, nullptr); // no event will flush it
    // unregister_netdevice also closes a device first: pending packets are dropped, and counted.
    Close();
    if (root)
    {
        // Its timer may still call Run.
        root->SetNetDeviceQueueInterface(nullptr);
        Flush(root);
    }
    m_usedQueueDiscs.clear();
    if (m_wire)
    {
        m_wire->SetReceiveCallback(m_rxCallback);
        m_wire->SetPromiscReceiveCallback(m_promiscCallback);
        m_wire = nullptr;
    }
    m_rxCallback.Nullify();
    m_promiscCallback.Nullify();
    m_receiveErrorModel = nullptr;
    LoopbackNetDevice::DoDispose();
}

void
LoNetDevice::TakeOver(Ptr<LoopbackNetDevice> loopback)
{
    NS_LOG_FUNCTION(this << loopback);
    NS_ABORT_MSG_UNLESS(loopback && loopback != this && GetNode() &&
                            loopback->GetNode() == GetNode(),
                        "LoNetDevice::TakeOver: there is no other loopback on this device's node; "
                        "call LoHelper::Install, which finds it");
    m_wire = loopback;
    m_wire->SetMtu(GetMtu());
    m_wire->SetReceiveCallback(MakeCallback(&LoNetDevice::ReceiveFromWire, this));
    m_trafficControl = GetNode()->GetObject<TrafficControlLayer>();
}

bool
LoNetDevice::ReceiveFromWire(Ptr<NetDevice> /* loopback */,
                             Ptr<const Packet> packet,
                             uint16_t protocol,
                             const Address& from)
{
    if (!std::exchange(m_isWireUsed, true))
    {
        CheckUse();
    }
    // Otherwise a promiscuous handler that registered since would get the packet from both devices.
    m_wire->SetPromiscReceiveCallback(PromiscReceiveCallback());
    return Loop({ConstCast<Packet>(packet), Mac48Address::ConvertFrom(from), m_own, protocol});
}

void
LoNetDevice::CheckUse()
{
    const auto node = GetNode();
    const auto refuse = [&](bool isUsed, const char* use) {
        NS_ABORT_MSG_IF(isUsed,
                        "node " << node->GetId() << ": " << use << " LoNetDevice " << GetIfIndex()
                                << ", which was installed after the Internet stack; use the "
                                << "stack's own loopback, device " << m_wire->GetIfIndex()
                                << ", or install the LoNetDevice before the stack");
    };
    // Not by Config, which goes through all nodes of the simulation to find one.
    for (const auto type : {"ns3::UdpL4Protocol", "ns3::TcpL4Protocol"})
    {
        const auto protocol = node->GetObject<Object>(TypeId::LookupByName(type));
        ObjectVectorValue sockets;
        if (protocol)
        {
            protocol->GetAttribute("SocketList", sockets);
        }
        for (auto socket = sockets.Begin(); socket != sockets.End(); ++socket)
        {
            refuse(DynamicCast<Socket>(socket->second)->GetBoundNetDevice() == this,
                   "a socket is bound to");
        }
    }
    const auto ipv6 = node->GetObject<Ipv6>();
    const auto interface = ipv6 ? ipv6->GetInterfaceForDevice(this) : -1;
    BooleanValue isStrong(false);
    if (interface != -1 && ipv6->IsUp(interface))
    {
        ipv6->GetAttribute("StrongEndSystemModel", isStrong);
    }
    refuse(isStrong.Get(), "without LoHelper::RouteLocalAddresses, IPv6 has an interface on");
}

bool
LoNetDevice::Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber)
{
    NS_LOG_FUNCTION(this << packet << dest << protocolNumber);
    if (m_wire && !std::exchange(m_isSendUsed, true))
    {
        CheckUse(); // the device may have got an interface since
    }
    // ns-3's IP always sends to this address, and comparing is faster than converting.
    if (dest == m_ownAddress)
    {
        return Loop({packet, m_own, m_own, protocolNumber});
    }
    return LoNetDevice::SendFrom(packet, m_ownAddress, dest, protocolNumber);
}

bool
LoNetDevice::SendFrom(Ptr<Packet> packet,
                      const Address& source,
                      const Address& dest,
                      uint16_t protocolNumber)
{
    NS_LOG_FUNCTION(this << packet << source << dest << protocolNumber);
    if (!Mac48Address::IsMatchingType(source) || !Mac48Address::IsMatchingType(dest))
    {
        return RefuseToSend(packet, DropReason::DEV_HDR);
    }
    return Loop({packet,
                 Mac48Address::ConvertFrom(source),
                 Mac48Address::ConvertFrom(dest),
                 protocolNumber});
}

bool
LoNetDevice::Loop(const Frame& frame)
{
    if (!IsUp())
    {
        return RefuseToSend(frame.packet, DropReason::DEV_READY);
    }
    // The Mtu cannot be 65536, which Linux's lo has.
    const uint32_t mtu = LoopbackNetDevice::GetMtu();
    if (frame.packet->GetSize() > (mtu == UINT16_MAX ? mtu + 1 : mtu))
    {
        return RefuseToSend(frame.packet, DropReason::PKT_TOO_BIG);
    }
    if (m_trafficControl && GetRootQueueDisc())
    {
        const auto root = m_rootQueueDisc;
        root->Enqueue(MakeQueueDiscItem(frame.packet, frame.destination, frame.protocol));
        root->Run();
        return true;
    }
    const bool isIdle = !m_isDelivering && m_waiting.GetSize() == 0;
    if (m_delivery != IMMEDIATE || !isIdle || Simulator::GetContext() != GetContext())
    {
        Enqueue(frame);
        return true;
    }
    const Ptr<LoNetDevice> keepAlive(this);
    // Before CountSent, whose trace sinks may send: their packets come after this one.
    m_isDelivering = true;
    const AtExit delivered{[this] { m_isDelivering = false; }};
    CountSent(frame.packet);
    Receive(frame);
    return true;
}

Ptr<QueueDisc>
LoNetDevice::GetRootQueueDisc()
{
    const auto tree = m_trafficControl ? m_trafficControl->GetRootQueueDiscOnDevice(this) : nullptr;
    // MqQueueDisc takes no packets itself: each transmission queue has a child, and lo has one.
    const bool isMq =
        tree && tree->GetWakeMode() == QueueDisc::WAKE_CHILD && tree->GetNQueueDiscClasses() > 0;
    const auto root = isMq ? tree->GetQueueDiscClass(0)->GetQueueDisc() : tree;
    if (root == m_rootQueueDisc)
    {
        return root;
    }
    if (const auto former = std::exchange(m_rootQueueDisc, root))
    {
        former->SetNetDeviceQueueInterface(nullptr);
        // Not now: a trace sink of the drops may send, and its packet must come after this call's.
        const Ptr<LoNetDevice> lo(this);
        Simulator::ScheduleWithContext(GetContext(), Time(0), &LoNetDevice::Flush, lo, former);
    }
    if (root)
    {
        UseRootQueueDisc(tree);
    }
    return root;
}

void
LoNetDevice::UseRootQueueDisc(Ptr<QueueDisc> tree)
{
    // ns-3 does not initialize a queue disc that is installed at run time.
    m_rootQueueDisc->SetNetDeviceQueueInterface(GetObject<NetDeviceQueueInterface>());
    m_rootQueueDisc->Initialize();
    // A queue disc may need it before it dequeues: NetemQueueDisc wakes by it.
    SetSendCallback(m_rootQueueDisc);
    const Ptr<LoNetDevice> lo(this);
    if (m_usedQueueDiscs.insert(tree).second)
    {
        const auto drop = MakeCallback(&LoNetDevice::DropQueued, lo);
        m_rootQueueDisc->TraceConnectWithoutContext("DropBeforeEnqueue", drop);
        m_rootQueueDisc->TraceConnectWithoutContext("DropAfterDequeue", drop);
    }
    // ns-3's traffic control layer also sets the send callback, to Send, and resets it when the
    // queue disc is removed, whose timer may still send. Each time, to be the last that sets it:
    // the queue disc may have been on another lo since.
    const auto set = [lo, root = PeekPointer(m_rootQueueDisc)](Ptr<const QueueDiscItem>) {
        lo->SetSendCallback(root);
    };
    m_rootQueueDisc->TraceConnectWithoutContext("Dequeue", ToCallback(set));
}

void
LoNetDevice::SetSendCallback(Ptr<QueueDisc> root)
{
    root->SetSendCallback(
        [this, from = PeekPointer(root)](Ptr<QueueDiscItem> item) { SendQueued(item, from); });
}

void
LoNetDevice::SendQueued(Ptr<QueueDiscItem> item, const QueueDisc* from)
{
    if (GetRootQueueDisc() != from || !IsUp())
    {
        DropQueued(item, "");
        return;
    }
    // Not delivered at once: a queue disc that is running would take answers only until its quota
    // is used up.
    Enqueue({item->GetPacket(),
             m_own,
             Mac48Address::ConvertFrom(item->GetAddress()),
             item->GetProtocol()});
}

void
LoNetDevice::Flush(Ptr<QueueDisc> queueDisc)
{
    FlushQueueDisc(queueDisc, [this](auto item) { DropQueued(item, ""); });
}

void
LoNetDevice::DropQueued(Ptr<const QueueDiscItem> item, const char* reason)
{
    // A trace sink may send a packet that is dropped too; ns-3 writes its reason over this one.
    const std::string own(reason);
    const auto outer = std::exchange(m_queueDiscReason, own.c_str());
    RefuseToSend(GetWholePacket(item), DropReason::QDISC_DROP);
    m_queueDiscReason = outer;
}

uint32_t
LoNetDevice::GetContext() const
{
    return m_nodeId ? *m_nodeId : Simulator::GetContext();
}

void
LoNetDevice::Enqueue(const Frame& frame)
{
    if (m_maxBacklog != 0 && m_waiting.GetSize() >= m_maxBacklog)
    {
        // Linux's loopback_xmit does not count a packet that netif_rx drops as sent.
        DropReceived(frame.packet, DropReason::CPU_BACKLOG);
        return;
    }
    m_waiting.Push(frame);
    // The simulator releases its events when they have run, and when it is destroyed.
    if (m_drainEvent->GetReferenceCount() == 1)
    {
        m_nDrains = 0;
    }
    if (m_delivery == SCHEDULED || m_nDrains == 0)
    {
        ScheduleDrain();
    }
    CountSent(frame.packet);
}

void
LoNetDevice::ScheduleDrain()
{
    ++m_nDrains;
    Simulator::ScheduleWithContext(GetContext(), Time(0), GetPointer(m_drainEvent));
}

void
LoNetDevice::Drain()
{
    NS_LOG_FUNCTION(this);
    const Ptr<LoNetDevice> keepAlive(this);
    m_isDelivering = true;
    const AtExit drained{[this] {
        m_isDelivering = false;
        if (--m_nDrains == 0 && m_waiting.GetSize() > 0)
        {
            ScheduleDrain();
        }
    }};
    // The device may have had no node when this was scheduled.
    if (Simulator::GetContext() != GetContext())
    {
        return;
    }
    auto budget = m_delivery == SCHEDULED ? 1 : m_budget;
    for (; budget > 0 && m_waiting.GetSize() > 0; --budget)
    {
        Receive(m_waiting.Pop());
    }
    if (const auto root = m_rootQueueDisc)
    {
        // It may have stopped because its quota was used up.
        root->Run();
    }
}

void
LoNetDevice::Receive(const Frame& frame)
{
    const auto& [packet, source, destination, protocol] = frame;
    NS_LOG_FUNCTION(this << packet << protocol << destination << source);
    if (!IsUp())
    {
        // A MacTx trace sink brought the device down.
        DropReceived(packet, DropReason::DEV_READY);
        return;
    }
    // Copied, because the model may take itself off the device, and must last until it returns.
    if (const auto model = m_receiveErrorModel; model && model->IsCorrupt(packet))
    {
        DropDamaged(packet);
        return;
    }
    CountReceived(packet);

    // To the node, packets of a loopback that was taken over come from that one.
    NetDevice* const origin = m_wire ? PeekPointer(m_wire) : this;
    const auto packetType = Classify(destination, m_own);
    Sniff(m_promiscSnifferTrace, packet, source, destination, protocol);
    Trace(m_macPromiscRxTrace, packet);
    // Callbacks are copied, because what they call may replace them.
    if (!m_promiscCallback.IsNull())
    {
        const auto callback = m_promiscCallback;
        callback(origin, packet, protocol, source, destination, packetType);
    }
    if (packetType == PACKET_OTHERHOST)
    {
        DropUncounted(packet, DropReason::OTHERHOST);
        return;
    }

    Sniff(m_snifferTrace, packet, source, destination, protocol);
    Trace(m_macRxTrace, packet);
    const auto callback = m_rxCallback;
    // The usual source needs no conversion and no copy.
    std::optional<Address> other;
    if (!(source == m_own))
    {
        other = source;
    }
    if (callback.IsNull() || !callback(origin, packet, protocol, other ? *other : m_ownAddress))
    {
        DropReceived(packet, DropReason::UNHANDLED_PROTO);
    }
}

void
LoNetDevice::DropWaiting()
{
    if (GetReferenceCount() == 0)
    {
        // It is being deleted: a trace sink that took a reference would delete it again.
        return;
    }
    if (const auto root = GetRootQueueDisc())
    {
        Flush(root);
    }
    // A trace sink may set the device up, and send.
    while (!IsUp() && m_waiting.GetSize() > 0)
    {
        DropReceived(m_waiting.Pop().packet, DropReason::DEV_READY);
    }
}

bool
LoNetDevice::SetMtu(uint16_t mtu)
{
    if (mtu < MIN_MTU)
    {
        return false;
    }
    if (m_wire)
    {
        m_wire->SetMtu(mtu);
    }
    return LoopbackNetDevice::SetMtu(mtu);
}

void
LoNetDevice::SetAddress(Address address)
{
    NS_ABORT_MSG_UNLESS(Mac48Address::IsMatchingType(address),
                        "ns3::LoNetDevice::SetAddress: "
                            << address << " is not a Mac48Address, the only kind that this device "
                            << "can have");
    m_own = Mac48Address::ConvertFrom(address);
    m_ownAddress = address;
    LoopbackNetDevice::SetAddress(address);
}

void
LoNetDevice::SetNode(Ptr<Node> node)
{
    CheckNode(GetNode(), node);
    LoopbackNetDevice::SetNode(node);
    m_nodeId = node->GetId();
    // Without it ns-3's FqCoDel, and the removal of any queue disc, fail.
    if (!GetObject<NetDeviceQueueInterface>())
    {
        AggregateObject(CreateObject<NetDeviceQueueInterface>());
    }
}

} // namespace ns3
