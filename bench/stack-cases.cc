/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "stack-cases.h"

#include "../examples/ping-application.h"
#include "burst-source.h"
#include "loopback-install.h"
#include "tcp-transfer.h"

#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/packet.h"
#include "ns3/socket.h"
#include "ns3/udp-socket-factory.h"

#include <benchmark/benchmark.h>
#include <cstdint>
#include <string>

namespace ns3
{

namespace
{

constexpr uint16_t UDP_PORT = 9;
constexpr uint32_t DATAGRAM_SIZE = 1000;
constexpr uint32_t BURST = 64;
constexpr uint32_t PINGS = 10'000;

void
SkipUnless(benchmark::State& state, uint64_t received, uint64_t sent, const std::string& what)
{
    if (received != sent)
    {
        const auto message =
            std::to_string(received) + " of " + std::to_string(sent) + " " + what + " arrived";
        state.SkipWithError(message.c_str());
    }
}

/// Counts the bytes that a socket receives.
struct ByteSink
{
    uint64_t received{0}; //!< bytes

    /// The receive callback.
    void Receive(Ptr<Socket> socket)
    {
        while (auto packet = socket->Recv())
        {
            received += packet->GetSize();
        }
    }
};

void
RunUdp(benchmark::State& state, const std::string& loopback)
{
    const auto node = CreateHosts(loopback, 1).Get(0);
    ByteSink sink;
    auto server = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
    server->Bind(InetSocketAddress(Ipv4Address::GetAny(), UDP_PORT));
    server->SetRecvCallback(MakeCallback(&ByteSink::Receive, &sink));
    auto client = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
    client->Connect(InetSocketAddress(Ipv4Address::GetLoopback(), UDP_PORT));

    const Pacer pacer = [&state](uint32_t packets) { return state.KeepRunningBatch(packets); };
    BurstSource(pacer, BURST, Time(0), [&client] {
        client->Send(Create<Packet>(DATAGRAM_SIZE));
    }).Run(node->GetId());
    Simulator::Destroy();

    state.SetItemsProcessed(state.iterations());
    SkipUnless(state,
               sink.received,
               static_cast<uint64_t>(state.iterations()) * DATAGRAM_SIZE,
               "bytes");
}

void
RunTcp(benchmark::State& state, const std::string& loopback, uint32_t segmentSize)
{
    // Enough for the start of the connection not to matter.
    const uint64_t size = segmentSize < 10'000 ? 10'000'000 : 100'000'000;
    for (auto _ : state)
    {
        state.PauseTiming();
        TcpTransfer transfer(CreateHosts(loopback, 1).Get(0), segmentSize, size);
        state.ResumeTiming();

        transfer.Run();

        state.PauseTiming();
        Simulator::Destroy();
        state.ResumeTiming();
        SkipUnless(state, transfer.GetReceived(), size, "bytes");
    }
    state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(size));
}

void
RunPing(benchmark::State& state, const std::string& loopback)
{
    while (state.KeepRunningBatch(PINGS))
    {
        state.PauseTiming();
        const auto node = CreateHosts(loopback, 1).Get(0);
        uint64_t received = 0;
        const auto count = [](uint64_t* packets, const Ipv4Header&, Ptr<const Packet>, uint32_t) {
            ++*packets;
        };
        node->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
            "LocalDeliver",
            Callback<void, const Ipv4Header&, Ptr<const Packet>, uint32_t>(count, &received));
        PingSettings settings;
        settings.destination = Ipv4Address::GetLoopback();
        settings.count = PINGS;
        settings.interval = MicroSeconds(1);
        InstallPing(node, settings);
        state.ResumeTiming();

        Simulator::Run();

        state.PauseTiming();
        Simulator::Destroy();
        state.ResumeTiming();
        SkipUnless(state, received, uint64_t{2} * PINGS, "requests and replies");
    }
    state.SetItemsProcessed(state.iterations());
}

} // namespace

void
RegisterStackCases()
{
    for (const auto& loopback : GetLoopbacks())
    {
        benchmark::RegisterBenchmark(("stack/udp/" + loopback).c_str(), RunUdp, loopback);
        for (const uint32_t segmentSize : {536, 1448, 65'000})
        {
            const auto name = "stack/tcp/" + std::to_string(segmentSize) + "/" + loopback;
            benchmark::RegisterBenchmark(name.c_str(), RunTcp, loopback, segmentSize)
                ->Unit(benchmark::kMillisecond);
        }
        benchmark::RegisterBenchmark(("stack/ping/" + loopback).c_str(), RunPing, loopback);
    }
}

} // namespace ns3
