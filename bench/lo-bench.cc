/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "device-cases.h"

#include <benchmark/benchmark.h>

namespace
{

void
RegisterDeviceCases()
{
    for (const auto& one : ns3::GetDeviceCases())
    {
        const auto run = [one](benchmark::State& state) {
            const auto burst = static_cast<uint32_t>(state.range(0));
            one.run([&state](uint32_t packets) { return state.KeepRunningBatch(packets); }, burst);
            state.SetItemsProcessed(state.iterations());
        };
        benchmark::RegisterBenchmark(("device/" + one.name).c_str(), run)->Arg(1)->Arg(64);
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
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
