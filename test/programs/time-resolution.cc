/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/netem-random.h"
#include "ns3/nstime.h"

#include <cstdlib>
#include <iostream>
#include <string>

using namespace ns3;

/// Draw netem's delays at another resolution of ns-3's Time, which changes once per process.
/// Usage: time-resolution us|ps
int
main(int argc, char* argv[])
{
    const bool isCoarse = argc > 1 && std::string(argv[1]) == "us";
    Time::SetResolution(isCoarse ? Time::US : Time::PS);
    const auto mean = MilliSeconds(10);
    const auto jitter = isCoarse ? MicroSeconds(100) : PicoSeconds(500);
    // The tables of distributions end at four standard deviations.
    const auto limit = 4 * jitter.GetMicroSeconds();
    NetemRandom random(1);
    for (int i = 0; i < 1000; ++i)
    {
        for (const auto distribution : {NETEM_UNIFORM, NETEM_NORMAL})
        {
            const auto delay = random.DrawDelay(mean, jitter, 0, distribution);
            if (std::abs((delay - mean).GetMicroSeconds()) > limit)
            {
                std::cerr << "expected 10 ms and at most " << limit << " us more or less, got "
                          << delay << '\n';
                return EXIT_FAILURE;
            }
        }
    }
    return EXIT_SUCCESS;
}
