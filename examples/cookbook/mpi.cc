// SPDX-License-Identifier: GPL-2.0-only

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"
#include "ns3/mpi-module.h"
#include "ns3/point-to-point-module.h"

#include <iostream>

using namespace ns3;

/// Two nodes on two ranks. Each asks itself, over its lo, and the other node.
int
main(int argc, char* argv[])
{
    MpiInterface::Enable(&argc, &argv);
    NS_ABORT_MSG_IF(MpiInterface::GetSize() != 2, "start this with mpirun -np 2");
    const uint32_t rank = MpiInterface::GetSystemId();
    NodeContainer nodes(1, 0); // on rank 0
    nodes.Create(1, 1);        // on rank 1
    LoHelper().Install(nodes);
    InternetStackHelper internet;
    internet.SetIpv6StackInstall(false); // IPv6 nodes send unasked, on each rank
    internet.Install(nodes);
    PointToPointHelper link;
    link.SetChannelAttribute("Delay", StringValue("1ms"));
    const auto ip = Ipv4AddressHelper("10.0.0.0", "255.255.255.252").Assign(link.Install(nodes));

    UdpEchoServerHelper(7).Install(nodes.Get(rank)); // a rank runs its own node's applications
    UdpEchoClientHelper(Ipv4Address::GetLoopback(), 7).Install(nodes.Get(rank));
    UdpEchoClientHelper(ip.GetAddress(1 - rank), 7).Install(nodes.Get(rank));
    Simulator::Stop(Seconds(10));
    Simulator::Run();
    std::cout << "rank " << rank << ": " << LoHelper::GetLo(nodes.Get(rank))->GetStats() << '\n';
    Simulator::Destroy();
    MpiInterface::Disable();
}
