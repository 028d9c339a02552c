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
 * What holds for every routing protocol. The suite of a protocol's module takes these for that
 * protocol.
 * @param routing the protocol
 * @return test cases: nodes with our devices send and receive as nodes without
 */
std::vector<TestCase*> MakeRoutingTests(const Routing& routing);

/**
 * @param routing the protocol
 * @return test cases: the same with a lo that is installed after the Internet stack
 */
std::vector<TestCase*> MakeInstallAfterTests(const Routing& routing);

/**
 * @param routing the protocol
 * @return test cases: RouteLocalAddresses beside the protocol, in any order of set-up
 */
std::vector<TestCase*> MakeLocalRoutingTests(const Routing& routing);

/**
 * @param routing the protocol
 * @param length bits of the prefix of the route that it gives the client to the server
 * @return test cases: blackhole routes beside the protocol
 */
std::vector<TestCase*> MakeBlackholeRouteTests(const Routing& routing, uint8_t length);

} // namespace ns3::tests

#endif /* ROUTING_TESTS_H */
