/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef GROWTH_CASES_H
#define GROWTH_CASES_H

namespace ns3
{

/**
 * Have Google Benchmark know the cases that show how time and memory grow: growth/devices/TYPE/N,
 * to install a device on each of N nodes; growth/nodes/LOOPBACK/N, a datagram when N hosts talk to
 * themselves at once; growth/depth/LOOPBACK/N, a packet when N wait.
 */
void RegisterGrowthCases();

} // namespace ns3

#endif /* GROWTH_CASES_H */
