/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

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

/// Give a device addresses of both versions.
void
AddAddresses(Ptr<NetDevice> device, const char* ipv4Address, const char* ipv6Address)
{
    const auto ipv4 = device->GetNode()->GetObject<Ipv4>();
    const auto interface4 = ipv4->AddInterface(device);
    ipv4->AddAddress(interface4, {Ipv4Address(ipv4Address), Ipv4Mask("/24")});
    ipv4->SetUp(interface4);
    const auto ipv6 = device->GetNode()->GetObject<Ipv6>();
    const auto interface6 = ipv6->AddInterface(device);
    // A router's interface does not ask for routers.
    ipv6->SetForwarding(interface6, true);
    ipv6->AddAddress(interface6, {Ipv6Address(ipv6Address), Ipv6Prefix(64)});
    ipv6->SetUp(interface6);
}

/// Route to a gateway, or, without one, into the device.
void
AddRoutes(Ptr<NetDevice> device,
          const std::pair<const char*, const char*>& ipv4Route,
          const std::pair<const char*, const char*>& ipv6Route,
          const char* ipv4Mask = "/24")
{
    const auto node = device->GetNode();
    const auto ipv4 = node->GetObject<Ipv4>();
    Ipv4StaticRoutingHelper().GetStaticRouting(ipv4)->AddNetworkRouteTo(
        ipv4Route.first,
        ipv4Mask,
        Ipv4Address(ipv4Route.second),
        ipv4->GetInterfaceForDevice(device));
    const auto ipv6 = node->GetObject<Ipv6>();
    Ipv6StaticRoutingHelper().GetStaticRouting(ipv6)->AddNetworkRouteTo(
        ipv6Route.first,
        Ipv6Prefix(64),
        Ipv6Address(ipv6Route.second),
        ipv6->GetInterfaceForDevice(device));
}

/// A device of the router's to route into, in place of a route of Linux's of some kind.
void
AddSink(Ptr<Node> router, const std::string& reject, const std::string& number)
{
    BlackholeHelper helper;
    helper.SetDeviceAttribute("Reject", StringValue(reject));
    const auto device = helper.Install(router).Get(0);
    AddAddresses(device, ("10.250." + number + ".1").c_str(), ("fd50:" + number + "::1").c_str());
    AddRoutes(device,
              {("10.9." + number + ".0").c_str(), "0.0.0.0"},
              {("fd09:" + number + "::").c_str(), "::"});
}

/// What has no route of its own goes into the first sink.
void
AddDefaultRoutes(Ptr<Node> router)
{
    const auto ipv4 = router->GetObject<Ipv4>();
    Ipv4StaticRoutingHelper().GetStaticRouting(ipv4)->SetDefaultRoute(
        Ipv4Address::GetAny(),
        ipv4->GetInterfaceForAddress("10.250.1.1"));
    const auto ipv6 = router->GetObject<Ipv6>();
    Ipv6StaticRoutingHelper().GetStaticRouting(ipv6)->SetDefaultRoute(
        Ipv6Address::GetAny(),
        ipv6->GetInterfaceForAddress("fd50:1::1"));
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
PrintReceived(Ptr<NetDevice> /* device */,
              Ptr<const Packet> packet,
              uint16_t protocol,
              const Address& /* from */,
              const Address& /* to */,
              NetDevice::PacketType /* type */)
{
    if (protocol != Ipv4L3Protocol::PROT_NUMBER && protocol != Ipv6L3Protocol::PROT_NUMBER)
    {
        return;
    }
    std::vector<uint8_t> bytes(packet->GetSize());
    packet->CopyData(bytes.data(), bytes.size());
    std::cout << std::hex << std::setfill('0');
    for (const auto byte : bytes)
    {
        std::cout << std::setw(2) << unsigned{byte};
    }
    std::cout << '\n';
}

} // namespace

/// Reads packets from its input, a line each, the time in ns and the bytes in hex; sends them from
/// one host to a router, and prints what comes back.
int
main(int argc, char* argv[])
{
    Config::SetGlobal("ChecksumEnabled", BooleanValue(true));
    Config::SetDefault("ns3::Icmpv6L4Protocol::DAD", BooleanValue(false));
    // No answer is lost while the neighbour's address is asked for.
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
    AddAddresses(near.Get(0), "10.0.0.1", "fd00::1");
    AddAddresses(near.Get(1), "10.0.0.254", "fd00::fe");
    AddAddresses(far.Get(0), "10.0.1.254", "fd00:1::fe");
    AddAddresses(far.Get(1), "10.0.1.1", "fd00:1::1");
    sender->GetObject<Ipv4>()->SetAttribute("IpForward", BooleanValue(false));
    sender->GetObject<Ipv6>()->SetAttribute("IpForward", BooleanValue(false));
    AddRoutes(near.Get(1), {"10.1.0.0", "10.0.0.1"}, {"fd01::", "fd00::1"}, "/16");
    AddRoutes(far.Get(1), {"10.1.0.0", "10.0.1.254"}, {"fd01::", "fd00:1::fe"}, "/16");
    Ipv6StaticRoutingHelper()
        .GetStaticRouting(router->GetObject<Ipv6>())
        ->AddNetworkRouteTo("fd02::",
                            Ipv6Prefix(64),
                            "fd00::1",
                            router->GetObject<Ipv6>()->GetInterfaceForAddress("fd00::fe"));
    AddSink(router, "HostUnreachable", "1");
    AddSink(router, "AdminProhibited", "2");
    AddSink(router, "None", "3");
    AddDefaultRoutes(router);
    sender->RegisterProtocolHandler(MakeCallback(&PrintReceived), 0, near.Get(0));

    int64_t at = 0;
    std::string hex;
    while (std::cin >> at >> hex)
    {
        const auto bytes = ParseHex(hex);
        const auto packet = Create<Packet>(bytes.data(), bytes.size());
        const uint16_t protocol =
            bytes[0] >> 4 == 4 ? Ipv4L3Protocol::PROT_NUMBER : Ipv6L3Protocol::PROT_NUMBER;
        Simulator::ScheduleWithContext(
            sender->GetId(),
            NanoSeconds(at),
            [device = near.Get(0), to = near.Get(1)->GetAddress(), packet, protocol] {
                device->Send(packet, to, protocol);
            });
    }
    Simulator::Stop(NanoSeconds(at) + Seconds(5));
    Simulator::Run();
    Simulator::Destroy();
    return 0;
}
