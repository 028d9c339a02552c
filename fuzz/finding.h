/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef FINDING_H
#define FINDING_H

#include "../examples/program-error.h"

#include <cstdlib>
#include <iostream>
#include <string>

/**
 * End a fuzzer, that saves its input then.
 * @param what what does not hold
 */
[[noreturn]] inline void
TellFinding(const std::string& what)
{
    std::cerr << "finding: " << what << std::endl;
    std::abort();
}

/**
 * Make sure that what a program would print and end with is one line.
 * @param error what it would print
 */
inline void
CheckIsOneLine(const ProgramError& error)
{
    const std::string text = error.what();
    if (text.empty() || text.find('\n') != std::string::npos)
    {
        TellFinding("an error is to be told in one line, not: " + text);
    }
}

#endif /* FINDING_H */
