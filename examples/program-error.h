/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PROGRAM_ERROR_H
#define PROGRAM_ERROR_H

#include "ns3/stop-on-signal.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iostream>
#include <new>
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

/**
 * What the main function of a program does.
 * @param name of the program
 * @param run does its work, and returns its exit status
 * @param argc of main
 * @param argv of main
 * @return the exit status; the program ends by the signal if a StopOnSignal has had one
 */
inline int
RunProgram(const std::string& name,
           const std::function<int(int, char*[])>& run,
           int argc,
           char* argv[])
{
    try
    {
        const auto status = run(argc, argv);
        if (const auto signal = ns3::StopOnSignal::GetSignal())
        {
            std::cerr << name << ": " << strsignal(signal)
                      << ": what it has printed and written is of the time until then\n";
            ns3::StopOnSignal::EndProgram();
        }
        return status;
    }
    catch (const ProgramError& error)
    {
        std::cerr << name << ": " << error.what() << "\n";
        return EXIT_FAILURE;
    }
    catch (const std::bad_alloc&)
    {
        std::cerr << name << ": there is not enough memory for as much as the options ask for\n";
        return EXIT_FAILURE;
    }
}

#endif /* PROGRAM_ERROR_H */
