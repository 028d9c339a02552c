/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef STACK_CASES_H
#define STACK_CASES_H

namespace ns3
{

/**
 * Have Google Benchmark know the cases in which a host talks to itself through the IPv4 stack, with
 * each loopback: stack/udp/LOOPBACK, a datagram; stack/tcp/SEGMENT/LOOPBACK, a transfer;
 * stack/ping/LOOPBACK, a request and its reply.
 */
void RegisterStackCases();

} // namespace ns3

#endif /* STACK_CASES_H */
