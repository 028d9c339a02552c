/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "traced-link.h"

#include "ns3/abort.h"
#include "ns3/ethernet-header.h"
#include "ns3/trace-source-accessor.h"

namespace ns3
{

TracedLink::TracedLink(const Kind& kind)
    : m_kind(kind)
{
}

TracedLink::~TracedLink() = default;

TypeId
TracedLink::AddTraceSources(TypeId tid)
{
    const auto packet = "ns3::Packet::TracedCallback";
    const auto counter = "ns3::TracedValueCallback::Uint64";
    return tid
        .AddTraceSource("MacTx",
                        "A packet was accepted for transmission",
                        MakeTraceSourceAccessor(&TracedLink::m_macTxTrace),
                        packet)
        .AddTraceSource("MacTxDrop",
                        "A packet was refused when it was sent, or dropped by a root queue disc",
                        MakeTraceSourceAccessor(&TracedLink::m_macTxDropTrace),
                        packet)
        .AddTraceSource("MacRx",
                        "A packet for this host goes to the protocol handlers",
                        MakeTraceSourceAccessor(&TracedLink::m_macRxTrace),
                        packet)
        .AddTraceSource("MacPromiscRx",
                        "A packet for this or another host goes to the promiscuous protocol "
                        "handlers",
                        MakeTraceSourceAccessor(&TracedLink::m_macPromiscRxTrace),
                        packet)
        .AddTraceSource("MacRxDrop",
                        "A packet was dropped after the device had accepted it",
                        MakeTraceSourceAccessor(&TracedLink::m_macRxDropTrace),
                        packet)
        .AddTraceSource("Sniffer",
                        "The Ethernet frame of a packet for this host, as tcpdump -i shows it, "
                        "once per packet",
                        MakeTraceSourceAccessor(&TracedLink::m_snifferTrace),
                        packet)
        .AddTraceSource("PromiscSniffer",
                        "The Ethernet frame of a packet for this or another host, as tcpdump -i "
                        "shows it, once per packet",
                        MakeTraceSourceAccessor(&TracedLink::m_promiscSnifferTrace),
                        packet)
        .AddTraceSource("Drop",
                        "A packet was dropped, with the reason",
                        MakeTraceSourceAccessor(&TracedLink::m_dropTrace),
                        "ns3::TracedLink::DropTracedCallback")
        .AddTraceSource("TxPackets",
                        "Packets accepted for transmission",
                        MakeTraceSourceAccessor(&TracedLink::m_txPacketsTrace),
                        counter)
        .AddTraceSource("TxBytes",
                        "Layer-3 bytes accepted for transmission",
                        MakeTraceSourceAccessor(&TracedLink::m_txBytesTrace),
                        counter)
        .AddTraceSource("RxPackets",
                        "Packets delivered",
                        MakeTraceSourceAccessor(&TracedLink::m_rxPacketsTrace),
                        counter)
        .AddTraceSource("RxBytes",
                        "Layer-3 bytes delivered",
                        MakeTraceSourceAccessor(&TracedLink::m_rxBytesTrace),
                        counter)
        .AddTraceSource("TxErrors",
                        "Transmission errors, which these devices do not have",
                        MakeTraceSourceAccessor(&TracedLink::m_txErrorsTrace),
                        counter)
        .AddTraceSource("RxErrors",
                        "Packets that arrived damaged",
                        MakeTraceSourceAccessor(&TracedLink::m_rxErrorsTrace),
                        counter)
        .AddTraceSource("TxDropped",
                        "Packets refused, or dropped by a root queue disc",
                        MakeTraceSourceAccessor(&TracedLink::m_txDroppedTrace),
                        counter)
        .AddTraceSource("RxDropped",
                        "Packets dropped after the device had accepted or received them",
                        MakeTraceSourceAccessor(&TracedLink::m_rxDroppedTrace),
                        counter)
        .AddTraceSource("Multicast",
                        "Multicast packets, which Linux's lo and dummy do not count: never fires",
                        MakeTraceSourceAccessor(&TracedLink::m_multicastTrace),
                        counter);
}

LinkStats
TracedLink::GetStats() const
{
    return m_stats;
}

const TracedLink::Kind&
TracedLink::GetKind() const
{
    return m_kind;
}

void
TracedLink::SetUp()
{
    if (!m_isUp)
    {
        m_isUp = true;
        m_linkChangeCallbacks();
    }
}

void
TracedLink::SetDown()
{
    if (m_isUp)
    {
        Close();
        // A trace sink of the drops may have brought it up.
        if (!m_isUp)
        {
            m_linkChangeCallbacks();
        }
    }
}

void
TracedLink::Close()
{
    m_isUp = false;
    DropWaiting();
}

void
TracedLink::DropWaiting()
{
}

void
TracedLink::CheckNode(Ptr<Node> node)
{
    NS_ABORT_MSG_IF(node,
                    "the device is on node " << node->GetId()
                                             << " already; create one per node, or call Install");
}

void
TracedLink::ConnectLinkChange(const Callback<void>& callback)
{
    m_linkChangeCallbacks.ConnectWithoutContext(callback);
}

bool
TracedLink::RefuseToSend(const Ptr<const Packet>& packet, DropReason reason)
{
    const auto reported = m_isUp ? reason : DropReason::DEV_READY;
    Count(&LinkStats::txDropped, m_txDroppedTrace);
    Trace(m_macTxDropTrace, packet);
    TraceDrop(packet, reported);
    return false;
}

void
TracedLink::DropReceived(const Ptr<const Packet>& packet, DropReason reason)
{
    Count(&LinkStats::rxDropped, m_rxDroppedTrace);
    DropUncounted(packet, reason);
}

void
TracedLink::DropDamaged(const Ptr<const Packet>& packet)
{
    Count(&LinkStats::rxErrors, m_rxErrorsTrace);
    DropUncounted(packet, DropReason::RX_ERROR);
}

void
TracedLink::DropUncounted(const Ptr<const Packet>& packet, DropReason reason)
{
    Trace(m_macRxDropTrace, packet);
    TraceDrop(packet, reason);
}

void
TracedLink::TraceDrop(const Ptr<const Packet>& packet, DropReason reason)
{
    if (HasListeners(m_dropTrace))
    {
        m_dropTrace(packet, reason);
    }
}

void
TracedLink::ShowFrame(const PacketTrace& sniffer,
                      const Ptr<Packet>& packet,
                      const Mac48Address& source,
                      const Mac48Address& destination,
                      uint16_t protocol)
{
    EthernetHeader header(false);
    header.SetSource(source);
    header.SetDestination(destination);
    header.SetLengthType(protocol);
    auto frame = packet->Copy();
    frame->AddHeader(header);
    sniffer(frame);
}

} // namespace ns3
