/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * Benchmarks of the devices on nodes without a stack.
 *
 * They send packets in bursts of 64 and one per event, compare captures and traces with
 * PointToPointHelper's, and install a million devices.
 */

#include "bursts.h"
#include "host.h"

#include "ns3/blackhole-net-device.h"
#include "ns3/lo-helper.h"
#include "ns3/packet.h"
#include "ns3/pcapng-helper.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/string.h"

#include <benchmark/benchmark.h>
#include <cstdio>
#include <malloc.h>
#include <unistd.h>

using namespace ns3;

namespace
{

constexpr uint16_t IPV4 = 0x0800;

/// The two ends of a benchmark's link, which are the same device on a loopback.
struct Link
{
    Ptr<NetDevice> sender;   //!< the device that sends
    Ptr<NetDevice> receiver; //!< the device that receives
    Time gap;                //!< simulated time for 64 packets
    uint64_t received{0};    //!< packets passed to the receive callback

    /// Count a packet, as the receive callback.
    bool Receive(Ptr<NetDevice> /* device */,
                 Ptr<const Packet> /* packet */,
                 uint16_t /* protocol */,
                 const Address& /* from */)
    {
        ++received;
        return true;
    }
};

Link
MakeLoopback(const std::string& loopback)
{
    NodeContainer node(1);
    InstallLoopback(loopback, node);
    const auto device = node.Get(0)->GetDevice(0);
    return {device, device, Time(0)};
}

Link
MakeBlackhole()
{
    const auto device = CreateObject<BlackholeNetDevice>();
    CreateObject<Node>()->AddDevice(device);
    return {device, device, Time(0)};
}

Link
MakePointToPoint()
{
    PointToPointHelper helper;
    helper.SetDeviceAttribute("DataRate", StringValue("1000Gbps"));
    const auto devices = helper.Install(NodeContainer(2));
    return {devices.Get(0), devices.Get(1), MilliSeconds(1)};
}

/// Send packets by a function, and check that all of them arrive, or none.
template <class Send>
void
Run(benchmark::State& state, Link& link, bool delivers, Send send)
{
    const auto pacer = [&](uint32_t burst) { return state.KeepRunningBatch(burst); };
    const auto burst = static_cast<uint32_t>(state.range(0));
    Bursts(burst, link.gap, pacer, send).Run(link.sender->GetNode()->GetId());
    Simulator::Destroy();
    state.SetItemsProcessed(state.iterations());
    if (link.received != (delivers ? static_cast<uint64_t>(state.iterations()) : 0))
    {
        state.SkipWithError("some packets did not arrive");
    }
}

/// Send packets through a link: a new one each time if the device writes into them.
void
SendThrough(benchmark::State& state, Link link, bool delivers = true, bool writes = false)
{
    link.receiver->SetReceiveCallback(MakeCallback(&Link::Receive, &link));
    const auto device = PeekPointer(link.sender);
    const auto packet = Create<Packet>(64);
    const auto everybody = device->GetBroadcast();
    if (writes)
    {
        Run(state, link, delivers, [&] { device->Send(packet->Copy(), everybody, IPV4); });
    }
    else
    {
        Run(state, link, delivers, [&] { device->Send(packet, everybody, IPV4); });
    }
}

/// Call the receive callback without a device.
void
Bare(benchmark::State& state)
{
    auto link = MakeLoopback("Immediate");
    const NetDevice::ReceiveCallback callback = MakeCallback(&Link::Receive, &link);
    const Ptr<const Packet> packet = Create<Packet>(64);
    const auto from = link.sender->GetAddress();
    Run(state, link, true, [&] { callback(link.sender, packet, IPV4, from); });
}

void
Send(benchmark::State& state, const std::string& loopback)
{
    SendThrough(state, MakeLoopback(loopback));
}

void
Blackhole(benchmark::State& state)
{
    SendThrough(state, MakeBlackhole(), false);
}

/// Send through a link that is captured or traced to a file in memory.
template <class Helper>
void
Record(benchmark::State& state, Link link, bool ascii)
{
    const auto file = std::string("/dev/shm/lo-bench-") + std::to_string(getpid());
    {
        Helper helper;
        if (ascii)
        {
            const auto stream = AsciiTraceHelper().CreateFileStream(file);
            helper.EnableAscii(stream, link.sender);
            if (link.receiver != link.sender)
            {
                helper.EnableAscii(stream, link.receiver);
            }
        }
        else
        {
            helper.EnablePcap(file, link.receiver, false, true);
        }
    }
    SendThrough(state, link, true, link.receiver != link.sender);
    std::remove(file.c_str());
}

void
Pcap(benchmark::State& state, bool pointToPoint)
{
    pointToPoint ? Record<PointToPointHelper>(state, MakePointToPoint(), false)
                 : Record<LoHelper>(state, MakeLoopback("Immediate"), false);
}

void
Pcapng(benchmark::State& state)
{
    const auto file = std::string("/dev/shm/lo-bench-") + std::to_string(getpid());
    const auto link = MakeLoopback("Immediate");
    PcapngHelper::EnablePcapng(file, NodeContainer(link.sender->GetNode()));
    SendThrough(state, link);
    std::remove(file.c_str());
}

void
Ascii(benchmark::State& state, bool pointToPoint)
{
    pointToPoint ? Record<PointToPointHelper>(state, MakePointToPoint(), true)
                 : Record<LoHelper>(state, MakeLoopback("Immediate"), true);
}

/// @return bytes that the process has allocated
std::size_t
GetAllocated()
{
    const auto info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

/// Install a LoNetDevice on each of many nodes.
void
Install(benchmark::State& state)
{
    const auto n = static_cast<uint32_t>(state.range(0));
    InstallLoopback("Immediate", NodeContainer(1)); // makes ns-3's singletons
    for (auto _ : state)
    {
        state.PauseTiming();
        const NodeContainer nodes(n);
        const auto before = GetAllocated();
        state.ResumeTiming();

        InstallLoopback("Immediate", nodes);

        state.PauseTiming();
        state.counters["bytes"] = static_cast<double>(GetAllocated() - before) / n;
        Simulator::Destroy();
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations() * n);
}

BENCHMARK(Bare)->Arg(1)->Arg(64);
BENCHMARK_CAPTURE(Send, own, "own")->Arg(1)->Arg(64);
BENCHMARK_CAPTURE(Send, Immediate, "Immediate")->Arg(1)->Arg(64);
BENCHMARK_CAPTURE(Send, Backlog, "Backlog")->Arg(1)->Arg(64);
BENCHMARK_CAPTURE(Send, Scheduled, "Scheduled")->Arg(1)->Arg(64);
BENCHMARK(Blackhole)->Arg(1)->Arg(64);
BENCHMARK_CAPTURE(Pcap, lo, false)->Arg(64);
BENCHMARK_CAPTURE(Pcap, PointToPoint, true)->Arg(64);
BENCHMARK(Pcapng)->Arg(64);
// These slow down every later packet of the process (Packet::EnablePrinting).
BENCHMARK_CAPTURE(Ascii, lo, false)->Arg(64);
BENCHMARK_CAPTURE(Ascii, PointToPoint, true)->Arg(64);
BENCHMARK(Install)->Arg(10'000)->Arg(1'000'000)->Iterations(1)->Unit(benchmark::kMillisecond);

} // namespace
