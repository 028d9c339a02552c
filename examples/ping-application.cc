/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ping-application.h"

#include "../model/ns3-ping.h"

#include "ns3/ipv4-address.h"
#include "ns3/ipv6-address.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

using namespace ns3;

#if LOOPBACK_NS3_HAS_PING

void
InstallPing(Ptr<Node> node, const PingSettings& settings)
{
    PingHelper ping(settings.destination);
    ping.SetAttribute("Count", UintegerValue(settings.count));
    ping.SetAttribute("Size", UintegerValue(settings.size));
    ping.SetAttribute("Interval", TimeValue(settings.interval));
    ping.SetAttribute("VerboseMode", StringValue("Silent"));
    ping.Install(NodeContainer(node));
}

#else

namespace
{

void
InstallPing4(Ptr<Node> node, const PingSettings& settings)
{
    V4PingHelper ping(Ipv4Address::ConvertFrom(settings.destination));
    ping.SetAttribute("Size", UintegerValue(settings.size));
    ping.SetAttribute("Interval", TimeValue(settings.interval));
    // V4Ping does not count. Of the stop and the request of the same time the stop comes first.
    ping.Install(node).Stop(settings.interval * static_cast<int64_t>(settings.count));
}

void
InstallPing6(Ptr<Node> node, const PingSettings& settings)
{
    Ping6Helper ping;
    ping.SetRemote(Ipv6Address::ConvertFrom(settings.destination));
    ping.SetLocal(Ipv6Address::GetAny());
    ping.SetAttribute("MaxPackets", UintegerValue(settings.count));
    ping.SetAttribute("PacketSize", UintegerValue(settings.size));
    ping.SetAttribute("Interval", TimeValue(settings.interval));
    ping.Install(NodeContainer(node));
}

} // namespace

void
InstallPing(Ptr<Node> node, const PingSettings& settings)
{
    if (Ipv4Address::IsMatchingType(settings.destination))
    {
        InstallPing4(node, settings);
    }
    else
    {
        InstallPing6(node, settings);
    }
}

#endif
