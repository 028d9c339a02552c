/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/test.h"

// ns-3's test runner, for this module's suites where there is no ns-3 tree: `--list` lists them,
// `--suite=NAME --verbose` runs one.
int
main(int argc, char* argv[])
{
    return ns3::TestRunner::Run(argc, argv);
}
