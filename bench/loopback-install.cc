/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-install.h"

#include "ns3/internet-stack-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/object-factory.h"
#include "ns3/string.h"

namespace ns3
{

std::vector<std::string>
GetLoopbacks()
{
    return {"LoNetDevice/Immediate",
            "LoNetDevice/Scheduled",
            "LoNetDevice/Backlog",
            "LoopbackNetDevice"};
}

void
InstallDevice(const std::string& device, const NodeContainer& nodes)
{
    const auto slash = device.find('/');
    const auto type = device.substr(0, slash);
    if (type == "LoNetDevice")
    {
        LoHelper helper;
        if (slash != std::string::npos)
        {
            helper.SetDeviceAttribute("Delivery", StringValue(device.substr(slash + 1)));
        }
        helper.Install(nodes);
        return;
    }
    ObjectFactory factory;
    factory.SetTypeId("ns3::" + type);
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        (*node)->AddDevice(factory.Create<NetDevice>());
    }
}

NodeContainer
CreateHosts(const std::string& loopback, uint32_t n)
{
    NodeContainer nodes(n);
    InstallDevice(loopback, nodes);
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(nodes);
    return nodes;
}

} // namespace ns3
