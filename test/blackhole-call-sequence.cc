/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "call-sequence.h"
#include "loopback-node.h"

#include "ns3/blackhole-helper.h"
#include "ns3/blackhole-net-device.h"
#include "ns3/boolean.h"
#include "ns3/icmpv6-l4-protocol.h"
#include "ns3/mac64-address.h"
#include "ns3/node.h"
#include "ns3/simple-net-device-helper.h"
#include "ns3/simple-net-device.h"
#include "ns3/simulator.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace ns3::tests
{

namespace
{

using Bytes = std::vector<uint8_t>; ///< the bytes of a packet

/// 10.0.0.2 to 11.0.0.2, UDP, and 2001::2 to 2002::2.
const Bytes IPV4_HEADER{0x45, 0, 0, 28, 0, 0, 0, 0, 63, 17, 0, 0, 10, 0, 0, 2, 11, 0, 0, 2};
const Bytes IPV6_HEADER{0x60, 0, 0, 0, 0,    8, 17, 63, 0x20, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                        0,    0, 0, 2, 0x20, 2, 0,  0,  0,    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2};

/**
 * A sequence of calls on a BlackholeNetDevice, on a router or on no node.
 *
 * The router has changing blackhole routes, and receives packets for other hosts. Each packet is
 * discarded or refused, and counted and traced accordingly.
 */
class BlackholeCallSequence : public CallSequence
{
  public:
    using CallSequence::CallSequence;

    /// Make the calls.
    void Run()
    {
        m_device = CreateObject<BlackholeNetDevice>();
        m_device->TraceConnectWithoutContext("Drop",
                                             MakeCallback(&BlackholeCallSequence::OnDrop, this));
        if (DrawBool())
        {
            MakeNode();
        }
        for (auto n = 1 + Draw(30); n > 0; --n)
        {
            Simulator::Schedule(MilliSeconds(Draw(50)), [this] { Do(); });
        }
        Simulator::Stop(Seconds(1));
        Simulator::Run();
        Check("at the end");
        m_node = nullptr;
        m_link = nullptr;
        Simulator::Destroy();
        Check("after Simulator::Destroy");
        m_device = nullptr;
    }

  private:
    /// Put the device on a router with a second device.
    void MakeNode()
    {
        m_node = CreateLoopbackNode(Loopback::REFERENCE);
        m_node->AddDevice(m_device);
        m_link = DynamicCast<SimpleNetDevice>(SimpleNetDeviceHelper().Install(m_node).Get(0));
        m_node->GetObject<Icmpv6L4Protocol>()->SetAttribute("DAD", BooleanValue(false));
        AddInterface(m_link, "10.0.0.1", "2001::1");
    }

    /// Make one call.
    void Do()
    {
        switch (Draw(9))
        {
        case 0:
            m_device->SetDown();
            break;
        case 1:
            m_device->SetUp();
            break;
        case 2:
        case 3:
            ChangeRoutes();
            break;
        case 4:
            if (Draw(8) == 1)
            {
                m_device->Dispose();
            }
            break;
        case 5:
        case 6:
            Receive();
            break;
        default:
            Send();
        }
        Check("after a step");
    }

    /// Send a packet.
    void Send()
    {
        static const std::vector<uint16_t> protocols{0x0800, 0x86dd, 0x88b5};
        static const std::vector<Address> addresses{Mac48Address("ff:ff:ff:ff:ff:ff"),
                                                    Mac64Address("00:00:00:00:00:00:00:01"),
                                                    Address()};
        const auto packet = Create<Packet>(Draw(100));
        const auto protocol = DrawOneOf(protocols);
        const auto& to = DrawOneOf(addresses);
        ++m_nSends;
        DrawBool() ? m_device->Send(packet, to, protocol)
                   : m_device->SendFrom(packet, DrawOneOf(addresses), to, protocol);
    }

    /// Pass the router a packet for another host.
    void Receive()
    {
        if (!m_node)
        {
            return;
        }
        const bool isIpv4 = DrawBool();
        auto bytes = isIpv4 ? IPV4_HEADER : IPV6_HEADER;
        for (int i = 0; i < 8; ++i)
        {
            bytes.push_back(static_cast<uint8_t>(Draw(256)));
        }
        // One bit of the destination, and sometimes the protocol.
        bytes[(isIpv4 ? 16 : 24) + Draw(isIpv4 ? 4 : 16)] ^= 1 << Draw(8);
        bytes[isIpv4 ? 9 : 6] = DrawOneOf(Bytes{17, 1, 58});
        // In the node's context, as by a channel.
        Simulator::ScheduleWithContext(m_node->GetId(),
                                       Time(0),
                                       &SimpleNetDevice::Receive,
                                       m_link,
                                       Create<Packet>(bytes.data(), bytes.size()),
                                       static_cast<uint16_t>(isIpv4 ? 0x0800 : 0x86dd),
                                       Mac48Address::ConvertFrom(m_link->GetAddress()),
                                       Mac48Address("02:00:00:00:00:02"));
    }

    /// Add or remove a blackhole route.
    void ChangeRoutes()
    {
        static const std::vector<std::string> networks{"0.0.0.0", "11.0.0.0", "::", "2002::"};
        static const std::vector<Reject> rejects{Reject::NONE,
                                                 Reject::UNREACHABLE,
                                                 Reject::PROHIBIT};
        const auto& network = DrawOneOf(networks);
        const auto length = network == "0.0.0.0" || network == "::" ? "/0" : "/16";
        BlackholeHelper helper;
        helper.SetReject(DrawOneOf(rejects));
        if (m_node && m_routes.insert(network).second)
        {
            helper.AddRoute(m_node, network.c_str(), length);
        }
        else if (m_node)
        {
            BlackholeHelper::RemoveRoute(m_node, network.c_str(), length);
            m_routes.erase(network);
        }
    }

    void Check(const std::string& when)
    {
        const auto stats = m_device->GetStats();
        Expect(stats.txPackets == m_nSwallowed, when, "TxPackets to match Drop's BLACKHOLE");
        Expect(stats.txDropped == m_nRefused, when, "TxDropped to match Drop's other reasons");
        // Packets that the router discards count as well.
        Expect(stats.txPackets + stats.txDropped >= m_nSends,
               when,
               "each packet sent to be counted");
        Expect(stats.rxPackets == 0, when, "no packet to come back");
    }

    void OnDrop(Ptr<const Packet> /* packet */, DropReason reason)
    {
        ++(reason == DropReason::BLACKHOLE ? m_nSwallowed : m_nRefused);
    }

    Ptr<BlackholeNetDevice> m_device; //!< the device
    Ptr<Node> m_node;                 //!< its node, or null
    Ptr<SimpleNetDevice> m_link;      //!< the node's other device
    std::set<std::string> m_routes;   //!< networks of blackhole routes
    uint64_t m_nSends{0};             //!< packets sent
    uint64_t m_nSwallowed{0};         //!< packets traced as discarded
    uint64_t m_nRefused{0};           //!< packets traced as refused
};

} // namespace

std::string
RunBlackholeCallSequence(const DrawFunction& draw)
{
    BlackholeCallSequence sequence(draw);
    sequence.Run();
    return sequence.GetProblem();
}

} // namespace ns3::tests
