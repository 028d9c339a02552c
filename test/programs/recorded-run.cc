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

/// Send one packet per millisecond, as IPv4, which every link type captures.
void
SendPeriodically(Ptr<NetDevice> device)
{
    Simulator::ScheduleWithContext(device->GetNode()->GetId(), MilliSeconds(1), [=] {
        device->Send(Create<Packet>(300), device->GetBroadcast(), 0x0800);
        SendPeriodically(device);
    });
}

void
Record(const std::string& what, const NodeContainer& node, const std::string& prefix)
{
    LoHelper helper;
    if (what == "ascii")
    {
        helper.EnableAscii(prefix, node);
    }
    else if (what == "shared")
    {
        helper.EnableAscii(AsciiTraceHelper().CreateFileStream(prefix + ".tr"), node);
    }
    else if (what == "sample")
    {
        LinkStatsHelper::Sample(node, MilliSeconds(1), prefix);
    }
    else
    {
        helper.SetPcapDataLink(what == "null"  ? LoHelper::NULL_LOOPBACK
                               : what == "raw" ? LoHelper::RAW_IP
                                               : LoHelper::ETHERNET);
        helper.EnablePcap(prefix, node);
    }
}

} // namespace

/// Record a node for some simulated milliseconds.
/// Usage: recorded-run ethernet|null|raw|ascii|shared|sample PREFIX MILLISECONDS
int
main(int argc, char* argv[])
{
    if (argc < 4)
    {
        return EXIT_FAILURE;
    }
    NodeContainer nodes(1);
    const auto los = LoHelper().Install(nodes);
    Record(argv[1], nodes, argv[2]);
    SendPeriodically(los.Get(0));
    Simulator::Stop(MilliSeconds(std::stoull(argv[3])));
    Simulator::Run();
    Simulator::Destroy();
    return EXIT_SUCCESS;
}
