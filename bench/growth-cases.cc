/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "growth-cases.h"

#include "child-process.h"
#include "cpu-time.h"
#include "loopback-install.h"
#include "self-talk.h"

#include "ns3/net-device.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"

#include <benchmark/benchmark.h>
#include <cstdint>
#include <deque>
#include <fstream>
#include <malloc.h>
#include <string>
#include <unistd.h>

namespace ns3
{

namespace
{

constexpr uint32_t DATAGRAMS = 100'000;
constexpr uint32_t PACKET_SIZE = 64;
constexpr uint16_t IPV4 = 0x0800;

/// What devices took.
struct Cost
{
    double seconds; //!< to install them
    double bytes;   //!< of resident memory
};

/// @return bytes of this process's resident memory, without what is mapped from files
double
GetResidentBytes()
{
    uint64_t total = 0;
    uint64_t resident = 0;
    uint64_t shared = 0;
    std::ifstream("/proc/self/statm") >> total >> resident >> shared;
    return static_cast<double>((resident - shared) * sysconf(_SC_PAGESIZE));
}

Cost
InstallDevices(const std::string& type, uint32_t n)
{
    // What ns-3 makes once, with the first device.
    InstallDevice(type, NodeContainer(1));
    const NodeContainer nodes(n);
    // What was freed before would hide what is allocated now.
    malloc_trim(0);
    Cost cost{};
    const auto before = GetResidentBytes();
    cost.seconds = MeasureSeconds([&] { InstallDevice(type, nodes); });
    cost.bytes = GetResidentBytes() - before;
    return cost;
}

void
RunDevices(benchmark::State& state, const std::string& type)
{
    const auto n = static_cast<uint32_t>(state.range(0));
    for (auto _ : state)
    {
        const auto cost = RunInChild([&] { return InstallDevices(type, n); });
        if (!cost)
        {
            state.SkipWithError("the devices could not be installed");
            break;
        }
        state.SetIterationTime(cost->seconds / n);
        state.counters["bytes_per_device"] = cost->bytes / n;
    }
}

void
RunNodes(benchmark::State& state, const std::string& loopback)
{
    const auto n = static_cast<uint32_t>(state.range(0));
    while (state.KeepRunningBatch(DATAGRAMS))
    {
        state.PauseTiming();
        const auto nodes = CreateHosts(loopback, n);
        std::deque<SelfTalk> talks;
        for (uint32_t i = 0; i < n; ++i)
        {
            talks.emplace_back(nodes.Get(i), DATAGRAMS / n);
        }
        // The nodes start, before anything is measured.
        Simulator::Run();
        for (auto& talk : talks)
        {
            talk.Start();
        }
        const auto before = Simulator::GetEventCount();
        state.ResumeTiming();

        Simulator::Run();

        state.PauseTiming();
        state.counters["events_per_packet"] =
            static_cast<double>(Simulator::GetEventCount() - before) / DATAGRAMS;
        uint64_t received = 0;
        for (const auto& talk : talks)
        {
            received += talk.GetReceived();
        }
        Simulator::Destroy();
        state.ResumeTiming();
        if (received != DATAGRAMS)
        {
            state.SkipWithError("datagrams were lost");
        }
    }
    state.SetItemsProcessed(state.iterations());
}

void
RunDepth(benchmark::State& state, const std::string& loopback)
{
    const auto n = static_cast<uint32_t>(state.range(0));
    const NodeContainer nodes(1);
    InstallDevice(loopback, nodes);
    const auto node = nodes.Get(0);
    const auto device = node->GetDevice(0);
    uint64_t received = 0;
    const auto count =
        [](uint64_t* packets, Ptr<NetDevice>, Ptr<const Packet>, uint16_t, const Address&) {
            ++*packets;
            return true;
        };
    device->SetReceiveCallback(NetDevice::ReceiveCallback(count, &received));
    const auto packet = Create<Packet>(PACKET_SIZE);
    const auto everybody = device->GetBroadcast();
    const auto burst = [&] {
        for (uint32_t i = 0; i < n; ++i)
        {
            device->Send(packet, everybody, IPV4);
        }
    };
    while (state.KeepRunningBatch(n))
    {
        Simulator::ScheduleWithContext(node->GetId(), Time(0), burst);
        Simulator::Run();
    }
    Simulator::Destroy();
    state.SetItemsProcessed(state.iterations());
    if (received != static_cast<uint64_t>(state.iterations()))
    {
        state.SkipWithError("packets were lost");
    }
}

/// One benchmark for each power of ten up to a number.
template <class Run>
benchmark::internal::Benchmark*
Register(const std::string& name, Run run, const std::string& device, int64_t last)
{
    return benchmark::RegisterBenchmark((name + "/" + device).c_str(), run, device)
        ->RangeMultiplier(10)
        ->Range(1, last);
}

} // namespace

void
RegisterGrowthCases()
{
    for (const auto type : {"LoNetDevice", "LoopbackNetDevice", "SimpleNetDevice", "BareNetDevice"})
    {
        Register("growth/devices", RunDevices, type, 1'000'000)->Iterations(1)->UseManualTime();
    }
    for (const auto& loopback : GetLoopbacks())
    {
        Register("growth/nodes", RunNodes, loopback, 10'000);
        // Nothing waits where a packet is delivered at once.
        if (loopback != "LoNetDevice/Immediate")
        {
            Register("growth/depth", RunDepth, loopback, 1'000'000);
        }
    }
}

} // namespace ns3
