/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "routing-front.h"

#include "ns3/abort.h"

namespace ns3
{

template <class Family>
RoutingFront<Family>::RoutingFront(Ptr<typename Family::Ip> ip, Ptr<typename Family::Protocol> next)
    : m_next(next),
      m_ip(ip)
{
}

template <class Family>
RoutingFront<Family>::~RoutingFront() = default;

template <class Family>
Ptr<typename Family::Protocol>
RoutingFront<Family>::GetNext() const
{
    return m_next;
}

template <class Family>
void
RoutingFront<Family>::DoInitialize()
{
    m_next->Initialize();
    Family::List::DoInitialize();
}

template <class Family>
void
RoutingFront<Family>::DoDispose()
{
    m_next = nullptr;
    m_ip = nullptr;
    Family::List::DoDispose();
}

template <class Family>
int32_t
RoutingFront<Family>::GetOwner(typename Family::Address address) const
{
    const auto interface = m_ip->GetInterfaceForAddress(address);
    return interface == -1 && Family::IsLoopback(address)
               ? m_ip->GetInterfaceForAddress(Family::Address::GetLoopback())
               : interface;
}

template <class Family>
Ptr<typename Family::List>
RoutingFront<Family>::GetNextList() const
{
    return DynamicCast<typename Family::List>(m_next);
}

template <class Family>
void
RoutingFront<Family>::AddRoutingProtocol(Ptr<typename Family::Protocol> protocol, int16_t priority)
{
    auto list = GetNextList();
    NS_ABORT_MSG_UNLESS(list,
                        "AddRoutingProtocol: the node's routing protocol is no list; give the "
                        "Internet stack a list, by SetRoutingHelper");
    list->AddRoutingProtocol(protocol, priority);
}

template <class Family>
uint32_t
RoutingFront<Family>::GetNRoutingProtocols() const
{
    const auto list = GetNextList();
    return list ? list->GetNRoutingProtocols() : 1;
}

template <class Family>
Ptr<typename Family::Protocol>
RoutingFront<Family>::GetRoutingProtocol(uint32_t index, int16_t& priority) const
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
RoutingFront<Family>::NotifyInterfaceUp(uint32_t interface)
{
    m_next->NotifyInterfaceUp(interface);
}

template <class Family>
void
RoutingFront<Family>::NotifyInterfaceDown(uint32_t interface)
{
    m_next->NotifyInterfaceDown(interface);
}

template <class Family>
void
RoutingFront<Family>::NotifyAddAddress(uint32_t interface,
                                       typename Family::InterfaceAddress address)
{
    m_next->NotifyAddAddress(interface, address);
}

template <class Family>
void
RoutingFront<Family>::NotifyRemoveAddress(uint32_t interface,
                                          typename Family::InterfaceAddress address)
{
    m_next->NotifyRemoveAddress(interface, address);
}

template class RoutingFront<Ipv4Family>;
template class RoutingFront<Ipv6Family>;

void
Ipv4RoutingFront::SetIpv4(Ptr<Ipv4> /* ipv4 */)
{
}

void
Ipv6RoutingFront::SetIpv6(Ptr<Ipv6> /* ipv6 */)
{
}

void
Ipv6RoutingFront::NotifyAddRoute(Ipv6Address destination,
                                 Ipv6Prefix mask,
                                 Ipv6Address nextHop,
                                 uint32_t interface,
                                 Ipv6Address prefixToUse)
{
    m_next->NotifyAddRoute(destination, mask, nextHop, interface, prefixToUse);
}

void
Ipv6RoutingFront::NotifyRemoveRoute(Ipv6Address destination,
                                    Ipv6Prefix mask,
                                    Ipv6Address nextHop,
                                    uint32_t interface,
                                    Ipv6Address prefixToUse)
{
    m_next->NotifyRemoveRoute(destination, mask, nextHop, interface, prefixToUse);
}

} // namespace ns3
