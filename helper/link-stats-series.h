/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LINK_STATS_SERIES_H
#define LINK_STATS_SERIES_H

#include "named-link.h"

#include "ns3/link-stats.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

namespace ns3
{

/**
 * A CSV (RFC 4180) of the counters of some nodes' devices over time.
 *
 * LinkStatsHelper::Sample says what is in it. A gnuplot script that plots it is written beside
 * it. Aborts if one of the files cannot be written.
 */
class LinkStatsSeries
{
  public:
    /**
     * Create the files, and write the first rows.
     * @param nodes the nodes
     * @param interval time between rows
     * @param prefix what the names of the files begin with
     */
    LinkStatsSeries(const NodeContainer& nodes, Time interval, const std::string& prefix);

    /// Write the last rows, unless the time and the counters are those of the rows before.
    ~LinkStatsSeries();

    LinkStatsSeries(const LinkStatsSeries&) = delete;
    LinkStatsSeries& operator=(const LinkStatsSeries&) = delete;

    /**
     * Return when rows are due.
     * @return the time
     */
    Time GetNext() const;

    /// Write a row per device, also of those that are new on the nodes.
    void WriteRows();

  private:
    /// A device, its names, and its row before. Names stay those of the first row.
    struct Source
    {
        NamedLink link;        //!< the device
        std::string id;        //!< number of its node and its index there, as in a row
        std::string node;      //!< name of its node
        LinkStats stats;       //!< counters in its row before
        bool isSampled{false}; //!< whether there is one
    };

    /// Find the devices that are new on the nodes. If there are any, write the script.
    void FindNewLinks();

    /// Write the script. It has no data, so that it plots what is in the CSV, also after an abort.
    void WriteScript() const;

    /**
     * Write a row.
     * @param source the device, with its row before
     * @param stats the counters now
     */
    void WriteRow(const Source& source, const LinkStats& stats);

    const NodeContainer m_nodes;      //!< the nodes
    const Time m_interval;            //!< time between rows
    std::vector<uint32_t> m_nDevices; //!< devices that have been looked at, per node
    const std::string m_prefix;       //!< what the files' names begin with
    std::ofstream m_csv;              //!< the CSV
    std::vector<Source> m_sources;    //!< the devices
    Time m_last;                      //!< when the rows before were written
};

} // namespace ns3

#endif /* LINK_STATS_SERIES_H */
