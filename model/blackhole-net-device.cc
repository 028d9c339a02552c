/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "blackhole-net-device.h"

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
                          MakeUintegerChecker<uint32_t>());
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
    return true;
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
