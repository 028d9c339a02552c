/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * What the example programs do with a command line and a file for --config before they simulate
 * anything: they take it, or say in one line why not. ns-3 is not to end the program for them.
 *
 * The input is text: a letter that stands for the program, arguments, one a line, an empty line,
 * and what is in the file.
 */

#include "../examples/blackhole-rtbh-options.h"
#include "../examples/lo-impaired-options.h"
#include "../examples/lo-outage-options.h"
#include "../examples/lo-ping-options.h"
#include "../examples/lo-replay-options.h"
#include "../examples/lo-tcp-options.h"
#include "finding.h"
#include "temporary-folder.h"

#include "ns3/config.h"
#include "ns3/simulator.h"

#include <cstdint>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

/// Where to get what is in the file for --config.
const TemporaryFolder&
Folder()
{
    static const TemporaryFolder folder;
    return folder;
}

/// A command line as main gets it.
class CommandLine
{
  public:
    explicit CommandLine(std::istream& input)
    {
        std::string line;
        while (std::getline(input, line) && !line.empty())
        {
            m_arguments.emplace_back(line.c_str()); // up to a NUL, as from the kernel
        }
        const std::string config{std::istreambuf_iterator<char>(input),
                                 std::istreambuf_iterator<char>()};
        if (!config.empty())
        {
            m_arguments.push_back("--config=" + Folder().Write("config", config));
        }
        m_pointers.push_back(m_program.data());
        for (auto& argument : m_arguments)
        {
            m_pointers.push_back(argument.data());
        }
        m_pointers.push_back(nullptr);
    }

    int GetCount() const
    {
        return static_cast<int>(m_pointers.size()) - 1;
    }

    char** Get()
    {
        return m_pointers.data();
    }

  private:
    std::string m_program{"program"};
    std::vector<std::string> m_arguments;
    std::vector<char*> m_pointers;
};

/**
 * What all programs begin with. ns-3's own defaults count no more after it: what ns-3 makes of them
 * when it simulates is not the programs'.
 * @return whether the program is to go on
 */
template <typename Options>
bool
Read(Options& options, CommandLine& line)
{
    const bool goOn = options.Read(line.GetCount(), line.Get());
    Config::Reset();
    return goOn;
}

template <typename Options>
void
ReadForHost(CommandLine& line)
{
    Options options;
    if (Read(options, line))
    {
        MakeLoopbackHost(options.host);
    }
}

template <typename Options>
void
ReadForTcp(CommandLine& line)
{
    Options options;
    if (Read(options, line))
    {
        options.tcp.Apply();
        MakeLoopbackHost(options.host);
    }
}

void
ReadForImpairment(CommandLine& line)
{
    LoImpairedOptions options;
    if (options.Read(line.GetCount(), line.Get()))
    {
        options.impairment.Apply();
    }
}

template <typename Options>
void
ReadOnly(CommandLine& line)
{
    Options options;
    Read(options, line);
}

void
Run(char program, CommandLine& line)
{
    switch (program)
    {
    case 'p':
        return ReadForHost<LoPingOptions>(line);
    case 't':
        return ReadForTcp<LoTcpOptions>(line);
    case 'o':
        return ReadForTcp<LoOutageOptions>(line);
    case 'i':
        return ReadForImpairment(line);
    case 'b':
        return ReadOnly<BlackholeRtbhOptions>(line);
    default:
        return ReadOnly<LoReplayOptions>(line);
    }
}

} // namespace

extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    if (size == 0)
    {
        return 0;
    }
    std::istringstream input({data + 1, data + size});
    CommandLine line(input);
    std::ostringstream printed;
    const auto output = std::cout.rdbuf(printed.rdbuf());
    try
    {
        Run(static_cast<char>(data[0]), line);
    }
    catch (const ProgramError& error)
    {
        CheckIsOneLine(error);
    }
    std::cout.rdbuf(output);
    Simulator::Destroy();
    Config::Reset();
    return 0;
}
