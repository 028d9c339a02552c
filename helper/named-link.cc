/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "named-link.h"

#include "ns3/abort.h"
#include "ns3/names.h"
#include "ns3/traffic-control-layer.h"

#include <algorithm>
#include <locale>
#include <map>
#include <set>

namespace ns3
{

std::string
GetName(Ptr<Object> object, const std::string& defaultName)
{
    auto name = Names::FindName(object);
    const auto mustReplace = [](char c) {
        return std::iscntrl(c, std::locale::classic()) || c == '"' || c == '\\' || c == ',';
    };
    std::replace_if(name.begin(), name.end(), mustReplace, '_');
    return name.empty() ? defaultName : name;
}

std::vector<NamedLink>
GetNamedLinks(Ptr<Node> node, const char* method)
{
    NS_ABORT_MSG_UNLESS(node, method << ": there is no node; create it first");
    std::vector<NamedLink> links;
    std::map<const TracedLink::Kind*, uint32_t> numbers;
    for (uint32_t i = 0; i < node->GetNDevices(); ++i)
    {
        const auto device = node->GetDevice(i);
        if (const auto link = dynamic_cast<const TracedLink*>(PeekPointer(device)))
        {
            const auto& kind = link->GetKind();
            const auto number = kind.isNumbered ? std::to_string(numbers[&kind]++) : "";
            links.push_back({device, link, GetName(device, kind.name + number)});
        }
    }
    return links;
}

std::vector<NamedLink>
GetNamedLinks(const NodeContainer& nodes, const char* method)
{
    std::vector<NamedLink> links;
    std::set<Ptr<Node>> seen;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        const auto added = GetNamedLinks(*node, method);
        links.insert(links.end(), added.begin(), added.end());
        NS_ABORT_MSG_UNLESS(seen.insert(*node).second,
                            method << ": node " << (*node)->GetId() << " is among the nodes twice");
    }
    NS_ABORT_MSG_IF(links.empty(),
                    method << ": no node has a LoNetDevice or a BlackholeNetDevice; install one "
                              "first");
    return links;
}

std::string
GetNodeName(Ptr<Node> node)
{
    return GetName(node, std::to_string(node->GetId()));
}

Ptr<QueueDisc>
GetRootQueueDisc(Ptr<NetDevice> device)
{
    const auto node = device->GetNode();
    const auto layer = node ? node->GetObject<TrafficControlLayer>() : nullptr;
    return layer ? layer->GetRootQueueDiscOnDevice(device) : nullptr;
}

} // namespace ns3
