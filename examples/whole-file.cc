/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "whole-file.h"

#include "output-file.h"
#include "replacement-file.h"

#include <cerrno>
#include <fstream>

WholeFile::WholeFile(const std::string& path)
    : m_path(path)
{
    const ReplacementFile probe(path);
}

std::ostream&
WholeFile::GetStream()
{
    return m_text;
}

void
WholeFile::Close()
{
    ReplacementFile replacement(m_path);
    errno = 0;
    std::ofstream file(replacement.GetTemporaryPath());
    file << m_text.str();
    file.close();
    if (!file)
    {
        ThrowFileError("write", m_path);
    }
    replacement.Commit();
}
