/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef REPLACEMENT_FILE_H
#define REPLACEMENT_FILE_H

#include <csignal>
#include <string>

/**
 * A file that takes another's place when it is complete, or never: what has the name now stays as
 * it is until Commit. If there is no Commit, also because a signal ends the program, nothing is
 * left behind. There is one at a time.
 */
class ReplacementFile
{
  public:
    /**
     * Make an empty file in the directory of the other. That it can not be comes as a ProgramError.
     * @param path name of the file that is to be there in the end
     */
    explicit ReplacementFile(const std::string& path);

    ~ReplacementFile();

    ReplacementFile(const ReplacementFile&) = delete;
    ReplacementFile& operator=(const ReplacementFile&) = delete;

    /**
     * @return the name of the file until Commit
     */
    const std::string& GetTemporaryPath() const;

    /// Let the file take its place. That it can not comes as a ProgramError.
    void Commit();

  private:
    /// Have signals remove the file before they end the program.
    void HandleSignals();

    /// Give signals the effect that they had before.
    void RestoreSignals();

    /// What ends the program; SIGABRT is how ns-3 ends a simulation that went wrong.
    static constexpr int SIGNALS[]{SIGHUP, SIGINT, SIGTERM, SIGABRT, SIGXFSZ};

    struct sigaction m_before[5]{}; //!< what they did before
    std::string m_path;             //!< name in the end
    std::string m_temporary;        //!< name until then
};

#endif /* REPLACEMENT_FILE_H */
