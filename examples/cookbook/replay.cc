// SPDX-License-Identifier: GPL-2.0-only

#include "ns3/core-module.h"
#include "ns3/loopback-module.h"
#include "ns3/network-module.h"

#include <vector>

using namespace ns3;

/// The packets of a real lo's capture, sent at their own times. replay-0-0.pcap has the result.
int
main(int argc, char* argv[])
{
    std::string file = "lo.pcap";
    CommandLine cmd(__FILE__);
    cmd.AddNonOption("file", "a capture by tcpdump -i lo", file);
    cmd.Parse(argc, argv);
    PcapFile capture;
    capture.Open(file, std::ios::in);
    NS_ABORT_MSG_IF(capture.Fail(), "cannot read the capture " << file);
    LoHelper helper;
    const auto lo = helper.Install(NodeContainer(1)).Get(0);
    helper.EnablePcap("replay", lo);
    std::vector<uint8_t> data(65550);
    uint32_t s = 0;
    uint32_t us = 0;
    uint32_t size = 0;
    while (capture.Read(data.data(), data.size(), s, us, size, size, size), !capture.Eof())
    {
        const auto frame = Create<Packet>(data.data(), size);
        EthernetHeader eth;
        frame->RemoveHeader(eth);
        const auto at = Seconds(s) + MicroSeconds(us);
        Simulator::Schedule(at, &NetDevice::Send, lo, frame, lo->GetAddress(), eth.GetLengthType());
    }
    Simulator::Run();
    Simulator::Destroy();
}
