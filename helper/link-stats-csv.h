/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LINK_STATS_CSV_H
#define LINK_STATS_CSV_H

#include "record-file.h"

#include "ns3/link-stats.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{

/// Whose counters a line of a LinkStatsCsv has.
struct SampledLink
{
    uint32_t nodeId;      //!< number of the node
    uint32_t deviceIndex; //!< ns-3's index of the device on the node
    std::string node;     //!< name of the node
    std::string device;   //!< name of the device
};

/**
 * Counters over time as CSV (RFC 4180). That the file can not be opened or written ends the program
 * with a message. Names stand last, as gnuplot does not find the end of one that has a quote in it.
 */
class LinkStatsCsv
{
  public:
    /**
     * Make the file, and write the line of headings.
     * @param path name of the file
     */
    explicit LinkStatsCsv(const std::string& path);

    /**
     * @param time when the counters were read
     * @param link whose they are
     * @param stats the counters
     * @param earlier the reading before, or null if there is none
     * @param elapsed time since that
     */
    void WriteRow(Time time,
                  const SampledLink& link,
                  const LinkStats& stats,
                  const LinkStats* earlier,
                  Time elapsed);

    /// Leave nothing in memory, so that what was written stays if the program aborts.
    void Flush();

    /**
     * @param path name of a file
     * @return whether that is this file
     */
    bool IsSameFile(const std::string& path) const;

    /**
     * @return name of the file
     */
    const std::string& GetPath() const;

    /**
     * @param counter a counter
     * @return number of the column, from 1, that has the counter's rate
     */
    static std::size_t GetRateColumn(uint64_t LinkStats::*counter);

  private:
    std::string m_path;     //!< name of the file
    Ptr<RecordFile> m_file; //!< the file
};

} // namespace ns3

#endif /* LINK_STATS_CSV_H */
