/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "../loopback-node.h"
#include "../to-callback.h"

#include "ns3/blackhole-helper.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/simple-net-device-helper.h"

#include <iomanip>
#include <iostream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

/// Add routes of each kind.
void
AddBlackholes(Ptr<Node> router)
{
    BlackholeHelper helper;
    helper.AddRoute(router, "10.9.3.0", "/24");
    helper.AddRoute(router, "fd09:3::", "/64");
    helper.SetReject(BlackholeHelper::PROHIBIT);
    helper.AddRoute(router, "10.9.2.0", "/24");
    helper.AddRoute(router, "fd09:2::", "/64");
    helper.SetReject(BlackholeHelper::UNREACHABLE);
    helper.AddRoute(router, "10.9.1.0", "/24");
    helper.AddRoute(router, "fd09:1::", "/64");
    helper.AddRoute(router, "172.16.0.0", "/16");
    helper.AddRoute(router, "fd77::", "/64");
    helper.AddRoute(router, "::", "/64");
}

std::vector<uint8_t>
ParseHex(const std::string& hex)
{
    std::vector<uint8_t> bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    {
        bytes.push_back(std::stoul(hex.substr(i, 2), nullptr, 16));
    }
    return bytes;
}

void
PrintReceived(Ptr<NetDevice> /* device */, Ptr<const Packet> packet)
{
    std::vector<uint8_t> bytes(packet->GetSize());
    packet->CopyData(bytes.data(), bytes.size());
    if (bytes[0] >> 4 != 4 && bytes[0] >> 4 != 6) // ARP
    {
        return;
    }
    std::cout << std::hex << std::setfill('0');
    for (const auto byte : bytes)
    {
        std::cout << std::setw(2) << unsigned{byte};
    }
    std::cout << '\n';
}

} // namespace

/// Read packets from standard input, one per line in hex, send one every 3 ms from a host to a
/// router, and print what comes back.
int
main(int argc, char* argv[])
{
    Config::SetGlobal("ChecksumEnabled", BooleanValue(true));
    Config::SetDefault("ns3::Icmpv6L4Protocol::DAD", BooleanValue(false));
    // No answer may be dropped while the neighbour's address is being resolved.
    Config::SetDefault("ns3::ArpCache::PendingQueueSize", UintegerValue(1000));
    Config::SetDefault("ns3::NdiscCache::UnresolvedQueueSize", UintegerValue(1000));
    CommandLine(__FILE__).Parse(argc, argv);
    NodeContainer nodes(3);
    const auto sender = nodes.Get(0);
    const auto router = nodes.Get(1);
    const auto third = nodes.Get(2);
    InternetStackHelper().Install(nodes);
    SimpleNetDeviceHelper link;
    const auto near = link.Install(NodeContainer(sender, router));
    const auto far = link.Install(NodeContainer(router, third));
    tests::AddInterface(near.Get(0), "10.0.0.1", "fd00::1");
    tests::AddInterface(near.Get(1), "10.0.0.254", "fd00::fe");
    tests::AddInterface(far.Get(0), "10.0.1.254", "fd00:1::fe");
    tests::AddInterface(far.Get(1), "10.0.1.1", "fd00:1::1");
    sender->GetObject<Ipv4>()->SetAttribute("IpForward", BooleanValue(false));
    sender->GetObject<Ipv6>()->SetAttribute("IpForward", BooleanValue(false));
    tests::SetDefaultRoute(router, Ipv4Address("10.0.0.1"));
    tests::SetDefaultRoute(router, Ipv6Address("fd00::1"));
    tests::SetDefaultRoute(third, Ipv4Address("10.0.1.254"));
    tests::SetDefaultRoute(third, Ipv6Address("fd00:1::fe"));
    AddBlackholes(router);
    sender->RegisterProtocolHandler(ToHandler(&PrintReceived), 0, near.Get(0));

    Time at;
    for (std::string hex; std::cin >> hex; at += MilliSeconds(3))
    {
        const auto bytes = ParseHex(hex);
        const auto packet = Create<Packet>(bytes.data(), bytes.size());
        const uint16_t protocol = bytes[0] >> 4 == 4 ? 0x0800 : 0x86dd;
        Simulator::ScheduleWithContext(
            sender->GetId(),
            at,
            [device = near.Get(0), to = near.Get(1)->GetAddress(), packet, protocol] {
                device->Send(packet, to, protocol);
            });
    }
    Simulator::Stop(at + Seconds(5));
    Simulator::Run();
    Simulator::Destroy();
    return 0;
}
