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

/// Make sure that a file can be made. What is there and no file, as a pipe, is left alone.
void
CheckCanBeMade(const std::string& path)
{
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored) || std::filesystem::is_regular_file(path, ignored))
    {
        const ReplacementFile probe(path);
    }
}

} // namespace

HostFiles::HostFiles(const LoopbackHostOptions& options)
    : m_path(options.pcap)
{
    if (!options.json.empty())
    {
        m_json.emplace(options.json);
    }
    if (!m_path.empty())
    {
        CheckCanBeMade(m_path);
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
    if (m_json)
    {
        LinkStatsHelper::PrintIpLinkJson(m_json->GetStream(), host.nodes);
        m_json->Close();
    }
    if (m_pcap)
    {
        m_pcap->Close();
    }
}
