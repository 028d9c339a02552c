/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef EXAMPLE_PROGRAM_H
#define EXAMPLE_PROGRAM_H

#include "ns3/gnuplot.h"
#include "ns3/nstime.h"

#include <csignal>
#include <functional>
#include <initializer_list>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>

/**
 * @file
 * How a program of examples/ runs and writes its files.
 *
 * @code
 *   int main(int argc, char* argv[])
 *   {
 *       return RunExample("lo-ping", [&] {
 *           ... // read options
 *           OutputFile plot(plotPath); // an ExampleError now, not after the run
 *           ... // build the topology
 *           const StopOnSignal stop;
 *           Simulator::Run();
 *           GetReport({plotPath}) << ...;
 *           plot.GetStream() << ...;
 *           Simulator::Destroy();
 *           plot.Close();
 *           return EXIT_SUCCESS;
 *       });
 *   }
 * @endcode
 */

/// An error to report to the user in one line that names the option or the file.
class ExampleError : public std::runtime_error
{
  public:
    using std::runtime_error::runtime_error;
};

/**
 * Run a program. An exception is printed as one line on stderr. After a signal that StopOnSignal
 * has caught, the program ends by that signal.
 * @param name the program
 * @param run does the work, and returns the exit status
 * @return the exit status
 */
int RunExample(const std::string& name, const std::function<int()>& run);

/**
 * A guard that lets SIGINT (Ctrl-C) and SIGTERM stop the simulation, not the program.
 *
 * The signal has the effect of Simulator::Stop: the program goes on after Simulator::Run, prints
 * its results and closes its files. A second signal ends the program. An ignored signal, as under
 * nohup, stays ignored. Create one per simulation, before Simulator::Run, and only one at a time.
 */
class StopOnSignal
{
  public:
    StopOnSignal();
    ~StopOnSignal();

    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;

    /**
     * @return the signal that stopped the last simulation, or 0
     */
    static int GetSignal();

  private:
    struct sigaction m_interrupt = {}; //!< what SIGINT did before
    struct sigaction m_terminate = {}; //!< what SIGTERM did before
};

/**
 * Throw an ExampleError unless a file can be written. The file stays as it is.
 * @param path name of the file; nothing is checked if it is empty or "-"
 */
void CheckWritable(const std::string& path);

/**
 * A text file that is written as a whole by Close.
 *
 * Until then the text is in memory, and a file that exists stays as it is. A file that cannot be
 * written is an ExampleError, of the constructor where possible. "-" is stdout; without a name the
 * text is discarded.
 */
class OutputFile
{
  public:
    /**
     * @param path name of the file, "-" or nothing
     */
    explicit OutputFile(const std::string& path);

    /**
     * @return where to write
     */
    std::ostream& GetStream();

    /// Write the file.
    void Close();

  private:
    std::string m_path;        //!< name of the file
    std::ostringstream m_text; //!< the text
};

/**
 * Choose where to print results. Throw an ExampleError if more than one output file is "-".
 * @param paths names of the output files
 * @return stderr if one of the files takes stdout, otherwise stdout
 */
std::ostream& GetReport(std::initializer_list<std::string> paths);

/**
 * Mark a period in a plot over time.
 * @param plot the plot
 * @param from when the period begins
 * @param to when it ends
 * @param color the background, as #rrggbb
 * @param text what the period is
 */
void MarkPeriod(ns3::Gnuplot& plot,
                ns3::Time from,
                ns3::Time to,
                const std::string& color,
                const std::string& text);

#endif /* EXAMPLE_PROGRAM_H */
