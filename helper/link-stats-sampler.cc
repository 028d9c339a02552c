/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-stats-sampler.h"

#include "link-stats-plot.h"

#include "ns3/abort.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <set>

namespace ns3
{

namespace
{

std::string
GetCsvPath(const std::string& prefix)
{
    return prefix + ".csv";
}

} // namespace

void
LinkStatsSampler::Check(const NodeContainer& nodes)
{
    NS_ABORT_MSG_IF(nodes.GetN() == 0, "LinkStatsHelper::Sample: there are no nodes to sample");
    bool hasLink = false;
    std::set<Ptr<Node>> seen;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        hasLink |= !GetNamedLinks(*node).empty();
        NS_ABORT_MSG_UNLESS(seen.insert(*node).second,
                            "LinkStatsHelper::Sample: node " << (*node)->GetId()
                                                             << " is among the nodes twice");
    }
    NS_ABORT_MSG_UNLESS(hasLink,
                        "LinkStatsHelper::Sample: no node has a LoNetDevice or a "
                        "BlackholeNetDevice; install one first");
}

LinkStatsSampler::LinkStatsSampler(const NodeContainer& nodes, const std::string& prefix)
    : m_nodes(nodes),
      m_nLinks(nodes.GetN()),
      m_prefix(prefix),
      m_csv(GetCsvPath(prefix))
{
    Sample();
}

void
LinkStatsSampler::FindNewLinks()
{
    const auto nKnown = m_sources.size();
    for (uint32_t i = 0; i < m_nodes.GetN(); ++i)
    {
        const auto node = m_nodes.Get(i);
        const auto links = GetNamedLinks(node);
        // A node loses its devices only when it is disposed, and then all of them.
        for (; m_nLinks[i] < links.size(); ++m_nLinks[i])
        {
            const auto& link = links[m_nLinks[i]];
            m_sources.push_back(
                {link,
                 {node->GetId(), link.device->GetIfIndex(), GetNodeName(node), link.name},
                 {}});
        }
    }
    if (m_sources.size() > nKnown)
    {
        std::vector<SampledLink> names;
        for (const auto& source : m_sources)
        {
            names.push_back(source.names);
        }
        WriteLinkStatsPlot(m_prefix, m_csv.GetPath(), names);
    }
}

void
LinkStatsSampler::Sample()
{
    FindNewLinks();
    const auto now = Simulator::Now();
    for (auto& source : m_sources)
    {
        const auto stats = source.link.GetStats();
        m_csv.WriteRow(now,
                       source.names,
                       stats,
                       source.isSampled ? &source.stats : nullptr,
                       now - m_last);
        source.stats = stats;
        source.isSampled = true;
    }
    m_last = now;
    m_csv.Flush();
}

void
LinkStatsSampler::Finish()
{
    const bool hasNews = Simulator::Now() != m_last ||
                         std::any_of(m_sources.begin(), m_sources.end(), [](const Source& source) {
                             return source.stats != source.link.GetStats();
                         });
    if (hasNews)
    {
        Sample();
    }
}

bool
LinkStatsSampler::HasPrefix(const std::string& prefix) const
{
    return m_csv.IsSameFile(GetCsvPath(prefix));
}

} // namespace ns3
