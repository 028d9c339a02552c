/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RUN_PROGRAM_H
#define RUN_PROGRAM_H

#include <functional>
#include <string>

/**
 * What the main function of a program does. That its work ends with a ProgramError, by ns-3's
 * aborting or for want of memory is printed as one line on stderr.
 * @param name of the program
 * @param run does its work, and returns its exit status
 * @param argc of main
 * @param argv of main
 * @return the exit status; the program ends by the signal if a StopOnSignal has had one
 */
int RunProgram(const std::string& name,
               const std::function<int(int, char*[])>& run,
               int argc,
               char* argv[]);

#endif /* RUN_PROGRAM_H */
