/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "device-cases.h"

#include "ns3/abort.h"
#include "ns3/blackhole-net-device.h"
#include "ns3/lo-net-device.h"
#include "ns3/loopback-net-device.h"
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
    bool Receive(Ptr<NetDevice>, Ptr<const Packet>, uint16_t, const Address&)
    {
        ++received;
        return true;
    }
};

/// A device on a node, and what is sent through it.
struct Rig
{
    explicit Rig(Ptr<NetDevice> sender)
        : device(std::move(sender)),
          own(device->GetAddress()),
          everybody(device->GetBroadcast())
    {
        node->AddDevice(device);
        device->SetReceiveCallback(callback);
    }

    ~Rig()
    {
        Simulator::Destroy();
    }

    /// End the program if packets were lost.
    void Expect(uint64_t sent, const std::string& name) const
    {
        NS_ABORT_MSG_UNLESS(sink.received == sent,
                            name << ": " << sink.received << " of " << sent
                                 << " packets were delivered");
    }

    Ptr<Node> node{CreateObject<Node>()};
    Ptr<NetDevice> device;
    Sink sink;
    NetDevice::ReceiveCallback callback{MakeCallback(&Sink::Receive, &sink)};
    Address own;
    Address everybody;
    Ptr<Packet> packet{Create<Packet>(PACKET_SIZE)};
    uint64_t sent{0};
};

template <class Action>
void
Repeat(Rig& rig, const Pacer& pacer, uint32_t burst, Action action)
{
    BurstSource(pacer, burst, action).Run(rig.node->GetId());
}

DeviceCase
MakeFloor()
{
    return {"floor", [](const Pacer& pacer, uint32_t burst) {
                Rig rig(CreateObject<LoNetDevice>());
                Ptr<const Packet> packet = rig.packet;
                Repeat(rig, pacer, burst, [&] { rig.callback(rig.device, packet, IPV4, rig.own); });
            }};
}

DeviceCase
MakeSend(const std::string& name, const std::function<Ptr<NetDevice>()>& make)
{
    return {name, [=](const Pacer& pacer, uint32_t burst) {
                Rig rig(make());
                Repeat(rig, pacer, burst, [&] {
                    rig.device->Send(rig.packet, rig.everybody, IPV4);
                });
            }};
}

Ptr<NetDevice>
MakeLo(const std::string& delivery)
{
    return CreateObjectWithAttributes<LoNetDevice>("Delivery", StringValue(delivery));
}

} // namespace

std::vector<DeviceCase>
GetDeviceCases()
{
    std::vector<DeviceCase> cases{MakeFloor()};
    for (const auto delivery : {"Immediate", "Scheduled", "Backlog"})
    {
        cases.push_back(MakeSend(std::string("LoNetDevice/") + delivery, [delivery] { return MakeLo(delivery); }));
    }
    cases.push_back(MakeSend("LoopbackNetDevice", [] { return CreateObject<LoopbackNetDevice>(); }));
    cases.push_back(MakeSend("BlackholeNetDevice", [] { return CreateObject<BlackholeNetDevice>(); }));
    return cases;
}

} // namespace ns3
