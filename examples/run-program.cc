/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "run-program.h"

#include "abort-guard.h"
#include "program-error.h"

#include "ns3/stop-on-signal.h"

#include <cstdlib>
#include <cstring>
#include <iostream>
#include <new>

namespace
{

int
RunGuarded(const std::function<int(int, char*[])>& run, int argc, char* argv[])
{
    const AbortGuard guard;
    return run(argc, argv);
}

} // namespace

int
RunProgram(const std::string& name,
           const std::function<int(int, char*[])>& run,
           int argc,
           char* argv[])
{
    try
    {
        const auto status = RunGuarded(run, argc, argv);
        if (const auto signal = ns3::StopOnSignal::GetSignal())
        {
            std::cerr << name << ": " << strsignal(signal)
                      << ": what it has printed and written is of the time until then\n";
            ns3::StopOnSignal::EndProgram();
        }
        return status;
    }
    catch (const ProgramError& error)
    {
        std::cerr << name << ": " << error.what() << "\n";
        return EXIT_FAILURE;
    }
    catch (const std::bad_alloc&)
    {
        std::cerr << name << ": there is not enough memory for as much as the options ask for\n";
        return EXIT_FAILURE;
    }
}
