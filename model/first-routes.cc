/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "first-routes.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/output-stream-wrapper.h"

#include <string>
#include <type_traits>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("FirstRoutes");

namespace
{

/// @return the keyword of Linux's ip-route(8)
const char*
GetKeyword(Reject reject)
{
    return reject == Reject::UNREACHABLE ? "unreachable"
           : reject == Reject::PROHIBIT  ? "prohibit"
                                         : "blackhole";
}

} // namespace

template <class Family>
TypeId
FirstRoutes<Family>::GetTypeId()
{
    constexpr bool isIpv4 = std::is_same_v<Family, Ipv4Family>;
    static TypeId tid = TypeId(isIpv4 ? "ns3::FirstRoutes<IPv4>" : "ns3::FirstRoutes<IPv6>")
                            .template SetParent<typename Family::List>()
                            .SetGroupName("Loopback");
    return tid;
}

template <class Family>
Ptr<FirstRoutes<Family>>
FirstRoutes<Family>::Put(Ptr<Ip> ip)
{
    auto routes = Find(ip);
    if (!routes)
    {
        routes = CreateObject<FirstRoutes>(ip);
        ip->SetRoutingProtocol(routes);
    }
    return routes;
}

template <class Family>
FirstRoutes<Family>::FirstRoutes(Ptr<Ip> ip)
    : m_next(ip->GetRoutingProtocol()),
      m_ip(ip)
{
    Family::List::AddRoutingProtocol(m_next, 0);
}

template <class Family>
bool
FirstRoutes<Family>::Add(Address network,
                         uint8_t length,
                         Ptr<BlackholeNetDevice> device,
                         Reject reject)
{
    NS_LOG_FUNCTION(this << network << +length << device << GetKeyword(reject));
    if (!m_blackholes[length].emplace(network, Blackhole{device, reject}).second)
    {
        return false;
    }
    if (reject != Reject::NONE)
    {
        IcmpRejecter::Get(m_ip);
    }
    return true;
}

template <class Family>
bool
FirstRoutes<Family>::Remove(Address network, uint8_t length)
{
    NS_LOG_FUNCTION(this << network << +length);
    return m_blackholes[length].erase(network) > 0;
}

template <class Family>
void
FirstRoutes<Family>::SetLocal(bool local)
{
    if (std::is_same_v<Family, Ipv6Family> && local != m_local)
    {
        const std::string model = "StrongEndSystemModel";
        if (local)
        {
            m_ip->GetAttribute(model, m_strongIpv6);
        }
        m_ip->SetAttribute(model, local ? BooleanValue(false) : m_strongIpv6);
    }
    m_local = local;
}

template <class Family>
Ptr<typename Family::Route>
FirstRoutes<Family>::RouteOutput(Ptr<Packet> packet,
                                 const Header& header,
                                 Ptr<NetDevice> oif,
                                 Socket::SocketErrno& error)
{
    NS_LOG_FUNCTION(this << packet << header << oif);
    if (const auto route = FindLocal(GetAddresses(header).second, oif))
    {
        error = Socket::ERROR_NOTERROR;
        return route;
    }
    // Linux takes the destination of a socket that is bound to a device to be on link.
    if (const auto blackhole = oif ? nullptr : FindBlackhole(GetAddresses(header).second))
    {
        error =
            blackhole->reject == Reject::NONE ? Socket::ERROR_INVAL : Socket::ERROR_NOROUTETOHOST;
        return nullptr;
    }
    return m_next->RouteOutput(packet, header, oif, error);
}

template <class Family>
bool
FirstRoutes<Family>::RouteInput(Ptr<const Packet> packet,
                                const Header& header,
                                Ptr<const NetDevice> idev,
                                Callback<0> unicast,
                                Callback<1> multicast,
                                Callback<2> local,
                                Callback<3> error)
{
    NS_LOG_FUNCTION(this << packet << header << idev);
    const auto destination = GetAddresses(header).second;
    const auto interface = m_ip->GetInterfaceForDevice(idev);
    // In the strong end-system model ns-3 would not deliver what comes in by another interface than
    // the one that owns the address.
    if (m_local && idev == GetLoopback() && IsLocal(destination))
    {
        local(packet, header, interface);
        return true;
    }
    const auto blackhole = m_ip->IsForwarding(interface) ? FindBlackhole(destination) : nullptr;
    if (blackhole)
    {
        Discard(*blackhole, packet, header);
        return true;
    }
    return m_next->RouteInput(packet, header, idev, unicast, multicast, local, error);
}

template <class Family>
void
FirstRoutes<Family>::PrintRoutingTable(Ptr<OutputStreamWrapper> stream, Time::Unit unit) const
{
    auto& os = *stream->GetStream();
    for (uint32_t i = 0; m_local && i < m_ip->GetNInterfaces(); ++i)
    {
        for (uint32_t j = 0; m_ip->IsUp(i) && j < m_ip->GetNAddresses(i); ++j)
        {
            const auto address = Family::GetAddress(m_ip->GetAddress(i, j));
            // Linux has one route for an address, whichever interfaces have it.
            if (m_ip->GetInterfaceForAddress(address) == static_cast<int32_t>(i))
            {
                os << "local " << address << " dev lo\n";
            }
        }
    }
    for (const auto& [length, networks] : m_blackholes)
    {
        for (const auto& [network, route] : networks)
        {
            os << GetKeyword(route.reject) << " " << network << "/" << +length << "\n";
        }
    }
    m_next->PrintRoutingTable(stream, unit);
}

template <class Family>
bool
FirstRoutes<Family>::IsLocal(Address address) const
{
    if (!m_local)
    {
        return false;
    }
    auto interface = m_ip->GetInterfaceForAddress(address);
    if (interface == -1 && Family::IsLoopback(address))
    {
        interface = m_ip->GetInterfaceForAddress(Address::GetLoopback());
    }
    return interface != -1 && m_ip->IsUp(interface);
}

template <class Family>
Ptr<typename Family::Route>
FirstRoutes<Family>::FindLocal(Address destination, Ptr<NetDevice> oif) const
{
    if (!IsLocal(destination))
    {
        return nullptr;
    }
    const auto loopback = GetLoopback();
    const auto owner = m_ip->GetInterfaceForAddress(destination);
    // A socket that is bound to a device reaches the addresses of that device only.
    if (oif && oif != loopback && (owner == -1 || oif != m_ip->GetNetDevice(owner)))
    {
        return nullptr;
    }
    auto route = Create<typename Family::Route>();
    route->SetDestination(destination);
    route->SetSource(owner != -1 ? destination : Address::GetLoopback());
    route->SetGateway(Address::GetZero());
    route->SetOutputDevice(loopback);
    return route;
}

template <class Family>
const typename FirstRoutes<Family>::Blackhole*
FirstRoutes<Family>::FindBlackhole(Address destination) const
{
    for (const auto& [length, networks] : m_blackholes)
    {
        const auto mask = Family::MakeMask(length);
        const auto found = networks.find(Family::GetNetwork(destination, mask));
        if (found != networks.end())
        {
            return IsExempt(destination, length) ? nullptr : &found->second;
        }
    }
    return nullptr;
}

template <class Family>
bool
FirstRoutes<Family>::IsExempt(Address destination, uint8_t length) const
{
    if (destination.IsMulticast() || Family::IsBroadcast(m_ip, destination) ||
        Family::IsLoopback(destination) || m_ip->GetInterfaceForAddress(destination) != -1)
    {
        return true;
    }
    for (uint32_t i = 0; i < m_ip->GetNInterfaces(); ++i)
    {
        for (uint32_t j = 0; j < m_ip->GetNAddresses(i); ++j)
        {
            const auto own = m_ip->GetAddress(i, j);
            const auto mask = Family::GetMask(own);
            if (mask.GetPrefixLength() > length && m_ip->IsUp(i) &&
                mask.IsMatch(Family::GetAddress(own), destination))
            {
                return true;
            }
        }
    }
    return false;
}

template <class Family>
void
FirstRoutes<Family>::Discard(Blackhole route, Ptr<const Packet> packet, const Header& header)
{
    const auto ip = m_ip; // a trace sink may dispose of the node
    const auto whole = packet->Copy();
    whole->AddHeader(header);
    if (route.device->Send(whole, route.device->GetBroadcast(), Family::ETHER_TYPE) &&
        route.reject != Reject::NONE)
    {
        IcmpRejecter::Get(ip)->Answer(ip, packet, header, route.reject);
    }
}

template <class Family>
void
FirstRoutes<Family>::AddRoutingProtocol(Ptr<Protocol> protocol, int16_t priority)
{
    auto list = GetNextList();
    NS_ABORT_MSG_UNLESS(list,
                        "AddRoutingProtocol: the node's routing protocol is no list; give the "
                        "Internet stack a list, by SetRoutingHelper");
    list->AddRoutingProtocol(protocol, priority);
}

template <class Family>
uint32_t
FirstRoutes<Family>::GetNRoutingProtocols() const
{
    const auto list = GetNextList();
    return list ? list->GetNRoutingProtocols() : Family::List::GetNRoutingProtocols();
}

template <class Family>
Ptr<typename Family::Protocol>
FirstRoutes<Family>::GetRoutingProtocol(uint32_t index, int16_t& priority) const
{
    const auto list = GetNextList();
    return list ? list->GetRoutingProtocol(index, priority)
                : Family::List::GetRoutingProtocol(index, priority);
}

template <class Family>
void
FirstRoutes<Family>::DoDispose()
{
    m_blackholes.clear();
    m_next = nullptr;
    m_ip = nullptr;
    Family::List::DoDispose();
}

NS_OBJECT_TEMPLATE_CLASS_DEFINE(FirstRoutes, Ipv4Family);
NS_OBJECT_TEMPLATE_CLASS_DEFINE(FirstRoutes, Ipv6Family);

} // namespace ns3
