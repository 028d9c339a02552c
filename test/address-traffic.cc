/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "address-traffic.h"

#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/udp-l4-protocol.h"

namespace ns3::tests
{

namespace
{

uint8_t
GetProtocol(const Ipv4Header& header)
{
    return header.GetProtocol();
}

uint8_t
GetProtocol(const Ipv6Header& header)
{
    return header.GetNextHeader();
}

uint32_t
GetCount(const std::map<Ptr<NetDevice>, uint32_t>& counts, Ptr<NetDevice> device)
{
    const auto count = counts.find(device);
    return count == counts.end() ? 0 : count->second;
}

} // namespace

AddressTraffic::AddressTraffic(Ptr<Node> node, const Address& address)
    : m_address(address)
{
    if (Ipv4Address::IsMatchingType(address))
    {
        auto ipv4 = node->GetObject<Ipv4L3Protocol>();
        ipv4->TraceConnectWithoutContext(
            "Tx",
            MakeCallback(&AddressTraffic::OnTx<Ipv4Header, Ipv4>, this));
        ipv4->TraceConnectWithoutContext(
            "Rx",
            MakeCallback(&AddressTraffic::OnRx<Ipv4Header, Ipv4>, this));
        return;
    }
    auto ipv6 = node->GetObject<Ipv6L3Protocol>();
    ipv6->TraceConnectWithoutContext("Tx",
                                     MakeCallback(&AddressTraffic::OnTx<Ipv6Header, Ipv6>, this));
    ipv6->TraceConnectWithoutContext("Rx",
                                     MakeCallback(&AddressTraffic::OnRx<Ipv6Header, Ipv6>, this));
}

uint32_t
AddressTraffic::GetSentBy(Ptr<NetDevice> device) const
{
    return GetCount(m_sent, device);
}

uint32_t
AddressTraffic::GetReceivedBy(Ptr<NetDevice> device) const
{
    return GetCount(m_received, device);
}

uint32_t
AddressTraffic::GetSent() const
{
    uint32_t sent = 0;
    for (const auto& [device, count] : m_sent)
    {
        sent += count;
    }
    return sent;
}

template <class Header, class Ip>
void
AddressTraffic::OnTx(Ptr<const Packet> packet, Ptr<Ip> ip, uint32_t interface)
{
    Count<Header>(packet, ip->GetNetDevice(interface), m_sent);
}

template <class Header, class Ip>
void
AddressTraffic::OnRx(Ptr<const Packet> packet, Ptr<Ip> ip, uint32_t interface)
{
    Count<Header>(packet, ip->GetNetDevice(interface), m_received);
}

template <class Header>
void
AddressTraffic::Count(Ptr<const Packet> packet, Ptr<NetDevice> device, Counts& counts) const
{
    Header header;
    packet->PeekHeader(header);
    if (Address(header.GetDestination()) == m_address &&
        GetProtocol(header) == UdpL4Protocol::PROT_NUMBER)
    {
        ++counts[device];
    }
}

} // namespace ns3::tests
