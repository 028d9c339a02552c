/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "traced-link.h"

#include "ns3/abort.h"
#include "ns3/ethernet-header.h"
#include "ns3/trace-source-accessor.h"

#include <cstddef>
#include <iterator>
#include <ostream>

namespace ns3
{

std::ostream&
operator<<(std::ostream& os, DropReason reason)
{
    // In the order of the enumeration.
    constexpr const char* NAMES[]{"DEV_READY",
                                  "DEV_HDR",
                                  "PKT_TOO_BIG",
                                  "QDISC_DROP",
                                  "CPU_BACKLOG",
                                  "UNHANDLED_PROTO",
                                  "OTHERHOST",
                                  "RX_ERROR",
                                  "BLACKHOLE"};
    const auto index = static_cast<std::size_t>(reason);
    return os << (index < std::size(NAMES) ? NAMES[index] : "NOT_SPECIFIED");
}

TracedLink::TracedLink(const Kind& kind)
    : m_kind(kind)
{
}

TypeId
TracedLink::AddTraceSources(TypeId tid)
{
    using L = TracedLink;
    const auto packet = "ns3::Packet::TracedCallback";
    const auto counter = "ns3::TracedValueCallback::Uint64";
    const auto add = [&tid](const char* name, const char* help, auto trace, const char* sink) {
        tid.AddTraceSource(name, help, MakeTraceSourceAccessor(trace), sink);
    };
    add("MacTx", "A packet was accepted for transmission", &L::m_macTxTrace, packet);
    add("MacTxDrop",
        "A packet was refused when it was sent, or dropped by a root queue disc",
        &L::m_macTxDropTrace,
        packet);
    add("MacRx", "A packet for this host goes to the protocol handlers", &L::m_macRxTrace, packet);
    add("MacPromiscRx",
        "A packet for this or another host goes to the promiscuous protocol handlers",
        &L::m_macPromiscRxTrace,
        packet);
    add("MacRxDrop",
        "A packet was dropped after the device had accepted it",
        &L::m_macRxDropTrace,
        packet);
    add("Sniffer",
        "The Ethernet frame of a packet for this host, as tcpdump -i shows it, once per packet",
        &L::m_snifferTrace,
        packet);
    add("PromiscSniffer",
        "The Ethernet frame of a packet for this or another host, as tcpdump -i shows it, once per "
        "packet",
        &L::m_promiscSnifferTrace,
        packet);
    add("Drop",
        "A packet was dropped, with the reason",
        &L::m_dropTrace,
        "ns3::TracedLink::DropTracedCallback");
    add("TxPackets", "Packets accepted for transmission", &L::m_txPacketsTrace, counter);
    add("TxBytes", "Layer-3 bytes accepted for transmission", &L::m_txBytesTrace, counter);
    add("RxPackets", "Packets delivered", &L::m_rxPacketsTrace, counter);
    add("RxBytes", "Layer-3 bytes delivered", &L::m_rxBytesTrace, counter);
    add("TxErrors",
        "Transmission errors, which these devices do not have",
        &L::m_txErrorsTrace,
        counter);
    add("RxErrors", "Packets that arrived damaged", &L::m_rxErrorsTrace, counter);
    add("TxDropped",
        "Packets refused, or dropped by a root queue disc",
        &L::m_txDroppedTrace,
        counter);
    add("RxDropped",
        "Packets dropped after the device had accepted or received them",
        &L::m_rxDroppedTrace,
        counter);
    add("Multicast",
        "Multicast packets, which Linux's lo and dummy do not count: never fires",
        &L::m_multicastTrace,
        counter);
    return tid;
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
TracedLink::CheckNode(Ptr<Node> node, Ptr<Node> next)
{
    NS_ABORT_MSG_IF(node && node != next,
                    "the device is on node " << node->GetId()
                                             << " already; create one per node, or call Install");
}

bool
TracedLink::RefuseToSend(const Ptr<const Packet>& packet, DropReason reason)
{
    const auto reported = m_isUp ? reason : DropReason::DEV_READY;
    Count(&LinkStats::txDropped, m_txDroppedTrace);
    Trace(m_macTxDropTrace, packet);
    Trace(m_dropTrace, packet, reported);
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
    Trace(m_dropTrace, packet, reason);
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
