/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"
#include "ns3/network-module.h"
#include "ns3/traffic-control-module.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

Ptr<Node>
MakeStackNode()
{
    auto node = CreateObject<Node>();
    InternetStackHelper().Install(node);
    return node;
}

NodeContainer
MakeLoNode()
{
    NodeContainer node(1);
    LoHelper().Install(node);
    return node;
}

/// Initialize a netem with children.
void
InitializeNetem(const std::vector<Ptr<QueueDisc>>& children)
{
    const auto netem = CreateObject<NetemQueueDisc>();
    for (const auto& child : children)
    {
        const auto only = CreateObject<QueueDiscClass>();
        only->SetQueueDisc(child);
        netem->AddQueueDiscClass(only);
    }
    netem->Initialize();
}

/// A mistake that a script may make.
struct Misuse
{
    const char* message; //!< its name: the expected message, as a regular expression of grep -E
    void (*call)();      //!< makes the mistake
};

constexpr Misuse MISUSES[]{
    {"node server has a LoNetDevice already",
     [] {
         auto node = CreateObject<Node>();
         Names::Add("server", node);
         LoHelper().Install("server");
         LoHelper().Install("server");
     }},
    {"node 0 has no LoNetDevice; install one first",
     [] { LoHelper::RouteLocalAddresses(MakeStackNode()); }},
    {"node 0 has no Internet stack; install it first",
     [] { LoHelper::RouteLocalAddresses(MakeLoNode()); }},
    {"AddRoute: a blackhole route to 10.0.0.0/8 exists on node 0",
     [] {
         const auto node = MakeStackNode();
         BlackholeHelper().AddRoute(node, "10.0.0.0", "/8");
         BlackholeHelper().AddRoute(node, "10.0.0.0", "/8");
     }},
    {"RemoveRoute: there is no blackhole route to 10.0.0.0/9 on node 0",
     [] {
         const auto node = MakeStackNode();
         BlackholeHelper().AddRoute(node, "10.0.0.0", "/8");
         BlackholeHelper::RemoveRoute(node, "10.0.0.0", "/9");
     }},
    {"10.0.0.1/24 is an address in a network; the network is 10.0.0.0/24",
     [] { BlackholeHelper().AddRoute(MakeStackNode(), "10.0.0.1", "/24"); }},
    {"the mask 255.0.255.0 has holes",
     [] { BlackholeHelper().AddRoute(MakeStackNode(), "10.0.0.0", "255.0.255.0"); }},
    {"AddRoute: the mask .* has holes",
     [] { BlackholeHelper().AddRoute(MakeStackNode(), "2001::", "ffff:0:f::"); }},
    {"239.1.0.0/16 is a multicast network",
     [] { BlackholeHelper().AddRoute(MakeStackNode(), "239.1.0.0", "/16"); }},
    {"AddRoute: '10.0.0' is not an IPv4 address",
     [] { BlackholeHelper().AddRoute(MakeStackNode(), "10.0.0", "/8"); }},
    {"AddRoute: '/129' is not a prefix length of IPv6",
     [] { BlackholeHelper().AddRoute(MakeStackNode(), "::", "/129"); }},
    {"AddRoute: '/ 8' is not a prefix length of IPv4",
     [] { BlackholeHelper().AddRoute(MakeStackNode(), "10.0.0.0", "/ 8"); }},
    {"AddRoute: the network or the mask is null",
     [] { BlackholeHelper().AddRoute(MakeStackNode(), "0.0.0.0", nullptr); }},
    {"AddRoute: there is no node; create it first",
     [] { BlackholeHelper().AddRoute(nullptr, "10.0.0.0", "/8"); }},
    {"AddRoute: node 0 has no IPv4 stack; install it first",
     [] { BlackholeHelper().AddRoute(CreateObject<Node>(), "10.0.0.0", "/8"); }},
    {"AddRoutingProtocol: the node.s routing protocol is no list",
     [] {
         const auto node = MakeLoNode().Get(0);
         InternetStackHelper internet;
         internet.SetRoutingHelper(Ipv4StaticRoutingHelper());
         internet.Install(node);
         LoHelper::RouteLocalAddresses(node);
         const auto routing = node->GetObject<Ipv4>()->GetRoutingProtocol();
         DynamicCast<Ipv4ListRouting>(routing)->AddRoutingProtocol(routing, 0);
     }},
    {"LinkStatsHelper: there is no node; create it first",
     [] { LinkStatsHelper::PrintIpLink(std::cout, Ptr<Node>()); }},
    {"LinkStatsHelper: cannot write 'the stream'",
     [] {
         std::ofstream file("none/lo");
         LinkStatsHelper::PrintIpLink(file, MakeLoNode());
     }},
    {"EnablePcapng: there is no node; create it first",
     [] { PcapngHelper::EnablePcapng("not-written.pcapng", Ptr<Node>()); }},
    {"Unable to Open none/lo.pcapng",
     [] { PcapngHelper::EnablePcapng("none/lo.pcapng", MakeLoNode()); }},
    {"EnablePcapng: cannot write '/dev/full': No space",
     [] { PcapngHelper::EnablePcapng("/dev/full", MakeLoNode()); }},
    {"UnrouteLocalAddresses: there is no node; create it first",
     [] { LoHelper::UnrouteLocalAddresses(Ptr<Node>()); }},
    {"node 0 has no Internet stack; install",
     [] {
         auto node = MakeLoNode().Get(0);
         node->AggregateObject(CreateObject<Ipv4L3Protocol>());
         LoHelper::RouteLocalAddresses(node);
     }},
    {"LoHelper: there is no node; create it first", [] { LoHelper::GetLo(nullptr); }},
    {"there is no device, or it is on no node; put it on one first",
     [] { LoHelper().EnablePcap("/tmp/not-written", CreateObject<LoNetDevice>()); }},
    {"TakeOver: there is no other loopback on this device.s node",
     [] { LoHelper::GetLo(MakeLoNode().Get(0))->TakeOver(nullptr); }},
    {"the device is on node [01] already; create one",
     [] { CreateObject<Node>()->AddDevice(LoHelper::GetLo(MakeLoNode().Get(0))); }},
    {"the device is on node 0 already",
     [] {
         const auto device = BlackholeHelper().Install(CreateObject<Node>()).Get(0);
         device->SetNode(CreateObject<Node>());
     }},
    {"there is no node", [] { LoHelper().Install(Ptr<Node>()); }},
    {"no node is named \"nobody\"", [] { BlackholeHelper().Install("nobody"); }},
    {"Speed", [] { LoHelper().SetDeviceAttribute("Speed", UintegerValue(1)); }},
    {"Delivery|Never", [] { LoHelper().SetDeviceAttribute("Delivery", StringValue("Never")); }},
    {"Budget", [] { LoHelper().SetDeviceAttribute("Budget", UintegerValue(0)); }},
    {"LoNetDevice::SetAddress: .* is not a Mac48Address",
     [] { CreateObject<LoNetDevice>()->SetAddress(Mac64Address("00:00:00:00:00:00:00:01")); }},
    {"EnablePcap: 'lo-1-0.pcap' is being written already; take another name",
     [] {
         LoHelper helper;
         NodeContainer nodes(2);
         Names::Add("1", nodes.Get(0));
         helper.EnablePcap("lo", helper.Install(nodes));
     }},
    {"EnableAscii: cannot write 'the stream': the stream had failed before",
     [] {
         std::ostringstream text;
         const auto sink = BlackholeHelper().Install(CreateObject<Node>()).Get(0);
         BlackholeHelper().EnableAscii(Create<OutputStreamWrapper>(&text), sink);
         text.setstate(std::ios::badbit);
         errno = ENOENT; // of an earlier call
         sink->Send(Create<Packet>(1), sink->GetBroadcast(), 0x0800);
     }},
    {"EnablePcap: cannot write 'none/lo-0-0.pcap': No such file",
     [] { LoHelper().EnablePcap("none/lo", MakeLoNode()); }},
    {"EnablePcap: cannot write '/dev/full': No space",
     [] {
         const auto sink = BlackholeHelper().Install(CreateObject<Node>()).Get(0);
         BlackholeHelper().EnablePcap("/dev/full", sink, true, true);
         // More than the file's buffer.
         sink->Send(Create<Packet>(60'000), sink->GetBroadcast(), 0x0800);
     }},
    {"EnablePcap: cannot write ./dev/full.: No space",
     [] {
         const auto sink = BlackholeHelper().Install(CreateObject<Node>()).Get(0);
         BlackholeHelper().EnablePcap("/dev/full", sink, true, true);
         Simulator::Destroy();
     }},
    {"Sample: cannot write 'none/lo.csv': No such file",
     [] { LinkStatsHelper::Sample(MakeLoNode(), Seconds(1), "none/lo"); }},
    {"Sample: cannot write 'lo.plt': No space",
     [] {
         std::filesystem::create_symlink("/dev/full", "lo.plt");
         LinkStatsHelper::Sample(MakeLoNode(), Seconds(1), "lo");
         Simulator::Run();
     }},
    {"Sample: no node has a LoNetDevice", [] { LinkStatsHelper::Sample({}, Seconds(1), "lo"); }},
    {"Sample: no node has a LoNetDevice or a BlackholeNetDevice; install one",
     [] { LinkStatsHelper::Sample(MakeStackNode(), Seconds(1), "lo"); }},
    {"Sample: node 0 is among the nodes twice",
     [] {
         const auto node = MakeLoNode();
         LinkStatsHelper::Sample({node, node}, Seconds(1), "lo");
     }},
    {"Sample: the interval is \\+0(\\.0)?s; it has to be more than 0",
     [] { LinkStatsHelper::Sample(MakeLoNode(), Seconds(0), "lo"); }},
    {"Sample: the prefix is empty", [] { LinkStatsHelper::Sample(MakeLoNode(), Seconds(1), ""); }},
    {"Sample: './lo.csv' is being written already; take another name",
     [] {
         const auto node = MakeLoNode();
         LinkStatsHelper::Sample(node, Seconds(1), "lo");
         LinkStatsHelper::Sample(node, Seconds(2), "./lo");
     }},
    {"Sample: 'lo.plt' is being written already; take another name",
     [] {
         const auto node = MakeLoNode();
         PcapngHelper::EnablePcapng("lo.plt", node);
         LinkStatsHelper::Sample(node, Seconds(1), "lo");
     }},
    {"Sample: the simulation got another scheduler; call Simulator::SetScheduler before Sample",
     [] {
         LinkStatsHelper::Sample(MakeLoNode(), Seconds(1), "lo");
         Simulator::SetScheduler(ObjectFactory("ns3::HeapScheduler"));
     }},
    {"txPackets was 1 and is 0: subtract the earlier reading",
     [] {
         LinkStats later;
         later.txPackets = 1;
         std::cout << LinkStats() - later;
     }},
    {"a socket is bound to LoNetDevice 1, .* use the stack.s own loopback, device 0",
     [] {
         const auto node = MakeStackNode();
         LoHelper().Install(node);
         const auto socket = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
         socket->BindToNetDevice(LoHelper::GetLo(node));
         const auto other = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
         other->SendTo(Create<Packet>(1), 0, InetSocketAddress(Ipv4Address::GetLoopback(), 9));
         Simulator::Run();
     }},
    {"a socket is bound to LoNetDevice 1, ",
     [] {
         const auto node = MakeStackNode();
         LoHelper().Install(node);
         Simulator::ScheduleNow([node] { // after the node is initialized
             const auto lo = LoHelper::GetLo(node);
             lo->Send(Create<Packet>(1), lo->GetBroadcast(), 0x88b5);
             const auto socket = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
             socket->BindToNetDevice(lo);
             const auto other = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
             other->SendTo(Create<Packet>(1), 0, InetSocketAddress(Ipv4Address::GetLoopback(), 9));
         });
         Simulator::Run();
     }},
    {"IPv6 has an interface on LoNetDevice 1, .* use the stack.s own loopback, device 0",
     [] {
         const auto node = MakeStackNode();
         const auto lo = LoHelper().Install(node);
         const auto address = Ipv6AddressHelper().Assign(lo).GetAddress(0, 0);
         const auto socket = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
         socket->SendTo(Create<Packet>(1), 0, Inet6SocketAddress(address, 9));
         Simulator::Stop();
         Simulator::Run();
     }},
    {"IPv6 has an interface on LoNetDevice 1, ",
     [] {
         const auto node = MakeStackNode();
         const auto lo = LoHelper().Install(node);
         const auto socket = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
         socket->SendTo(Create<Packet>(1), 0, InetSocketAddress(Ipv4Address::GetLoopback(), 9));
         Simulator::ScheduleNow([=] { // after lo has taken that packet
             const auto address = Ipv6AddressHelper().Assign(lo).GetAddress(0, 0);
             const auto other = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
             other->SendTo(Create<Packet>(1), 0, Inet6SocketAddress(address, 9));
             Simulator::Stop();
         });
         Simulator::Run();
     }},
    {"netem: What is .delai",
     [] { CreateObjectWithAttributes<NetemQueueDisc>("Parameters", StringValue("delai 1ms")); }},
    {"takes no TbfQueueDisc, .* make this one its child",
     [] { InitializeNetem({CreateObject<TbfQueueDisc>()}); }},
    {"takes one class at most",
     [] {
         InitializeNetem({CreateObject<FifoQueueDisc>(), CreateObject<FifoQueueDisc>()});
     }},
    {"takes no internal queue",
     [] {
         const auto netem = CreateObject<NetemQueueDisc>();
         netem->AddInternalQueue(CreateObject<DropTailQueue<QueueDiscItem>>());
         netem->Initialize();
     }},
    {"DelayVariable drew .* a RandomVariableStream of seconds",
     [] {
         TrafficControlHelper netem;
         netem.SetRootQueueDisc("ns3::NetemQueueDisc",
                                "DelayVariable",
                                StringValue("ns3::ConstantRandomVariable[Constant=1e10]"));
         const auto node = MakeLoNode();
         InternetStackHelper().Install(node);
         const auto lo = LoHelper::GetLo(node.Get(0));
         netem.Install(lo);
         lo->Initialize();
         lo->Send(Create<Packet>(1), lo->GetBroadcast(), 0x0800);
     }},
};

} // namespace

/// List the expected messages, or make the mistake of MESSAGE, with `run` in a simulation.
/// Usage: misuse [MESSAGE [run]]
int
main(int argc, char* argv[])
{
    for (const auto& misuse : MISUSES)
    {
        if (argc == 1)
        {
            std::cout << misuse.message << '\n';
        }
        else if (misuse.message != std::string(argv[1]))
        {
            continue;
        }
        else if (argc == 2)
        {
            misuse.call();
        }
        else
        {
            Simulator::Schedule(Seconds(1), misuse.call);
            Simulator::Run();
        }
    }
    return 0;
}
