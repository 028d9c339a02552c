/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "temporary-folder.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <system_error>

TemporaryFolder::TemporaryFolder()
    : m_path(std::filesystem::temp_directory_path() / "loopback-fuzz-XXXXXX")
{
    if (!mkdtemp(m_path.data()))
    {
        std::cerr << "can not make a folder '" << m_path << "'" << std::endl;
        std::exit(EXIT_FAILURE);
    }
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

std::string
TemporaryFolder::GetPath(const std::string& name) const
{
    return m_path + "/" + name;
}

std::string
TemporaryFolder::Write(const std::string& name, const std::string& content) const
{
    auto path = GetPath(name);
    std::ofstream file(path, std::ios::binary);
    file << content << std::flush;
    if (!file)
    {
        std::cerr << "can not write '" << path << "'" << std::endl;
        std::exit(EXIT_FAILURE);
    }
    return path;
}

std::string
TemporaryFolder::Read(const std::string& name) const
{
    std::ifstream file(GetPath(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}
