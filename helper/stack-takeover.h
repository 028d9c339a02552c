/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef STACK_TAKEOVER_H
#define STACK_TAKEOVER_H

#include "ns3/net-device.h"
#include "ns3/node.h"

#include <string>

namespace ns3
{

/**
 * @ingroup loopback
 * Say why a node's Internet stack can not be made to use another loopback.
 * @param node the node
 * @return what is wrong with the node and what to do, or nothing if all is well or if there is no
 *         stack yet
 */
std::string GetTakeOverProblem(Ptr<Node> node);

/**
 * @ingroup loopback
 * Have a node's Internet stack use a loopback instead of the one that it made itself. Does nothing
 * on a node without a stack.
 *
 * ns-3 finds an interface by its device in a map that only adding an interface adds to. So the
 * loopback gets a new interface, with the addresses of the old one, by which its packets come in
 * and go out. The old interface stays up with its routes, for those who know it by its index, and
 * gets the same device: whoever asks it for its device or its MTU, or routes over it, gets the
 * loopback. Of IPv4 it keeps its addresses too.
 *
 * @param node the node, for which GetTakeOverProblem has found none
 * @param loopback the loopback, on the node already
 */
void TakeOverLoopback(Ptr<Node> node, Ptr<NetDevice> loopback);

} // namespace ns3

#endif /* STACK_TAKEOVER_H */
