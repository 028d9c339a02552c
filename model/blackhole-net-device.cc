/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "blackhole-net-device.h"

#include "down-interface.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("BlackholeNetDevice");

NS_OBJECT_ENSURE_REGISTERED(BlackholeNetDevice);

namespace
{

constexpr TracedLink::Kind KIND{"dummy", true, "BROADCAST,NOARP", "ether"};

/// @return the address, or all zeros if it is not a Mac48Address
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
        AddTraceSources(TypeId("ns3::BlackholeNetDevice")
                            .SetParent<NetDevice>()
                            .SetGroupName("Loopback")
                            .AddConstructor<BlackholeNetDevice>())
            .AddAttribute(
                "Mtu",
                "The layer-3 bytes of the largest packet that the stack sends to the "
                "device, from 68 to 65535",
                UintegerValue(65535),
                MakeUintegerAccessor(&BlackholeNetDevice::SetMtu, &BlackholeNetDevice::GetMtu),
                MakeUintegerChecker<uint16_t>(MIN_MTU));
    return tid;
}

BlackholeNetDevice::BlackholeNetDevice()
    : TracedLink(KIND)
{
    NS_LOG_FUNCTION(this);
}

void
BlackholeNetDevice::DoInitialize()
{
    AddDownInterface(this);
    NetDevice::DoInitialize();
}

void
BlackholeNetDevice::DoDispose()
{
    NS_LOG_FUNCTION(this);
    Close();
    m_node = nullptr;
    NetDevice::DoDispose();
}

bool
BlackholeNetDevice::SendFrom(Ptr<Packet> packet,
                             const Address& source,
                             const Address& dest,
                             uint16_t protocolNumber)
{
    NS_LOG_FUNCTION(this << packet << source << dest << protocolNumber);
    if (!IsUp())
    {
        return RefuseToSend(packet, DropReason::DEV_READY);
    }
    CountSent(packet);
    const auto from = ToMac48(source);
    const auto to = ToMac48(dest);
    Sniff(m_promiscSnifferTrace, packet, from, to, protocolNumber);
    Sniff(m_snifferTrace, packet, from, to, protocolNumber);
    Trace(m_dropTrace, packet, DropReason::BLACKHOLE);
    return true;
}

bool
BlackholeNetDevice::SetMtu(uint16_t mtu)
{
    if (mtu < MIN_MTU)
    {
        return false;
    }
    m_mtu = mtu;
    return true;
}

void
BlackholeNetDevice::SetAddress(Address address)
{
    NS_ABORT_MSG_UNLESS(Mac48Address::IsMatchingType(address),
                        "ns3::BlackholeNetDevice::SetAddress: "
                            << address << " is not a Mac48Address, the only kind that this device "
                            << "can have");
    m_address = address;
}

} // namespace ns3
