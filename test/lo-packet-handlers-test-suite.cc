/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-node.h"
#include "udp-flow.h"

#include "ns3/blackhole-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/node-container.h"
#include "ns3/packet-socket-address.h"
#include "ns3/packet-socket-factory.h"
#include "ns3/simple-net-device-helper.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <map>

using namespace ns3;
using namespace ns3::tests;

namespace
{

constexpr uint16_t PROTOCOL{0x88b5}; ///< an EtherType without a meaning
constexpr uint32_t COUNT{10};        ///< datagrams in a UdpFlow of default settings

/// A node with a blackhole, a lo and a link to a peer, devices 0, 1 and 2.
class ThreeDevicesTestCase : public TestCase
{
  protected:
    using TestCase::TestCase;

    void MakeNodes()
    {
        NodeContainer nodes(2);
        m_node = nodes.Get(0);
        BlackholeHelper().Install(m_node);
        LoHelper().Install(m_node);
        m_peersDevice = SimpleNetDeviceHelper().Install(nodes).Get(1);
        InternetStackHelper().Install(nodes);
    }

    /// Have packets of several sizes sent by a device of the node, and one by the peer to it.
    void ScheduleSends(Time at)
    {
        for (uint32_t i = 0; i < 3; ++i)
        {
            Simulator::ScheduleWithContext(m_node->GetId(), at, [this, i] {
                const auto device = m_node->GetDevice(i);
                device->Send(Create<Packet>(100 + i), device->GetAddress(), PROTOCOL);
            });
        }
        Simulator::ScheduleWithContext(1, at, [this] {
            m_peersDevice->Send(Create<Packet>(200), m_node->GetDevice(2)->GetAddress(), PROTOCOL);
        });
    }

    void DoTeardown() override
    {
        m_node = nullptr;
        m_peersDevice = nullptr;
        Simulator::Destroy();
    }

    Ptr<Node> m_node;             //!< the node
    Ptr<NetDevice> m_peersDevice; //!< the other end of its link
};

/// A packet socket receives by lo as by any device.
class PacketSocketTestCase : public ThreeDevicesTestCase
{
  public:
    PacketSocketTestCase()
        : ThreeDevicesTestCase("packet sockets receive what crosses lo, by lo or by all devices")
    {
    }

  private:
    void DoRun() override
    {
        MakeNodes();
        PacketSocketAddress all;
        all.SetAllDevices();
        const auto onAll = Bind(all);
        PacketSocketAddress lo;
        lo.SetSingleDevice(1);
        const auto onLo = Bind(lo);
        PacketSocketAddress blackhole;
        blackhole.SetSingleDevice(0);
        const auto onBlackhole = Bind(blackhole);
        ScheduleSends(Seconds(1));
        lo.SetPhysicalAddress(m_node->GetDevice(1)->GetAddress());
        lo.SetProtocol(PROTOCOL);
        Simulator::ScheduleWithContext(m_node->GetId(), Seconds(2), [onAll, lo] {
            onAll->SendTo(Create<Packet>(300), 0, lo);
        });
        const UdpFlow others(m_node, m_node, GetLoopbackAddress(IpVersion::V4), UdpFlowSettings());
        Simulator::Run();

        NS_TEST_EXPECT_MSG_EQ(ReadAll(onAll), "101@1 200@2 300@1 ", "by all devices");
        NS_TEST_EXPECT_MSG_EQ(ReadAll(onLo), "101@1 300@1 ", "by lo");
        NS_TEST_EXPECT_MSG_EQ(ReadAll(onBlackhole), "", "by the blackhole");
        NS_TEST_EXPECT_MSG_EQ(others.GetReceived(), COUNT, "UDP is not disturbed");
        NS_TEST_EXPECT_MSG_EQ(LoHelper::GetLo(m_node)->GetStats().rxPackets, 2 + COUNT, "lo");
    }

    Ptr<Socket> Bind(PacketSocketAddress address)
    {
        address.SetProtocol(PROTOCOL);
        auto socket = Socket::CreateSocket(m_node, PacketSocketFactory::GetTypeId());
        socket->Bind(address);
        return socket;
    }

    /// @return size and device of each packet that a socket received
    static std::string ReadAll(Ptr<Socket> socket)
    {
        std::string received;
        Address from;
        while (auto packet = socket->RecvFrom(from))
        {
            received += std::to_string(packet->GetSize()) + "@" +
                        std::to_string(PacketSocketAddress::ConvertFrom(from).GetSingleDevice()) +
                        " ";
        }
        return received;
    }
};

/// Promiscuous handlers see what crosses lo once, and so do all others.
class PromiscuousTestCase : public ThreeDevicesTestCase
{
  public:
    PromiscuousTestCase()
        : ThreeDevicesTestCase("promiscuous handlers, of lo or of all devices, see each packet "
                               "once")
    {
    }

  private:
    void DoRun() override
    {
        MakeNodes();
        const auto onAll = MakeCallback(&PromiscuousTestCase::OnAll, this);
        m_node->RegisterProtocolHandler(onAll, 0, nullptr, true);
        m_node->RegisterProtocolHandler(MakeCallback(&PromiscuousTestCase::OnLo, this),
                                        0,
                                        m_node->GetDevice(1),
                                        true);
        m_node->RegisterProtocolHandler(MakeCallback(&PromiscuousTestCase::OnProtocol, this),
                                        PROTOCOL,
                                        nullptr);
        ScheduleSends(Seconds(1));
        Simulator::ScheduleWithContext(m_node->GetId(), Seconds(1.5), [this] {
            m_node->GetDevice(1)->Send(Create<Packet>(400),
                                       Mac48Address("00:00:00:00:00:01"),
                                       PROTOCOL);
        });
        Simulator::Stop(Seconds(2));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_all, "101@1:1 200@2:1 400@1:4 ", "the handler of all devices");
        NS_TEST_EXPECT_MSG_EQ(m_lo, "101@1:1 400@1:4 ", "the handler of lo");
        NS_TEST_EXPECT_MSG_EQ(m_protocol, "101@1 200@2 ", "one that is not promiscuous");

        m_node->UnregisterProtocolHandler(onAll);
        m_all.clear();
        m_lo.clear();
        const UdpFlow flow(m_node, m_node, GetLoopbackAddress(IpVersion::V4), UdpFlowSettings());
        Simulator::Stop(Seconds(2));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(flow.GetReceived(), COUNT, "UDP gets each datagram once");
        std::string expected;
        for (uint32_t i = 0; i < COUNT; ++i)
        {
            expected += "128@1:1 ";
        }
        NS_TEST_EXPECT_MSG_EQ(m_lo, expected, "the handler of lo sees them");
        NS_TEST_EXPECT_MSG_EQ(m_all, "", "a handler that was taken back sees nothing");
    }

    /// @return size and device
    static std::string Describe(Ptr<NetDevice> device, Ptr<const Packet> packet)
    {
        return std::to_string(packet->GetSize()) + "@" + std::to_string(device->GetIfIndex());
    }

    /// @return size, device and packet type
    static std::string Describe(Ptr<NetDevice> device,
                                Ptr<const Packet> packet,
                                NetDevice::PacketType type)
    {
        return Describe(device, packet) + ":" + std::to_string(static_cast<int>(type)) + " ";
    }

    void OnAll(Ptr<NetDevice> device,
               Ptr<const Packet> packet,
               uint16_t protocol,
               const Address& /* from */,
               const Address& /* to */,
               NetDevice::PacketType type)
    {
        // The peer's stack asks for neighbours meanwhile.
        if (protocol == PROTOCOL)
        {
            m_all += Describe(device, packet, type);
        }
    }

    void OnLo(Ptr<NetDevice> device,
              Ptr<const Packet> packet,
              uint16_t /* protocol */,
              const Address& /* from */,
              const Address& /* to */,
              NetDevice::PacketType type)
    {
        m_lo += Describe(device, packet, type);
    }

    void OnProtocol(Ptr<NetDevice> device,
                    Ptr<const Packet> packet,
                    uint16_t /* protocol */,
                    const Address& /* from */,
                    const Address& /* to */,
                    NetDevice::PacketType /* type */)
    {
        // Which type those handlers are told is the node's matter.
        m_protocol += Describe(device, packet) + " ";
    }

    std::string m_all;
    std::string m_lo;
    std::string m_protocol;
};

/// Packet sockets and protocol handlers beside our devices.
class LoPacketHandlersTestSuite : public TestSuite
{
  public:
    LoPacketHandlersTestSuite()
        : TestSuite("lo-packet-handlers", TestSuite::Type::SYSTEM)
    {
        AddTestCase(new PacketSocketTestCase);
        AddTestCase(new PromiscuousTestCase);
    }
};

/// Registers the suite.
static LoPacketHandlersTestSuite g_loPacketHandlersTestSuite;

} // namespace
