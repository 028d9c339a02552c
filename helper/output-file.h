/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef OUTPUT_FILE_H
#define OUTPUT_FILE_H

#include <cstdint>
#include <string>

/**
 * @file
 * @ingroup loopback
 * What the files that helpers write have in common. Not installed.
 */

namespace ns3
{

/// The bytes of the largest frame that tcpdump and Wireshark read.
constexpr uint32_t MAX_FRAME_SIZE = 262144;

/**
 * Claim a file that is about to be opened. Aborts if it has been claimed in this simulation.
 * @param method what the message begins with
 * @param filename name of the file; devices such as /dev/null may have any number of writers
 */
void ClaimFile(const char* method, const std::string& filename);

/**
 * Abort if a file could not be opened or written. The caller clears errno before it tries, because
 * a stream that has failed before makes no system call.
 * @param isWritten false if it could not
 * @param method what the message begins with
 * @param filename name of the file
 */
void CheckWritten(bool isWritten, const char* method, const std::string& filename);

} // namespace ns3

#endif /* OUTPUT_FILE_H */
