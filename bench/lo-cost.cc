/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "device-cases.h"

#include <cstdlib>
#include <iostream>
#include <string>

int
main(int argc, char* argv[])
{
    const std::string wanted = argc > 1 ? argv[1] : "";
    uint64_t left = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 0;
    const uint32_t burst = argc > 3 ? std::atoi(argv[3]) : 64;
    for (const auto& one : ns3::GetDeviceCases())
    {
        if (one.name == wanted)
        {
            one.run(
                [&left](uint32_t packets) {
                    const bool goOn = left >= packets;
                    left -= goOn ? packets : 0;
                    return goOn;
                },
                burst);
            return 0;
        }
    }
    std::cerr << "no such case\n";
    return 1;
}
