/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "device-cases.h"

#include "link.h"
#include "watchers.h"

#include "ns3/abort.h"
#include "ns3/blackhole-helper.h"
#include "ns3/csma-helper.h"
#include "ns3/double.h"
#include "ns3/lo-helper.h"
#include "ns3/lo-net-device.h"
#include "ns3/packet.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/string.h"

namespace ns3
{

namespace
{

constexpr uint16_t IPV4 = 0x0800;
constexpr uint32_t PACKET_SIZE = 64;

/// Counts what a device delivers.
struct Sink
{
    uint64_t received{0}; //!< packets delivered

    /// The receive callback.
    bool Receive(Ptr<NetDevice> /* device */,
                 Ptr<const Packet> /* packet */,
                 uint16_t /* protocol */,
                 const Address& /* from */)
    {
        ++received;
        return true;
    }
};

/// A link with a sink at its end, and the packet that is sent through it.
class Rig
{
  public:
    explicit Rig(const LinkMaker& make)
        : link(make()),
          everybody(link.sender->GetBroadcast())
    {
        link.receiver->SetReceiveCallback(callback);
    }

    ~Rig()
    {
        Simulator::Destroy();
    }

    /// Do something to the packet for as long as the pacer says, and see that all of it arrived.
    template <class Action>
    void Repeat(const Pacer& pacer, uint32_t burst, Action action)
    {
        uint64_t sent = 0;
        const Pacer counting = [&](uint32_t packets) {
            const bool goOn = pacer(packets);
            sent += goOn ? packets : 0;
            return goOn;
        };
        BurstSource(counting, burst, link.gap, action).Run(link.sender->GetNode()->GetId());
        const auto expected = link.delivers ? sent : 0;
        NS_ABORT_MSG_UNLESS(sink.received == expected,
                            link.sender->GetInstanceTypeId().GetName()
                                << ": " << sink.received << " of " << expected
                                << " packets were delivered");
    }

    Link link;
    Sink sink;
    NetDevice::ReceiveCallback callback{MakeCallback(&Sink::Receive, &sink)};
    Address everybody;
    Ptr<Packet> packet{Create<Packet>(PACKET_SIZE)};
};

DeviceCase
MakeFloor()
{
    return {"floor", [](const Pacer& pacer, uint32_t burst) {
                Rig rig(MakeLo("Immediate"));
                const Address from = rig.link.sender->GetAddress();
                const Ptr<const Packet> packet = rig.packet;
                rig.Repeat(pacer, burst, [&] {
                    rig.callback(rig.link.receiver, packet, IPV4, from);
                });
            }};
}

DeviceCase
MakeSend(const std::string& name, const LinkMaker& make, const Watcher& watch = {})
{
    return {name, [=](const Pacer& pacer, uint32_t burst) {
                Rig rig(make);
                const auto watched = watch ? watch(rig.link) : nullptr;
                const auto device = PeekPointer(rig.link.sender);
                if (rig.link.takesPacket)
                {
                    rig.Repeat(pacer, burst, [&] {
                        device->Send(rig.packet->Copy(), rig.everybody, IPV4);
                    });
                }
                else
                {
                    rig.Repeat(pacer, burst, [&] {
                        device->Send(rig.packet, rig.everybody, IPV4);
                    });
                }
            }};
}

DeviceCase
MakeSendFrom(const std::string& name, const LinkMaker& make)
{
    return {name, [=](const Pacer& pacer, uint32_t burst) {
                Rig rig(make);
                const Address from = Mac48Address("02:00:00:00:00:01");
                rig.Repeat(pacer, burst, [&] {
                    rig.link.sender->SendFrom(rig.packet, from, rig.everybody, IPV4);
                });
            }};
}

} // namespace

std::vector<DeviceCase>
GetDeviceCases()
{
    const auto immediate = MakeLo("Immediate");
    std::vector<DeviceCase> cases{
        MakeFloor(),
        MakeSend("send/LoNetDevice/Immediate", immediate),
        MakeSend("send/LoNetDevice/Scheduled", MakeLo("Scheduled")),
        MakeSend("send/LoNetDevice/Backlog", MakeLo("Backlog")),
        MakeSend("send/LoopbackNetDevice", MakeLoopback),
        MakeSend("send/BlackholeNetDevice", MakeBlackhole),
        MakeSend("send/SimpleNetDevice", MakeSimple),
        MakeSend("send/PointToPointNetDevice", MakePointToPoint),
        MakeSend("send/CsmaNetDevice", MakeCsma),
        MakeSendFrom("sendfrom/LoNetDevice/Immediate", immediate),
        MakeSendFrom("sendfrom/LoopbackNetDevice", MakeLoopback),
        MakeSendFrom("sendfrom/BlackholeNetDevice", MakeBlackhole),
    };
    const auto oneMillisecond = StringValue("ns3::ConstantRandomVariable[Constant=0.001]");
    cases.push_back(MakeSend("impairment/zero", MakeImpairedLo("", EmptyAttributeValue())));
    cases.push_back(MakeSend("impairment/Delay", MakeImpairedLo("Delay", oneMillisecond)));
    cases.push_back(MakeSend("impairment/Corrupt", MakeImpairedLo("Corrupt", DoubleValue(1))));
    for (const auto& source : GetTraceSources(LoNetDevice::GetTypeId()))
    {
        cases.push_back(MakeSend("trace/" + source, immediate, ConnectTo(source)));
    }
    cases.push_back(MakeSend("pcap/LoNetDevice/Immediate", immediate, MakeCapture<LoHelper>()));
    cases.push_back(
        MakeSend("pcap/BlackholeNetDevice", MakeBlackhole, MakeCapture<BlackholeHelper>()));
    cases.push_back(MakeSend("pcap/PointToPointNetDevice",
                             MakePointToPoint,
                             MakeCapture<PointToPointHelper>()));
    cases.push_back(MakeSend("pcap/CsmaNetDevice", MakeCsma, MakeCapture<CsmaHelper>()));
    for (auto ascii :
         {MakeSend("ascii/LoNetDevice/Immediate", immediate, MakeAsciiTrace<LoHelper>()),
          MakeSend("ascii/BlackholeNetDevice", MakeBlackhole, MakeAsciiTrace<BlackholeHelper>()),
          MakeSend("ascii/PointToPointNetDevice",
                   MakePointToPoint,
                   MakeAsciiTrace<PointToPointHelper>()),
          MakeSend("ascii/CsmaNetDevice", MakeCsma, MakeAsciiTrace<CsmaHelper>())})
    {
        ascii.spoilsProgram = true;
        cases.push_back(ascii);
    }
    return cases;
}

} // namespace ns3
