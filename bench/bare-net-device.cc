/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "bare-net-device.h"

#include "ns3/channel.h"
#include "ns3/node.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(BareNetDevice);

TypeId
BareNetDevice::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::BareNetDevice").SetParent<NetDevice>().AddConstructor<BareNetDevice>();
    return tid;
}

void
BareNetDevice::DoDispose()
{
    m_node = nullptr;
    NetDevice::DoDispose();
}

void
BareNetDevice::SetIfIndex(const uint32_t index)
{
    m_ifIndex = index;
}

uint32_t
BareNetDevice::GetIfIndex() const
{
    return m_ifIndex;
}

Ptr<Channel>
BareNetDevice::GetChannel() const
{
    return nullptr;
}

void
BareNetDevice::SetAddress(Address /* address */)
{
}

Address
BareNetDevice::GetAddress() const
{
    return {};
}

bool
BareNetDevice::SetMtu(const uint16_t mtu)
{
    m_mtu = mtu;
    return true;
}

uint16_t
BareNetDevice::GetMtu() const
{
    return m_mtu;
}

bool
BareNetDevice::IsLinkUp() const
{
    return true;
}

void
BareNetDevice::AddLinkChangeCallback(Callback<void> /* callback */)
{
}

bool
BareNetDevice::IsBroadcast() const
{
    return true;
}

Address
BareNetDevice::GetBroadcast() const
{
    return {};
}

bool
BareNetDevice::IsMulticast() const
{
    return false;
}

Address
BareNetDevice::GetMulticast(Ipv4Address /* multicastGroup */) const
{
    return {};
}

Address
BareNetDevice::GetMulticast(Ipv6Address /* addr */) const
{
    return {};
}

bool
BareNetDevice::IsBridge() const
{
    return false;
}

bool
BareNetDevice::IsPointToPoint() const
{
    return false;
}

bool
BareNetDevice::Send(Ptr<Packet> /* packet */,
                    const Address& /* dest */,
                    uint16_t /* protocolNumber */)
{
    return false;
}

bool
BareNetDevice::SendFrom(Ptr<Packet> /* packet */,
                        const Address& /* source */,
                        const Address& /* dest */,
                        uint16_t /* protocolNumber */)
{
    return false;
}

Ptr<Node>
BareNetDevice::GetNode() const
{
    return m_node;
}

void
BareNetDevice::SetNode(Ptr<Node> node)
{
    m_node = node;
}

bool
BareNetDevice::NeedsArp() const
{
    return false;
}

void
BareNetDevice::SetReceiveCallback(ReceiveCallback cb)
{
    m_rxCallback = cb;
}

void
BareNetDevice::SetPromiscReceiveCallback(PromiscReceiveCallback cb)
{
    m_promiscCallback = cb;
}

bool
BareNetDevice::SupportsSendFrom() const
{
    return false;
}

} // namespace ns3
