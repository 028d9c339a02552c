/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "watched-lo.h"

#include "ns3/abort.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <algorithm>

namespace ns3
{

namespace
{

void
Increment(uint32_t* count, Ptr<const Packet> /* packet */)
{
    ++*count;
}

} // namespace

const std::vector<std::string>&
AllDeliveries()
{
    // Asked for while the test suites, which are global objects, are constructed.
    static const std::vector<std::string> deliveries{"Immediate", "Scheduled", "Backlog"};
    return deliveries;
}

WatchedLo::WatchedLo() = default;

WatchedLo::~WatchedLo() = default;

void
WatchedLo::Destroy()
{
    m_onReceive = nullptr;
    m_lo = nullptr;
    m_node = nullptr;
    Simulator::Destroy();
}

void
WatchedLo::MakeLoOnNode(const std::string& delivery)
{
    m_node = CreateObject<Node>();
    m_lo = CreateObject<LoNetDevice>();
    m_lo->SetAttribute("Delivery", StringValue(delivery));
    m_node->AddDevice(m_lo);
    m_node->RegisterProtocolHandler(MakeCallback(&WatchedLo::ReceiveFromNode, this),
                                    TEST_PROTOCOL,
                                    m_lo);
    Watch();
}

void
WatchedLo::MakeLoOnNoNode(const std::string& delivery)
{
    m_lo = CreateObject<LoNetDevice>();
    m_lo->SetAttribute("Delivery", StringValue(delivery));
    m_lo->SetReceiveCallback(MakeCallback(&WatchedLo::ReceiveFromDevice, this));
    Watch();
}

void
WatchedLo::Watch()
{
    m_lo->TraceConnectWithoutContext("Drop", MakeCallback(&WatchedLo::OnDrop, this));
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

const uint32_t&
WatchedLo::CountTrace(const std::string& source)
{
    auto& count = m_traceCounts.emplace_back(std::make_unique<uint32_t>(0));
    const bool connected =
        m_lo->TraceConnectWithoutContext(source, MakeBoundCallback(&Increment, count.get()));
    NS_ABORT_MSG_UNLESS(connected, "no trace source " << source);
    return *count;
}

void
WatchedLo::Receive(Ptr<const Packet> packet)
{
    ++m_depth;
    m_maxDepth = std::max(m_maxDepth, m_depth);
    m_received.push_back(packet->GetSize());
    if (m_onReceive)
    {
        m_onReceive(packet->GetSize());
    }
    --m_depth;
}

bool
WatchedLo::ReceiveFromDevice(Ptr<NetDevice> /* device */,
                             Ptr<const Packet> packet,
                             uint16_t protocol,
                             const Address& /* from */)
{
    if (protocol != TEST_PROTOCOL)
    {
        return false;
    }
    Receive(packet);
    return true;
}

void
WatchedLo::ReceiveFromNode(Ptr<NetDevice> /* device */,
                           Ptr<const Packet> packet,
                           uint16_t /* protocol */,
                           const Address& /* from */,
                           const Address& /* to */,
                           NetDevice::PacketType /* type */)
{
    Receive(packet);
}

void
WatchedLo::OnDrop(Ptr<const Packet> /* packet */, DropReason reason)
{
    m_drops.push_back(reason);
}

} // namespace ns3
