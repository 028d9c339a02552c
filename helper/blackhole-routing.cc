/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "blackhole-routing.h"

#include "hidden-interface.h"
#include "route-length.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/output-stream-wrapper.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("BlackholeRouting");

NS_OBJECT_ENSURE_REGISTERED(Ipv4BlackholeRouting);
NS_OBJECT_ENSURE_REGISTERED(Ipv6BlackholeRouting);

template <class Family>
BlackholeRouting<Family>::~BlackholeRouting() = default;

template <class Family>
void
BlackholeRouting<Family>::DoDispose()
{
    m_routes.clear();
    Family::Front::DoDispose();
}

template <class Family>
bool
BlackholeRouting<Family>::Add(typename Family::Address network,
                              uint8_t length,
                              Ptr<NetDevice> device)
{
    NS_LOG_FUNCTION(this << network << +length << device);
    if (!m_routes[length].emplace(network, device).second)
    {
        return false;
    }
    EnsureInterface(device);
    return true;
}

template <class Family>
bool
BlackholeRouting<Family>::Remove(typename Family::Address network, uint8_t length)
{
    NS_LOG_FUNCTION(this << network << +length);
    const auto networks = m_routes.find(length);
    if (networks == m_routes.end() || networks->second.erase(network) == 0)
    {
        return false;
    }
    if (networks->second.empty())
    {
        m_routes.erase(networks);
    }
    return true;
}

template <class Family>
Ptr<NetDevice>
BlackholeRouting<Family>::FindSink(typename Family::Address destination) const
{
    for (const auto& [length, networks] : m_routes)
    {
        const auto found = networks.find(Family::GetNetwork(destination, Family::MakeMask(length)));
        if (found == networks.end())
        {
            continue;
        }
        if (Family::IsForManyHosts(m_ip, destination) || this->GetOwner(destination) != -1)
        {
            return nullptr;
        }
        // No route is longer than one to a host.
        const bool longest =
            length == Family::BITS || length >= GetRouteLength<Family>(m_next, destination);
        return longest ? found->second : nullptr;
    }
    return nullptr;
}

template <class Family>
typename Family::Address
BlackholeRouting<Family>::SelectSource(const typename Family::Header& header) const
{
    Socket::SocketErrno error{};
    // Not with the packet itself, which the protocol may mark for its own route.
    if (const auto route = m_next->RouteOutput(Create<Packet>(), header, nullptr, error))
    {
        return route->GetSource();
    }
    for (uint32_t i = 0; i < m_ip->GetNInterfaces(); ++i)
    {
        for (uint32_t j = 0; m_ip->IsUp(i) && j < m_ip->GetNAddresses(i); ++j)
        {
            const auto address = m_ip->GetAddress(i, j);
            if (address.GetScope() == Family::InterfaceAddress::GLOBAL)
            {
                return address.GetAddress();
            }
        }
    }
    return Family::Address::GetLoopback();
}

template <class Family>
Ptr<typename Family::Route>
BlackholeRouting<Family>::RouteOutput(Ptr<Packet> packet,
                                      const typename Family::Header& header,
                                      Ptr<NetDevice> oif,
                                      Socket::SocketErrno& error)
{
    NS_LOG_FUNCTION(this << packet << header << oif);
    // Linux sends what a socket is bound to a device for on link instead.
    const auto device = oif ? nullptr : FindSink(header.GetDestination());
    if (!device)
    {
        return m_next->RouteOutput(packet, header, oif, error);
    }
    error = Socket::ERROR_NOTERROR;
    return this->MakeRoute(header.GetDestination(), SelectSource(header), device);
}

template <class Family>
bool
BlackholeRouting<Family>::RouteInput(Ptr<const Packet> packet,
                                     const typename Family::Header& header,
                                     Ptr<const NetDevice> idev,
                                     typename Callbacks::Unicast unicast,
                                     typename Callbacks::Multicast multicast,
                                     typename Callbacks::Local local,
                                     typename Callbacks::Error error)
{
    NS_LOG_FUNCTION(this << packet << header << idev);
    const auto device = FindSink(header.GetDestination());
    // A host that does not forward drops what is for others, as ever.
    if (!device || !m_ip->IsForwarding(m_ip->GetInterfaceForDevice(idev)))
    {
        return m_next->RouteInput(packet, header, idev, unicast, multicast, local, error);
    }
    const auto route = this->MakeRoute(header.GetDestination(), header.GetSource(), device);
    Family::Forward(unicast, idev, route, packet, header);
    return true;
}

template <class Family>
void
BlackholeRouting<Family>::EnsureInterface(Ptr<NetDevice> device)
{
    if (m_ip->GetInterfaceForDevice(device) == -1)
    {
        m_interfaces.insert(AddHiddenInterface(m_ip, device));
    }
}

template <class Family>
bool
BlackholeRouting<Family>::IsHidden(uint32_t interface) const
{
    return m_interfaces.count(interface) > 0;
}

template <class Family>
void
BlackholeRouting<Family>::NotifyInterfaceUp(uint32_t interface)
{
    if (!IsHidden(interface))
    {
        m_next->NotifyInterfaceUp(interface);
    }
}

template <class Family>
void
BlackholeRouting<Family>::NotifyInterfaceDown(uint32_t interface)
{
    if (!IsHidden(interface))
    {
        m_next->NotifyInterfaceDown(interface);
    }
}

template <class Family>
void
BlackholeRouting<Family>::NotifyAddAddress(uint32_t interface,
                                           typename Family::InterfaceAddress address)
{
    NS_ABORT_MSG_IF(IsHidden(interface),
                    "AddRoute made interface "
                        << interface << " of node "
                        << m_ip->GetNetDevice(interface)->GetNode()->GetId()
                        << ", which gets no address such as " << address.GetAddress()
                        << "; give the device its addresses before AddRoute");
    m_next->NotifyAddAddress(interface, address);
}

template <class Family>
void
BlackholeRouting<Family>::PrintRoutingTable(Ptr<OutputStreamWrapper> stream, Time::Unit unit) const
{
    for (const auto& [length, networks] : m_routes)
    {
        for (const auto& [network, device] : networks)
        {
            *stream->GetStream() << "blackhole " << network << "/" << +length << "\n";
        }
    }
    m_next->PrintRoutingTable(stream, unit);
}

template class BlackholeRouting<Ipv4Family>;
template class BlackholeRouting<Ipv6Family>;

TypeId
Ipv4BlackholeRouting::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::Ipv4BlackholeRouting").SetParent<Ipv4ListRouting>().SetGroupName("Loopback");
    return tid;
}

TypeId
Ipv6BlackholeRouting::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::Ipv6BlackholeRouting").SetParent<Ipv6ListRouting>().SetGroupName("Loopback");
    return tid;
}

} // namespace ns3
