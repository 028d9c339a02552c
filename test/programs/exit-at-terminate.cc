/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include <cstdlib>
#include <exception>

namespace
{

/// A terminate handler that exits: gcov writes its counts on an exit, but not on an abort.
[[maybe_unused]] const auto g_exitAtTerminate = std::set_terminate([] { std::exit(EXIT_FAILURE); });

} // namespace
