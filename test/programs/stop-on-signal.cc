/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "../../examples/example-program.h"

#include "ns3/simulator.h"

#include <csignal>

using namespace ns3;

/// Run two simulations. A signal that stops the first must not stop the second.
int
main()
{
    return RunExample("stop-on-signal", [] {
        for (const bool isFirst : {true, false})
        {
            Simulator::Schedule(Seconds(1), [isFirst] {
                std::raise(isFirst ? SIGTERM : 0);
                std::cout << "event at 1 s\n";
            });
            Simulator::Schedule(Seconds(2), [] { std::cout << "event at 2 s\n"; });
            const int signal = RunUntilSignal();
            std::cout << "signal " << signal << '\n';
            Simulator::Destroy();
        }
        return true;
    });
}
