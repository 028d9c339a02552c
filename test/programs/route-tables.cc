/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "../node-routes.h"

#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"
#include "ns3/network-module.h"

#include <iostream>
#include <string>

using namespace ns3;
using namespace ns3::tests;

/// Read lines from standard input: `address ADDRESS LENGTH` gives a node's link an address,
/// `blackhole ADDRESS LENGTH` adds a route, `get ADDRESS 0` prints where a packet goes, and
/// `down ADDRESS 0` sets the link down.
int
main()
{
    const auto node = CreateObject<Node>();
    LoHelper().Install(node);
    InternetStackHelper().Install(node);
    LoHelper::RouteLocalAddresses(node);
    const auto link = SimpleNetDeviceHelper().Install(node).Get(0);
    AddInterface(link, "192.168.1.1", "fd00::1");
    const auto ipv4 = node->GetObject<Ipv4>();
    const auto ipv6 = node->GetObject<Ipv6>();
    std::string what;
    std::string text;
    uint16_t length = 0;
    while (std::cin >> what >> text >> length)
    {
        const auto address = ParseAddress(text);
        if (what == "get")
        {
            std::cout << DecideOutput(node, address) << '\n';
        }
        else if (what == "blackhole")
        {
            AddBlackholeRoute(node, address, length);
        }
        else if (what == "down")
        {
            ipv4->SetDown(ipv4->GetInterfaceForDevice(link));
            ipv6->SetDown(ipv6->GetInterfaceForDevice(link));
        }
        else if (GetVersion(address) == IpVersion::V4)
        {
            const Ipv4Mask mask(("/" + std::to_string(length)).c_str());
            ipv4->AddAddress(ipv4->GetInterfaceForDevice(link), {text.c_str(), mask});
        }
        else
        {
            ipv6->AddAddress(ipv6->GetInterfaceForDevice(link),
                             {Ipv6Address(text.c_str()), Ipv6Prefix(length)});
        }
    }
    Simulator::Destroy();
    return 0;
}
