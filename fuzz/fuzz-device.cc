/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * Calls on a LoNetDevice or a BlackholeNetDevice, each chosen by a byte of the fuzzer's input.
 */

#include "../test/blackhole-call-sequence.h"
#include "../test/lo-call-sequence.h"

#include <cstdint>
#include <cstdlib>
#include <fuzzer/FuzzedDataProvider.h>
#include <iostream>
#include <memory>

using namespace ns3::tests;

namespace
{

std::unique_ptr<CallSequence>
MakeSequence(const DrawFunction& draw)
{
    // More often LoNetDevice, which has most of the module's code.
    if (draw(8) == 0)
    {
        return std::make_unique<BlackholeCallSequence>(draw);
    }
    return std::make_unique<LoCallSequence>(draw);
}

} // namespace

extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    FuzzedDataProvider choices(data, size);
    const auto sequence = MakeSequence(
        [&](uint32_t n) { return choices.ConsumeIntegralInRange<uint32_t>(0, n - 1); });
    sequence->Run();
    if (!sequence->GetProblem().empty())
    {
        std::cerr << "finding: " << sequence->GetProblem() << std::endl;
        std::abort();
    }
    return 0;
}
