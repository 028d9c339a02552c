// SPDX-License-Identifier: GPL-2.0-only

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"
#include "ns3/traffic-control-module.h"

#include <iostream>

using namespace ns3;

void
PrintTime(Ptr<const Packet> /* packet */)
{
    std::cout << "response at " << Now().ToInteger(Time::MS) << " ms\n";
}

/// Requests at 0, 1 and 2 s to a service on 127.0.0.1, over a lo with a delay.
int
main(int argc, char* argv[])
{
    Config::SetDefault("ns3::NetemQueueDisc::Parameters", StringValue("delay 5ms"));
    CommandLine cmd(__FILE__);
    cmd.AddValue("netem", "ns3::NetemQueueDisc::Parameters");
    cmd.Parse(argc, argv);
    NodeContainer host(1);
    const auto lo = LoHelper().Install(host);
    InternetStackHelper().Install(host);
    TrafficControlHelper tc;
    tc.SetRootQueueDisc("ns3::NetemQueueDisc");
    tc.Install(lo);
    UdpEchoServerHelper(7).Install(host);
    const auto client = UdpEchoClientHelper(Ipv4Address::GetLoopback(), 7).Install(host).Get(0);
    client->TraceConnectWithoutContext("Rx", MakeCallback(&PrintTime));
    Simulator::Stop(Seconds(2.9));
    Simulator::Run();
    Simulator::Destroy();
}
