/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * Benchmarks of NetemQueueDisc beside ns-3's FifoQueueDisc: one packet per microsecond, from its
 * creation until the queue disc sends it.
 */

#include "bursts.h"

#include "ns3/fifo-queue-disc.h"
#include "ns3/ipv4-queue-disc-item.h"
#include "ns3/netem-queue-disc.h"
#include "ns3/node-container.h"
#include "ns3/string.h"

#include <benchmark/benchmark.h>
#include <string>

using namespace ns3;

namespace
{

/// Send packets through a queue disc, and measure after a number of them.
void
Pass(benchmark::State& state, Ptr<QueueDisc> queueDisc, int64_t waiting)
{
    const NodeContainer node(1);
    uint64_t nSent = 0;
    queueDisc->Initialize();
    queueDisc->SetSendCallback([&nSent](Ptr<QueueDiscItem>) { ++nSent; });
    const auto pacer = [&](uint32_t burst) {
        return waiting-- > 0 || state.KeepRunningBatch(burst);
    };
    const auto send = [&queueDisc] {
        queueDisc->Enqueue(
            Create<Ipv4QueueDiscItem>(Create<Packet>(64), Address(), 0x0800, Ipv4Header()));
        queueDisc->Run();
    };
    Bursts(1, MicroSeconds(1), pacer, send).Run(node.Get(0)->GetId());
    if (nSent < static_cast<uint64_t>(state.iterations()))
    {
        state.SkipWithError("some packets did not leave the queue disc");
    }
    queueDisc->Dispose();
    Simulator::Destroy();
    state.SetItemsProcessed(state.iterations());
}

void
Fifo(benchmark::State& state)
{
    Pass(state, CreateObject<FifoQueueDisc>(), 0);
}

/// Measure netem with a delay of as many microseconds as packets must be pending.
void
Netem(benchmark::State& state, const std::string& jitter)
{
    const auto microseconds = std::to_string(state.range(0)) + "us ";
    const auto words =
        "limit 4000000000 delay " + microseconds + (jitter.empty() ? "" : microseconds);
    const auto netem = CreateObject<NetemQueueDisc>();
    netem->SetParameters(words);
    Pass(state, netem, 2 * state.range(0));
}

BENCHMARK(Fifo)->Iterations(300'000);
BENCHMARK_CAPTURE(Netem, constant, "")->Arg(10)->Arg(1'000'000)->Iterations(300'000);
BENCHMARK_CAPTURE(Netem, jitter, "yes")->Arg(10)->Arg(1'000'000)->Iterations(300'000);

} // namespace
