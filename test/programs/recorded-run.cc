/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/core-module.h"
#include "ns3/loopback-module.h"
#include "ns3/network-module.h"

#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <string>

using namespace ns3;

namespace
{

/// Send a packet every millisecond: IPv4 by its EtherType, so that each link type shows it.
void
SendPeriodically(Ptr<NetDevice> device)
{
    Simulator::ScheduleWithContext(device->GetNode()->GetId(), MilliSeconds(1), [=] {
        device->Send(Create<Packet>(300), device->GetBroadcast(), 0x0800);
        SendPeriodically(device);
    });
}

void
Capture(const NetDeviceContainer& los, LoHelper::PcapDataLink dataLink, const std::string& prefix)
{
    LoHelper helper;
    helper.SetPcapDataLink(dataLink);
    helper.EnablePcap(prefix, los);
}

/// What records the devices to files whose names begin with a prefix.
const std::map<std::string, std::function<void(const NetDeviceContainer&, const std::string&)>>
    // NOLINTNEXTLINE(cppcoreguidelines-interfaces-global-init): they run when they are called
    RECORDERS{
        {"ethernet",
         [](const auto& los, const auto& prefix) { Capture(los, LoHelper::ETHERNET, prefix); }},
        {"null",
         [](const auto& los, const auto& prefix) {
             Capture(los, LoHelper::NULL_LOOPBACK, prefix);
         }},
        {"raw",
         [](const auto& los, const auto& prefix) { Capture(los, LoHelper::RAW_IP, prefix); }},
        {"ascii", [](const auto& los, const auto& prefix) { LoHelper().EnableAscii(prefix, los); }},
        {"shared",
         [](const auto& los, const auto& prefix) {
             LoHelper().EnableAscii(AsciiTraceHelper().CreateFileStream(prefix + ".tr"), los);
         }},
        {"sample",
         [](const auto& los, const auto& prefix) {
             LinkStatsHelper::Sample(NodeContainer(los.Get(0)->GetNode()), MilliSeconds(1), prefix);
         }},
    };

} // namespace

/// Records a node for some simulated milliseconds. Usage: recorded-run WHAT PREFIX MILLISECONDS
/// [leave] WHAT is a recorder or "all", and leave says to return without destroying the simulator.
int
main(int argc, char* argv[])
{
    if (argc < 4)
    {
        return EXIT_FAILURE;
    }
    const std::string what = argv[1];
    NodeContainer nodes(1);
    const auto los = LoHelper().Install(nodes);
    for (const auto& [name, record] : RECORDERS)
    {
        if (name == what || what == "all")
        {
            record(los, what == "all" ? argv[2] + ("-" + name) : argv[2]);
        }
    }
    SendPeriodically(los.Get(0));
    Simulator::Stop(MilliSeconds(std::stoull(argv[3])));
    Simulator::Run();
    std::cout << LoHelper::GetLo(nodes.Get(0))->GetStats().txPackets << std::endl;
    if (argc > 4)
    {
        return EXIT_SUCCESS;
    }
    Simulator::Destroy();
    return EXIT_SUCCESS;
}
