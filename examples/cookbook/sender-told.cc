// SPDX-License-Identifier: GPL-2.0-only

#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"
#include "ns3/network-module.h"

#include <iostream>

using namespace ns3;

void
IcmpReceived(Ipv4Address from, uint8_t /* ttl */, uint8_t type, uint8_t code, uint32_t /* info */)
{
    std::cout << Now().ToInteger(Time::S) << "s: " << +type << '/' << +code << ' ' << from << '\n';
}

/// A router that tells the sender that a network is unreachable, from 5 s to 10 s.
int
main()
{
    NodeContainer nodes(3); // a host, a router, and another host, where no port is open
    const auto gw = nodes.Get(1);
    InternetStackHelper().Install(nodes);
    const SimpleNetDeviceHelper link;
    Ipv4AddressHelper("192.0.2.0", "/24").Assign(link.Install(NodeContainer(nodes.Get(0), gw)));
    Ipv4AddressHelper("10.0.0.0", "/24").Assign(link.Install(NodeContainer(gw, nodes.Get(2))));
    Ipv4GlobalRoutingHelper::PopulateRoutingTables();
    const auto socket = Socket::CreateSocket(nodes.Get(0), UdpSocketFactory::GetTypeId());
    socket->SetAttribute("IcmpCallback", CallbackValue(MakeCallback(&IcmpReceived)));
    auto send = [=] { socket->SendTo(Create<Packet>(9), 0, InetSocketAddress("10.0.0.2", 9)); };
    Simulator::Schedule(Seconds(7), send);
    Simulator::Schedule(Seconds(12), send);
    BlackholeHelper helper;
    helper.SetReject(BlackholeHelper::UNREACHABLE);
    Simulator::Schedule(Seconds(5), [=] { helper.AddRoute(gw, "10.0.0.0", "/24"); });
    Simulator::Schedule(Seconds(10), [=] { BlackholeHelper::RemoveRoute(gw, "10.0.0.0", "/24"); });
    Simulator::Run();
    Simulator::Destroy();
}
