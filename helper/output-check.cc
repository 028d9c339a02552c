/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "output-check.h"

#include "ns3/abort.h"

#include <cerrno>
#include <cstring>
#include <locale>

namespace ns3
{

namespace
{

void
Check(const std::ofstream& file, const std::string& path)
{
    NS_ABORT_MSG_UNLESS(file,
                        "LinkStatsHelper::Sample: can not write '"
                            << path
                            << "': " << (errno != 0 ? std::strerror(errno) : "the stream failed"));
}

} // namespace

void
OpenOutput(std::ofstream& file, const std::string& path)
{
    file.imbue(std::locale::classic());
    errno = 0;
    file.open(path);
    Check(file, path);
}

void
FlushOutput(std::ofstream& file, const std::string& path)
{
    errno = 0;
    file.flush();
    Check(file, path);
}

} // namespace ns3
