// SPDX-License-Identifier: GPL-2.0-only

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"
#include "ns3/traffic-control-module.h"

using namespace ns3;

/// Packets that vanish for four reasons, in drops.pcapng.
int
main()
{
    Config::SetGlobal("ChecksumEnabled", BooleanValue(true)); // otherwise Wireshark complains
    NodeContainer host(1);
    LoHelper().Install(host);
    InternetStackHelper().Install(host);
    Ipv4AddressHelper("192.0.2.0", "/24").Assign(BlackholeHelper().Install(host));
    PcapngHelper::EnablePcapng("drops.pcapng", host);

    const auto lo = LoHelper::GetLo(host.Get(0));
    lo->SetAttribute("ReceiveErrorModel", StringValue("ns3::RateErrorModel[ErrorRate=0.002]"));
    TrafficControlHelper tc;
    tc.SetRootQueueDisc("ns3::NetemQueueDisc", "Parameters", StringValue("delay 5ms loss 20%"));
    tc.Install(lo);
    LoHelper().AssignStreams(NetDeviceContainer(lo), 6);
    Simulator::Schedule(Seconds(1.9), &LoNetDevice::SetDown, lo);
    UdpEchoServerHelper(7).Install(host);
    for (const auto* address : {"127.0.0.1", "192.0.2.77"}) // no node has the second one
    {
        UdpEchoClientHelper client(Ipv4Address(address), 7);
        client.SetAttribute("Interval", TimeValue(MilliSeconds(300)));
        client.Install(host);
    }
    Simulator::Stop(Seconds(3));
    Simulator::Run();
    Simulator::Destroy();
}
