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
    constexpr struct
    {
        const char* name;
        const char* help;
        PacketTrace TracedLink::*trace;
    } PACKETS[]{
        {"MacTx", "A packet was accepted for transmission", &TracedLink::m_macTxTrace},
        {"MacTxDrop",
         "A packet was refused when it was sent, or dropped by a root queue disc",
         &TracedLink::m_macTxDropTrace},
        {"MacRx",
         "A packet for this host goes to the protocol handlers",
         &TracedLink::m_macRxTrace},
        {"MacPromiscRx",
         "A packet for this or another host goes to the promiscuous protocol handlers",
         &TracedLink::m_macPromiscRxTrace},
        {"MacRxDrop",
         "A packet was dropped after the device had accepted it",
         &TracedLink::m_macRxDropTrace},
        {"Sniffer",
         "The Ethernet frame of a packet for this host, as tcpdump -i shows it, once per packet",
         &TracedLink::m_snifferTrace},
        {"PromiscSniffer",
         "The Ethernet frame of a packet for this or another host, as tcpdump -i shows it, once "
         "per packet",
         &TracedLink::m_promiscSnifferTrace},
    };

    constexpr struct
    {
        const char* name;
        const char* help;
        CounterTrace TracedLink::*trace;
    } COUNTERS[]{
        {"TxPackets", "Packets accepted for transmission", &TracedLink::m_txPacketsTrace},
        {"TxBytes", "Layer-3 bytes accepted for transmission", &TracedLink::m_txBytesTrace},
        {"RxPackets", "Packets delivered", &TracedLink::m_rxPacketsTrace},
        {"RxBytes", "Layer-3 bytes delivered", &TracedLink::m_rxBytesTrace},
        {"TxErrors",
         "Transmission errors, which these devices do not have",
         &TracedLink::m_txErrorsTrace},
        {"RxErrors", "Packets that arrived damaged", &TracedLink::m_rxErrorsTrace},
        {"TxDropped",
         "Packets refused, or dropped by a root queue disc",
         &TracedLink::m_txDroppedTrace},
        {"RxDropped",
         "Packets dropped after the device had accepted or received them",
         &TracedLink::m_rxDroppedTrace},
        {"Multicast",
         "Multicast packets, which Linux's lo and dummy do not count: never fires",
         &TracedLink::m_multicastTrace},
    };

    for (const auto& [name, help, trace] : PACKETS)
    {
        tid.AddTraceSource(name,
                           help,
                           MakeTraceSourceAccessor(trace),
                           "ns3::Packet::TracedCallback");
    }
    for (const auto& [name, help, trace] : COUNTERS)
    {
        tid.AddTraceSource(name,
                           help,
                           MakeTraceSourceAccessor(trace),
                           "ns3::TracedValueCallback::Uint64");
    }
    return tid.AddTraceSource("Drop",
                              "A packet was dropped, with the reason",
                              MakeTraceSourceAccessor(&TracedLink::m_dropTrace),
                              "ns3::TracedLink::DropTracedCallback");
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
