/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * Benchmarks of a host that talks to itself through the IPv4 stack, by UDP and TCP.
 */

#include "bursts.h"
#include "host.h"

#include "ns3/bulk-send-helper.h"
#include "ns3/config.h"
#include "ns3/inet-socket-address.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/packet-sink.h"
#include "ns3/uinteger.h"

#include <benchmark/benchmark.h>

using namespace ns3;

namespace
{

void
Udp(benchmark::State& state, const std::string& loopback)
{
    UdpHost host(loopback);
    const auto pacer = [&](uint32_t burst) { return state.KeepRunningBatch(burst); };
    Bursts(64, Time(0), pacer, [&host] { host.Send(); }).Run(host.GetNode()->GetId());
    Simulator::Destroy();
    state.SetItemsProcessed(state.iterations());
    if (host.GetReceived() != static_cast<uint64_t>(state.iterations()))
    {
        state.SkipWithError("some datagrams did not arrive");
    }
}

/// Transfer many segments by TCP.
void
Tcp(benchmark::State& state, const std::string& loopback)
{
    constexpr uint16_t port = 5001;
    const auto segmentSize = static_cast<uint32_t>(state.range(0));
    const uint64_t size = uint64_t{segmentSize} * 10'000;
    // With a smaller buffer every second segment waits for a delayed acknowledgement.
    const UintegerValue room(std::max<uint32_t>(131'072, 16 * segmentSize));
    Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(segmentSize));
    Config::SetDefault("ns3::TcpSocket::SndBufSize", room);
    Config::SetDefault("ns3::TcpSocket::RcvBufSize", room);
    for (auto _ : state)
    {
        state.PauseTiming();
        const auto node = CreateHost(loopback);
        const InetSocketAddress address(Ipv4Address::GetLoopback(), port);
        BulkSendHelper client("ns3::TcpSocketFactory", address);
        client.SetAttribute("MaxBytes", UintegerValue(size));
        client.SetAttribute("SendSize", UintegerValue(segmentSize));
        client.Install(node);
        const auto server = PacketSinkHelper("ns3::TcpSocketFactory", address).Install(node);
        state.ResumeTiming();

        Simulator::Run();

        state.PauseTiming();
        const auto received = DynamicCast<PacketSink>(server.Get(0))->GetTotalRx();
        Simulator::Destroy();
        state.ResumeTiming();
        if (received != size)
        {
            state.SkipWithError("some bytes did not arrive");
        }
    }
    state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(size));
}

BENCHMARK_CAPTURE(Udp, own, "own");
BENCHMARK_CAPTURE(Udp, Immediate, "Immediate");
BENCHMARK_CAPTURE(Udp, Backlog, "Backlog");
BENCHMARK_CAPTURE(Udp, Scheduled, "Scheduled");
BENCHMARK_CAPTURE(Tcp, own, "own")->Arg(536)->Arg(65'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Tcp, Immediate, "Immediate")
    ->Arg(536)
    ->Arg(65'000)
    ->Unit(benchmark::kMillisecond);

} // namespace
