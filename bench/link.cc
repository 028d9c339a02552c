/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link.h"

#include "ns3/blackhole-net-device.h"
#include "ns3/csma-helper.h"
#include "ns3/link-impairment.h"
#include "ns3/lo-net-device.h"
#include "ns3/loopback-net-device.h"
#include "ns3/node-container.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simple-net-device-helper.h"
#include "ns3/string.h"

namespace ns3
{

namespace
{

Link
MakeLoopbackOf(Ptr<NetDevice> device)
{
    CreateObject<Node>()->AddDevice(device);
    return {device, device, Time(0)};
}

NodeContainer
MakeTwoNodes()
{
    NodeContainer nodes;
    nodes.Create(2);
    return nodes;
}

} // namespace

LinkMaker
MakeLo(const std::string& delivery)
{
    return [delivery] {
        return MakeLoopbackOf(
            CreateObjectWithAttributes<LoNetDevice>("Delivery", StringValue(delivery)));
    };
}

LinkMaker
MakeImpairedLo(const std::string& attribute, const AttributeValue& value)
{
    return [attribute, copy = value.Copy()] {
        auto impairment = CreateObject<LinkImpairment>();
        if (!attribute.empty())
        {
            impairment->SetAttribute(attribute, *copy);
        }
        auto link = MakeLo("Immediate")();
        DynamicCast<LoNetDevice>(link.sender)->SetImpairment(impairment);
        link.gap = MilliSeconds(2);
        return link;
    };
}

Link
MakeLoopback()
{
    return MakeLoopbackOf(CreateObject<LoopbackNetDevice>());
}

Link
MakeBlackhole()
{
    auto link = MakeLoopbackOf(CreateObject<BlackholeNetDevice>());
    link.delivers = false;
    return link;
}

Link
MakeSimple()
{
    const auto devices = SimpleNetDeviceHelper().Install(MakeTwoNodes());
    return {devices.Get(0), devices.Get(1), MilliSeconds(1)};
}

Link
MakePointToPoint()
{
    PointToPointHelper helper;
    helper.SetDeviceAttribute("DataRate", StringValue("1000Gbps"));
    const auto devices = helper.Install(MakeTwoNodes());
    return {devices.Get(0), devices.Get(1), MilliSeconds(1), true};
}

Link
MakeCsma()
{
    CsmaHelper helper;
    helper.SetChannelAttribute("DataRate", StringValue("1000Gbps"));
    const auto devices = helper.Install(MakeTwoNodes());
    return {devices.Get(0), devices.Get(1), MilliSeconds(1), true};
}

} // namespace ns3
