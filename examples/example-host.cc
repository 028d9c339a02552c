/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "example-host.h"

#include "ns3/boolean.h"
#include "ns3/icmpv6-l4-protocol.h"
#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6.h"
#include "ns3/link-stats-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/netem-parameters.h"
#include "ns3/pcapng-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"

using namespace ns3;

namespace
{

/**
 * Have what is sent to ::1 come from ::1, as it does since ns-3 3.36; before, it came from ::,
 * which nothing can answer, unless ::1 had a global scope.
 */
void
SetLoopbackSource(Ptr<Node> node)
{
    const auto ipv6 = node->GetObject<Ipv6>();
    const auto loopback = Ipv6Address::GetLoopback();
    if (ipv6->SourceAddressSelection(0, loopback) != loopback)
    {
        Ipv6InterfaceAddress address(loopback, Ipv6Prefix(128));
        address.SetScope(Ipv6InterfaceAddress::GLOBAL);
        const auto icmpv6 = node->GetObject<Icmpv6L4Protocol>();
        icmpv6->SetAttribute("DAD", BooleanValue(false));
        ipv6->RemoveAddress(0, 0);
        ipv6->AddAddress(0, address);
        icmpv6->SetAttribute("DAD", BooleanValue(true));
    }
}

/**
 * Give a host an address, as `ip address add ADDRESS dev lo` does. An address that the host has,
 * such as 127.0.0.1 or ::1, changes nothing.
 */
void
AddLoAddress(Ptr<Node> node, const Address& address)
{
    auto ipv4 = node->GetObject<Ipv4>();
    auto ipv6 = node->GetObject<Ipv6>();
    if (Ipv4Address::IsMatchingType(address))
    {
        const auto own = Ipv4Address::ConvertFrom(address);
        if (ipv4->GetInterfaceForAddress(own) < 0)
        {
            ipv4->AddAddress(0, Ipv4InterfaceAddress(own, Ipv4Mask::GetOnes()));
        }
    }
    else if (ipv6->GetInterfaceForAddress(Ipv6Address::ConvertFrom(address)) < 0)
    {
        // No other host can have the address, so none is asked.
        node->GetObject<Icmpv6L4Protocol>()->SetAttribute("DAD", BooleanValue(false));
        ipv6->AddAddress(
            0,
            Ipv6InterfaceAddress(Ipv6Address::ConvertFrom(address), Ipv6Prefix::GetOnes()));
    }
}

} // namespace

void
LoHost::AddOptions(ExampleOptions& options)
{
    options.AddAddress("dest", address, "destination, an address that the host gets on lo");
    options.AddAttribute("mtu", "ns3::LoNetDevice::Mtu", "MTU of lo");
    options.AddAttribute("delivery",
                         "ns3::LoNetDevice::Delivery",
                         "when a packet is delivered: Immediate, Scheduled or Backlog");
    const auto initial = netem.empty() ? "" : " (" + netem + " unless given)";
    options.AddText("netem",
                    "WORDS",
                    netem,
                    "impair lo, as `tc qdisc add dev lo root netem WORDS`" + initial);
    options.AddFile("pcap", pcap, "write what crosses lo to FILE, for Wireshark");
    options.AddFile("pcapng", pcapng, "write it as pcapng to FILE, with what was dropped and why");
    options.AddFile("json", json, "write counters to FILE, as `ip -s -j link show`");
}

void
LoHost::Create()
{
    node = CreateObject<Node>();
    LoHelper helper;
    helper.Install(node);
    lo = LoHelper::GetLo(node);
    InternetStackHelper().Install(node);
    SetLoopbackSource(node);
    InstallNetem(netem, NetDeviceContainer(lo));
    AddLoAddress(node, address);
    if (!pcap.empty())
    {
        helper.EnablePcap(pcap, lo, true, true);
    }
    if (!pcapng.empty())
    {
        PcapngHelper::EnablePcapng(pcapng, node);
    }
}

void
LoHost::Finish(std::ostream& report) const
{
    OutputFile file(json);
    LinkStatsHelper::PrintIpLink(report, node);
    LinkStatsHelper::PrintIpLinkJson(file.GetStream(), node);
    Simulator::Destroy();
    file.Close();
}

Address
MakeSocketAddress(const Address& address, uint16_t port)
{
    if (Ipv4Address::IsMatchingType(address))
    {
        return InetSocketAddress(Ipv4Address::ConvertFrom(address), port);
    }
    return Inet6SocketAddress(Ipv6Address::ConvertFrom(address), port);
}

void
CheckNetem(const std::string& words)
{
    NetemParameters parameters;
    const auto problem = NetemParameters::Parse(words, parameters);
    if (!problem.empty())
    {
        throw ExampleError("--netem: " + problem);
    }
}

void
InstallNetem(const std::string& words, const NetDeviceContainer& devices)
{
    if (!words.empty())
    {
        CheckNetem(words);
        TrafficControlHelper tch;
        tch.SetRootQueueDisc("ns3::NetemQueueDisc", "Parameters", StringValue(words));
        const auto queueDiscs = tch.Install(devices);
        // ns-3 does not, if the simulation runs.
        for (auto it = queueDiscs.Begin(); it != queueDiscs.End(); ++it)
        {
            (*it)->Initialize();
        }
    }
}
