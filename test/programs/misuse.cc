/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"
#include "ns3/network-module.h"

#include <cmath>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <string>

using namespace ns3;

namespace
{

/// Enqueue a packet with a delay of so many seconds, at a slow rate.
void
HoldUp(double seconds)
{
    auto impairment = CreateObject<LinkImpairment>();
    auto delay = CreateObject<DeterministicRandomVariable>();
    delay->SetValueArray(&seconds, 1);
    impairment->SetAttribute("Delay", PointerValue(delay));
    impairment->SetAttribute("Rate", StringValue("1bps"));
    impairment->Attach([](const LinkFrame&) {}, [](const LinkFrame&, DropReason) {});
    impairment->Enqueue({Create<Packet>(65535), {Mac48Address(), Mac48Address()}, 0x0800}, 0);
}

/// Set an attribute of a LinkImpairment.
void
SetImpairment(const std::string& name, double value)
{
    CreateObject<LinkImpairment>()->SetAttribute(name, DoubleValue(value));
}

/// A tag of which ns-3 can make none by itself.
class NoConstructorTag : public Tag
{
  public:
    static TypeId GetTypeId()
    {
        static TypeId tid = TypeId("ns3::NoConstructorTag").SetParent<Tag>();
        return tid;
    }

    TypeId GetInstanceTypeId() const override
    {
        return GetTypeId();
    }

    uint32_t GetSerializedSize() const override
    {
        return 0;
    }

    void Serialize(TagBuffer /* buffer */) const override
    {
    }

    void Deserialize(TagBuffer /* buffer */) override
    {
    }

    void Print(std::ostream& /* os */) const override
    {
    }
};

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

/// @return the routing protocol of a node with local routing before one that is no list
Ptr<Ipv4ListRouting>
MakeFrontOfNoList()
{
    const auto node = MakeLoNode().Get(0);
    InternetStackHelper internet;
    internet.SetRoutingHelper(Ipv4StaticRoutingHelper());
    internet.Install(node);
    LoHelper::RouteLocalAddresses(node);
    return DynamicCast<Ipv4ListRouting>(node->GetObject<Ipv4>()->GetRoutingProtocol());
}

/// Calls that a script can get wrong; each has to end the program with a message.
// NOLINTNEXTLINE(cppcoreguidelines-interfaces-global-init): they run when they are called
const std::map<std::string, std::function<void()>> MISUSES{
    {"second-install",
     [] {
         auto node = CreateObject<Node>();
         LoHelper().Install(node);
         LoHelper().Install(node);
     }},
    {"second-install-named",
     [] {
         auto node = CreateObject<Node>();
         Names::Add("server", node);
         LoHelper().Install("server");
         LoHelper().Install("server");
     }},
    {"foreign-stack",
     [] {
         auto node = CreateObject<Node>();
         node->AggregateObject(CreateObject<Ipv4L3Protocol>());
         LoHelper().Install(node);
     }},
    {"route-without-lo",
     [] {
         auto node = CreateObject<Node>();
         InternetStackHelper().Install(node);
         LoHelper::RouteLocalAddresses(node);
     }},
    {"route-without-stack",
     [] {
         auto node = CreateObject<Node>();
         LoHelper().Install(node);
         LoHelper::RouteLocalAddresses(node);
     }},
    {"blackhole-twice",
     [] {
         const auto node = MakeStackNode();
         BlackholeHelper().AddRoute(node, Ipv4Address("10.0.0.0"), Ipv4Mask("/8"));
         BlackholeHelper().AddRoute(node, Ipv4Address("10.0.0.0"), Ipv4Mask("/8"));
     }},
    {"blackhole-twice-ipv6",
     [] {
         const auto node = MakeStackNode();
         BlackholeHelper().AddRoute(node, Ipv6Address("2001::"), Ipv6Prefix(16));
         BlackholeHelper().AddRoute(node, Ipv6Address("2001::"), Ipv6Prefix(16));
     }},
    {"blackhole-not-there",
     [] {
         const auto node = MakeStackNode();
         BlackholeHelper().AddRoute(node, Ipv4Address("10.0.0.0"), Ipv4Mask("/8"));
         BlackholeHelper::RemoveRoute(node, Ipv4Address("10.0.0.0"), Ipv4Mask("/9"));
     }},
    {"blackhole-never-there",
     [] { BlackholeHelper::RemoveRoute(MakeStackNode(), Ipv6Address("2001::"), Ipv6Prefix(16)); }},
    {"blackhole-host-bits",
     [] { BlackholeHelper().AddRoute(MakeStackNode(), Ipv4Address("10.0.0.1"), Ipv4Mask("/24")); }},
    {"blackhole-host-bits-ipv6",
     [] { BlackholeHelper().AddRoute(MakeStackNode(), Ipv6Address("2001::1"), Ipv6Prefix(64)); }},
    {"blackhole-holes",
     [] {
         BlackholeHelper().AddRoute(MakeStackNode(),
                                    Ipv4Address("10.0.0.0"),
                                    Ipv4Mask("255.0.255.0"));
     }},
    {"blackhole-holes-ipv6",
     [] {
         BlackholeHelper().AddRoute(MakeStackNode(),
                                    Ipv6Address("2001::"),
                                    Ipv6Prefix("ffff:0:f::"));
     }},
    {"blackhole-multicast",
     [] {
         BlackholeHelper().AddRoute(MakeStackNode(), Ipv4Address("239.1.0.0"), Ipv4Mask("/16"));
     }},
    {"blackhole-multicast-ipv6",
     [] { BlackholeHelper().AddRoute(MakeStackNode(), Ipv6Address("ff00::"), Ipv6Prefix(8)); }},
    {"blackhole-no-address", [] { BlackholeHelper().AddRoute(MakeStackNode(), "10.0.0", "/8"); }},
    {"blackhole-no-length", [] { BlackholeHelper().AddRoute(MakeStackNode(), "::", "/129"); }},
    {"blackhole-no-node",
     [] { BlackholeHelper().AddRoute(nullptr, Ipv4Address("10.0.0.0"), Ipv4Mask("/8")); }},
    {"blackhole-no-node-ipv6",
     [] { BlackholeHelper().AddRoute(nullptr, Ipv6Address("2001::"), Ipv6Prefix(16)); }},
    {"unblackhole-no-node",
     [] { BlackholeHelper::RemoveRoute(nullptr, Ipv4Address("10.0.0.0"), Ipv4Mask("/8")); }},
    {"unblackhole-no-node-ipv6",
     [] { BlackholeHelper::RemoveRoute(nullptr, Ipv6Address("2001::"), Ipv6Prefix(16)); }},
    {"protocol-to-no-list",
     [] { MakeFrontOfNoList()->AddRoutingProtocol(CreateObject<Ipv4StaticRouting>(), 0); }},
    {"no-such-protocol",
     [] {
         int16_t priority = 0;
         MakeFrontOfNoList()->GetRoutingProtocol(1, priority);
     }},
    {"blackhole-no-stack",
     [] {
         BlackholeHelper().AddRoute(CreateObject<Node>(), Ipv4Address("10.0.0.0"), Ipv4Mask("/8"));
     }},
    {"blackhole-no-ipv6",
     [] {
         auto node = CreateObject<Node>();
         InternetStackHelper internet;
         internet.SetIpv6StackInstall(false);
         internet.Install(node);
         BlackholeHelper::RemoveRoute(node, Ipv6Address("2001::"), Ipv6Prefix(16));
     }},
    {"no-node-to-print", [] { LinkStatsHelper::PrintIpLink(std::cout, Ptr<Node>()); }},
    {"no-node-among-printed",
     [] {
         auto nodes = MakeLoNode();
         nodes.Add(Ptr<Node>());
         LinkStatsHelper::PrintProcNetDev(std::cout, nodes);
     }},
    {"no-node-to-unroute", [] { LoHelper::UnrouteLocalAddresses(Ptr<Node>()); }},
    {"route-without-protocol",
     [] {
         auto node = MakeLoNode().Get(0);
         node->AggregateObject(CreateObject<Ipv4L3Protocol>());
         LoHelper::RouteLocalAddresses(node);
     }},
    {"no-node-to-search", [] { LoHelper::GetLo(nullptr); }},
    {"no-node-to-trace",
     [] { LoHelper().EnablePcap("/tmp/not-written", CreateObject<LoNetDevice>()); }},
    {"no-device-to-trace", [] { LoHelper().EnableAscii("/tmp/not-written", Ptr<NetDevice>()); }},
    {"no-node", [] { LoHelper().Install(Ptr<Node>()); }},
    {"no-such-name", [] { BlackholeHelper().Install("nobody"); }},
    {"no-such-attribute", [] { LoHelper().SetDeviceAttribute("Speed", UintegerValue(1)); }},
    {"wrong-mtu", [] { LoHelper().SetDeviceAttribute("Mtu", UintegerValue(67)); }},
    {"wrong-delivery", [] { LoHelper().SetDeviceAttribute("Delivery", StringValue("Never")); }},
    {"wrong-budget", [] { LoHelper().SetDeviceAttribute("Budget", UintegerValue(0)); }},
    {"wrong-address",
     [] { CreateObject<LoNetDevice>()->SetAddress(Mac64Address("00:00:00:00:00:00:00:01")); }},
    {"wrong-data-link",
     [] {
         LoHelper helper;
         helper.SetPcapDataLink(static_cast<LoHelper::PcapDataLink>(7));
         auto lo = helper.Install(CreateObject<Node>()).Get(0);
         helper.EnablePcap("/tmp/not-written", lo);
     }},
    {"unwritable-pcap",
     [] {
         LoHelper helper;
         helper.EnablePcap("/no/such/folder/lo", helper.Install(CreateObject<Node>()));
     }},
    {"pcap-no-prefix",
     [] {
         LoHelper helper;
         helper.EnablePcap("", helper.Install(CreateObject<Node>()));
     }},
    {"pcap-long-name",
     [] {
         LoHelper helper;
         helper.EnablePcap(std::string(300, 'x'), helper.Install(CreateObject<Node>()));
     }},
    {"pcap-same-name",
     [] {
         LoHelper helper;
         NodeContainer nodes(2);
         Names::Add("1", nodes.Get(0));
         helper.EnablePcap("lo", helper.Install(nodes));
     }},
    {"unwritable-ascii",
     [] {
         LoHelper helper;
         helper.EnableAscii("/no/such/folder/lo", helper.Install(CreateObject<Node>()));
     }},
    {"shared-impairment",
     [] {
         auto impairment = CreateObject<LinkImpairment>();
         for (int i = 0; i < 2; ++i)
         {
             impairment->Attach([](const LinkFrame&) {}, [](const LinkFrame&, DropReason) {});
         }
     }},
    {"tag-without-constructor",
     [] {
         auto impairment = CreateObject<LinkImpairment>();
         impairment->SetAttribute("Corrupt", DoubleValue(1));
         impairment->Attach([](const LinkFrame&) {}, [](const LinkFrame&, DropReason) {});
         auto packet = Create<Packet>(100);
         packet->AddByteTag(NoConstructorTag());
         impairment->Enqueue({packet, {Mac48Address(), Mac48Address()}, 0x0800}, 0);
     }},
    {"detached-impairment",
     [] {
         CreateObject<LinkImpairment>()->Enqueue(
             {Create<Packet>(1), {Mac48Address(), Mac48Address()}, 0x0800},
             0);
     }},
    {"probability-over-1", [] { SetImpairment("Loss", 1.5); }},
    {"probability-under-0", [] { SetImpairment("Reorder", -0.1); }},
    {"probability-nan", [] { SetImpairment("GilbertP", std::nan("")); }},
    {"correlation-over-1", [] { SetImpairment("LossCorrelation", 1.001); }},
    {"probabilities-over-1",
     [] {
         auto impairment = CreateObject<LinkImpairment>();
         impairment->SetAttribute("LossModel", StringValue("FourState"));
         impairment->SetAttribute("StateP13", DoubleValue(0.6));
         impairment->SetAttribute("StateP14", DoubleValue(0.6));
         impairment->Attach([](const LinkFrame&) {}, [](const LinkFrame&, DropReason) {});
         impairment->Enqueue({Create<Packet>(1), {Mac48Address(), Mac48Address()}, 0x0800}, 0);
     }},
    {"wrong-loss-model",
     [] { CreateObject<LinkImpairment>()->SetAttribute("LossModel", StringValue("Sometimes")); }},
    {"delay-nan", [] { HoldUp(std::nan("")); }},
    {"delay-infinite", [] { HoldUp(INFINITY); }},
    {"delay-too-long", [] { HoldUp(-1e10); }},
    {"delay-to-the-end", [] { HoldUp(9.223e9); }},
    {"sample-no-nodes", [] { LinkStatsHelper::Sample({}, Seconds(1), "lo"); }},
    {"sample-no-node", [] { LinkStatsHelper::Sample(Ptr<Node>(), Seconds(1), "lo"); }},
    {"sample-no-device", [] { LinkStatsHelper::Sample(MakeStackNode(), Seconds(1), "lo"); }},
    {"sample-node-twice",
     [] {
         const auto node = MakeLoNode();
         LinkStatsHelper::Sample({node, node}, Seconds(1), "lo");
     }},
    {"sample-no-interval", [] { LinkStatsHelper::Sample(MakeLoNode(), Seconds(0), "lo"); }},
    {"sample-backwards", [] { LinkStatsHelper::Sample(MakeLoNode(), Seconds(-1), "lo"); }},
    {"sample-no-prefix", [] { LinkStatsHelper::Sample(MakeLoNode(), Seconds(1), ""); }},
    {"sample-same-prefix",
     [] {
         const auto node = MakeLoNode();
         LinkStatsHelper::Sample(node, Seconds(1), "lo");
         LinkStatsHelper::Sample(node, Seconds(2), "lo");
     }},
    {"sample-same-file",
     [] {
         const auto node = MakeLoNode();
         LinkStatsHelper::Sample(node, Seconds(1), "lo");
         LinkStatsHelper::Sample(node, Seconds(2), "./lo");
     }},
    {"sample-unwritable",
     [] { LinkStatsHelper::Sample(MakeLoNode(), Seconds(1), "/no/such/folder/lo"); }},
    {"sample-unwritable-script",
     [] {
         std::filesystem::create_directory("folder.plt");
         LinkStatsHelper::Sample(MakeLoNode(), Seconds(1), "folder");
     }},
    {"sample-full-disk",
     [] {
         std::filesystem::create_symlink("/dev/full", "full.csv");
         LinkStatsHelper::Sample(MakeLoNode(), Seconds(1), "full");
     }},
    {"subtract-later",
     [] {
         LinkStats later;
         later.txPackets = 1;
         std::cout << LinkStats() - later;
     }},
};

} // namespace

/// Usage: misuse lists the cases; misuse CASE does one; misuse CASE run does it in a simulation.
int
main(int argc, char* argv[])
{
    const auto misuse = MISUSES.find(argc > 1 ? argv[1] : "");
    if (misuse == MISUSES.end())
    {
        for (const auto& [name, call] : MISUSES)
        {
            std::cout << name << '\n';
        }
        return 0;
    }
    if (argc == 2)
    {
        misuse->second();
        return 0;
    }
    Simulator::Schedule(Seconds(1), [&] { misuse->second(); });
    Simulator::Run();
    return 0;
}
