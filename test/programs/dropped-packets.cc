/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "../every-drop.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/pcapng-helper.h"
#include "ns3/simulator.h"

#include <iostream>

using namespace ns3;

/// Captures a run in which packets are dropped for every reason to FILE, and prints on stderr how
/// many each device dropped for each reason, and its counters.
int
main(int argc, char* argv[])
{
    Config::SetGlobal("ChecksumEnabled", BooleanValue(true));
    tests::EveryDrop run;
    PcapngHelper::EnablePcapng(argc > 1 ? argv[1] : "-", run.GetNodes());
    Simulator::Run();
    Simulator::Destroy();
    for (const auto& [drop, count] : run.GetDrops())
    {
        std::cerr << count << ' ' << drop << '\n';
    }
    for (const auto& [name, device] : run.GetDevices())
    {
        std::cerr << dynamic_cast<TracedLink&>(*device).GetStats() << " of " << name << '\n';
    }
    return 0;
}
