/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * What lo-replay does with a capture, for any bytes as the capture: what comes out is what went in,
 * or one line says why not.
 */

#include "../examples/capture-replay.h"
#include "finding.h"
#include "temporary-folder.h"

#include "ns3/simulator.h"

#include <cstdint>
#include <sstream>
#include <string>

namespace
{

void
Replay(const TemporaryFolder& folder, const std::string& capture)
{
    const auto input = folder.Write("in.pcap", capture);
    const auto output = folder.GetPath("out.pcap");
    std::ostringstream printed;
    try
    {
        CaptureReplay replay(input, output, output);
        replay.Run();
        replay.Print(printed);
    }
    catch (const ProgramError& error)
    {
        CheckIsOneLine(error);
        return;
    }
    if (folder.Read("out.pcap") != capture)
    {
        TellFinding("what comes out is not what went in; " + printed.str());
    }
}

} // namespace

extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    static const TemporaryFolder folder;
    Replay(folder, {data, data + size});
    ns3::Simulator::Destroy();
    return 0;
}
