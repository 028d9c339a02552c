// SPDX-License-Identifier: GPL-2.0-only

#include "ns3/applications-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"
#include "ns3/network-module.h"

#include <iostream>

using namespace ns3;

void
PrintTime(Ptr<const Packet> /* packet */)
{
    std::cout << "answered at " << Now().ToInteger(Time::S) << " s\n";
}

/// A server that answers each second, until a router discards all packets to its network, at 2.5 s.
int
main()
{
    NodeContainer nodes(3); // a host, a router and the server
    const auto router = nodes.Get(1);
    InternetStackHelper().Install(nodes);
    const SimpleNetDeviceHelper link;
    Ipv4AddressHelper("192.0.2.0", "/24").Assign(link.Install(NodeContainer(nodes.Get(0), router)));
    Ipv4AddressHelper("10.0.0.0", "/24").Assign(link.Install(NodeContainer(router, nodes.Get(2))));
    Ipv4GlobalRoutingHelper::PopulateRoutingTables();
    UdpEchoServerHelper(7).Install(nodes.Get(2));
    const auto client = UdpEchoClientHelper(Ipv4Address("10.0.0.2"), 7).Install(nodes.Get(0));
    client.Get(0)->TraceConnectWithoutContext("Rx", MakeCallback(&PrintTime));
    BlackholeHelper helper;
    Simulator::Schedule(Seconds(2.5), [=] { helper.AddRoute(router, "10.0.0.0", "/24"); });
    Simulator::Stop(Seconds(10));
    Simulator::Run();
    LinkStatsHelper::PrintIpLink(std::cout, router);
    Simulator::Destroy();
}
