/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "host-files.h"

#include "replacement-file.h"

#include "ns3/link-stats-helper.h"

#include <filesystem>
#include <system_error>

using namespace ns3;

namespace
{

bool
IsThere(const std::string& path)
{
    std::error_code ignored;
    return std::filesystem::exists(path, ignored);
}

/// Without a trace, as the simulation in question may not be the first.
void
CheckCapture(const std::string& path)
{
    if (IsThere(path))
    {
        CaptureFile::CheckExisting(path);
    }
    else
    {
        const ReplacementFile probe(path);
    }
}

/// Such as a pipe.
bool
IsNoFile(const std::string& path)
{
    std::error_code ignored;
    return IsThere(path) && !std::filesystem::is_regular_file(path, ignored);
}

} // namespace

HostFiles::HostFiles(const LoopbackHostOptions& options)
    : m_path(options.pcap)
{
    if (IsNoFile(options.json))
    {
        m_jsonPipe.emplace(options.json);
    }
    else if (!options.json.empty())
    {
        m_json.emplace(options.json);
    }
    if (!m_path.empty())
    {
        CheckCapture(m_path);
    }
}

void
HostFiles::Watch(const LoopbackHost& host)
{
    if (!m_path.empty())
    {
        m_pcap.emplace(m_path, host.lo);
    }
}

void
HostFiles::Write(const LoopbackHost& host)
{
    const auto writeCounters = [&host](auto& file) {
        if (file)
        {
            LinkStatsHelper::PrintIpLinkJson(file->GetStream(), host.nodes);
            file->Close();
        }
    };
    writeCounters(m_json);
    writeCounters(m_jsonPipe);
    if (m_pcap)
    {
        m_pcap->Close();
    }
}
