/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LINK_STATS_SAMPLER_H
#define LINK_STATS_SAMPLER_H

#include "link-stats-csv.h"
#include "named-link.h"

#include "ns3/node-container.h"

#include <string>
#include <vector>

namespace ns3
{

/// Writes the counters of some nodes' devices, and the script that plots them, when it is told to.
class LinkStatsSampler
{
  public:
    /**
     * Make the files, and take the first sample.
     * @param nodes the nodes
     * @param prefix what the files' names begin with
     */
    LinkStatsSampler(const NodeContainer& nodes, const std::string& prefix);

    /// Write a row for each device, those too that are new on the nodes.
    void Sample();

    /// Write the last rows, unless the ones before say the same of the same time.
    void Finish();

    /**
     * @param prefix what the names of other files begin with
     * @return whether they are the same files
     */
    bool HasPrefix(const std::string& prefix) const;

    /**
     * @param nodes nodes that are to be sampled; the program ends with a message if they can not be
     */
    static void Check(const NodeContainer& nodes);

  private:
    /// A device and the row before.
    struct Source
    {
        NamedLink link;        //!< the device
        SampledLink names;     //!< what its rows say of it
        LinkStats stats;       //!< counters in its row before
        bool isSampled{false}; //!< whether there is one
    };

    /// Find the devices that were put on the nodes since they were last looked for.
    void FindNewLinks();

    NodeContainer m_nodes;             //!< the nodes
    std::vector<std::size_t> m_nLinks; //!< devices found on each
    std::string m_prefix;              //!< what the files' names begin with
    LinkStatsCsv m_csv;                //!< where the rows go
    std::vector<Source> m_sources;     //!< the devices
    Time m_last;                       //!< when the rows before were written
};

} // namespace ns3

#endif /* LINK_STATS_SAMPLER_H */
