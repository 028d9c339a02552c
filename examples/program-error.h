/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PROGRAM_ERROR_H
#define PROGRAM_ERROR_H

#include <stdexcept>

/**
 * What a program can not go on from. Its text is one line for the user, that names the option or
 * the file, and is all that the program prints on stderr.
 */
class ProgramError : public std::runtime_error
{
  public:
    using std::runtime_error::runtime_error;
};

#endif /* PROGRAM_ERROR_H */
