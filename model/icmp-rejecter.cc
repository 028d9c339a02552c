/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "icmp-rejecter.h"

#include "ip-family.h"
#include "ns3-release.h"

#include "ns3/icmpv4.h"
#include "ns3/icmpv6-header.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <array>
#include <type_traits>
#include <vector>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("IcmpRejecter");

NS_OBJECT_ENSURE_REGISTERED(IcmpRejecter);

namespace
{

constexpr uint32_t ICMP_HEADER_SIZE = 8;
constexpr uint32_t IPV4_MAX_SIZE = 576;  // RFC 1812, section 4.3.2.3
constexpr uint32_t IPV6_MAX_SIZE = 1280; // RFC 4443, section 2.4 (c)
constexpr uint8_t AUTHENTICATION = 51;   // an IPv6 extension header that ns-3 has renamed

/// Return whether an address is that of one other host.
template <class Family>
bool
IsOther(const typename Family::Ip& ip, typename Family::Address address)
{
    return !address.IsAny() && !address.IsMulticast() && !Family::IsBroadcast(ip, address) &&
           !Family::IsLoopback(address) && ip.GetInterfaceForAddress(address) == -1;
}

/// Return whether an ICMP message is an error. Unknown types count as errors (icmp_pointers and
/// NR_ICMP_TYPES in Linux).
bool
IsError(Ptr<const Packet> payload)
{
    uint8_t type = 0;
    return payload->CopyData(&type, 1) == 0 ||
           (type != Icmpv4Header::ICMPV4_ECHO_REPLY && type != Icmpv4Header::ICMPV4_ECHO &&
            (type < 13 || type > 18)); // 13 to 18 ask for time stamps, information, address masks
}

/// Return whether an IPv4 packet gets an answer: it is whole, from one other host, and no ICMP
/// error.
bool
IsAnswered(const Ipv4& ipv4, const Ipv4Header& header, Ptr<const Packet> payload)
{
    return header.GetPayloadSize() <= payload->GetSize() && header.GetFragmentOffset() == 0 &&
           IsOther<Ipv4Family>(ipv4, header.GetSource()) &&
           !(header.GetProtocol() == Ipv4Family::ICMP && IsError(payload));
}

bool
IsExtension(uint8_t header)
{
    return header == Ipv6Header::IPV6_EXT_HOP_BY_HOP || header == Ipv6Header::IPV6_EXT_ROUTING ||
           header == Ipv6Header::IPV6_EXT_FRAGMENTATION ||
           header == Ipv6Header::IPV6_EXT_DESTINATION || header == AUTHENTICATION;
}

/// Return whether the payload is an ICMPv6 message that may be an error (is_ineligible and
/// ipv6_skip_exthdr in Linux).
bool
IsError(uint8_t next, Ptr<const Packet> payload)
{
    std::array<uint8_t, IPV6_MAX_SIZE> bytes{};
    const auto size = payload->CopyData(bytes.data(), bytes.size());
    uint32_t at = 0;
    bool fragmented = false;
    while (IsExtension(next))
    {
        const bool isFragment = next == Ipv6Header::IPV6_EXT_FRAGMENTATION;
        if (at + (isFragment ? 4 : 2) > size)
        {
            return false;
        }
        const uint8_t* header = &bytes[at];
        const uint32_t offset = isFragment ? header[2] << 8 | header[3] : 0; // and flags
        if (offset > 7)
        {
            return false;
        }
        fragmented = fragmented || offset != 0;
        at += isFragment ? 8 : next == AUTHENTICATION ? 4 * (header[1] + 2) : 8 * (header[1] + 1);
        next = header[0];
    }
    constexpr uint8_t FIRST_INFO_TYPE = 128; // RFC 4443, section 2.1
    return next == Ipv6Family::ICMP && (at < size ? bytes[at] < FIRST_INFO_TYPE : !fragmented);
}

/// Return whether an IPv6 packet gets an answer: as for IPv4, and its source is not a link-local
/// address, which does not say on which link the host is.
bool
IsAnswered(const Ipv6& ipv6, const Ipv6Header& header, Ptr<const Packet> payload)
{
    const auto source = GetAddresses(header).first;
    return header.GetPayloadLength() <= payload->GetSize() && !source.IsLinkLocal() &&
           IsOther<Ipv6Family>(ipv6, source) && !IsError(header.GetNextHeader(), payload);
}

/// Add the first half of an ICMP header to the second half and the quote.
void
AddIcmpHeader(Ptr<Packet> message, Reject reject, const Ipv4Header& header, Ipv4Address /* from */)
{
    constexpr uint8_t TOS_MASK = 0x1e;             // RFC 1349, and Linux's IPTOS_TOS_MASK
    constexpr uint8_t INTERNETWORK_CONTROL = 0xc0; // RFC 1812, section 4.3.2.5
    constexpr uint8_t HOST_UNREACHABLE = 1;        // RFC 792
    constexpr uint8_t PKT_FILTERED = 13;           // RFC 1812, section 5.2.7.1
    Icmpv4Header icmp;
    icmp.SetType(Icmpv4Header::ICMPV4_DEST_UNREACH);
    icmp.SetCode(reject == Reject::PROHIBIT ? PKT_FILTERED : HOST_UNREACHABLE);
    if (Node::ChecksumEnabled())
    {
        icmp.EnableChecksum();
    }
    message->AddHeader(icmp);
    SocketIpTosTag tos;
    tos.SetTos((header.GetTos() & TOS_MASK) | INTERNETWORK_CONTROL);
    message->AddPacketTag(tos);
}

void
AddIcmpHeader(Ptr<Packet> message, Reject reject, const Ipv6Header& header, Ipv6Address from)
{
    // Not an Icmpv6DestinationUnreachable, which before 3.36 has the quote in it.
    Icmpv6Header icmp;
    icmp.SetType(Icmpv6Header::ICMPV6_ERROR_DESTINATION_UNREACHABLE);
    icmp.SetCode(reject == Reject::PROHIBIT ? Icmpv6Header::ICMPV6_ADM_PROHIBITED
                                            : Icmpv6Header::ICMPV6_NO_ROUTE);
    const auto size = icmp.GetSerializedSize() + message->GetSize();
    CalculateChecksum(icmp, from, GetAddresses(header).first, size);
    message->AddHeader(icmp);
}

} // namespace

TypeId
IcmpRejecter::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::IcmpRejecter")
            .SetParent<Object>()
            .SetGroupName("Loopback")
            .AddConstructor<IcmpRejecter>()
            .AddAttribute("MsgsPerSec",
                          "Answers per second, over a long time; Linux's icmp_msgs_per_sec",
                          UintegerValue(1000),
                          MakeUintegerAccessor(&IcmpRejecter::m_perSec),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("MsgsBurst",
                          "Answers at once, after a pause; Linux's icmp_msgs_burst",
                          UintegerValue(50),
                          MakeUintegerAccessor(&IcmpRejecter::m_burst),
                          MakeUintegerChecker<uint32_t>())
            .AddTraceSource("Sent",
                            "Answers sent",
                            MakeTraceSourceAccessor(&IcmpRejecter::m_sent),
                            "ns3::TracedValueCallback::Uint64")
            .AddTraceSource("Suppressed",
                            "Answers that the limit suppressed",
                            MakeTraceSourceAccessor(&IcmpRejecter::m_suppressed),
                            "ns3::TracedValueCallback::Uint64");
    return tid;
}

Ptr<IcmpRejecter>
IcmpRejecter::Get(Ptr<Object> object)
{
    auto rejecter = object->GetObject<IcmpRejecter>();
    if (!rejecter)
    {
        rejecter = CreateObject<IcmpRejecter>();
        object->AggregateObject(rejecter);
    }
    return rejecter;
}

bool
IcmpRejecter::IsAllowed()
{
    constexpr uint64_t TOKEN = 1'000'000'000;
    const auto now = Simulator::Now();
    const uint64_t elapsed = std::min(now - m_last, Seconds(1)).GetNanoSeconds();
    m_credit = std::min(m_credit + elapsed * m_perSec, m_burst * TOKEN);
    m_last = now;
    if (m_credit < TOKEN)
    {
        ++m_suppressed;
        return false;
    }
    m_credit -= TOKEN;
    return true;
}

template <class Ip, class Header>
void
IcmpRejecter::Answer(Ptr<Ip> ip, Ptr<const Packet> payload, const Header& header, Reject reject)
{
    NS_LOG_FUNCTION(this << payload << header << static_cast<int>(reject));
    if (!IsAnswered(*ip, header, payload) || !IsAllowed())
    {
        return;
    }
    const auto to = GetAddresses(header).first;
    Header back;
    SetAddresses(back, {}, to);
    const auto message = Create<Packet>(4); // the second half of the ICMP header
    Socket::SocketErrno error{};
    const auto route = ip->GetRoutingProtocol()->RouteOutput(message, back, nullptr, error);
    if (!route)
    {
        return;
    }
    constexpr bool isIpv4 = std::is_same_v<Ip, Ipv4>;
    const auto largest = isIpv4
                             ? std::min<uint32_t>(IPV4_MAX_SIZE, route->GetOutputDevice()->GetMtu())
                             : IPV6_MAX_SIZE;
    const auto headers = header.GetSerializedSize() + ICMP_HEADER_SIZE;
    const auto whole = payload->Copy();
    whole->AddHeader(header);
    auto size = std::min(whole->GetSize(), std::max(largest, headers) - headers);
    if (isIpv4)
    {
        // ns-3's receivers read 8 bytes of the payload without a look at the size.
        size = std::max(size, headers);
    }
    std::vector<uint8_t> quote(size); // without the packet's tags
    whole->CopyData(quote.data(), size);
    message->AddAtEnd(Create<Packet>(quote.data(), size));
    AddIcmpHeader(message, reject, header, route->GetSource());
    ++m_sent;
    ip->Send(message, route->GetSource(), to, isIpv4 ? Ipv4Family::ICMP : Ipv6Family::ICMP, route);
}

template void IcmpRejecter::Answer(Ptr<Ipv4>, Ptr<const Packet>, const Ipv4Header&, Reject);
template void IcmpRejecter::Answer(Ptr<Ipv6>, Ptr<const Packet>, const Ipv6Header&, Reject);

} // namespace ns3
