/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "conversation.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <iostream>

using namespace ns3;

/// Captures one run in each link type, to PREFIXethernet.pcap, PREFIXnull.pcap and PREFIXraw.pcap,
/// and prints how many packets the device counted.
int
main(int argc, char* argv[])
{
    const std::string prefix = argc > 1 ? argv[1] : "";
    Config::SetGlobal("ChecksumEnabled", BooleanValue(true));
    LoHelper helper;
    helper.SetDeviceAttribute("Mtu", UintegerValue(1500));
    Conversation conversation(helper);
    const auto lo = conversation.GetLo();
    helper.EnablePcap(prefix + "ethernet.pcap", lo, false, true);
    helper.SetPcapDataLink(LoHelper::NULL_LOOPBACK);
    helper.EnablePcap(prefix + "null.pcap", lo, false, true);
    helper.SetPcapDataLink(LoHelper::RAW_IP);
    helper.EnablePcap(prefix + "raw.pcap", lo, false, true);
    conversation.Run();
    std::cout << lo->GetStats().rxPackets << '\n';
    Simulator::Destroy();
    return 0;
}
