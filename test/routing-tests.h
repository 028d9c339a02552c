/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef ROUTING_TESTS_H
#define ROUTING_TESTS_H

#include "member-test-case.h"
#include "routed-network.h"

namespace ns3::tests
{

/**
 * Add the tests of this module's devices and routes beside a routing protocol.
 * @param suite the suite
 * @param routing the routing protocol
 */
void AddRoutingTests(Suite& suite, const Routing& routing);

/**
 * Add only the test of blackhole routes, which AddRoutingTests includes.
 * @param suite the suite
 * @param routing the routing protocol
 */
void AddBlackholeRouteTest(Suite& suite, const Routing& routing);

} // namespace ns3::tests

#endif /* ROUTING_TESTS_H */
