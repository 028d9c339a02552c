/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/boolean.h"
#include "ns3/bulk-send-helper.h"
#include "ns3/config.h"
#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/simulator.h"
#include "ns3/udp-echo-helper.h"
#include "ns3/uinteger.h"

#include <iostream>

using namespace ns3;

namespace
{

constexpr uint16_t PORT = 7;

/// Have a node send to itself: datagrams in fragments, others to a closed port, and a stream.
void
Converse(Ptr<Node> node, const Address& open, const Address& closed)
{
    for (const auto& server : {open, closed})
    {
        UdpEchoClientHelper client(server);
        client.SetAttribute("MaxPackets", UintegerValue(5));
        client.SetAttribute("PacketSize", UintegerValue(3000));
        client.Install(node);
    }
    PacketSinkHelper("ns3::TcpSocketFactory", open).Install(node);
    BulkSendHelper stream("ns3::TcpSocketFactory", open);
    stream.SetAttribute("MaxBytes", UintegerValue(200000));
    stream.Install(node);
}

} // namespace

/// Captures one run in each link type, to PREFIXethernet.pcap, PREFIXnull.pcap and PREFIXraw.pcap,
/// and prints how many packets the device counted.
int
main(int argc, char* argv[])
{
    const std::string prefix = argc > 1 ? argv[1] : "";
    Config::SetGlobal("ChecksumEnabled", BooleanValue(true));
    const auto node = CreateObject<Node>();
    LoHelper helper;
    helper.SetDeviceAttribute("Mtu", UintegerValue(1500));
    helper.Install(node);
    InternetStackHelper().Install(node);
    const auto lo = LoHelper::GetLo(node);
    helper.EnablePcap(prefix + "ethernet.pcap", lo, false, true);
    helper.SetPcapDataLink(LoHelper::NULL_LOOPBACK);
    helper.EnablePcap(prefix + "null.pcap", lo, false, true);
    helper.SetPcapDataLink(LoHelper::RAW_IP);
    helper.EnablePcap(prefix + "raw.pcap", lo, false, true);
    UdpEchoServerHelper(PORT).Install(node);
    const auto ipv4 = Ipv4Address::GetLoopback();
    Converse(node, InetSocketAddress(ipv4, PORT), InetSocketAddress(ipv4, PORT + 1));
    const auto ipv6 = Ipv6Address::GetLoopback();
    Converse(node, Inet6SocketAddress(ipv6, PORT), Inet6SocketAddress(ipv6, PORT + 1));
    Simulator::Stop(Seconds(30));
    Simulator::Run();
    std::cout << lo->GetStats().rxPackets << '\n';
    Simulator::Destroy();
    return 0;
}
