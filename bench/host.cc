/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "host.h"

#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/loopback-net-device.h"
#include "ns3/packet.h"
#include "ns3/string.h"
#include "ns3/udp-socket-factory.h"

namespace ns3
{

void
InstallLoopback(const std::string& loopback, const NodeContainer& nodes)
{
    if (loopback != "own")
    {
        LoHelper helper;
        helper.SetDeviceAttribute("Delivery", StringValue(loopback));
        helper.Install(nodes);
        return;
    }
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        (*node)->AddDevice(CreateObject<LoopbackNetDevice>());
    }
}

Ptr<Node>
CreateHost(const std::string& loopback)
{
    NodeContainer node(1);
    InstallLoopback(loopback, node);
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(node);
    return node.Get(0);
}

UdpHost::UdpHost(const std::string& loopback)
    : m_node(CreateHost(loopback)),
      m_server(Socket::CreateSocket(m_node, UdpSocketFactory::GetTypeId())),
      m_client(Socket::CreateSocket(m_node, UdpSocketFactory::GetTypeId()))
{
    constexpr uint16_t port = 9;
    m_server->Bind(InetSocketAddress(Ipv4Address::GetAny(), port));
    m_server->SetRecvCallback(MakeCallback(&UdpHost::Receive, this));
    m_client->Connect(InetSocketAddress(Ipv4Address::GetLoopback(), port));
}

void
UdpHost::Send()
{
    m_client->Send(Create<Packet>(1000));
}

Ptr<Node>
UdpHost::GetNode() const
{
    return m_node;
}

uint64_t
UdpHost::GetReceived() const
{
    return m_received;
}

void
UdpHost::Receive(Ptr<Socket> socket)
{
    while (socket->Recv())
    {
        ++m_received;
    }
}

} // namespace ns3
