/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include <cstdlib>
#include <exception>

namespace
{

/// gcov writes its counts when a program exits, not when it aborts.
[[maybe_unused]] const auto g_exitAtTerminate = std::set_terminate([] { std::exit(EXIT_FAILURE); });

} // namespace
