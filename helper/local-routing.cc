/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "local-routing.h"

#include "ns3/log.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/output-stream-wrapper.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("LocalRouting");

NS_OBJECT_ENSURE_REGISTERED(Ipv4LocalRouting);
NS_OBJECT_ENSURE_REGISTERED(Ipv6LocalRouting);

template <class Family>
LocalRouting<Family>::~LocalRouting() = default;

template <class Family>
void
LocalRouting<Family>::SetEnabled(bool enabled)
{
    m_enabled = enabled;
}

template <class Family>
bool
LocalRouting<Family>::IsEnabled() const
{
    return m_enabled;
}

template <class Family>
int32_t
LocalRouting<Family>::GetOwnerUp(typename Family::Address address) const
{
    const auto interface = m_enabled ? this->GetOwner(address) : -1;
    // The table of an interface that is down is empty, as Linux flushes it.
    return interface != -1 && m_ip->IsUp(interface) ? interface : -1;
}

template <class Family>
Ptr<NetDevice>
LocalRouting<Family>::GetLoopback() const
{
    const auto interface = m_ip->GetInterfaceForAddress(Family::Address::GetLoopback());
    return interface != -1 ? m_ip->GetNetDevice(interface) : nullptr;
}

template <class Family>
Ptr<typename Family::Route>
LocalRouting<Family>::RouteOutput(Ptr<Packet> packet,
                                  const typename Family::Header& header,
                                  Ptr<NetDevice> oif,
                                  Socket::SocketErrno& error)
{
    NS_LOG_FUNCTION(this << packet << header << oif);
    const auto destination = header.GetDestination();
    const auto owner = GetOwnerUp(destination);
    const auto loopback = owner != -1 ? GetLoopback() : nullptr;
    // A socket that is bound to a device reaches the addresses of that device only.
    if (!loopback || (oif && oif != loopback && oif != m_ip->GetNetDevice(owner)))
    {
        return m_next->RouteOutput(packet, header, oif, error);
    }
    const auto isOwn = m_ip->GetInterfaceForAddress(destination) != -1;
    error = Socket::ERROR_NOTERROR;
    return this->MakeRoute(destination,
                           isOwn ? destination : Family::Address::GetLoopback(),
                           loopback);
}

template <class Family>
bool
LocalRouting<Family>::RouteInput(Ptr<const Packet> packet,
                                 const typename Family::Header& header,
                                 Ptr<const NetDevice> idev,
                                 typename Callbacks::Unicast unicast,
                                 typename Callbacks::Multicast multicast,
                                 typename Callbacks::Local local,
                                 typename Callbacks::Error error)
{
    NS_LOG_FUNCTION(this << packet << header << idev);
    // In the strong end-system model ns-3 would not deliver what comes in by another interface than
    // the one that owns the address.
    if (GetOwnerUp(header.GetDestination()) != -1 && idev == GetLoopback())
    {
        local(packet, header, m_ip->GetInterfaceForDevice(idev));
        return true;
    }
    return m_next->RouteInput(packet, header, idev, unicast, multicast, local, error);
}

template <class Family>
void
LocalRouting<Family>::PrintRoutingTable(Ptr<OutputStreamWrapper> stream, Time::Unit unit) const
{
    for (uint32_t i = 0; m_enabled && i < m_ip->GetNInterfaces(); ++i)
    {
        for (uint32_t j = 0; m_ip->IsUp(i) && j < m_ip->GetNAddresses(i); ++j)
        {
            const auto address = m_ip->GetAddress(i, j).GetAddress();
            // Linux has one route for an address, whichever interfaces have it.
            if (m_ip->GetInterfaceForAddress(address) == static_cast<int32_t>(i))
            {
                *stream->GetStream() << "local " << address << " dev lo\n";
            }
        }
    }
    m_next->PrintRoutingTable(stream, unit);
}

template class LocalRouting<Ipv4Family>;
template class LocalRouting<Ipv6Family>;

TypeId
Ipv4LocalRouting::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::Ipv4LocalRouting").SetParent<Ipv4ListRouting>().SetGroupName("Loopback");
    return tid;
}

TypeId
Ipv6LocalRouting::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::Ipv6LocalRouting").SetParent<Ipv6ListRouting>().SetGroupName("Loopback");
    return tid;
}

void
Ipv6LocalRouting::SetEnabled(bool enabled)
{
    const std::string model = "StrongEndSystemModel";
    if (enabled && !IsEnabled())
    {
        m_ip->GetAttribute(model, m_strongEndSystemModel);
        m_ip->SetAttribute(model, BooleanValue(false));
    }
    else if (!enabled && IsEnabled())
    {
        m_ip->SetAttribute(model, m_strongEndSystemModel);
    }
    LocalRouting::SetEnabled(enabled);
}

namespace
{

template <class Routing, class Ip>
bool
Enable(Ptr<Ip> ip)
{
    if (!ip || !ip->GetRoutingProtocol())
    {
        return false;
    }
    PutFront<Routing>(ip)->SetEnabled(true);
    return true;
}

template <class Routing, class Ip>
void
Disable(Ptr<Ip> ip)
{
    if (auto routing = ip ? FindFront<Routing>(ip) : nullptr)
    {
        routing->SetEnabled(false);
    }
}

} // namespace

bool
EnableLocalRouting(Ptr<Node> node)
{
    const bool ipv4 = Enable<Ipv4LocalRouting>(node->GetObject<Ipv4>());
    const bool ipv6 = Enable<Ipv6LocalRouting>(node->GetObject<Ipv6>());
    return ipv4 || ipv6;
}

void
DisableLocalRouting(Ptr<Node> node)
{
    Disable<Ipv4LocalRouting>(node->GetObject<Ipv4>());
    Disable<Ipv6LocalRouting>(node->GetObject<Ipv6>());
}

} // namespace ns3
