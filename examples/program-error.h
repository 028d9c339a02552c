/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PROGRAM_ERROR_H
#define PROGRAM_ERROR_H

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <string>

/**
 * What a program can not go on from. Its text is one line for the user, that names the option or
 * the file, and is all that the program prints on stderr.
 */
class ProgramError : public std::runtime_error
{
  public:
    /**
     * @param text what to tell the user; a control character in it, from the name of a file or
     * the value of an option, is shown as '?'
     */
    explicit ProgramError(const std::string& text)
        : std::runtime_error(ToOneLine(text))
    {
    }

  private:
    static std::string ToOneLine(std::string text)
    {
        const auto isControl = [](unsigned char c) { return std::iscntrl(c) != 0; };
        std::replace_if(text.begin(), text.end(), isControl, '?');
        return text;
    }
};

#endif /* PROGRAM_ERROR_H */
