/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-helper.h"

#include "ns3/abort.h"
#include "ns3/names.h"
#include "ns3/node.h"
#include "ns3/pointer.h"

namespace ns3
{

namespace
{

/// \return how a message names a node
std::string
Describe(Ptr<Node> node)
{
    const auto name = Names::FindName(node);
    return "node " + std::to_string(node->GetId()) + (name.empty() ? "" : " (\"" + name + "\")");
}

/// \return how many streams were given
int64_t
AssignErrorStreams(Ptr<ErrorModel> model, int64_t stream)
{
    if (auto rate = DynamicCast<RateErrorModel>(model))
    {
        return rate->AssignStreams(stream);
    }
    if (auto burst = DynamicCast<BurstErrorModel>(model))
    {
        return burst->AssignStreams(stream);
    }
    return 0;
}

} // namespace

LoHelper::LoHelper()
    : PseudoNetDeviceHelper("ns3::LoNetDevice")
{
}

Ptr<LoNetDevice>
LoHelper::GetLo(Ptr<Node> node)
{
    for (uint32_t i = 0; i < node->GetNDevices(); ++i)
    {
        if (auto lo = DynamicCast<LoNetDevice>(node->GetDevice(i)))
        {
            return lo;
        }
    }
    return nullptr;
}

int64_t
LoHelper::AssignStreams(const NetDeviceContainer& devices, int64_t stream) const
{
    const auto first = stream;
    for (auto device = devices.Begin(); device != devices.End(); ++device)
    {
        if (auto lo = DynamicCast<LoNetDevice>(*device))
        {
            PointerValue model;
            lo->GetAttribute("ReceiveErrorModel", model);
            stream += AssignErrorStreams(model.Get<ErrorModel>(), stream);
        }
    }
    return stream - first;
}

void
LoHelper::CheckInstall(Ptr<Node> node) const
{
    for (uint32_t i = 0; i < node->GetNDevices(); ++i)
    {
        const auto device = node->GetDevice(i);
        NS_ABORT_MSG_IF(DynamicCast<LoNetDevice>(device),
                        "LoHelper::Install: " << Describe(node)
                                              << " has a LoNetDevice already; install one a node");
        NS_ABORT_MSG_IF(DynamicCast<LoopbackNetDevice>(device),
                        "LoHelper::Install: "
                            << Describe(node)
                            << " has the Internet stack's loopback already; install the "
                               "LoNetDevice before InternetStackHelper::Install");
    }
}

} // namespace ns3
