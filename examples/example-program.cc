/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "example-program.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace
{

/// The signal that stopped the last simulation, or 0.
volatile std::sig_atomic_t g_signal = 0;

/// Simulator::Stop only sets a flag, but it creates a simulator if there is none.
volatile std::sig_atomic_t g_hasSimulator = 0;

void
Stop(int signal)
{
    g_signal = signal;
    if (g_hasSimulator != 0)
    {
        ns3::Simulator::Stop();
    }
}

/// Simulator::Run forgets a stop that came before it.
void
StopIfSignalled()
{
    if (g_signal != 0)
    {
        ns3::Simulator::Stop();
    }
}

void
ForgetSimulator()
{
    g_hasSimulator = 0;
}

void
PrintError(const std::string& name, std::string text)
{
    // A file's name may have line ends.
    const auto isControl = [](unsigned char c) { return std::iscntrl(c) != 0; };
    std::replace_if(text.begin(), text.end(), isControl, '?');
    std::cerr << name << ": " << text << '\n';
}

[[noreturn]] void
RefuseToWrite(const std::string& path, const std::string& reason)
{
    throw ExampleError("cannot write '" + path + "': " + reason);
}

} // namespace

int
RunExample(const std::string& name, const std::function<int()>& run)
{
    int status = EXIT_FAILURE;
    try
    {
        status = run();
        if (!std::cout.flush())
        {
            throw ExampleError("cannot write standard output");
        }
    }
    catch (const std::exception& error)
    {
        PrintError(name, error.what());
        return EXIT_FAILURE;
    }
    if (const int signal = g_signal)
    {
        PrintError(name,
                   std::string(strsignal(signal)) + ": the results are of the time until then");
        std::signal(signal, SIG_DFL);
        std::raise(signal);
    }
    return status;
}

StopOnSignal::StopOnSignal()
{
    g_signal = 0;
    g_hasSimulator = 1;
    ns3::Simulator::ScheduleNow(&StopIfSignalled);
    ns3::Simulator::ScheduleDestroy(&ForgetSimulator);
    struct sigaction action = {};
    action.sa_handler = &Stop;
    action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
    for (auto [signal, before] : {std::pair(SIGINT, &m_interrupt), {SIGTERM, &m_terminate}})
    {
        sigaction(signal, &action, before);
        if (before->sa_handler == SIG_IGN)
        {
            std::signal(signal, SIG_IGN);
        }
    }
}

StopOnSignal::~StopOnSignal()
{
    sigaction(SIGINT, &m_interrupt, nullptr);
    sigaction(SIGTERM, &m_terminate, nullptr);
}

int
StopOnSignal::GetSignal()
{
    return g_signal;
}

void
CheckWritable(const std::string& path)
{
    const auto status = std::filesystem::status(path);
    const bool isThere = std::filesystem::exists(status);
    // Opening a pipe would wait for its reader.
    if (path.empty() || path == "-" ||
        (isThere && !std::filesystem::is_regular_file(status) &&
         !std::filesystem::is_directory(status)))
    {
        return;
    }
    if (!std::ofstream(path, std::ios::app))
    {
        RefuseToWrite(path, std::strerror(errno));
    }
    if (!isThere)
    {
        std::filesystem::remove(path);
    }
}

OutputFile::OutputFile(const std::string& path)
    : m_path(path)
{
    CheckWritable(path);
}

std::ostream&
OutputFile::GetStream()
{
    return m_text;
}

void
OutputFile::Close()
{
    if (m_path.empty())
    {
        return;
    }
    if (m_path == "-")
    {
        std::cout << m_text.str();
        return;
    }
    std::ofstream file(m_path);
    file << m_text.str();
    file.close();
    if (!file)
    {
        const std::string reason = std::strerror(errno);
        if (std::filesystem::is_regular_file(m_path))
        {
            std::filesystem::remove(m_path);
        }
        RefuseToWrite(m_path, reason);
    }
}

std::ostream&
GetReport(std::initializer_list<std::string> paths)
{
    const auto count = std::count(paths.begin(), paths.end(), "-");
    if (count > 1)
    {
        throw ExampleError("standard output (-) has room for one file only");
    }
    return count > 0 ? std::cerr : std::cout;
}

void
MarkPeriod(ns3::Gnuplot& plot,
           ns3::Time from,
           ns3::Time to,
           const std::string& color,
           const std::string& text)
{
    std::ostringstream area;
    area << "set object rectangle from " << from.GetSeconds() << ", graph 0 to " << to.GetSeconds()
         << ", graph 1 behind fs solid noborder fc rgb '" << color << "'\nset label '" << text
         << "' at " << from.GetSeconds() << ", graph 0.96 offset 0.5, 0";
    plot.AppendExtra(area.str());
}
