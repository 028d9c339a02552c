/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "blackhole-net-device.h"

#include "icmp-reject.h"
#include "ns3-release.h"

#include "ns3/enum.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/log.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("BlackholeNetDevice");

NS_OBJECT_ENSURE_REGISTERED(BlackholeNetDevice);

namespace
{

Mac48Address
ToMac48(const Address& address)
{
    return Mac48Address::IsMatchingType(address) ? Mac48Address::ConvertFrom(address)
                                                 : Mac48Address();
}

} // namespace

TypeId
BlackholeNetDevice::GetTypeId()
{
    static TypeId tid =
        AddSharedAttributes(TypeId("ns3::BlackholeNetDevice")
                                .SetParent<NetDevice>()
                                .SetGroupName("Loopback")
                                .AddConstructor<BlackholeNetDevice>())
            .AddAttribute("WarnInterval",
                          "Simulated time in which at most WarnBurst warnings are logged; Linux's "
                          "net.core.message_cost",
                          TimeValue(Seconds(5)),
                          MakeTimeAccessor(&BlackholeNetDevice::m_warnInterval),
                          MakeTimeChecker(Time(0)))
            .AddAttribute("WarnBurst",
                          "Warnings logged in a WarnInterval; Linux's net.core.message_burst",
                          UintegerValue(10),
                          MakeUintegerAccessor(&BlackholeNetDevice::m_warnBurst),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("Reject",
                          "What a packet is answered with that the node forwards into the device: "
                          "None, HostUnreachable (Linux's unreachable route) or AdminProhibited "
                          "(prohibit)",
                          EnumValue(NONE),
                          MakeAccessorOfEnum<Reject>(&BlackholeNetDevice::m_reject),
                          MakeEnumChecker(NONE,
                                          "None",
                                          HOST_UNREACHABLE,
                                          "HostUnreachable",
                                          ADMIN_PROHIBITED,
                                          "AdminProhibited"))
            .AddAttribute("RejectIpv4Interval",
                          "Time in which an IPv4 source gets back one of RejectIpv4Burst tokens, "
                          "of which an answer takes two; 0 for no limit; Linux's icmp_ratelimit "
                          "and route/error_cost",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&BlackholeNetDevice::m_ipv4Interval),
                          MakeTimeChecker(Time(0)))
            .AddAttribute("RejectIpv4Burst",
                          "Tokens that an IPv4 source has at most, of which an answer takes two; "
                          "Linux's route/error_burst divided by route/error_cost",
                          UintegerValue(5),
                          MakeUintegerAccessor(&BlackholeNetDevice::m_ipv4Burst),
                          MakeUintegerChecker<uint32_t>(2, 1000000))
            .AddAttribute("RejectIpv6Interval",
                          "Time in which an IPv6 source gets back one of RejectIpv6Burst tokens, "
                          "of which an answer takes one; 0 for no limit; Linux's icmp/ratelimit",
                          TimeValue(MilliSeconds(100)),
                          MakeTimeAccessor(&BlackholeNetDevice::m_ipv6Interval),
                          MakeTimeChecker(Time(0)))
            .AddAttribute("RejectIpv6Burst",
                          "Tokens that an IPv6 source has at most, of which an answer takes one; "
                          "Linux's XRLIM_BURST_FACTOR",
                          UintegerValue(6),
                          MakeUintegerAccessor(&BlackholeNetDevice::m_ipv6Burst),
                          MakeUintegerChecker<uint32_t>(1, 1000000))
            .AddTraceSource("RejectsSent",
                            "Packets answered with an error, as Reject says",
                            MakeTraceSourceAccessor(&BlackholeNetDevice::m_rejectsSent),
                            "ns3::TracedValueCallback::Uint64")
            .AddTraceSource("RejectsSuppressed",
                            "Packets not answered because their source has no tokens left",
                            MakeTraceSourceAccessor(&BlackholeNetDevice::m_rejectsSuppressed),
                            "ns3::TracedValueCallback::Uint64");
    return tid;
}

BlackholeNetDevice::BlackholeNetDevice()
    : PseudoNetDevice(Mac48Address::GetBroadcast())
{
    NS_LOG_FUNCTION(this);
}

BlackholeNetDevice::~BlackholeNetDevice()
{
    NS_LOG_FUNCTION(this);
}

bool
BlackholeNetDevice::Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber)
{
    NS_LOG_FUNCTION(this << packet << dest << protocolNumber);
    return Swallow(packet, m_address, dest, protocolNumber);
}

bool
BlackholeNetDevice::SendFrom(Ptr<Packet> packet,
                             const Address& source,
                             const Address& dest,
                             uint16_t protocolNumber)
{
    NS_LOG_FUNCTION(this << packet << source << dest << protocolNumber);
    return Swallow(packet, source, dest, protocolNumber);
}

bool
BlackholeNetDevice::Swallow(const Ptr<Packet>& packet,
                            const Address& source,
                            const Address& dest,
                            uint16_t protocol)
{
    if (!IsUp())
    {
        return RefuseToSend(packet, DropReason::DEV_READY);
    }
    CountSent(packet);
    if (!m_promiscSnifferTrace.IsEmpty() || !m_snifferTrace.IsEmpty())
    {
        const LinkAddresses addresses{ToMac48(source), ToMac48(dest)};
        Sniff(m_promiscSnifferTrace, packet, addresses, protocol);
        Sniff(m_snifferTrace, packet, addresses, protocol);
    }
    Fire(m_dropTrace, packet, DropReason::BLACKHOLE);
    Warn();
    if (m_reject != NONE)
    {
        ScheduleAnswer(packet, protocol);
    }
    return true;
}

void
BlackholeNetDevice::ScheduleAnswer(const Ptr<Packet>& packet, uint16_t protocol)
{
    if (!m_node)
    {
        return;
    }
    // Not at once: routing protocols and queue discs that are forwarding the packet would be called
    // again by the answer, and Send may be called from another node's context.
    Simulator::ScheduleWithContext(
        m_nodeId,
        Time(0),
        [device = Ptr<BlackholeNetDevice>(this),
         packet = packet->Copy(),
         protocol,
         reject = m_reject] { device->Answer(packet, protocol, reject); });
}

void
BlackholeNetDevice::Answer(Ptr<const Packet> packet, uint16_t protocol, Reject reject)
{
    if (!m_node)
    {
        return; // disposed in the meantime
    }
    std::optional<IcmpError> error;
    if (protocol == Ipv4L3Protocol::PROT_NUMBER)
    {
        error = MakeIcmpv4Error(m_node, packet, reject == ADMIN_PROHIBITED);
    }
    else if (protocol == Ipv6L3Protocol::PROT_NUMBER)
    {
        error = MakeIcmpv6Error(m_node, packet, reject == ADMIN_PROHIBITED);
    }
    if (!error)
    {
        return;
    }
    if (!IsAnswerAllowed(error->peer))
    {
        ++m_rejectsSuppressed;
        return;
    }
    ++m_rejectsSent;
    error->send();
}

bool
BlackholeNetDevice::IsAnswerAllowed(const Address& peer)
{
    const auto now = Simulator::Now();
    if (Ipv6Address::IsMatchingType(peer))
    {
        return m_rejectBuckets.Take(peer, now, m_ipv6Interval, m_ipv6Burst);
    }
    // In Linux ip_error and then icmp_send take one, out of the same bucket.
    const auto take = [&] { return m_rejectBuckets.Take(peer, now, m_ipv4Interval, m_ipv4Burst); };
    return take() && take(); // NOLINT(misc-redundant-expression): two, not one
}

void
BlackholeNetDevice::Warn()
{
#ifdef NS3_LOG_ENABLE
    if (!g_log.IsEnabled(LOG_WARN))
    {
        return;
    }
    const auto answer = m_warnLimiter.Ask(Simulator::Now(), m_warnInterval, m_warnBurst);
    if (answer.suppressed > 0)
    {
        NS_LOG_WARN("Device " << GetIfIndex() << ": " << answer.suppressed
                              << " warnings suppressed");
    }
    if (answer.allowed)
    {
        NS_LOG_WARN("Device " << GetIfIndex() << ": dropping packet");
    }
#endif
}

} // namespace ns3
