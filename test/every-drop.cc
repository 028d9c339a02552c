/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "every-drop.h"

#include "to-callback.h"

#include "ns3/blackhole-helper.h"
#include "ns3/double.h"
#include "ns3/error-model.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-header.h"
#include "ns3/lo-helper.h"
#include "ns3/mac64-address.h"
#include "ns3/names.h"
#include "ns3/pointer.h"
#include "ns3/queue-size.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/udp-header.h"
#include "ns3/uinteger.h"

#include <sstream>

namespace ns3::tests
{

namespace
{

constexpr uint16_t IPV4 = 0x0800;
/// An EtherType without a meaning (IEEE 802, local experimental).
constexpr uint16_t UNKNOWN = 0x88b5;

/// @return a packet of IPv4 and UDP with valid checksums, as Linux has on its lo
Ptr<Packet>
MakePacket(uint32_t size)
{
    constexpr uint8_t UDP = 17;
    const auto address = Ipv4Address::GetLoopback();
    const auto packet = Create<Packet>(size - 28);
    UdpHeader udp;
    udp.SetSourcePort(40000);
    udp.SetDestinationPort(9);
    udp.EnableChecksums();
    udp.InitializeChecksum(address, address, UDP);
    packet->AddHeader(udp);
    Ipv4Header ip;
    ip.SetSource(address);
    ip.SetDestination(address);
    ip.SetProtocol(UDP);
    ip.SetPayloadSize(static_cast<uint16_t>(packet->GetSize()));
    ip.SetTtl(64);
    ip.EnableChecksum();
    packet->AddHeader(ip);
    return packet;
}

} // namespace

EveryDrop::EveryDrop()
    : m_nodes(2)
{
    const auto client = m_nodes.Get(0);
    Names::Add("client", client);
    LoHelper().Install(client);
    InternetStackHelper().Install(client);
    BlackholeHelper().Install(m_nodes.Get(1));
    BlackholeHelper().Install(m_nodes.Get(1));
    ScheduleLo(LoHelper::GetLo(client));

    const auto dummy0 = m_nodes.Get(1)->GetDevice(0);
    const auto dummy1 = m_nodes.Get(1)->GetDevice(1);
    Watch(dummy0, "dummy0", "1");
    Watch(dummy1, "dummy1", "1");
    Send(9, Seconds(1), dummy0, dummy0->GetBroadcast());
    Send(1, Seconds(2), dummy1, dummy1->GetBroadcast());
    At(Seconds(3), [dummy1] { dynamic_cast<TracedLink&>(*dummy1).SetDown(); });
    Send(10, Seconds(4), dummy1, dummy1->GetBroadcast());
    Simulator::Stop(Seconds(10));
}

EveryDrop::~EveryDrop()
{
    Names::Clear();
}

void
EveryDrop::ScheduleLo(Ptr<LoNetDevice> lo)
{
    const auto self = lo->GetAddress();
    Watch(lo, "lo", "client");
    lo->SetMtu(1500);
    Send(4, Seconds(1), lo, self);
    Send(1, Seconds(2), lo, self, 1501);
    Send(2, Seconds(3), lo, Mac64Address());
    Send(3, Seconds(4), lo, self, 100, UNKNOWN);
    Send(4, Seconds(5), lo, Mac48Address("02:00:00:00:00:09"));
    const auto errorModel =
        CreateObjectWithAttributes<RateErrorModel>("ErrorUnit",
                                                   StringValue("ERROR_UNIT_PACKET"),
                                                   "ErrorRate",
                                                   DoubleValue(1));
    errorModel->Disable();
    lo->SetAttribute("ReceiveErrorModel", PointerValue(errorModel));
    At(Seconds(6), [errorModel] { errorModel->Enable(); });
    Send(5, Seconds(6), lo, self);
    At(Seconds(7), [lo, self, errorModel] {
        errorModel->Disable();
        lo->SetAttribute("Delivery", StringValue("Backlog"));
        lo->SetAttribute("MaxBacklog", UintegerValue(2));
        for (int i = 0; i < 8; ++i)
        {
            lo->Send(MakePacket(100), self, IPV4);
        }
    });
    At(Seconds(8), [lo, self] {
        lo->Send(MakePacket(100), self, IPV4);
        lo->Send(MakePacket(100), self, IPV4);
        lo->SetDown();
    });
    Send(5, Seconds(8), lo, self);
    At(Seconds(9), [lo, self] {
        lo->SetUp();
        TrafficControlHelper helper;
        helper.SetRootQueueDisc("ns3::TbfQueueDisc",
                                "MaxSize",
                                QueueSizeValue(QueueSize("2p")),
                                "Burst",
                                UintegerValue(100),
                                "Rate",
                                StringValue("1bps"));
        helper.Install(lo);
        // One is sent, two wait until the end, which is when the device goes down.
        for (int i = 0; i < 9; ++i)
        {
            lo->Send(MakePacket(100), self, IPV4);
        }
    });
}

NodeContainer
EveryDrop::GetNodes() const
{
    return m_nodes;
}

const std::map<std::string, uint32_t>&
EveryDrop::GetDrops() const
{
    return m_drops;
}

const std::map<std::string, Ptr<NetDevice>>&
EveryDrop::GetDevices() const
{
    return m_devices;
}

void
EveryDrop::Watch(Ptr<NetDevice> device, const std::string& name, const std::string& node)
{
    const auto count =
        ToCallback([this, name, node](Ptr<const Packet> /* packet */, DropReason reason) {
            std::ostringstream os;
            os << reason << ": dropped by " << name << " of node " << node;
            ++m_drops[os.str()];
        });
    device->TraceConnectWithoutContext("Drop", count);
    m_devices[name] = device;
}

void
EveryDrop::At(Time when, const std::function<void()>& action)
{
    Simulator::ScheduleWithContext(0, when, action);
}

void
EveryDrop::Send(uint32_t count,
                Time when,
                Ptr<NetDevice> device,
                const Address& destination,
                uint32_t size,
                uint16_t protocol)
{
    for (uint32_t i = 1; i <= count; ++i)
    {
        At(when + i * NanoSeconds(1000001),
           [=] { device->Send(MakePacket(size), destination, protocol); });
    }
}

} // namespace ns3::tests
