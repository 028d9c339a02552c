/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"
#include "ns3/network-module.h"

#include <functional>
#include <iostream>
#include <map>
#include <string>

using namespace ns3;

namespace
{

/// Calls that a script can get wrong; each has to end the program with a message.
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
    {"no-node-to-print", [] { LinkStatsHelper::PrintIpLink(std::cout, Ptr<Node>()); }},
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
    {"unwritable-ascii",
     [] {
         LoHelper helper;
         helper.EnableAscii("/no/such/folder/lo", helper.Install(CreateObject<Node>()));
     }},
    {"subtract-later",
     [] {
         LinkStats later;
         later.txPackets = 1;
         std::cout << LinkStats() - later;
     }},
};

} // namespace

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
    misuse->second();
    return 0;
}
