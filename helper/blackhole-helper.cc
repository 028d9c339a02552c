/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "blackhole-helper.h"

#include "../model/first-routes.h"

#include "ns3/abort.h"
#include "ns3/node.h"

#include <arpa/inet.h>
#include <array>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <string>

namespace ns3
{

namespace
{

/// @return an address or mask that is given as text; aborts if it is none
template <class Family, class Parsed>
Parsed
Parse(const std::string& method, const char* text)
{
    std::array<uint8_t, 16> bytes{};
    NS_ABORT_MSG_UNLESS(inet_pton(Family::AF, text, bytes.data()) == 1,
                        method << ": '" << text << "' is not an " << Family::NAME << " address");
    return Parsed(text);
}

template <class Family>
typename Family::Mask
ParseMask(const std::string& method, const char* text)
{
    if (*text != '/')
    {
        return Parse<Family, typename Family::Mask>(method, text);
    }
    char* end = nullptr;
    const auto length = std::strtoul(text + 1, &end, 10);
    NS_ABORT_MSG_UNLESS(end != text + 1 && *end == '\0' && length <= Family::BITS,
                        method << ": '" << text << "' is not a prefix length of " << Family::NAME);
    return Family::MakeMask(static_cast<uint8_t>(length));
}

/// Call a function with a network and its mask that are given as text.
template <class Function>
void
WithParsed(const std::string& method, const char* network, const char* mask, Function function)
{
    if (std::strchr(network, ':'))
    {
        function(Parse<Ipv6Family, Ipv6Address>(method, network),
                 ParseMask<Ipv6Family>(method, mask));
    }
    else
    {
        function(Parse<Ipv4Family, Ipv4Address>(method, network),
                 ParseMask<Ipv4Family>(method, mask));
    }
}

/// A blackhole route of a node, as a script names it.
template <class Family>
class Route
{
  public:
    /// Aborts if there can be no such route.
    Route(const std::string& method,
          Ptr<Node> node,
          typename Family::Address network,
          typename Family::Mask mask)
        : m_network(network),
          m_length(static_cast<uint8_t>(mask.GetPrefixLength()))
    {
        NS_ABORT_MSG_UNLESS(node, method << ": there is no node; create it first");
        NS_ABORT_MSG_UNLESS(mask == Family::MakeMask(m_length),
                            method << ": the mask " << mask
                                   << " has holes; give one whose ones come first");
        const auto meant = Family::GetNetwork(network, mask);
        NS_ABORT_MSG_UNLESS(network == meant,
                            method << ": " << GetText()
                                   << " is an address in a network; the network is " << meant << "/"
                                   << +m_length);
        NS_ABORT_MSG_IF(network.IsMulticast() && m_length >= Family::MULTICAST_LENGTH,
                        method << ": " << GetText()
                               << " is a multicast network; blackhole routes are unicast");
        m_ip = node->GetObject<typename Family::Ip>();
        NS_ABORT_MSG_UNLESS(m_ip && m_ip->GetRoutingProtocol(),
                            method << ": node " << node->GetId() << " has no " << Family::NAME
                                   << " stack; install it first, by InternetStackHelper");
    }

    void Add(Ptr<BlackholeNetDevice> device, Reject reject) const
    {
        const bool added = FirstRoutes<Family>::Put(m_ip)->Add(m_network, m_length, device, reject);
        NS_ABORT_MSG_UNLESS(added,
                            "AddRoute: a blackhole route to " << GetText() << " exists on node "
                                                              << device->GetNode()->GetId());
    }

    void Remove() const
    {
        const auto routes = FirstRoutes<Family>::Find(m_ip);
        const bool removed = routes && routes->Remove(m_network, m_length);
        NS_ABORT_MSG_UNLESS(removed,
                            "RemoveRoute: there is no blackhole route to "
                                << GetText() << " on node "
                                << m_ip->template GetObject<Node>()->GetId());
    }

  private:
    std::string GetText() const
    {
        std::ostringstream text;
        text << m_network << "/" << +m_length;
        return text.str();
    }

    const typename Family::Address m_network; //!< its network
    const uint8_t m_length;                   //!< its prefix length
    Ptr<typename Family::Ip> m_ip;            //!< the node's stack
};

} // namespace

BlackholeHelper::BlackholeHelper()
    : LinkHelper("ns3::BlackholeNetDevice")
{
}

void
BlackholeHelper::SetReject(Reject reject)
{
    m_reject = reject;
}

void
BlackholeHelper::AddDevice(Ptr<Node> node, Ptr<NetDevice> device) const
{
    device->SetAddress(Mac48Address::Allocate());
    LinkHelper::AddDevice(node, device);
}

Ptr<BlackholeNetDevice>
BlackholeHelper::GetDevice(Ptr<Node> node) const
{
    for (uint32_t i = 0; i < node->GetNDevices(); ++i)
    {
        if (const auto device = DynamicCast<BlackholeNetDevice>(node->GetDevice(i)))
        {
            return device;
        }
    }
    return DynamicCast<BlackholeNetDevice>(Install(node).Get(0));
}

void
BlackholeHelper::AddRoute(Ptr<Node> node, Ipv4Address network, Ipv4Mask mask) const
{
    const Route<Ipv4Family> route("AddRoute", node, network, mask);
    route.Add(GetDevice(node), m_reject);
}

void
BlackholeHelper::AddRoute(Ptr<Node> node, Ipv6Address network, Ipv6Prefix prefix) const
{
    const Route<Ipv6Family> route("AddRoute", node, network, prefix);
    route.Add(GetDevice(node), m_reject);
}

void
BlackholeHelper::AddRoute(Ptr<Node> node, const char* network, const char* mask) const
{
    WithParsed("AddRoute", network, mask, [&](auto parsedNetwork, auto parsedMask) {
        AddRoute(node, parsedNetwork, parsedMask);
    });
}

void
BlackholeHelper::RemoveRoute(Ptr<Node> node, Ipv4Address network, Ipv4Mask mask)
{
    Route<Ipv4Family>("RemoveRoute", node, network, mask).Remove();
}

void
BlackholeHelper::RemoveRoute(Ptr<Node> node, Ipv6Address network, Ipv6Prefix prefix)
{
    Route<Ipv6Family>("RemoveRoute", node, network, prefix).Remove();
}

void
BlackholeHelper::RemoveRoute(Ptr<Node> node, const char* network, const char* mask)
{
    WithParsed("RemoveRoute", network, mask, [&](auto parsedNetwork, auto parsedMask) {
        RemoveRoute(node, parsedNetwork, parsedMask);
    });
}

} // namespace ns3
