/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ip-trace.h"

#include "to-callback.h"

#include "ns3/callback.h"
#include "ns3/hash.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <sstream>

namespace ns3::tests
{

namespace
{

template <class Header>
Header
PeekHeader(Ptr<const Packet> packet)
{
    Header header;
    packet->PeekHeader(header);
    return header;
}

} // namespace

IpTrace::IpTrace(Ptr<Node> node)
{
    Connect<Ipv4L3Protocol, Ipv4Header, Ipv4>(node->GetObject<Ipv4L3Protocol>());
    Connect<Ipv6L3Protocol, Ipv6Header, Ipv6>(node->GetObject<Ipv6L3Protocol>());
}

template <class L3Protocol, class Header, class Ip>
void
IpTrace::Connect(Ptr<L3Protocol> stack)
{
    using Sink = Callback<void, Ptr<const Packet>, Ptr<Ip>, uint32_t>;
    using Reason = typename L3Protocol::DropReason;
    using DropSink = Callback<void, const Header&, Ptr<const Packet>, Reason, Ptr<Ip>, uint32_t>;
    const Sink onTx = ToCallback([this](Ptr<const Packet> packet, Ptr<Ip>, uint32_t interface) {
        ++txPackets;
        txBytes += packet->GetSize();
        Record("Tx", PeekHeader<Header>(packet), packet, interface);
    });
    const Sink onRx = ToCallback([this](Ptr<const Packet> packet, Ptr<Ip>, uint32_t interface) {
        ++rxPackets;
        Record("Rx", PeekHeader<Header>(packet), packet, interface);
    });
    const DropSink onDrop = ToCallback([this](const Header& header,
                                              Ptr<const Packet> payload,
                                              Reason reason,
                                              Ptr<Ip>,
                                              uint32_t interface) {
        ++drops;
        Record("Drop for reason " + std::to_string(reason), header, payload, interface);
    });
    stack->TraceConnectWithoutContext("Tx", onTx);
    stack->TraceConnectWithoutContext("Rx", onRx);
    stack->TraceConnectWithoutContext("Drop", onDrop);
}

template <class Header>
void
IpTrace::Record(const std::string& event,
                const Header& header,
                Ptr<const Packet> packet,
                uint32_t interface)
{
    std::ostringstream bytes;
    packet->CopyData(&bytes, packet->GetSize());
    std::ostringstream line;
    line << Simulator::Now().GetNanoSeconds() << " ns " << event << " " << packet->GetSize()
         << " bytes, interface " << interface << ", " << header << ", hash " << std::hex
         << Hash32(bytes.str());
    lines.push_back(line.str());
}

std::string
FindDifference(const std::vector<std::string>& expected, const std::vector<std::string>& actual)
{
    const auto [e, a] =
        std::mismatch(expected.begin(), expected.end(), actual.begin(), actual.end());
    if (e == expected.end() && a == actual.end())
    {
        return "";
    }
    return "line " + std::to_string(e - expected.begin() + 1) + " is \"" +
           (a == actual.end() ? "the end" : *a) + "\" and should be \"" +
           (e == expected.end() ? "the end" : *e) + "\"";
}

} // namespace ns3::tests
