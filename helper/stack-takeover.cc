/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "stack-takeover.h"

#include "dad-pause.h"

#include "ns3/ipv4-interface-address.h"
#include "ns3/ipv4-interface.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/ipv6-interface-address.h"
#include "ns3/ipv6-interface.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/ipv6-routing-protocol.h"
#include "ns3/traffic-control-layer.h"

namespace ns3
{

namespace
{

/// @return the interface of the loopback that the stack made itself, or -1 if it has none
template <class Ip, class Address>
int32_t
TakeOver(Ptr<Ip> ip, Ptr<NetDevice> loopback, Address loopbackAddress)
{
    const auto old = ip ? ip->GetInterfaceForAddress(loopbackAddress) : -1;
    if (old == -1)
    {
        return old;
    }
    const auto now = ip->AddInterface(loopback);
    for (uint32_t i = 0; i < ip->GetNAddresses(old); ++i)
    {
        ip->AddAddress(now, ip->GetAddress(old, i));
    }
    // As ns-3 sets its own loopback up. Its SetUp would leave one with a small MTU down for IPv6.
    ip->GetInterface(now)->SetUp();
    if (auto routing = ip->GetRoutingProtocol())
    {
        routing->NotifyInterfaceUp(now);
    }
    ip->GetInterface(old)->SetDevice(loopback);
    return old;
}

} // namespace

std::string
GetTakeOverProblem(Ptr<Node> node)
{
    const bool isIpv4 = bool(node->GetObject<Ipv4>());
    const bool isIpv6 = bool(node->GetObject<Ipv6>());
    const bool isKnown = (!isIpv4 || node->GetObject<Ipv4L3Protocol>()) &&
                         (!isIpv6 || node->GetObject<Ipv6L3Protocol>()) &&
                         node->GetObject<TrafficControlLayer>();
    if ((isIpv4 || isIpv6) && !isKnown)
    {
        return " has an Internet stack that is not ns-3's own with its TrafficControlLayer; "
               "install the LoNetDevice before it, or the stack by InternetStackHelper";
    }
    return "";
}

void
TakeOverLoopback(Ptr<Node> node, Ptr<NetDevice> loopback)
{
    TakeOver(node->GetObject<Ipv4L3Protocol>(), loopback, Ipv4Address::GetLoopback());

    const DadPause noDad(node->GetObject<Icmpv6L4Protocol>());
    const auto ipv6 = node->GetObject<Ipv6L3Protocol>();
    const auto old = TakeOver(ipv6, loopback, Ipv6Address::GetLoopback());
    // In the strong end-system model, its default, ns-3's IPv6 drops what is for an address of
    // which another interface than the incoming one is the first to have it.
    while (old != -1 && ipv6->GetNAddresses(old) > 0)
    {
        ipv6->RemoveAddress(old, uint32_t{0});
    }
}

} // namespace ns3
