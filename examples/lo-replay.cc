/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * Sends the packets of a capture through a simulated loopback device, each at its own time, and
 * writes a capture of what came out.
 */

#include "capture-replay.h"
#include "lo-replay-options.h"
#include "output-file.h"
#include "replacement-file.h"
#include "run-program.h"

#include "ns3/simulator.h"

#include <cstdlib>
#include <iostream>
#include <string>

using namespace ns3;

namespace
{

int
Run(int argc, char* argv[])
{
    LoReplayOptions options;
    if (options.Read(argc, argv))
    {
        ReplacementFile output(options.output);
        CaptureReplay replay(options.input, options.output, output.GetTemporaryPath());
        replay.Run();
        output.Commit();
        replay.Print(std::cout);
    }
    FlushStandardOutput();
    Simulator::Destroy();
    return EXIT_SUCCESS;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("lo-replay", Run, argc, argv);
}
