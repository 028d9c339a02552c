/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/test.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

// ns-3's test runner, for this module's suites where there is no ns-3 tree: `--list` lists them,
// `--suite=NAME --verbose` runs one.
int
main(int argc, char* argv[])
{
    // Without this, what tests write stays behind, and runs of the same second share it.
    auto folder = (std::filesystem::temp_directory_path() / "loopback-XXXXXX").string();
    if (!mkdtemp(folder.data()))
    {
        std::perror("can not make a folder for what the tests write");
        return EXIT_FAILURE;
    }
    std::string option = "--tempdir=" + folder;
    std::vector<char*> arguments(argv, argv + argc + 1); // with the null at the end
    arguments.insert(arguments.begin() + 1, option.data());
    const int status = ns3::TestRunner::Run(argc + 1, arguments.data());
    std::filesystem::remove_all(folder);
    return status;
}
