/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef ROUTING_TESTS_H
#define ROUTING_TESTS_H

#include "routed-network.h"

#include "ns3/test.h"

#include <vector>

namespace ns3::tests
{

/**
 * Make tests that nodes with our devices send and receive as nodes without.
 * @param routing the routing protocol
 * @return the test cases
 */
std::vector<TestCase*> MakeRoutingTests(const Routing& routing);

/**
 * Make the same tests with a lo that is installed after the Internet stack.
 * @param routing the routing protocol
 * @return the test cases
 */
std::vector<TestCase*> MakeInstallAfterTests(const Routing& routing);

/**
 * Make tests of RouteLocalAddresses beside a protocol.
 * @param routing the routing protocol
 * @return the test cases
 */
std::vector<TestCase*> MakeLocalRoutingTests(const Routing& routing);

/**
 * Make tests of blackhole routes beside a protocol.
 * @param routing the routing protocol
 * @return the test cases
 */
std::vector<TestCase*> MakeBlackholeRouteTests(const Routing& routing);

} // namespace ns3::tests

#endif /* ROUTING_TESTS_H */
