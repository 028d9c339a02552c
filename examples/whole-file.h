/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef WHOLE_FILE_H
#define WHOLE_FILE_H

#include <ostream>
#include <sstream>
#include <string>

/**
 * A text file that is there as a whole after Close, or not at all: what has the name now stays as
 * it is until then. That it can not be made or written comes as a ProgramError.
 */
class WholeFile
{
  public:
    /**
     * Make sure that the file can be made, before the time is spent on what is to be in it.
     * @param path name of the file
     */
    explicit WholeFile(const std::string& path);

    /**
     * @return where to write
     */
    std::ostream& GetStream();

    /// Make the file.
    void Close();

  private:
    std::string m_path;        //!< name of the file
    std::ostringstream m_text; //!< what is to be in it
};

#endif /* WHOLE_FILE_H */
