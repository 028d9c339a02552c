/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "replacement-file.h"

#include "output-file.h"
#include "program-error.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <iterator>
#include <sys/stat.h>
#include <unistd.h>

namespace
{

/// What a signal handler can unlink; null if there is nothing.
const char* volatile g_temporary = nullptr;

void
RemoveAndDie(int signal)
{
    if (g_temporary)
    {
        unlink(g_temporary);
    }
    std::signal(signal, SIG_DFL);
    raise(signal);
}

/// A file that is new, so that nobody else writes it.
std::string
MakeTemporary(const std::string& path)
{
    for (int i = 0;; ++i)
    {
        auto name = path + "." + std::to_string(getpid()) + "-" + std::to_string(i);
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): POSIX gives it the mode so
        const int fd = open(name.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
        if (fd >= 0)
        {
            close(fd);
            return name;
        }
        if (errno != EEXIST)
        {
            ThrowFileError("write", path);
        }
    }
}

} // namespace

ReplacementFile::ReplacementFile(const std::string& path)
    : m_path(path)
{
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (std::filesystem::exists(status))
    {
        if (!std::filesystem::is_regular_file(status))
        {
            throw ProgramError("can not write '" + path + "': it is not a regular file");
        }
        // A link stays, and what it leads to is replaced.
        m_path = std::filesystem::canonical(path);
    }
    m_temporary = MakeTemporary(m_path);
    g_temporary = m_temporary.c_str();
    HandleSignals();
    if (std::filesystem::exists(status))
    {
        std::filesystem::permissions(m_temporary, status.permissions(), error);
    }
}

ReplacementFile::~ReplacementFile()
{
    if (g_temporary)
    {
        unlink(g_temporary);
        g_temporary = nullptr;
    }
    RestoreSignals();
}

void
ReplacementFile::HandleSignals()
{
    struct sigaction action = {};
    action.sa_handler = &RemoveAndDie;
    for (std::size_t i = 0; i < std::size(SIGNALS); ++i)
    {
        sigaction(SIGNALS[i], nullptr, &m_before[i]);
        // Who had it ignored, as nohup has, gets it ignored.
        if (m_before[i].sa_handler != SIG_IGN)
        {
            sigaction(SIGNALS[i], &action, nullptr);
        }
    }
}

void
ReplacementFile::RestoreSignals()
{
    for (std::size_t i = 0; i < std::size(SIGNALS); ++i)
    {
        sigaction(SIGNALS[i], &m_before[i], nullptr);
    }
}

const std::string&
ReplacementFile::GetTemporaryPath() const
{
    return m_temporary;
}

void
ReplacementFile::Commit()
{
    if (std::rename(m_temporary.c_str(), m_path.c_str()) != 0)
    {
        ThrowFileError("write", m_path);
    }
    g_temporary = nullptr;
}
