/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * Runs one of lo-bench's device cases for so many packets, for tools/cost to count instructions.
 */

#include "../examples/program-error.h"
#include "../examples/program-options.h"
#include "../examples/run-program.h"
#include "device-cases.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>

using namespace ns3;

namespace
{

constexpr auto USAGE = R"(Usage: lo-cost CASE [OPTION]...
Send packets through a device as the benchmark device/CASE of lo-bench does, and
print nothing: what it costs is for another program to count, such as
valgrind --tool=callgrind.
)";

constexpr auto EXAMPLES = R"(Examples:
  lo-cost --list                            all cases
  lo-cost send/LoNetDevice/Immediate --packets 64000
)";

int
Run(int argc, char* argv[])
{
    std::string wanted;
    uint64_t packets = 6400;
    uint64_t burst = 64;
    bool list = false;
    ProgramOptions options(USAGE, EXAMPLES);
    options.AddText("case", "CASE", wanted, "the case");
    options.SetPositional("case");
    options.AddInteger("packets", packets, 1, UINT32_MAX, "packets to send");
    options.AddInteger("burst", burst, 1, 64, "packets that one event sends");
    options.AddSwitch("list", list, "print the names of all cases, and do no more");
    if (!options.Read(argc, argv))
    {
        return EXIT_SUCCESS;
    }
    const auto cases = GetDeviceCases();
    if (list)
    {
        for (const auto& one : cases)
        {
            std::cout << one.name << "\n";
        }
        return EXIT_SUCCESS;
    }
    const auto found = std::find_if(cases.begin(), cases.end(), [&](const DeviceCase& one) {
        return one.name == wanted;
    });
    if (found == cases.end())
    {
        throw ProgramError("there is no case \"" + wanted + "\"; --list prints those there are");
    }
    uint64_t sent = 0;
    found->run(
        [&](uint32_t more) {
            const bool goOn = sent < packets;
            sent += goOn ? more : 0;
            return goOn;
        },
        static_cast<uint32_t>(burst));
    return EXIT_SUCCESS;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("lo-cost", Run, argc, argv);
}
