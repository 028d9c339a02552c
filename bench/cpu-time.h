/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef CPU_TIME_H
#define CPU_TIME_H

#include <ctime>

namespace ns3
{

/**
 * A simulation waits for nothing, so this is the wall-clock time that it takes on a machine of its
 * own, whatever else this one does.
 * @param action what to call, with no arguments
 * @return the seconds of processor time that it took
 */
template <class Action>
double
MeasureSeconds(Action action)
{
    const auto begin = std::clock();
    action();
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

} // namespace ns3

#endif /* CPU_TIME_H */
