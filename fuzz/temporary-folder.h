/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef TEMPORARY_FOLDER_H
#define TEMPORARY_FOLDER_H

#include <cstdint>
#include <string>

/// A folder of its own for what a fuzzer writes, removed when the fuzzer exits.
class TemporaryFolder
{
  public:
    /// Make it, in $TMPDIR or /tmp.
    TemporaryFolder();
    ~TemporaryFolder();

    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    /**
     * @param name name of a file in it
     * @return its path
     */
    std::string GetPath(const std::string& name) const;

    /**
     * @param name name of a file to write in it
     * @param content what is to be in it
     * @return its path
     */
    std::string Write(const std::string& name, const std::string& content) const;

    /**
     * @param name name of a file in it
     * @return what is in it
     */
    std::string Read(const std::string& name) const;

  private:
    std::string m_path; //!< the folder
};

#endif /* TEMPORARY_FOLDER_H */
