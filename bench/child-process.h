/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef CHILD_PROCESS_H
#define CHILD_PROCESS_H

#include <optional>
#include <sys/wait.h>
#include <type_traits>
#include <unistd.h>

namespace ns3
{

/**
 * Do something in a child process, that of this one no memory may be left over from it.
 * @tparam Action a function without arguments
 * @param action what to do
 * @return what it returns, if the child came so far
 */
template <class Action, class Result = std::invoke_result_t<Action>>
std::optional<Result>
RunInChild(Action action)
{
    static_assert(std::is_trivially_copyable_v<Result>);
    constexpr ssize_t size = sizeof(Result);
    int ends[2];
    if (pipe(ends) != 0)
    {
        return {};
    }
    const auto child = fork();
    if (child == 0)
    {
        const Result result = action();
        _exit(write(ends[1], &result, size) == size ? 0 : 1);
    }
    close(ends[1]);
    Result result{};
    const bool isWhole = child > 0 && read(ends[0], &result, size) == size;
    close(ends[0]);
    if (child > 0)
    {
        waitpid(child, nullptr, 0);
    }
    return isWhole ? std::optional<Result>(result) : std::nullopt;
}

} // namespace ns3

#endif /* CHILD_PROCESS_H */
