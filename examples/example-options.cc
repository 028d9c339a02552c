/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "example-options.h"

#include "ns3/config.h"
#include "ns3/ipv4-address.h"
#include "ns3/ipv6-address.h"
#include "ns3/string.h"
#include "ns3/type-id.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace fs = std::filesystem;
namespace po = boost::program_options;

namespace
{

/// Return a number with a unit in the base unit, or -1 if a text is none.
double
ParseQuantity(const std::string& text, const std::map<std::string, double>& units)
{
    static const std::regex form("([0-9]*\\.?[0-9]+)([A-Za-z]*)");
    std::smatch parts;
    if (!std::regex_match(text, parts, form) || units.count(parts[2]) == 0)
    {
        return -1;
    }
    return std::strtod(parts.str(1).c_str(), nullptr) * units.at(parts[2]);
}

uint64_t
ParseNumber(const std::string& text, uint64_t min, uint64_t max)
{
    const auto number = ParseQuantity(text, {{"", 1}, {"k", 1e3}, {"M", 1e6}, {"G", 1e9}});
    if (number < static_cast<double>(min) || number > static_cast<double>(max) ||
        number != std::floor(number))
    {
        throw std::runtime_error("'" + text + "' is not a whole number from " +
                                 std::to_string(min) + " to " + std::to_string(max));
    }
    return static_cast<uint64_t>(number);
}

ns3::Time
ParseTime(const std::string& text)
{
    const auto seconds = ParseQuantity(
        text,
        {{"", 1}, {"h", 3600}, {"min", 60}, {"s", 1}, {"ms", 1e-3}, {"us", 1e-6}, {"ns", 1e-9}});
    if (seconds < 1e-9 || seconds > 86400)
    {
        throw std::runtime_error(
            "'" + text + "' is not a time from 1ns to 24h, such as 200ms, or 0.2 in seconds");
    }
    return ns3::Time(text);
}

/// ns-3 aborts on a text that is no address.
ns3::Address
ParseAddress(const std::string& text)
{
    in6_addr unused{};
    if (inet_pton(AF_INET, text.c_str(), &unused) == 1)
    {
        const ns3::Ipv4Address ipv4(text.c_str());
        if (!ipv4.IsMulticast() && !ipv4.IsBroadcast() && !ipv4.IsAny())
        {
            return ipv4;
        }
    }
    else if (inet_pton(AF_INET6, text.c_str(), &unused) == 1)
    {
        const ns3::Ipv6Address ipv6(text.c_str());
        if (!ipv6.IsMulticast() && !ipv6.IsAny() && !ipv6.IsIpv4MappedAddress())
        {
            return ipv6;
        }
    }
    throw std::runtime_error("'" + text + "' is not an IPv4 or IPv6 unicast address");
}

ns3::TypeId::AttributeInformation
GetAttribute(const std::string& attribute)
{
    const auto separator = std::min(attribute.rfind("::"), attribute.size());
    ns3::TypeId type;
    ns3::TypeId::AttributeInformation info;
    if (!ns3::TypeId::LookupByNameFailSafe(attribute.substr(0, separator), &type) ||
        !type.LookupAttributeByName(attribute.substr(separator + 2), &info))
    {
        throw std::runtime_error("ns-3 has no attribute " + attribute);
    }
    return info;
}

void
SetAttributeDefault(const std::string& attribute, const std::string& text)
{
    // On other texts ns-3 aborts, or ends in std::bad_alloc, instead of refusing them.
    static const struct
    {
        const char* type;
        const char* form;
        const char* name;
    } forms[]{{"ns3::UintegerValue", "[0-9]+", "a whole number: "},
              {"ns3::DoubleValue", "[-+.0-9]+(e[-+0-9]+)?", "a number, such as 0.01 for 1 %: "},
              {"ns3::TimeValue", "[-+.0-9]+([munpf]?s|min|h|d|y)?", "a time, such as 5ms: "},
              {"ns3::PointerValue",
               "ns3::.*",
               "an object, such as ns3::ConstantRandomVariable[Constant=0.005]: "},
              {"", ".*", ""}};

    const auto checker = GetAttribute(attribute).checker;
    const auto* form = forms;
    while (*form->type != '\0' && form->type != checker->GetValueTypeName())
    {
        ++form;
    }
    if (!std::regex_match(text, std::regex(form->form)) ||
        !ns3::Config::SetDefaultFailSafe(attribute, ns3::StringValue(text)))
    {
        throw std::runtime_error(attribute + " cannot be '" + text + "'; it takes " + form->name +
                                 (checker->HasUnderlyingTypeInformation()
                                      ? checker->GetUnderlyingTypeInformation()
                                      : checker->GetValueTypeName()));
    }
}

/// Tell whether two words differ by one letter, or two neighbours, in one place.
bool
IsSimilar(const std::string& a, const std::string& b)
{
    const auto front = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
    const auto back = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend()).first - a.rbegin();
    const auto longer = static_cast<std::ptrdiff_t>(std::max(a.size(), b.size()));
    const auto shorter = static_cast<std::ptrdiff_t>(std::min(a.size(), b.size()));
    return std::min(front + back, shorter) + (a.size() == b.size() ? 2 : 1) >= longer;
}

[[noreturn]] void
RefuseToWrite(const std::string& path, int error)
{
    throw std::runtime_error("cannot write '" + path + "': " + std::strerror(error));
}

} // namespace

void
WriteFile(const std::string& path, const std::string& text)
{
    if (path.empty())
    {
        return;
    }
    if (path == "-")
    {
        std::cout << text;
        return;
    }
    std::ofstream file(path);
    file << text;
    file.close();
    if (!file)
    {
        const int error = errno;
        if (fs::is_regular_file(path))
        {
            fs::remove(path);
        }
        RefuseToWrite(path, error);
    }
}

void
CheckWritable(const std::string& path)
{
    const auto status = fs::status(path);
    // Opening a pipe would wait for its reader.
    if (path.empty() || path == "-" || fs::is_other(status))
    {
        return;
    }
    if (!std::ofstream(path, std::ios::app))
    {
        RefuseToWrite(path, errno);
    }
    if (!fs::exists(status))
    {
        fs::remove(path);
    }
}

ExampleOptions::ExampleOptions(const std::string& usage, const std::string& examples)
    : m_usage(usage),
      m_examples(examples),
      m_options("Options", 100)
{
    m_options.add_options()("config",
                            po::value<std::string>()->value_name("FILE"),
                            "read options from FILE, one NAME=VALUE per line; the command line "
                            "wins");
    m_options.add_options()("help,h", "print this help and exit");
}

void
ExampleOptions::Add(const std::string& name,
                    const std::string& placeholder,
                    const std::string& help,
                    const std::function<void(const std::string&)>& parse)
{
    const auto parseNamed = [name, parse](const std::string& text) {
        try
        {
            if (text.empty())
            {
                throw std::runtime_error("it needs a value");
            }
            parse(text);
        }
        catch (const std::exception& error)
        {
            throw std::runtime_error("--" + name + ": " + error.what());
        }
    };
    m_options.add_options()(name.c_str(),
                            po::value<std::string>()->value_name(placeholder)->notifier(parseNamed),
                            help.c_str());
}

void
ExampleOptions::AddNumber(const std::string& name,
                          uint64_t& variable,
                          uint64_t min,
                          uint64_t max,
                          const std::string& help)
{
    Add(name,
        "N",
        help + " (" + std::to_string(variable) + " unless given)",
        [&variable, min, max](const auto& text) { variable = ParseNumber(text, min, max); });
}

void
ExampleOptions::AddTime(const std::string& name, ns3::Time& variable, const std::string& help)
{
    std::ostringstream initial;
    initial << variable.GetSeconds();
    Add(name,
        "TIME",
        help + " (" + initial.str() + "s unless given)",
        [&variable](const auto& text) { variable = ParseTime(text); });
}

void
ExampleOptions::AddAddress(const std::string& name, ns3::Address& variable, const std::string& help)
{
    Add(name, "ADDRESS", help, [&variable](const auto& text) { variable = ParseAddress(text); });
}

void
ExampleOptions::AddText(const std::string& name,
                        const std::string& placeholder,
                        std::string& variable,
                        const std::string& help)
{
    Add(name, placeholder, help, [&variable](const auto& text) { variable = text; });
}

void
ExampleOptions::AddFile(const std::string& name,
                        std::string& variable,
                        const std::string& help,
                        const std::string& extension)
{
    Add(name, extension.empty() ? "FILE" : "PREFIX", help, [=, &variable](const auto& text) {
        CheckWritable(text + extension);
        if (text == "-" && m_takesStdout)
        {
            throw std::runtime_error("standard output (-) has room for one file only");
        }
        m_takesStdout = m_takesStdout || text == "-";
        variable = text;
    });
}

void
ExampleOptions::AddAttribute(const std::string& name,
                             const std::string& attribute,
                             const std::string& help,
                             uint64_t max)
{
    const auto info = GetAttribute(attribute);
    Add(name,
        "VALUE",
        help + " (" + info.initialValue->SerializeToString(info.checker) + " unless given)",
        [=](const auto& text) {
            if (max > 0)
            {
                ParseNumber(text, 1, max);
            }
            SetAttributeDefault(attribute, text);
        });
}

void
ExampleOptions::SetPositional(const std::string& name)
{
    m_positional = name;
}

std::ostream&
ExampleOptions::GetReport() const
{
    return m_takesStdout ? std::cerr : std::cout;
}

bool
ExampleOptions::Read(int argc, char* argv[])
{
    // Without guessing: an abbreviation would become ambiguous when an option is added.
    const auto style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
    auto parsed = po::command_line_parser(argc, argv)
                      .options(m_options)
                      .style(style)
                      .allow_unregistered()
                      .run();
    for (auto& option : parsed.options)
    {
        option.string_key = option.string_key.empty() ? m_positional : option.string_key;
    }
    po::variables_map values;
    po::store(parsed, values);
    if (values.count("help") > 0)
    {
        std::cout << m_usage << '\n'
                  << m_options
                  << "\nns-3's attributes and global values are options too, here and in FILE:\n"
                     "  --ns3::LoNetDevice::MaxBacklog=1000   --RngRun=3\n\nExamples:\n"
                  << m_examples << std::flush;
        return false;
    }
    if (values.count("config") > 0)
    {
        ReadConfig(values["config"].as<std::string>(), values);
    }
    SetNs3Values(parsed);
    po::notify(values);
    return true;
}

void
ExampleOptions::ReadConfig(const std::string& path, po::variables_map& values) const
{
    std::ifstream file(path);
    // A directory can be opened, but not read.
    if (!file || (file.peek(), file.bad()))
    {
        throw std::runtime_error("--config: cannot read '" + path + "': " + std::strerror(errno));
    }
    try
    {
        const auto parsed = po::parse_config_file(file, m_options, true);
        po::store(parsed, values);
        SetNs3Values(parsed);
    }
    catch (const std::exception& error)
    {
        throw std::runtime_error("--config: '" + path + "': " + error.what());
    }
}

void
ExampleOptions::SetNs3Values(const po::parsed_options& parsed) const
{
    for (const auto& option : parsed.options)
    {
        const auto& name = option.string_key;
        if (name.empty())
        {
            throw std::runtime_error("'" + option.value.front() + "' is not an option; see --help");
        }
        if (!option.unregistered)
        {
            continue;
        }
        if (!option.value.empty() && name.find("::") != std::string::npos)
        {
            SetAttributeDefault(name, option.value.front());
        }
        else if (option.value.empty() ||
                 !ns3::Config::SetGlobalFailSafe(name, ns3::StringValue(option.value.front())))
        {
            RefuseUnknown(name);
        }
    }
}

void
ExampleOptions::RefuseUnknown(const std::string& name) const
{
    const auto bare = name.substr(std::min(name.find_first_not_of('-'), name.size()));
    for (const auto& option : m_options.options())
    {
        if (IsSimilar(bare, option->long_name()))
        {
            throw std::runtime_error("--" + bare + ": did you mean --" + option->long_name() + "?");
        }
    }
    throw std::runtime_error("--" + bare +
                             ": there is no such option, or it cannot have this value; see --help "
                             "(a value of ns-3's follows after '=')");
}
