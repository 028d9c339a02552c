/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef OUTPUT_CHECK_H
#define OUTPUT_CHECK_H

#include <fstream>
#include <string>

namespace ns3
{

/**
 * Open a file to write, with numbers as in C whatever the program's locale is. That it can not be
 * opened ends the program with a message.
 * \param file the stream
 * \param path name of the file
 */
void OpenOutput(std::ofstream& file, const std::string& path);

/**
 * Write what is still in memory. That it, or anything before, could not be written ends the program
 * with a message.
 * \param file the stream
 * \param path name of the file
 */
void FlushOutput(std::ofstream& file, const std::string& path);

} // namespace ns3

#endif /* OUTPUT_CHECK_H */
