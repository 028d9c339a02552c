// SPDX-License-Identifier: GPL-2.0-only

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"
#include "ns3/network-module.h"

#include <iostream>

using namespace ns3;

/// A router sinks what goes to 203.0.113.0/24, from 5 s on.
int
main()
{
    NodeContainer nodes(2);
    const auto host = nodes.Get(0);
    const auto router = nodes.Get(1);
    InternetStackHelper().Install(nodes);
    Ipv4AddressHelper addresses("192.0.2.0", "/24");
    addresses.Assign(SimpleNetDeviceHelper().Install(nodes));
    Ipv4StaticRoutingHelper routing;
    routing.GetStaticRouting(host->GetObject<Ipv4>())->SetDefaultRoute("192.0.2.2", 1);

    UdpEchoClientHelper client(Ipv4Address("203.0.113.9"), 9); // a packet each second
    client.Install(host).Start(Seconds(0.5));
    Simulator::Schedule(Seconds(5), [router] {
        BlackholeHelper().AddRoute(router, Ipv4Address("203.0.113.0"), Ipv4Mask("/24"));
    });

    Simulator::Stop(Seconds(10));
    Simulator::Run();
    LinkStatsHelper::PrintIpLink(std::cout, router);
    Simulator::Destroy();
}
