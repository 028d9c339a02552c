/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "named-link.h"

#include "ns3/abort.h"
#include "ns3/blackhole-net-device.h"
#include "ns3/lo-net-device.h"
#include "ns3/names.h"

namespace ns3
{

namespace
{

template <class T>
std::string
GetName(Ptr<T> object, const std::string& defaultName)
{
    const auto name = Names::FindName(object);
    return name.empty() ? defaultName : name;
}

void
CheckNode(Ptr<Node> node)
{
    NS_ABORT_MSG_UNLESS(node, "LinkStatsHelper: there is no node; create it first");
}

} // namespace

LinkStats
NamedLink::GetStats() const
{
    return dynamic_cast<TracedLink*>(PeekPointer(device))->GetStats();
}

std::vector<NamedLink>
GetNamedLinks(Ptr<Node> node)
{
    CheckNode(node);
    std::vector<NamedLink> links;
    uint32_t nBlackholes = 0;
    for (uint32_t i = 0; i < node->GetNDevices(); ++i)
    {
        const auto device = node->GetDevice(i);
        if (DynamicCast<LoNetDevice>(device))
        {
            links.push_back({device, true, GetName(device, "lo")});
        }
        else if (DynamicCast<BlackholeNetDevice>(device))
        {
            const auto defaultName = "dummy" + std::to_string(nBlackholes++);
            links.push_back({device, false, GetName(device, defaultName)});
        }
    }
    return links;
}

std::string
GetNodeName(Ptr<Node> node)
{
    CheckNode(node);
    return GetName(node, std::to_string(node->GetId()));
}

} // namespace ns3
