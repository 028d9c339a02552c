/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-test-case.h"

#include "ns3/blackhole-net-device.h"
#include "ns3/ethernet-header.h"
#include "ns3/node.h"
#include "ns3/simulator.h"

#include <algorithm>

using namespace ns3;

namespace
{

/// One way of being addressed, and what comes of it.
struct Addressing
{
    const char* destination;
    NetDevice::PacketType type;
    bool reachesHandlers;
};

const std::vector<Addressing> DESTINATIONS{
    {"00:00:00:00:00:00", NetDevice::PACKET_HOST, true},
    {"02:00:00:00:00:01", NetDevice::PACKET_HOST, true},
    {"ff:ff:ff:ff:ff:ff", NetDevice::PACKET_BROADCAST, true},
    {"01:00:5e:00:00:01", NetDevice::PACKET_MULTICAST, true},
    {"33:33:00:00:00:01", NetDevice::PACKET_MULTICAST, true},
    {"02:00:00:00:00:02", NetDevice::PACKET_OTHERHOST, false},
};

/// The packet type follows from the destination, and decides who gets the packet.
class PacketTypeTestCase : public LoTestCase
{
  public:
    PacketTypeTestCase()
        : LoTestCase("the destination decides who gets a packet")
    {
    }

  private:
    void DoRun() override
    {
        MakeLoOnNode();
        m_lo->SetAddress(Mac48Address("02:00:00:00:00:01"));
        m_node->RegisterProtocolHandler(MakeCallback(&PacketTypeTestCase::OnPromisc, this),
                                        0,
                                        m_lo,
                                        true);
        const auto& macRx = CountTrace("MacRx");
        const auto& macPromiscRx = CountTrace("MacPromiscRx");
        const auto& sniffer = CountTrace("Sniffer");
        const auto& promiscSniffer = CountTrace("PromiscSniffer");
        InNodeContext([this] {
            for (const auto& addressing : DESTINATIONS)
            {
                m_lo->SendFrom(Create<Packet>(100),
                               Mac48Address("02:00:00:00:00:03"),
                               Mac48Address(addressing.destination),
                               TEST_PROTOCOL);
            }
        });
        Simulator::Run();

        NS_TEST_ASSERT_MSG_EQ(m_types.size(),
                              DESTINATIONS.size(),
                              "all reach promiscuous handlers");
        for (std::size_t i = 0; i < DESTINATIONS.size(); ++i)
        {
            NS_TEST_EXPECT_MSG_EQ(m_types[i],
                                  DESTINATIONS[i].type,
                                  "packet type of " << DESTINATIONS[i].destination);
        }
        const std::size_t nForHandlers =
            std::count_if(DESTINATIONS.begin(), DESTINATIONS.end(), [](const auto& to) {
                return to.reachesHandlers;
            });
        NS_TEST_EXPECT_MSG_EQ(m_received.size(), nForHandlers, "delivered");
        NS_TEST_EXPECT_MSG_EQ(macRx, nForHandlers, "MacRx");
        NS_TEST_EXPECT_MSG_EQ(sniffer, nForHandlers, "Sniffer");
        NS_TEST_EXPECT_MSG_EQ(macPromiscRx, 6, "MacPromiscRx");
        NS_TEST_EXPECT_MSG_EQ(promiscSniffer, 6, "PromiscSniffer");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats().rxPackets, 6, "RxPackets");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats().multicast, 2, "Multicast");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats().rxDropped,
                              0,
                              "Linux counts no drop for another host");
        NS_TEST_EXPECT_MSG_EQ((m_drops == std::vector<DropReason>{DropReason::OTHERHOST}),
                              true,
                              "but the Drop trace source tells");
    }

    void OnPromisc(Ptr<NetDevice> /* device */,
                   Ptr<const Packet> /* packet */,
                   uint16_t /* protocol */,
                   const Address& from,
                   const Address& /* to */,
                   NetDevice::PacketType type)
    {
        NS_TEST_EXPECT_MSG_EQ(Mac48Address::ConvertFrom(from),
                              Mac48Address("02:00:00:00:00:03"),
                              "the source that SendFrom was given");
        m_types.push_back(type);
    }

    std::vector<NetDevice::PacketType> m_types;
};

/// Counters, then the promiscuous listeners, then the others, then the protocol handler.
class OrderTestCase : public LoTestCase
{
  public:
    OrderTestCase()
        : LoTestCase("a packet is counted, shown to promiscuous listeners, then delivered")
    {
    }

  private:
    void DoRun() override
    {
        MakeLoOnNoNode();
        m_lo->TraceConnectWithoutContext("RxPackets", MakeCallback(&OrderTestCase::OnCount, this));
        for (const auto source : {"MacTx", "MacRx", "MacPromiscRx", "Sniffer", "PromiscSniffer"})
        {
            m_lo->TraceConnect(source, source, MakeCallback(&OrderTestCase::OnTrace, this));
        }
        m_lo->SetPromiscReceiveCallback(MakeCallback(&OrderTestCase::OnPromisc, this));
        m_onReceive = [this](uint32_t) { m_order += "handler"; };
        Send(100);
        NS_TEST_EXPECT_MSG_EQ(
            m_order,
            "MacTx RxPackets PromiscSniffer MacPromiscRx promisc Sniffer MacRx handler",
            "what happens to a packet, in order");
    }

    void OnCount(uint64_t /* before */, uint64_t /* after */)
    {
        m_order += "RxPackets ";
    }

    // NOLINTNEXTLINE(performance-unnecessary-value-param): ns-3 hands a context over so
    void OnTrace(std::string source, Ptr<const Packet> /* packet */)
    {
        m_order += source + " ";
    }

    bool OnPromisc(Ptr<NetDevice> /* device */,
                   Ptr<const Packet> /* packet */,
                   uint16_t /* protocol */,
                   const Address& /* from */,
                   const Address& /* to */,
                   NetDevice::PacketType /* type */)
    {
        m_order += "promisc ";
        return true;
    }

    std::string m_order;
};

/// A sniffer sees the frame that tcpdump sees on Linux's lo, and the packet itself stays as it is.
class SnifferTestCase : public LoTestCase
{
  public:
    SnifferTestCase()
        : LoTestCase(
              "a sniffer sees an Ethernet frame with the EtherType and, on lo, zero addresses")
    {
    }

  private:
    void DoRun() override
    {
        MakeLoOnNoNode();
        m_lo->TraceConnectWithoutContext("Sniffer", MakeCallback(&SnifferTestCase::OnFrame, this));
        Send(100);
        NS_TEST_ASSERT_MSG_EQ(bool(m_frame), true, "the sniffer is called");
        EthernetHeader header(false);
        auto packet = m_frame->Copy();
        packet->RemoveHeader(header);
        NS_TEST_EXPECT_MSG_EQ(m_frame->GetSize(), 114, "bytes of the frame");
        NS_TEST_EXPECT_MSG_EQ(header.GetSource(), Mac48Address(), "source");
        NS_TEST_EXPECT_MSG_EQ(header.GetDestination(), Mac48Address(), "destination");
        NS_TEST_EXPECT_MSG_EQ(header.GetLengthType(), TEST_PROTOCOL, "EtherType");
        NS_TEST_EXPECT_MSG_EQ((m_received == std::vector<uint32_t>{100}),
                              true,
                              "the handler gets the packet without the header");
    }

    void OnFrame(Ptr<const Packet> frame)
    {
        m_frame = frame;
    }

    Ptr<const Packet> m_frame;
};

/// Link-change callbacks are called when the link changes, not when it is set to what it is.
class LinkChangeTestCase : public LoTestCase
{
  public:
    LinkChangeTestCase()
        : LoTestCase("link-change callbacks are called when the link goes up or down")
    {
    }

  private:
    void DoRun() override
    {
        MakeLoOnNoNode();
        m_lo->AddLinkChangeCallback(MakeCallback(&LinkChangeTestCase::OnChange, this));
        NS_TEST_EXPECT_MSG_EQ(m_lo->IsLinkUp(), true, "a new device is up");
        m_lo->SetUp();
        m_lo->SetDown();
        m_lo->SetDown();
        m_lo->SetUp();
        NS_TEST_EXPECT_MSG_EQ((m_states == std::vector<bool>{false, true}),
                              true,
                              "one call a change, each with the new state in place");
    }

    void OnChange()
    {
        m_states.push_back(m_lo->IsLinkUp());
    }

    std::vector<bool> m_states;
};

/// What the stack asks a device before it sends to a group, or for another.
class GroupTestCase : public TestCase
{
  public:
    GroupTestCase()
        : TestCase("both devices map groups as Ethernet does, and send from any address")
    {
    }

  private:
    void DoRun() override
    {
        Check(CreateObject<LoNetDevice>(), "lo");
        Check(CreateObject<BlackholeNetDevice>(), "a blackhole");
    }

    void Check(Ptr<NetDevice> device, const std::string& name)
    {
        NS_TEST_EXPECT_MSG_EQ(device->IsMulticast(), false, name << " does not filter groups");
        NS_TEST_EXPECT_MSG_EQ(device->GetMulticast(Ipv4Address("224.0.0.251")),
                              Address(Mac48Address("01:00:5e:00:00:fb")),
                              name << ", IPv4 group");
        NS_TEST_EXPECT_MSG_EQ(device->GetMulticast(Ipv6Address("ff02::1:2")),
                              Address(Mac48Address("33:33:00:01:00:02")),
                              name << ", IPv6 group");
        NS_TEST_EXPECT_MSG_EQ(device->SupportsSendFrom(), true, name << " has SendFrom");
    }
};

class LoReceiveTestSuite : public TestSuite
{
  public:
    LoReceiveTestSuite()
        : TestSuite("lo-receive", TestSuite::Type::UNIT)
    {
        AddTestCase(new PacketTypeTestCase);
        AddTestCase(new OrderTestCase);
        AddTestCase(new SnifferTestCase);
        AddTestCase(new LinkChangeTestCase);
        AddTestCase(new GroupTestCase);
    }
};

LoReceiveTestSuite g_loReceiveTestSuite;

} // namespace
