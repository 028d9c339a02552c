// SPDX-License-Identifier: GPL-2.0-only

#include "ns3/applications-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"
#include "ns3/traffic-control-module.h"

using namespace ns3;

class PortFilter : public Ipv4PacketFilter
{
    int32_t DoClassify(Ptr<QueueDiscItem> item) const override
    {
        UdpHeader udp;
        item->GetPacket()->PeekHeader(udp);
        return udp.GetDestinationPort() == 7 ? 1 : 0;
    }
};

/// Netem on lo for requests to port 7 only: Prio, a filter, and netem as a class's child.
int
main()
{
    NodeContainer host(1);
    InternetStackHelper().Install(host);
    TrafficControlHelper tc;
    const auto root = tc.SetRootQueueDisc("ns3::PrioQueueDisc");
    const auto classes = tc.AddQueueDiscClasses(root, 2, "ns3::QueueDiscClass");
    tc.AddChildQueueDisc(root, classes[0], "ns3::FifoQueueDisc");
    tc.AddChildQueueDisc(root, classes[1], "ns3::NetemQueueDisc", "Delay", StringValue("200ms"));
    const auto prio = tc.Install(LoHelper().Install(host)).Get(0);
    prio->AddPacketFilter(CreateObject<PortFilter>());
    UdpEchoServerHelper(7).Install(host);
    UdpEchoClientHelper(Ipv4Address::GetLoopback(), 7).Install(host);
    UdpEchoClientHelper(Ipv4Address::GetLoopback(), 9).Install(host);
    Simulator::Run();
    LinkStatsHelper::PrintTcQdisc(std::cout, host);
    Simulator::Destroy();
}
