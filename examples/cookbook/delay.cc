// SPDX-License-Identifier: GPL-2.0-only

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"

#include <iostream>

using namespace ns3;

void
PrintTime(Ptr<const Packet>)
{
    std::cout << "response at " << Simulator::Now().As(Time::MS) << '\n';
}

/// When a service on 127.0.0.1 answers requests at 0, 1 and 2 s, over a lo that delays.
int
main(int argc, char* argv[])
{
    std::string delay = "ns3::ConstantRandomVariable[Constant=0.005]";
    CommandLine cmd(__FILE__);
    cmd.AddValue("delay", "one-way delay in seconds, an ns-3 random variable", delay);
    cmd.Parse(argc, argv);

    NodeContainer host(1);
    LoHelper().Install(host);
    InternetStackHelper().Install(host);
    const auto netem = CreateObjectWithAttributes<LinkImpairment>("Delay", StringValue(delay));
    LoHelper::GetLo(host.Get(0))->SetImpairment(netem);

    UdpEchoServerHelper(7).Install(host);
    const auto client = UdpEchoClientHelper(Ipv4Address::GetLoopback(), 7).Install(host).Get(0);
    client->TraceConnectWithoutContext("Rx", MakeCallback(&PrintTime));
    Simulator::Stop(Seconds(2.9));
    Simulator::Run();
    Simulator::Destroy();
}
