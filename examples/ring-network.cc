/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ring-network.h"

#include "ns3-value.h"
#include "program-error.h"

#include "ns3/data-rate.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-address.h"
#include "ns3/link-impairment.h"
#include "ns3/lo-helper.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/pointer.h"
#include "ns3/random-variable-stream.h"

#include <string>

using namespace ns3;

namespace
{

/// The most hosts whose links find addresses in 10.0.0.0/8, and then some.
constexpr uint64_t MAX_NODES = 65536;

/// @return the network of the link from a host to the next one
Ipv4Address
GetLinkNetwork(uint32_t from)
{
    return Ipv4Address(0x0a000000 + 4 * from);
}

/// Give an address on a link to one end of it, the first or the second.
void
AssignAddress(Ptr<NetDevice> device, uint32_t from, uint32_t end)
{
    Ipv4AddressHelper(GetLinkNetwork(from), "255.255.255.252", Ipv4Address(end))
        .Assign(NetDeviceContainer(device));
}

/// An object that all devices share draws its random numbers in the order of a rank's own events.
void
CheckNotShared(const std::string& attribute)
{
    constexpr auto TYPE = "ns3::LoNetDevice";
    if (IsNs3DefaultGiven(TYPE, attribute))
    {
        throw ProgramError(std::string("--") + TYPE + "::" + attribute +
                           ": all hosts would share it; say --impaired");
    }
}

/// The same of the impairments' Delay, but that a constant draws nothing.
void
CheckDelayNotShared()
{
    PointerValue delay;
    CreateObject<LinkImpairment>()->GetAttribute("Delay", delay);
    if (delay.GetObject() && !delay.Get<ConstantRandomVariable>())
    {
        throw ProgramError("--ns3::LinkImpairment::Delay: all hosts would share it; give a "
                           "ns3::ConstantRandomVariable");
    }
}

} // namespace

void
RingOptions::AddTo(ProgramOptions& parser)
{
    parser.AddInteger("nodes", nodes, 2, MAX_NODES, "hosts in the ring, 8 unless given");
    parser.AddRate("rate", rate, 1000, 1000000000000, "bit/s of a link, 1G unless given");
    parser.AddTime("delay", delay, "delay of a link, 1ms unless given");
    parser.AddSwitch(
        "impaired",
        impaired,
        "give each lo a LinkImpairment; --ns3::LinkImpairment::Loss=0.01 and so on say "
        "of what kind");
}

RingNetwork::RingNetwork(const RingOptions& options, uint32_t rank, uint32_t size)
{
    CheckNotShared("Impairment");
    CheckNotShared("ReceiveErrorModel");
    CheckDelayNotShared();
    NodeContainer local;
    for (uint32_t i = 0; i < options.nodes; ++i)
    {
        const auto owner = static_cast<uint32_t>(i * uint64_t{size} / options.nodes);
        m_nodes.Create(1, owner);
        if (owner == rank)
        {
            m_local.push_back(i);
            local.Add(m_nodes.Get(i));
        }
    }
    // On all of them, so that the links' devices have the same numbers everywhere.
    m_los = LoHelper().Install(m_nodes);
    for (uint32_t i = 0; options.impaired && i < m_los.GetN(); ++i)
    {
        DynamicCast<LoNetDevice>(m_los.Get(i))->SetImpairment(CreateObject<LinkImpairment>());
    }
    // Without IPv6, whose random numbers depend on what other nodes have a stack.
    InternetStackHelper internet;
    internet.SetIpv6StackInstall(false);
    internet.Install(local);
    Connect(options);
    LoHelper::RouteLocalAddresses(local);
}

void
RingNetwork::Connect(const RingOptions& options)
{
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", DataRateValue(DataRate(options.rate)));
    link.SetChannelAttribute("Delay", TimeValue(options.delay));
    const auto isLocal = [](Ptr<Node> node) { return node->GetObject<Ipv4>() != nullptr; };
    for (uint32_t i = 0; i < m_nodes.GetN(); ++i)
    {
        const auto devices = link.Install(m_nodes.Get(i), m_nodes.Get((i + 1) % m_nodes.GetN()));
        for (uint32_t end = 0; end < 2; ++end)
        {
            if (isLocal(devices.Get(end)->GetNode()))
            {
                AssignAddress(devices.Get(end), i, end + 1);
            }
        }
    }
}

void
RingNetwork::AssignStreams(int64_t first) const
{
    LoHelper().AssignStreams(m_los, first);
}

const std::vector<uint32_t>&
RingNetwork::GetLocal() const
{
    return m_local;
}

LoopbackHost
RingNetwork::GetHost(uint64_t index) const
{
    const auto n = m_nodes.GetN();
    const auto host = static_cast<uint32_t>(index % n);
    const auto node = m_nodes.Get(host);
    const auto previous = (host + n - 1) % n;
    return {NodeContainer(node),
            LoHelper::GetLo(node),
            Ipv4Address(GetLinkNetwork(previous).Get() + 2)};
}
