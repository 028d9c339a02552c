// SPDX-License-Identifier: GPL-2.0-only

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"

#include <iostream>

using namespace ns3;

void
PrintTime(Ptr<const Packet> /* packet */)
{
    std::cout << "answered at " << Now().ToInteger(Time::S) << " s\n";
}

/// A request per second, over a lo that is down from 2.5 s to 5.5 s.
int
main()
{
    NodeContainer host(1);
    LoHelper().Install(host);
    InternetStackHelper().Install(host);
    UdpEchoServerHelper(7).Install(host);
    const auto client = UdpEchoClientHelper(Ipv4Address::GetLoopback(), 7).Install(host).Get(0);
    client->TraceConnectWithoutContext("Rx", MakeCallback(&PrintTime));

    const auto lo = LoHelper::GetLo(host.Get(0));
    Simulator::Schedule(Seconds(2.5), &LoNetDevice::SetDown, lo);
    Simulator::Schedule(Seconds(5.5), &LoNetDevice::SetUp, lo);
    Simulator::Stop(Seconds(7.5));
    Simulator::Run();
    std::cout << lo->GetStats().txDropped << " requests refused\n";
    Simulator::Destroy();
}
