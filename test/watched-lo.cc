/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "watched-lo.h"

#include "to-callback.h"

#include "ns3/abort.h"
#include "ns3/lo-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/traffic-control-layer.h"

#include <algorithm>
#include <sstream>

namespace ns3
{

std::string
ToText(const LinkStats& stats)
{
    std::string text;
    for (const auto& field : LinkStats::FIELDS)
    {
        if (const auto count = stats.*field.counter)
        {
            text +=
                (text.empty() ? "" : " ") + std::string(field.name) + "=" + std::to_string(count);
        }
    }
    return text;
}

std::string
ToText(const std::vector<uint32_t>& numbers)
{
    std::string text;
    for (const auto number : numbers)
    {
        text += (text.empty() ? "" : " ") + std::to_string(number);
    }
    return text;
}

LinkStats
MakeLooped(uint64_t packets, uint64_t bytes)
{
    LinkStats stats;
    stats.txPackets = stats.rxPackets = packets;
    stats.txBytes = stats.rxBytes = bytes;
    return stats;
}

void
WatchedLo::Destroy()
{
    m_onReceive = nullptr;
    m_lo = nullptr;
    m_node = nullptr;
    Simulator::Destroy();
}

void
WatchedLo::MakeNode()
{
    m_node = CreateObject<Node>();
    m_node->AggregateObject(CreateObject<TrafficControlLayer>());
    const auto handler =
        ToHandler([this](Ptr<NetDevice>, Ptr<const Packet> packet) { Receive(packet); });
    m_node->RegisterProtocolHandler(handler, TEST_PROTOCOL, nullptr);
}

void
WatchedLo::MakeLoOnNode(const std::string& delivery)
{
    MakeNode();
    LoHelper helper;
    helper.SetDeviceAttribute("Delivery", StringValue(delivery));
    helper.Install(m_node);
    m_lo = LoHelper::GetLo(m_node);
    Watch();
}

Ptr<LoopbackNetDevice>
WatchedLo::MakeLoInWire()
{
    MakeNode();
    const auto wire = CreateObject<LoopbackNetDevice>();
    m_node->AddDevice(wire);
    LoHelper().Install(m_node);
    m_lo = LoHelper::GetLo(m_node);
    Watch();
    return wire;
}

void
WatchedLo::MakeLoOnNoNode(const std::string& delivery)
{
    m_lo = CreateObjectWithAttributes<LoNetDevice>("Delivery", StringValue(delivery));
    const NetDevice::ReceiveCallback callback = ToCallback([this](Ptr<NetDevice> /* device */,
                                                                  Ptr<const Packet> packet,
                                                                  uint16_t protocol,
                                                                  const Address& /* from */) {
        if (protocol != TEST_PROTOCOL)
        {
            return false;
        }
        Receive(packet);
        return true;
    });
    m_lo->SetReceiveCallback(callback);
    Watch();
}

void
WatchedLo::Watch()
{
    m_received.clear();
    m_drops.clear();
    m_onReceive = nullptr;
    m_lo->TraceConnectWithoutContext(
        "Drop",
        ToCallback([this](Ptr<const Packet> /* packet */, DropReason reason) {
            std::ostringstream os;
            os << (m_drops.empty() ? "" : " ") << reason;
            m_drops += os.str();
        }));
}

bool
WatchedLo::Send(uint32_t size, uint16_t protocol)
{
    return m_lo->Send(Create<Packet>(size), m_lo->GetAddress(), protocol);
}

void
WatchedLo::InNodeContext(const std::function<void()>& action, Time delay)
{
    Simulator::ScheduleWithContext(m_node->GetId(), delay, [action] { action(); });
}

void
WatchedLo::OnTrace(const std::string& source, const std::function<void(Ptr<const Packet>)>& action)
{
    const bool connected = m_lo->TraceConnectWithoutContext(source, ToCallback(action));
    NS_ABORT_MSG_UNLESS(connected, "no trace source " << source);
}

void
WatchedLo::Receive(Ptr<const Packet> packet)
{
    m_maxDepth = std::max(m_maxDepth, ++m_depth);
    m_received.push_back(packet->GetSize());
    // A copy, because the call may replace it.
    if (const auto onReceive = m_onReceive)
    {
        onReceive(packet->GetSize());
    }
    --m_depth;
}

} // namespace ns3
