// SPDX-License-Identifier: GPL-2.0-only

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"
#include "ns3/point-to-point-module.h"

#include <iostream>

using namespace ns3;

/// A point-to-point backhaul with losses in bursts, of 10 packets on average.
int
main(int argc, char* argv[])
{
    Config::SetDefault("ns3::GilbertElliottErrorModel::P", DoubleValue(0.001));
    Config::SetDefault("ns3::GilbertElliottErrorModel::R", DoubleValue(0.1));
    CommandLine cmd(__FILE__);
    cmd.AddValue("p", "ns3::GilbertElliottErrorModel::P");
    cmd.AddValue("r", "ns3::GilbertElliottErrorModel::R");
    cmd.Parse(argc, argv);
    NodeContainer nodes(2);
    PointToPointHelper backhaul;
    backhaul.SetDeviceAttribute("DataRate", StringValue("10Mbps"));
    const auto devices = backhaul.Install(nodes);
    InternetStackHelper().Install(nodes);
    const auto addresses = Ipv4AddressHelper("10.0.0.0", "255.255.255.0").Assign(devices);
    const auto model = CreateObject<GilbertElliottErrorModel>();
    model->AssignStreams(1); // the same losses in each release of ns-3
    devices.Get(1)->SetAttribute("ReceiveErrorModel", PointerValue(model));
    const auto sink = DynamicCast<UdpServer>(UdpServerHelper(9).Install(nodes.Get(1)).Get(0));
    UdpClientHelper client(addresses.GetAddress(1), 9);
    client.SetAttribute("MaxPackets", UintegerValue(100'000));
    client.Install(nodes.Get(0));
    Simulator::Run();
    std::cout << sink->GetLost() << " of 100000 lost\n";
    Simulator::Destroy();
}
