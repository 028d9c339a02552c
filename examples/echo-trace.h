/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef ECHO_TRACE_H
#define ECHO_TRACE_H

#include "ns3/address.h"
#include "ns3/node.h"

#include <cstdint>
#include <functional>

/// What an ICMP or ICMPv6 echo request or reply says.
struct Echo
{
    ns3::Address source;      //!< an Ipv4Address or Ipv6Address
    ns3::Address destination; //!< of the same kind
    uint8_t ttl;              //!< time to live, or hop limit
    uint16_t identifier;      //!< whose request it is
    uint16_t sequence;        //!< which one
    uint32_t size;            //!< bytes with the 8 of the ICMP header
};

/// What gets to know of an echo request or reply.
typedef std::function<void(const Echo&)> EchoSink;

/**
 * Have the echo requests that a node sends and the echo replies that it gets told, by the trace
 * sources of its IP protocols: those of the ping applications differ between ns-3's releases.
 * @param node the node, which has the Internet stack
 * @param requestSent told of each request
 * @param replyReceived told of each reply
 */
void TraceEchoes(ns3::Ptr<ns3::Node> node,
                 const EchoSink& requestSent,
                 const EchoSink& replyReceived);

#endif /* ECHO_TRACE_H */
