/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * Calls on a LoNetDevice or a BlackholeNetDevice, each chosen by a byte of the fuzzer's input.
 */

#include "../test/call-sequence.h"

#include <cstdint>
#include <cstdlib>
#include <fuzzer/FuzzedDataProvider.h>
#include <iostream>

using namespace ns3::tests;

extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    FuzzedDataProvider choices(data, size);
    const DrawFunction draw = [&](uint32_t n) {
        return choices.ConsumeIntegralInRange<uint32_t>(0, n - 1);
    };
    // More often LoNetDevice, which has most of the module's code.
    const auto problem =
        draw(8) == 0 ? RunBlackholeCallSequence(draw) : RunLoCallSequence(draw).problem;
    if (!problem.empty())
    {
        std::cerr << "finding: " << problem << std::endl;
        std::abort();
    }
    return 0;
}
