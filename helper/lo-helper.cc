/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-helper.h"

#include "../model/first-routes.h"
#include "named-link.h"

#include "ns3/abort.h"
#include "ns3/netem-queue-disc.h"
#include "ns3/node.h"
#include "ns3/pointer.h"

namespace ns3
{

namespace
{

/// Assign streams to an object, unless it is null. @return the number of the next stream
template <class T>
int64_t
Assign(Ptr<T> object, int64_t stream)
{
    return object ? stream + object->AssignStreams(stream) : stream;
}

/// Assign streams to a queue disc and its children. @return the number of the next stream
int64_t
AssignToTree(Ptr<QueueDisc> queueDisc, int64_t stream)
{
    stream = Assign(DynamicCast<NetemQueueDisc>(queueDisc), stream);
    for (std::size_t i = 0; queueDisc && i < queueDisc->GetNQueueDiscClasses(); ++i)
    {
        stream = AssignToTree(queueDisc->GetQueueDiscClass(i)->GetQueueDisc(), stream);
    }
    return stream;
}

/// Switch the local table of a node's stack on or off. @return whether it has such a stack
template <class Family>
bool
SetLocal(Ptr<Node> node, bool local)
{
    const auto ip = node->GetObject<typename Family::Ip>();
    if (!ip || !ip->GetRoutingProtocol())
    {
        return false;
    }
    if (local || FirstRoutes<Family>::Find(ip))
    {
        FirstRoutes<Family>::Put(ip)->SetLocal(local);
    }
    return true;
}

} // namespace

LoHelper::LoHelper()
    : LinkHelper("ns3::LoNetDevice")
{
}

Ptr<LoNetDevice>
LoHelper::GetLo(Ptr<Node> node)
{
    NS_ABORT_MSG_UNLESS(node, "LoHelper: there is no node; create it first");
    return FindDevice<LoNetDevice>(node);
}

int64_t
LoHelper::AssignStreams(const NetDeviceContainer& devices, int64_t stream) const
{
    auto next = stream;
    for (auto device = devices.Begin(); device != devices.End(); ++device)
    {
        if (const auto lo = DynamicCast<LoNetDevice>(*device))
        {
            PointerValue model;
            lo->GetAttribute("ReceiveErrorModel", model);
            next = Assign(model.Get<RateErrorModel>(), next);
            next = Assign(model.Get<BurstErrorModel>(), next);
            next = Assign(model.Get<NetemErrorModel>(), next);
            next = AssignToTree(GetRootQueueDisc(lo), next);
        }
    }
    return next - stream;
}

void
LoHelper::AddDevice(Ptr<Node> node, Ptr<NetDevice> device) const
{
    NS_ABORT_MSG_IF(GetLo(node),
                    "LoHelper::Install: node "
                        << GetNodeName(node) << " has a LoNetDevice already; install one per node");
    const auto lo = StaticCast<LoNetDevice>(device);
    const auto loopback = FindDevice<LoopbackNetDevice>(node);
    node->AddDevice(lo);
    if (loopback)
    {
        lo->TakeOver(loopback);
    }
}

void
LoHelper::RouteLocalAddresses(const NodeContainer& nodes)
{
    for (auto i = nodes.Begin(); i != nodes.End(); ++i)
    {
        const auto node = *i;
        NS_ABORT_MSG_UNLESS(GetLo(node),
                            "LoHelper::RouteLocalAddresses: node "
                                << GetNodeName(node) << " has no LoNetDevice; install one first");
        const bool isIpv4 = SetLocal<Ipv4Family>(node, true);
        const bool isIpv6 = SetLocal<Ipv6Family>(node, true);
        NS_ABORT_MSG_UNLESS(isIpv4 || isIpv6,
                            "LoHelper::RouteLocalAddresses: node "
                                << GetNodeName(node)
                                << " has no Internet stack; install it first, by "
                                   "InternetStackHelper");
    }
}

void
LoHelper::UnrouteLocalAddresses(const NodeContainer& nodes)
{
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        NS_ABORT_MSG_UNLESS(*node,
                            "LoHelper::UnrouteLocalAddresses: there is no node; create it first");
        SetLocal<Ipv4Family>(*node, false);
        SetLocal<Ipv6Family>(*node, false);
    }
}

} // namespace ns3
