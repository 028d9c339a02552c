// SPDX-License-Identifier: GPL-2.0-only

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"

#include <iostream>

using namespace ns3;

/// The packets and bytes that cross lo in the second half of a run.
int
main(int argc, char* argv[])
{
    uint32_t size = 100;
    CommandLine cmd(__FILE__);
    cmd.AddValue("size", "bytes of data in a request", size);
    cmd.Parse(argc, argv);

    NodeContainer host(1);
    LoHelper().Install(host);
    InternetStackHelper().Install(host);
    UdpEchoServerHelper(7).Install(host);
    UdpEchoClientHelper client(Ipv4Address::GetLoopback(), 7); // a request per second
    client.SetAttribute("PacketSize", UintegerValue(size));
    client.Install(host).Start(Seconds(0.5));

    const auto lo = LoHelper::GetLo(host.Get(0));
    Simulator::Stop(Seconds(5));
    Simulator::Run();
    const LinkStats before = lo->GetStats();
    Simulator::Stop(Seconds(5));
    Simulator::Run();
    std::cout << lo->GetStats() - before << '\n';
    Simulator::Destroy();
}
