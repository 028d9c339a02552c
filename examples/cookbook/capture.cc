// SPDX-License-Identifier: GPL-2.0-only

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"

using namespace ns3;

/// A capture of UDP and TCP on 127.0.0.1, in capture-0-0.pcap.
int
main()
{
    NodeContainer host(1);
    LoHelper lo;
    lo.EnablePcap("capture", lo.Install(host));
    InternetStackHelper().Install(host);

    const auto loopback = Ipv4Address::GetLoopback();
    UdpEchoServerHelper(7).Install(host);
    UdpEchoClientHelper echo(loopback, 7);
    echo.SetAttribute("MaxPackets", UintegerValue(2));
    echo.Install(host);

    const InetSocketAddress web(loopback, 80);
    PacketSinkHelper("ns3::TcpSocketFactory", web).Install(host);
    BulkSendHelper transfer("ns3::TcpSocketFactory", web);
    transfer.SetAttribute("MaxBytes", UintegerValue(1000));
    transfer.Install(host).Start(Seconds(2));

    Simulator::Run();
    Simulator::Destroy();
}
