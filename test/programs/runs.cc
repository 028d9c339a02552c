/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "conversation.h"

#include "ns3/error-model.h"
#include "ns3/packet.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <iostream>

using namespace ns3;

namespace
{

void
PrintReceived(Ptr<const Packet> packet)
{
    std::cout << Simulator::Now().GetTimeStep() << ' ' << packet->GetSize() << '\n';
}

/// A simulation with losses, and all that it does to lo.
void
RunOne(const std::string& delivery)
{
    auto losses = CreateObject<RateErrorModel>();
    losses->SetAttribute("ErrorUnit", StringValue("ERROR_UNIT_PACKET"));
    losses->SetRate(0.02);
    LoHelper helper;
    helper.SetDeviceAttribute("Delivery", StringValue(delivery));
    helper.SetDeviceAttribute("ReceiveErrorModel", PointerValue(losses));
    Conversation conversation(helper);
    const auto lo = conversation.GetLo();
    helper.AssignStreams(NetDeviceContainer(lo), 1);
    lo->TraceConnectWithoutContext("MacRx", MakeCallback(&PrintReceived));
    std::cout << "run with Delivery " << delivery << '\n';
    conversation.Run();
    std::cout << lo->GetStats() << "\nevents " << Simulator::GetEventCount() << '\n';
    Simulator::Destroy();
}

} // namespace

/// Runs one simulation after the other in this process, each with the Delivery that an argument
/// names, and prints what happened.
int
main(int argc, char* argv[])
{
    for (int i = 1; i < argc; ++i)
    {
        RunOne(argv[i]);
    }
    return 0;
}
