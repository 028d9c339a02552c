/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "conversation.h"

#include "ns3/applications-module.h"
#include "ns3/internet-module.h"
#include "ns3/simulator.h"

using namespace ns3;

namespace
{

constexpr uint16_t ECHO_PORT = 7;
constexpr uint16_t DISCARD_PORT = 9;

Address
MakeLoopbackAddress(bool ipv6, uint16_t port)
{
    return ipv6 ? Address(Inet6SocketAddress(Ipv6Address::GetLoopback(), port))
                : Address(InetSocketAddress(Ipv4Address::GetLoopback(), port));
}

} // namespace

Conversation::Conversation(const LoHelper& helper)
    : m_node(CreateObject<Node>())
{
    helper.Install(m_node);
    InternetStackHelper().Install(m_node);
    UdpEchoServerHelper(ECHO_PORT).Install(m_node);
    for (const bool ipv6 : {false, true})
    {
        PacketSinkHelper("ns3::TcpSocketFactory", MakeLoopbackAddress(ipv6, DISCARD_PORT))
            .Install(m_node);
        SendDatagrams(MakeLoopbackAddress(ipv6, ECHO_PORT), Seconds(ipv6 ? 2 : 1));
        SendDatagrams(MakeLoopbackAddress(ipv6, ECHO_PORT + 1), Seconds(ipv6 ? 4 : 3));
        SendStream(MakeLoopbackAddress(ipv6, DISCARD_PORT), Seconds(ipv6 ? 6 : 5));
    }
}

void
Conversation::SendDatagrams(const Address& server, Time start)
{
    UdpEchoClientHelper client(server);
    client.SetAttribute("MaxPackets", UintegerValue(5));
    client.SetAttribute("Interval", TimeValue(MilliSeconds(10)));
    client.SetAttribute("PacketSize", UintegerValue(3000));
    client.Install(m_node).Start(start);
}

void
Conversation::SendStream(const Address& server, Time start)
{
    BulkSendHelper client("ns3::TcpSocketFactory", server);
    client.SetAttribute("MaxBytes", UintegerValue(200000));
    client.Install(m_node).Start(start);
}

Ptr<LoNetDevice>
Conversation::GetLo() const
{
    return LoHelper::GetLo(m_node);
}

void
Conversation::Run()
{
    Simulator::Stop(Seconds(30));
    Simulator::Run();
}
