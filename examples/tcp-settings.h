/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef TCP_SETTINGS_H
#define TCP_SETTINGS_H

#include "program-options.h"

#include "ns3/ptr.h"
#include "ns3/socket.h"

#include <cstdint>
#include <string>

/// How ns-3's TCP is to send, and the options that say so.
struct TcpSettings
{
    uint64_t segmentSize{536};          //!< payload of a segment, in bytes
    std::string socketType{"TcpCubic"}; //!< congestion control

    /**
     * @param options where to add the options
     */
    void AddTo(ProgramOptions& options);

    /**
     * Make them the defaults of the sockets that are created from now on. That there is no such
     * congestion control comes as a ProgramError.
     */
    void Apply() const;
};

/**
 * Have TCP wait for an acknowledgement 200 ms at least, delay one by 40 ms and retransmit 15 times
 * at most, as Linux's does (TCP_RTO_MIN, TCP_DELACK_MIN, tcp_retries2), where ns-3's is left at a
 * second, 200 ms and 6 times.
 */
void SetLinuxTimers();

/**
 * @param socket the socket of an application that has been started, or null
 * @return the socket; that there is none comes as a ProgramError
 */
ns3::Ptr<ns3::Socket> CheckStarted(ns3::Ptr<ns3::Socket> socket);

#endif /* TCP_SETTINGS_H */
