/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "child-process.h"
#include "device-cases.h"
#include "growth-cases.h"
#include "stack-cases.h"

#include <benchmark/benchmark.h>
#include <cstdint>
#include <ctime>

using namespace ns3;

namespace
{

void
Run(benchmark::State& state, const DeviceCase& one)
{
    const auto burst = static_cast<uint32_t>(state.range(0));
    one.run([&state](uint32_t packets) { return state.KeepRunningBatch(packets); }, burst);
    state.SetItemsProcessed(state.iterations());
}

/// @return processor time, in seconds, that packets take, without what comes before and after
double
Measure(const DeviceCase& one, uint32_t packets, uint32_t burst)
{
    uint32_t sent = 0;
    std::clock_t begin = 0;
    std::clock_t end = 0;
    one.run(
        [&](uint32_t more) {
            begin = sent == 0 ? std::clock() : begin;
            end = std::clock();
            const bool goOn = sent < packets;
            sent += goOn ? more : 0;
            return goOn;
        },
        burst);
    return static_cast<double>(end - begin) / CLOCKS_PER_SEC;
}

void
RunApart(benchmark::State& state, const DeviceCase& one)
{
    const auto burst = static_cast<uint32_t>(state.range(0));
    constexpr uint32_t packets = 128 * 64;
    while (state.KeepRunningBatch(packets))
    {
        const auto seconds = RunInChild([&] { return Measure(one, packets, burst); });
        if (!seconds)
        {
            state.SkipWithError("the packets could not be sent");
            break;
        }
        state.SetIterationTime(*seconds);
    }
    state.SetItemsProcessed(state.iterations());
}

void
RegisterDeviceCases()
{
    for (const auto& one : GetDeviceCases())
    {
        const auto name = "device/" + one.name;
        const auto registered =
            one.spoilsProgram
                ? benchmark::RegisterBenchmark(name.c_str(), RunApart, one)->UseManualTime()
                : benchmark::RegisterBenchmark(name.c_str(), Run, one);
        registered->Arg(1)->Arg(64);
    }
}

} // namespace

int
main(int argc, char* argv[])
{
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
    {
        return 1;
    }
    RegisterDeviceCases();
    RegisterStackCases();
    RegisterGrowthCases();
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
