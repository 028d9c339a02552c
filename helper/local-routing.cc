/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "local-routing.h"

#include "ns3/abort.h"
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
LocalRouting<Family>::LocalRouting(Ptr<typename Family::Ip> ip, Ptr<typename Family::Protocol> next)
    : m_next(next),
      m_ip(ip)
{
}

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
void
LocalRouting<Family>::DoInitialize()
{
    m_next->Initialize();
    Family::List::DoInitialize();
}

template <class Family>
void
LocalRouting<Family>::DoDispose()
{
    m_next = nullptr;
    m_ip = nullptr;
    Family::List::DoDispose();
}

template <class Family>
int32_t
LocalRouting<Family>::GetOwner(typename Family::Address address) const
{
    if (!m_enabled)
    {
        return -1;
    }
    auto interface = m_ip->GetInterfaceForAddress(address);
    if (interface == -1 && Family::IsLoopback(address))
    {
        interface = m_ip->GetInterfaceForAddress(Family::Address::GetLoopback());
    }
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
    const auto owner = GetOwner(destination);
    const auto loopback = owner != -1 ? GetLoopback() : nullptr;
    // A socket that is bound to a device reaches the addresses of that device only.
    if (!loopback || (oif && oif != loopback && oif != m_ip->GetNetDevice(owner)))
    {
        return m_next->RouteOutput(packet, header, oif, error);
    }
    auto route = Create<typename Family::Route>();
    route->SetDestination(destination);
    route->SetSource(m_ip->GetInterfaceForAddress(destination) != -1
                         ? destination
                         : Family::Address::GetLoopback());
    route->SetGateway(Family::Address::GetZero());
    route->SetOutputDevice(loopback);
    error = Socket::ERROR_NOTERROR;
    return route;
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
    if (GetOwner(header.GetDestination()) != -1 && idev == GetLoopback())
    {
        local(packet, header, m_ip->GetInterfaceForDevice(idev));
        return true;
    }
    return m_next->RouteInput(packet, header, idev, unicast, multicast, local, error);
}

template <class Family>
Ptr<typename Family::List>
LocalRouting<Family>::GetNextList() const
{
    return DynamicCast<typename Family::List>(m_next);
}

template <class Family>
void
LocalRouting<Family>::AddRoutingProtocol(Ptr<typename Family::Protocol> protocol, int16_t priority)
{
    auto list = GetNextList();
    NS_ABORT_MSG_UNLESS(list,
                        "AddRoutingProtocol: the node's routing protocol is no list; give the "
                        "Internet stack a list, by SetRoutingHelper");
    list->AddRoutingProtocol(protocol, priority);
}

template <class Family>
uint32_t
LocalRouting<Family>::GetNRoutingProtocols() const
{
    const auto list = GetNextList();
    return list ? list->GetNRoutingProtocols() : 1;
}

template <class Family>
Ptr<typename Family::Protocol>
LocalRouting<Family>::GetRoutingProtocol(uint32_t index, int16_t& priority) const
{
    if (const auto list = GetNextList())
    {
        return list->GetRoutingProtocol(index, priority);
    }
    NS_ABORT_MSG_IF(index > 0, "GetRoutingProtocol: there is no protocol of index " << index);
    priority = 0;
    return m_next;
}

template <class Family>
void
LocalRouting<Family>::NotifyInterfaceUp(uint32_t interface)
{
    m_next->NotifyInterfaceUp(interface);
}

template <class Family>
void
LocalRouting<Family>::NotifyInterfaceDown(uint32_t interface)
{
    m_next->NotifyInterfaceDown(interface);
}

template <class Family>
void
LocalRouting<Family>::NotifyAddAddress(uint32_t interface,
                                       typename Family::InterfaceAddress address)
{
    m_next->NotifyAddAddress(interface, address);
}

template <class Family>
void
LocalRouting<Family>::NotifyRemoveAddress(uint32_t interface,
                                          typename Family::InterfaceAddress address)
{
    m_next->NotifyRemoveAddress(interface, address);
}

template <class Family>
void
LocalRouting<Family>::PrintRoutingTable(Ptr<OutputStreamWrapper> stream, Time::Unit unit) const
{
    for (uint32_t i = 0; m_enabled && i < m_ip->GetNInterfaces(); ++i)
    {
        for (uint32_t j = 0; m_ip->IsUp(i) && j < m_ip->GetNAddresses(i); ++j)
        {
            *stream->GetStream() << "local " << m_ip->GetAddress(i, j).GetAddress() << " dev lo\n";
        }
    }
    m_next->PrintRoutingTable(stream, unit);
}

template class LocalRouting<LocalRoutingIpv4>;
template class LocalRouting<LocalRoutingIpv6>;

TypeId
Ipv4LocalRouting::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::Ipv4LocalRouting").SetParent<Ipv4ListRouting>().SetGroupName("Loopback");
    return tid;
}

void
Ipv4LocalRouting::SetIpv4(Ptr<Ipv4> /* ipv4 */)
{
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

void
Ipv6LocalRouting::SetIpv6(Ptr<Ipv6> /* ipv6 */)
{
}

void
Ipv6LocalRouting::NotifyAddRoute(Ipv6Address destination,
                                 Ipv6Prefix mask,
                                 Ipv6Address nextHop,
                                 uint32_t interface,
                                 Ipv6Address prefixToUse)
{
    m_next->NotifyAddRoute(destination, mask, nextHop, interface, prefixToUse);
}

void
Ipv6LocalRouting::NotifyRemoveRoute(Ipv6Address destination,
                                    Ipv6Prefix mask,
                                    Ipv6Address nextHop,
                                    uint32_t interface,
                                    Ipv6Address prefixToUse)
{
    m_next->NotifyRemoveRoute(destination, mask, nextHop, interface, prefixToUse);
}

namespace
{

template <class Routing, class Ip>
bool
Enable(Ptr<Ip> ip)
{
    if (!ip)
    {
        return false;
    }
    auto routing = DynamicCast<Routing>(ip->GetRoutingProtocol());
    if (!routing)
    {
        routing = CreateObject<Routing>(ip, ip->GetRoutingProtocol());
        ip->SetRoutingProtocol(routing);
    }
    routing->SetEnabled(true);
    return true;
}

template <class Routing, class Ip>
void
Disable(Ptr<Ip> ip)
{
    if (auto routing = ip ? DynamicCast<Routing>(ip->GetRoutingProtocol()) : nullptr)
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
