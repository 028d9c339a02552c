// SPDX-License-Identifier: GPL-2.0-only

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"

#include <iostream>

using namespace ns3;

/// A service on an address that no network has: the one of dummy0.
int
main()
{
    NodeContainer host(1);
    LoHelper().Install(host);
    InternetStackHelper().Install(host);
    Ipv4AddressHelper addresses("192.0.2.0", "/24");
    addresses.Assign(BlackholeHelper().Install(host)); // 192.0.2.1
    LoHelper::RouteLocalAddresses(host);               // through lo, as in Linux

    UdpEchoServerHelper(7).Install(host);
    for (const auto* address : {"192.0.2.1", "192.0.2.77"}) // no node has the second one
    {
        UdpEchoClientHelper client(Ipv4Address(address), 7);
        client.SetAttribute("MaxPackets", UintegerValue(10));
        client.Install(host);
    }

    Simulator::Run();
    LinkStatsHelper::PrintProcNetDev(std::cout, host);
    Simulator::Destroy();
}
