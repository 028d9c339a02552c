/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "echo-trace.h"

#include "ns3/callback.h"
#include "ns3/icmpv4-l4-protocol.h"
#include "ns3/icmpv6-l4-protocol.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv6-header.h"
#include "ns3/ipv6-l3-protocol.h"

#include <utility>

using namespace ns3;

namespace
{

/// Type in the ICMP header.
enum EchoType : uint8_t
{
    ECHO_REQUEST = 8,
    ECHO_REPLY = 0,
    ECHO_REQUEST6 = 128,
    ECHO_REPLY6 = 129,
};

bool
IsIcmp(const Ipv4Header& header)
{
    return header.GetProtocol() == Icmpv4L4Protocol::PROT_NUMBER;
}

bool
IsIcmp(const Ipv6Header& header)
{
    // A packet that came in fragments is whole again here, but its header still says that it came
    // in fragments; no other ICMPv6 message is taken for an echo on that account.
    const auto next = header.GetNextHeader();
    return next == Icmpv6L4Protocol::PROT_NUMBER || next == Ipv6Header::IPV6_EXT_FRAGMENTATION;
}

uint8_t
GetTtl(const Ipv4Header& header)
{
    return header.GetTtl();
}

uint8_t
GetTtl(const Ipv6Header& header)
{
    return header.GetHopLimit();
}

/// Tell of a packet if it is an echo of a type; both ICMPs have the same first 8 bytes in one.
template <typename IpHeader>
void
TellEcho(EchoType type, const EchoSink& sink, const IpHeader& header, Ptr<const Packet> packet)
{
    uint8_t icmp[8];
    if (!IsIcmp(header) || packet->CopyData(icmp, sizeof(icmp)) < sizeof(icmp) || icmp[0] != type)
    {
        return;
    }
    sink({header.GetSource(),
          header.GetDestination(),
          GetTtl(header),
          static_cast<uint16_t>(icmp[4] << 8 | icmp[5]),
          static_cast<uint16_t>(icmp[6] << 8 | icmp[7]),
          packet->GetSize()});
}

template <typename IpHeader>
void
TraceProtocol(Ptr<Object> protocol,
              std::pair<EchoType, EchoSink> request,
              std::pair<EchoType, EchoSink> reply)
{
    typedef Callback<void, const IpHeader&, Ptr<const Packet>, uint32_t> Sink;
    const auto makeSink = [](const std::pair<EchoType, EchoSink>& echo) {
        return Sink([echo](const IpHeader& header, Ptr<const Packet> packet, uint32_t) {
            TellEcho(echo.first, echo.second, header, packet);
        });
    };
    protocol->TraceConnectWithoutContext("SendOutgoing", makeSink(request));
    protocol->TraceConnectWithoutContext("LocalDeliver", makeSink(reply));
}

} // namespace

void
TraceEchoes(Ptr<Node> node, const EchoSink& requestSent, const EchoSink& replyReceived)
{
    TraceProtocol<Ipv4Header>(node->GetObject<Ipv4L3Protocol>(),
                              {ECHO_REQUEST, requestSent},
                              {ECHO_REPLY, replyReceived});
    TraceProtocol<Ipv6Header>(node->GetObject<Ipv6L3Protocol>(),
                              {ECHO_REQUEST6, requestSent},
                              {ECHO_REPLY6, replyReceived});
}
