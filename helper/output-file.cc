/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "output-file.h"

#include "ns3/abort.h"
#include "ns3/simulation-singleton.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>

namespace ns3
{

void
ClaimFile(const char* method, const std::string& filename)
{
    // The files that have been claimed, by their paths without symbolic links.
    auto& claimed = *SimulationSingleton<std::set<std::filesystem::path>>::Get();
    std::error_code error;
    const auto path =
        std::filesystem::weakly_canonical(std::filesystem::absolute(filename, error), error);
    NS_ABORT_MSG_IF(!std::filesystem::is_other(path, error) && !claimed.insert(path).second,
                    method << ": '" << filename
                           << "' is being written already; take another name, also of the node or "
                              "device if the file is named after it");
}

void
CheckWritten(bool isWritten, const char* method, const std::string& filename)
{
    NS_ABORT_MSG_UNLESS(isWritten,
                        method << ": cannot write '" << filename << "': "
                               << (errno ? std::strerror(errno) : "the stream had failed before"));
}

} // namespace ns3
