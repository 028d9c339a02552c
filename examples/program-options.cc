/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "program-options.h"

#include "ns3-value.h"
#include "option-value.h"
#include "program-error.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

namespace po = boost::program_options;

namespace
{

/// An option whose value is text until it is known whether the command line's or the file's counts.
po::typed_value<std::string>*
MakeValue(const char* placeholder)
{
    return po::value<std::string>()->value_name(placeholder);
}

/// Takes what stands on the command line and is no option.
constexpr auto STRAY = "stray";

void
CheckNoStray(const po::variables_map& values)
{
    if (values.count(STRAY) > 0)
    {
        throw ProgramError("'" + values[STRAY].as<std::vector<std::string>>().front() +
                           "' is neither an option nor expected; see --help");
    }
}

/**
 * Boost puts what the user wrote into its message, and then puts it into that again for as long as
 * it has a placeholder in it, such as %canonical_option%.
 */
std::string
Describe(const po::error& error)
{
    if (const auto* withName = dynamic_cast<const po::error_with_option_name*>(&error))
    {
        const auto name = withName->get_option_name();
        if (name.find('%') != std::string::npos)
        {
            return name + ": there is no such option; see --help";
        }
    }
    return error.what();
}

/// What Boost does not know is ns-3's.
void
SetNs3Values(const po::parsed_options& parsed)
{
    for (const auto& option : parsed.options)
    {
        if (!option.unregistered)
        {
            continue;
        }
        if (option.value.empty())
        {
            const auto dashes = option.string_key[0] == '-' ? "" : "--";
            throw ProgramError(dashes + option.string_key +
                               ": there is no such option, or its value is to follow after '='");
        }
        SetNs3Value(option.string_key, option.value.front());
    }
}

} // namespace

ProgramOptions::ProgramOptions(const std::string& usage, const std::string& examples)
    : m_usage(usage),
      m_examples(examples),
      m_options("Options", 100)
{
}

void
ProgramOptions::AddInteger(const std::string& name,
                           uint64_t& variable,
                           uint64_t min,
                           uint64_t max,
                           const std::string& help)
{
    const auto parse = [&variable, name, min, max](const std::string& text) {
        variable = ParseInteger(name, text, min, max);
    };
    m_options.add_options()(name.c_str(), MakeValue("N")->notifier(parse), help.c_str());
}

void
ProgramOptions::AddBytes(const std::string& name,
                         uint64_t& variable,
                         uint64_t min,
                         uint64_t max,
                         const std::string& help)
{
    const auto parse = [&variable, name, min, max](const std::string& text) {
        variable = ParseBytes(name, text, min, max);
    };
    m_options.add_options()(name.c_str(), MakeValue("BYTES")->notifier(parse), help.c_str());
}

void
ProgramOptions::AddRate(const std::string& name,
                        uint64_t& variable,
                        uint64_t min,
                        uint64_t max,
                        const std::string& help)
{
    const auto parse = [&variable, name, min, max](const std::string& text) {
        variable = ParseBytes(name, text, min, max);
    };
    m_options.add_options()(name.c_str(), MakeValue("BIT/S")->notifier(parse), help.c_str());
}

void
ProgramOptions::AddTime(const std::string& name, ns3::Time& variable, const std::string& help)
{
    const auto parse = [&variable, name](const std::string& text) {
        variable = ParseTime(name, text);
    };
    m_options.add_options()(name.c_str(), MakeValue("TIME")->notifier(parse), help.c_str());
}

void
ProgramOptions::AddText(const std::string& name,
                        const std::string& placeholder,
                        std::string& variable,
                        const std::string& help)
{
    const auto take = [&variable, name](const std::string& text) {
        if (text.empty())
        {
            throw ProgramError("--" + name + ": it needs a value that is not empty");
        }
        variable = text;
    };
    m_options.add_options()(name.c_str(),
                            MakeValue(placeholder.c_str())->notifier(take),
                            help.c_str());
}

void
ProgramOptions::AddPlot(std::string& prefix)
{
    AddText("plot",
            "PREFIX",
            prefix,
            "write PREFIX.plt, of which gnuplot makes the picture PREFIX.png");
}

void
ProgramOptions::AddSwitch(const std::string& name, bool& variable, const std::string& help)
{
    const auto parse = [&variable, name](const std::string& text) {
        variable = ParseBoolean(name, text);
    };
    const auto value = po::value<std::string>()->zero_tokens()->implicit_value("true");
    m_options.add_options()(name.c_str(), value->notifier(parse), help.c_str());
}

void
ProgramOptions::RefuseBoth(const std::string& name,
                           const std::string& type,
                           const std::string& attribute)
{
    m_rivals.push_back({name, type, attribute, true});
}

void
ProgramOptions::RefuseAttribute(const std::string& name,
                                const std::string& type,
                                const std::string& attribute)
{
    m_rivals.push_back({name, type, attribute, false});
}

void
ProgramOptions::SetPositional(const std::string& name)
{
    m_positional = name;
}

bool
ProgramOptions::Read(int argc, char* argv[])
{
    auto shown = m_options;
    shown.add_options()("config",
                        po::value<std::string>()->value_name("FILE"),
                        "read options from FILE, one a line as NAME=VALUE; the command line wins");
    shown.add_options()("help,h", "print this help and exit");
    auto all = shown;
    all.add_options()(STRAY, po::value<std::vector<std::string>>());
    try
    {
        const auto parsed = ParseCommandLine(argc, argv, all);
        po::variables_map values;
        po::store(parsed, values);
        if (values.count("help") > 0)
        {
            std::cout << m_usage << "\n" << shown << "\n" << m_examples;
            return false;
        }
        if (values.count("config") > 0)
        {
            ReadConfig(values["config"].as<std::string>(), values);
        }
        SetNs3Values(parsed);
        CheckNoStray(values);
        CheckRivals(values);
        po::notify(values);
    }
    catch (const po::error& error)
    {
        throw ProgramError(Describe(error));
    }
    return true;
}

void
ProgramOptions::CheckRivals(const po::variables_map& values) const
{
    for (const auto& rival : m_rivals)
    {
        if (!IsNs3DefaultGiven(rival.type, rival.attribute))
        {
            continue;
        }
        const auto attribute = "--" + rival.type + "::" + rival.attribute;
        if (!rival.alone)
        {
            throw ProgramError(attribute + ": use --" + rival.option);
        }
        if (values.count(rival.option) > 0)
        {
            throw ProgramError("--" + rival.option + ": " + attribute + " is given too");
        }
    }
}

po::parsed_options
ProgramOptions::ParseCommandLine(int argc,
                                 char* argv[],
                                 const po::options_description& options) const
{
    po::positional_options_description positional;
    if (!m_positional.empty())
    {
        positional.add(m_positional.c_str(), 1);
    }
    positional.add(STRAY, -1);
    // An abbreviation that is clear today would be ambiguous when an option is added.
    const auto style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
    return po::command_line_parser(argc, argv)
        .options(options)
        .positional(positional)
        .style(style)
        .allow_unregistered()
        .run();
}

void
ProgramOptions::ReadConfig(const std::string& path, po::variables_map& values) const
{
    std::ifstream file(path);
    // A directory opens, and only a read tells.
    if (!file || (file.peek(), file.bad()))
    {
        throw ProgramError("--config: can not read '" + path + "': " + std::strerror(errno));
    }
    try
    {
        const auto parsed = po::parse_config_file(file, m_options, true);
        po::store(parsed, values);
        SetNs3Values(parsed);
    }
    catch (const po::invalid_config_file_syntax& error)
    {
        throw ProgramError("--config: '" + path + "': '" + error.tokens() +
                           "' is not a line such as NAME=VALUE");
    }
    catch (const po::error& error)
    {
        throw ProgramError("--config: '" + path + "': " + Describe(error));
    }
    catch (const ProgramError& error)
    {
        throw ProgramError("--config: '" + path + "': " + error.what());
    }
}
