/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef HOST_FILES_H
#define HOST_FILES_H

#include "loopback-host.h"
#include "output-file.h"
#include "whole-file.h"

#include <optional>
#include <string>

/**
 * The capture and the counters that LoopbackHostOptions ask for. That one can not be written comes
 * as a ProgramError, before the simulation where that can be seen.
 */
class HostFiles
{
  public:
    /**
     * @param options which files
     */
    explicit HostFiles(const LoopbackHostOptions& options);

    /**
     * Capture what crosses lo, from now on.
     * @param host whose
     */
    void Watch(const LoopbackHost& host);

    /**
     * Write the counters as `ip -s -j link show lo` would, and what is left of the capture.
     * @param host whose
     */
    void Write(const LoopbackHost& host);

  private:
    std::string m_path;                   //!< name of the capture; empty for none
    std::optional<CaptureFile> m_pcap;    //!< capture
    std::optional<WholeFile> m_json;      //!< counters
    std::optional<OutputFile> m_jsonPipe; //!< counters, to what is no file
};

#endif /* HOST_FILES_H */
