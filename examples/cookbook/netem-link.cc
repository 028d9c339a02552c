// SPDX-License-Identifier: GPL-2.0-only

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"
#include "ns3/point-to-point-module.h"
#include "ns3/traffic-control-module.h"

using namespace ns3;

/// Netem on a point-to-point link, in tc's words; and what `tc -s qdisc show` prints of it.
int
main(int argc, char* argv[])
{
    const auto words = "delay 20ms 5ms distribution normal loss 5% duplicate 5%";
    Config::SetDefault("ns3::NetemQueueDisc::Parameters", StringValue(words));
    CommandLine cmd(__FILE__);
    cmd.AddValue("netem", "ns3::NetemQueueDisc::Parameters");
    cmd.Parse(argc, argv);

    NodeContainer nodes(2);
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", StringValue("10Mbps"));
    const auto devices = link.Install(nodes);
    InternetStackHelper().Install(nodes);
    TrafficControlHelper tc; // before the addresses, which bring a default queue disc
    tc.SetRootQueueDisc("ns3::NetemQueueDisc");
    const auto netem = DynamicCast<NetemQueueDisc>(tc.Install(devices).Get(0));
    netem->AssignStreams(1); // the same losses in each release of ns-3
    const auto addresses = Ipv4AddressHelper("10.0.0.0", "255.255.255.0").Assign(devices);
    UdpEchoServerHelper(7).Install(nodes.Get(1));
    UdpEchoClientHelper client(addresses.GetAddress(1), 7);
    client.SetAttribute("Interval", TimeValue(MilliSeconds(10)));
    client.Install(nodes.Get(0));
    Simulator::Run();
    LinkStatsHelper::PrintTcQdisc(std::cout, nodes.Get(0));
    Simulator::Destroy();
}
