/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "../loopback-node.h"
#include "kernel-traffic.h"

#include "ns3/blackhole-helper.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/link-stats-helper.h"
#include "ns3/lo-helper.h"

#include <iostream>

using namespace ns3;

/// Sends what the arguments say over a lo, and prints what became of it and the counters.
int
main(int argc, char* argv[])
{
    std::string kind;
    std::string destination;
    uint32_t size = 0;
    unsigned count = 1;
    uint16_t mtu = 65535;
    bool down = false;
    bool own = false;
    bool release = false;
    std::string pcap;
    CommandLine cmd(__FILE__);
    cmd.AddNonOption("kind", "ping, udp, udp-closed or tcp-closed", kind);
    cmd.AddNonOption("destination", "where to", destination);
    cmd.AddNonOption("size", "bytes of payload", size);
    cmd.AddNonOption("count", "how many", count);
    cmd.AddValue("mtu", "lo's MTU", mtu);
    cmd.AddValue("down", "whether lo is down", down);
    cmd.AddValue("own", "whether the destination is the address of another interface", own);
    cmd.AddValue("pcap", "file to capture lo to", pcap);
    cmd.AddValue("release", "print the release of ns-3 and do nothing else", release);
    cmd.Parse(argc, argv);
    if (release)
    {
        std::cout << NS3_RELEASE << '\n';
        return 0;
    }

    Config::SetGlobal("ChecksumEnabled", BooleanValue(true));
    Config::SetDefault("ns3::Icmpv6L4Protocol::DAD", BooleanValue(false));
    const auto node = CreateObject<Node>();
    LoHelper helper;
    helper.SetDeviceAttribute("Mtu", UintegerValue(mtu));
    helper.EnablePcap(pcap, helper.Install(node).Get(0), false, true);
    InternetStackHelper().Install(node);
    LoHelper::RouteLocalAddresses(node);
    const auto address = tests::ParseAddress(destination);
    if (own)
    {
        // One more interface, of a device that counts all that is sent to it.
        const auto owner = BlackholeHelper().Install(node).Get(0);
        Names::Add("owner", owner);
        const bool isIpv6 = Ipv6Address::IsMatchingType(address);
        tests::AddInterface(owner,
                            isIpv6 ? "10.0.0.1" : destination.c_str(),
                            isIpv6 ? destination.c_str() : "2001:db8::1");
    }
    if (down)
    {
        LoHelper::GetLo(node)->SetDown();
    }
    const auto traffic = MakeTraffic(kind, node, address, size);
    NS_ABORT_MSG_UNLESS(traffic, "There is no traffic of the kind \"" << kind << "\"");
    for (unsigned i = 0; i < count; ++i)
    {
        Simulator::ScheduleWithContext(node->GetId(), i * MilliSeconds(10), [&traffic] {
            traffic->SendOne();
        });
    }
    Simulator::Stop(Seconds(1));
    Simulator::Run();
    std::cout << "{\"answered\":" << traffic->answered << ",\"refused\":" << traffic->refused
              << ",\"failed\":" << traffic->failed << "}\n";
    LinkStatsHelper::PrintIpLinkJson(std::cout, node);
    Simulator::Destroy();
    return 0;
}
