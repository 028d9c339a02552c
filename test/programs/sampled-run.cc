/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/core-module.h"
#include "ns3/loopback-module.h"
#include "ns3/network-module.h"

#include <cstdlib>
#include <string>

using namespace ns3;

namespace
{

/// Send a packet every 10 ms, the first after 5 ms.
void
SendPeriodically(Ptr<NetDevice> device, uint32_t size)
{
    Simulator::ScheduleWithContext(device->GetNode()->GetId(), MilliSeconds(5), [=] {
        device->Send(Create<Packet>(size), device->GetBroadcast(), 0x88b5);
        Simulator::Schedule(MilliSeconds(5), &SendPeriodically, device, size);
    });
}

} // namespace

/// Sample two nodes to PREFIX every 100 ms, until the run stops or aborts.
/// Usage: sampled-run stop|abort PREFIX
int
main(int argc, char* argv[])
{
    if (argc < 3)
    {
        return EXIT_FAILURE;
    }
    NodeContainer nodes(2);
    // CSV and gnuplot would need this quoted or escaped.
    Names::Add("\"a\", `b\n\\", nodes.Get(0));
    const auto los = LoHelper().Install(nodes);
    const auto blackhole = BlackholeHelper().Install(nodes.Get(0)).Get(0);
    SendPeriodically(los.Get(0), 100);
    SendPeriodically(los.Get(1), 200);
    SendPeriodically(blackhole, 300);
    LinkStatsHelper::Sample(nodes, MilliSeconds(100), argv[2]);
    Simulator::Schedule(MilliSeconds(250), [&] {
        SendPeriodically(BlackholeHelper().Install(nodes.Get(1)).Get(0), 400);
    });
    const bool doAbort = argv[1] == std::string("abort");
    Simulator::Schedule(MilliSeconds(550), [=] { doAbort ? std::abort() : Simulator::Stop(); });
    Simulator::Run();
    Simulator::Destroy();
    return EXIT_SUCCESS;
}
