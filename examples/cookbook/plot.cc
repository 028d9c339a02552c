// SPDX-License-Identifier: GPL-2.0-only

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"

using namespace ns3;

/// Samples of lo's counters over time, in plot.csv and plot.plt.
int
main()
{
    NodeContainer host(1);
    LoHelper().Install(host);
    InternetStackHelper().Install(host);

    const InetSocketAddress service(Ipv4Address::GetLoopback(), 9);
    PacketSinkHelper("ns3::UdpSocketFactory", service).Install(host);
    OnOffHelper client("ns3::UdpSocketFactory", service);
    client.SetConstantRate(DataRate("1Mbps"), 1000);
    client.SetAttribute("OnTime", StringValue("ns3::ConstantRandomVariable[Constant=0.5]"));
    client.SetAttribute("OffTime", StringValue("ns3::ConstantRandomVariable[Constant=0.5]"));
    client.Install(host);

    LinkStatsHelper::Sample(host, MilliSeconds(100), "plot");
    Simulator::Stop(Seconds(3));
    Simulator::Run();
    Simulator::Destroy();
}
