/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PROGRAM_ERROR_H
#define PROGRAM_ERROR_H

#include "ns3/stop-on-signal.h"

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
    using std::runtime_error::runtime_error;
};

/**
 * What the main function of a program does.
 * \param name of the program
 * \param run does its work, and returns its exit status
 * \param argc of main
 * \param argv of main
 * \return the exit status; the program ends by the signal if a StopOnSignal has had one
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
