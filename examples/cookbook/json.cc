// SPDX-License-Identifier: GPL-2.0-only

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"

#include <fstream>

using namespace ns3;

/// The counters of some hosts in lo.json, as `ip -s -j link show` prints them.
int
main()
{
    NodeContainer hosts(3);
    LoHelper().Install(hosts);
    InternetStackHelper().Install(hosts);
    UdpEchoServerHelper(7).Install(hosts);
    for (uint32_t i = 0; i < hosts.GetN(); ++i)
    {
        UdpEchoClientHelper client(Ipv4Address::GetLoopback(), 7);
        client.SetAttribute("MaxPackets", UintegerValue(i + 1));
        client.Install(hosts.Get(i));
    }

    Simulator::Run();
    std::ofstream json("lo.json");
    LinkStatsHelper::PrintIpLinkJson(json, hosts);
    Simulator::Destroy();
}
