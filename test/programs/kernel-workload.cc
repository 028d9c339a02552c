/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "../loopback-node.h"
#include "../to-callback.h"

#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"
#include "ns3/network-module.h"

#include <iostream>
#include <memory>

using namespace ns3;
using namespace ns3::tests;

namespace
{

constexpr uint16_t PORT = 9;

/// The fates of messages, in the words of test/kernel-diff/traffic.py.
struct Outcome
{
    unsigned answered{0}; //!< messages that were answered, or arrived if no answer is expected
    unsigned refused{0};  //!< messages that the receiver refused
    unsigned failed{0};   //!< messages that could not be sent
};

/// A function that sends a message, and returns the socket's result.
using Send = std::function<int()>;

/// @return a raw socket that sends and receives ICMP messages
Ptr<Socket>
CreateIcmpSocket(Ptr<Node> node, IpVersion version)
{
    const auto* factory = Pick(version, "ns3::Ipv4RawSocketFactory", "ns3::Ipv6RawSocketFactory");
    auto socket = Socket::CreateSocket(node, TypeId::LookupByName(factory));
    socket->SetAttribute("Protocol", UintegerValue(Pick(version, 1, 58)));
    return socket;
}

/// @return an echo request as ping sends it
Ptr<Packet>
MakeEchoRequest(IpVersion version, uint16_t sequence, uint32_t size)
{
    auto packet = Create<Packet>();
    if (version == IpVersion::V4)
    {
        Icmpv4Echo echo;
        echo.SetSequenceNumber(sequence);
        echo.SetData(Create<Packet>(size));
        Icmpv4Header header;
        header.SetType(Icmpv4Header::ICMPV4_ECHO);
        packet->AddHeader(echo);
        packet->AddHeader(header);
    }
    else
    {
        Icmpv6Echo echo(true);
        echo.SetSeq(sequence);
        packet = Create<Packet>(size);
        packet->AddHeader(echo);
    }
    return packet;
}

/// @return whether a packet is the reply to an echo request; raw sockets get fragments too
bool
IsReply(IpVersion version, Ptr<Packet> packet, uint16_t sequence, uint32_t size)
{
    if (packet->GetSize() != GetHeaderSize(version) + 8 + size)
    {
        return false;
    }
    packet->RemoveAtStart(GetHeaderSize(version));
    uint8_t icmp[8];
    packet->CopyData(icmp, sizeof(icmp));
    return icmp[0] == Pick(version, 0, 129) && (icmp[6] << 8 | icmp[7]) == sequence;
}

/// Send echo requests by a raw socket: ns-3's ping application sends at least 16 bytes.
Send
MakePing(Outcome& outcome, Ptr<Node> node, const Address& destination, uint32_t size)
{
    const auto version = GetVersion(destination);
    const auto sequence = std::make_shared<uint16_t>(0);
    const auto socket = CreateIcmpSocket(node, version);
    socket->Connect(MakeEndpoint(destination, 0));
    socket->SetRecvCallback(ToCallback([=, &outcome](Ptr<Socket> receiver) {
        while (auto packet = receiver->Recv())
        {
            outcome.answered += IsReply(version, packet, *sequence, size) ? 1 : 0;
        }
    }));
    return [=] { return socket->Send(MakeEchoRequest(version, ++*sequence, size)); };
}

/// @return an attribute that counts ICMP errors
template <class IpAddress>
CallbackValue
CountErrors(Outcome& outcome)
{
    return CallbackValue(ToCallback(
        [&outcome](IpAddress, uint8_t, uint8_t, uint8_t, uint32_t) { ++outcome.refused; }));
}

/// Send datagrams.
Send
MakeUdp(Outcome& outcome, Ptr<Node> node, const Address& destination, uint32_t size)
{
    const auto sender = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
    sender->SetAttribute("IcmpCallback", CountErrors<Ipv4Address>(outcome));
    sender->SetAttribute("IcmpCallback6", CountErrors<Ipv6Address>(outcome));
    // Linux's IP_MULTICAST_TTL is 1 unless it is set.
    sender->SetAttribute("IpMulticastTtl", UintegerValue(1));
    // Linux's default, which ns-3 ignores.
    sender->SetAttribute("MtuDiscover", BooleanValue(true));
    sender->SetAllowBroadcast(true);
    const auto endpoint = MakeEndpoint(destination, PORT);
    if (addressUtils::IsMulticast(endpoint) || destination == Ipv4Address::GetBroadcast())
    {
        sender->BindToNetDevice(LoHelper::GetLo(node));
    }
    sender->Connect(endpoint);
    return [=] { return sender->Send(Create<Packet>(size)); };
}

/// Send datagrams to an open port of this node.
Send
MakeOpenUdp(Outcome& outcome, Ptr<Node> node, const Address& destination, uint32_t size)
{
    const auto receiver = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
    receiver->Bind(GetAnyEndpoint(GetVersion(destination), PORT));
    receiver->SetRecvCallback(ToCallback([&outcome, size](Ptr<Socket> socket) {
        while (auto packet = socket->Recv())
        {
            outcome.answered += packet->GetSize() == size ? 1 : 0;
        }
    }));
    return MakeUdp(outcome, node, destination, size);
}

/// Open TCP connections to a closed port.
Send
MakeTcp(Outcome& outcome, Ptr<Node> node, const Address& destination, uint32_t /* size */)
{
    return [=, &outcome] {
        auto socket = Socket::CreateSocket(node, TcpSocketFactory::GetTypeId());
        socket->SetConnectCallback(ToCallback([&outcome](Ptr<Socket>) { ++outcome.answered; }),
                                   ToCallback([&outcome](Ptr<Socket>) { ++outcome.refused; }));
        return socket->Connect(MakeEndpoint(destination, PORT));
    };
}

} // namespace

/// Send messages over a lo as the arguments say, and print their fates and the counters.
int
main(int argc, char* argv[])
{
    std::string kind;
    std::string destination;
    uint32_t size = 0;
    unsigned count = 1;
    uint16_t mtu = 65535;
    bool down = false;
    bool own = false;
    bool release = false;
    std::string pcap;
    CommandLine cmd(__FILE__);
    cmd.AddNonOption("kind", "ping, udp, udp-closed or tcp-closed", kind);
    cmd.AddNonOption("destination", "where to", destination);
    cmd.AddNonOption("size", "bytes of payload", size);
    cmd.AddNonOption("count", "how many", count);
    cmd.AddValue("mtu", "lo's MTU", mtu);
    cmd.AddValue("down", "whether lo is down", down);
    cmd.AddValue("own", "whether the destination is the address of another interface", own);
    cmd.AddValue("pcap", "file to capture lo to", pcap);
    cmd.AddValue("release", "print the release of ns-3 and do nothing else", release);
    cmd.Parse(argc, argv);
    if (release)
    {
        std::cout << NS3_RELEASE << '\n';
        return 0;
    }

    Config::SetGlobal("ChecksumEnabled", BooleanValue(true));
    Config::SetDefault("ns3::Icmpv6L4Protocol::DAD", BooleanValue(false));
    const auto node = CreateObject<Node>();
    LoHelper helper;
    helper.SetDeviceAttribute("Mtu", UintegerValue(mtu));
    helper.EnablePcap(pcap, helper.Install(node).Get(0), false, true);
    InternetStackHelper().Install(node);
    LoHelper::RouteLocalAddresses(node);
    const auto address = ParseAddress(destination);
    if (own)
    {
        // One more interface, whose device counts every packet sent to it.
        const auto owner = BlackholeHelper().Install(node).Get(0);
        Names::Add("owner", owner);
        const auto version = GetVersion(address);
        AddInterface(owner,
                     Pick(version, destination.c_str(), "10.0.0.1"),
                     Pick(version, "2001:db8::1", destination.c_str()));
    }
    if (down)
    {
        LoHelper::GetLo(node)->SetDown();
    }
    Outcome outcome;
    const std::map<std::string, decltype(&MakePing)> kinds{{"ping", MakePing},
                                                           {"udp", MakeOpenUdp},
                                                           {"udp-closed", MakeUdp},
                                                           {"tcp-closed", MakeTcp}};
    const auto send = kinds.at(kind)(outcome, node, address, size);
    for (unsigned i = 0; i < count; ++i)
    {
        Simulator::ScheduleWithContext(node->GetId(), i * MilliSeconds(10), [&] {
            outcome.failed += send() < 0 ? 1 : 0;
        });
    }
    Simulator::Stop(Seconds(1));
    Simulator::Run();
    std::cout << "{\"answered\":" << outcome.answered << ",\"refused\":" << outcome.refused
              << ",\"failed\":" << outcome.failed << "}\n";
    LinkStatsHelper::PrintIpLinkJson(std::cout, node);
    Simulator::Destroy();
    return 0;
}
