/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "example-options.h"

#include "ns3/config.h"
#include "ns3/global-value.h"
#include "ns3/ipv4-address.h"
#include "ns3/ipv6-address.h"
#include "ns3/string.h"
#include "ns3/type-id.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iostream>
#include <limits>
#include <map>
#include <sstream>

namespace po = boost::program_options;

namespace
{

/// Parse a number with a unit, from min to max in the base unit.
double
ParseQuantity(const std::string& text,
              const std::map<std::string, double>& units,
              double min,
              double max,
              const std::string& expected)
{
    const auto end = std::min(text.find_first_not_of("0123456789."), text.size());
    std::istringstream number(text.substr(0, end));
    const auto unit = units.find(text.substr(end));
    double value = 0;
    if (!(number >> value) || !number.eof() || unit == units.end() || value * unit->second < min ||
        value * unit->second > max)
    {
        throw ExampleError("'" + text + "' is not " + expected);
    }
    return value * unit->second;
}

uint64_t
ParseNumber(const std::string& text, uint64_t min, uint64_t max)
{
    const auto expected =
        "a whole number from " + std::to_string(min) + " to " + std::to_string(max);
    const auto number = ParseQuantity(text,
                                      {{"", 1}, {"k", 1e3}, {"M", 1e6}, {"G", 1e9}},
                                      static_cast<double>(min),
                                      static_cast<double>(max),
                                      expected);
    if (number != std::floor(number))
    {
        throw ExampleError("'" + text + "' is not " + expected);
    }
    return static_cast<uint64_t>(number);
}

ns3::Time
ParseTime(const std::string& text)
{
    ParseQuantity(
        text,
        {{"", 1}, {"h", 3600}, {"min", 60}, {"s", 1}, {"ms", 1e-3}, {"us", 1e-6}, {"ns", 1e-9}},
        1e-9,
        86400,
        "a time from 1ns to 24h, such as 200ms, or 0.2 in seconds");
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
    throw ExampleError("'" + text + "' is not an IPv4 or IPv6 unicast address");
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
        throw ExampleError("ns-3 has no attribute " + attribute);
    }
    return info;
}

/// Return what an attribute takes, for messages.
std::string
GetTaken(const ns3::AttributeChecker& checker)
{
    const auto type = checker.GetValueTypeName();
    if (type == "ns3::TimeValue")
    {
        return "a time with a unit, such as 5ms";
    }
    if (type == "ns3::DoubleValue")
    {
        return "a number, such as 0.01 for 1 %: " + checker.GetUnderlyingTypeInformation();
    }
    if (type == "ns3::PointerValue")
    {
        return "an object, such as ns3::ConstantRandomVariable[Constant=0.005]";
    }
    return checker.HasUnderlyingTypeInformation() ? checker.GetUnderlyingTypeInformation() : type;
}

/// Tell whether ns-3 would abort on a text, or end in std::bad_alloc, instead of refusing it.
bool
IsFatal(const ns3::AttributeChecker& checker, const std::string& text)
{
    const auto type = checker.GetValueTypeName();
    const auto end = std::min(text.find_first_not_of("+-0123456789.e"), text.size());
    std::istringstream number(text.substr(0, end));
    double unused = 0;
    const bool isNumber = number >> unused && number.eof();
    if (type == "ns3::TimeValue")
    {
        const std::string units = " s ms us ns ps fs min h d y ";
        return !isNumber ||
               (end < text.size() && units.find(" " + text.substr(end) + " ") == std::string::npos);
    }
    return (type == "ns3::DoubleValue" && (!isNumber || end < text.size())) ||
           (type == "ns3::PointerValue" && text.compare(0, 5, "ns3::") != 0);
}

void
SetAttributeDefault(const std::string& attribute,
                    const std::string& text,
                    uint64_t min = 0,
                    uint64_t max = std::numeric_limits<int64_t>::max())
{
    const auto info = GetAttribute(attribute);
    const bool isNumber = info.checker->GetValueTypeName() == "ns3::UintegerValue";
    // ns-3 aborts on what is no number.
    const auto value = isNumber ? std::to_string(ParseNumber(text, min, max)) : text;
    if (IsFatal(*info.checker, text) ||
        !ns3::Config::SetDefaultFailSafe(attribute, ns3::StringValue(value)))
    {
        throw ExampleError(attribute + " cannot be '" + text + "'; it takes " +
                           GetTaken(*info.checker));
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

} // namespace

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
                throw ExampleError("it needs a value");
            }
            parse(text);
        }
        catch (const ExampleError& error)
        {
            throw ExampleError("--" + name + ": " + error.what());
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
ExampleOptions::AddFile(const std::string& name, std::string& variable, const std::string& help)
{
    Add(name, "FILE", help, [&variable](const auto& text) {
        CheckWritable(text);
        variable = text;
    });
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
ExampleOptions::AddSwitch(const std::string& name, bool& variable, const std::string& help)
{
    m_options.add_options()(name.c_str(), po::bool_switch(&variable), help.c_str());
}

void
ExampleOptions::AddAttribute(const std::string& name,
                             const std::string& attribute,
                             const std::string& help,
                             uint64_t min,
                             uint64_t max)
{
    const auto info = GetAttribute(attribute);
    Add(name,
        "VALUE",
        help + " (" + info.initialValue->SerializeToString(info.checker) + " unless given)",
        [=](const auto& text) { SetAttributeDefault(attribute, text, min, max); });
}

void
ExampleOptions::SetPositional(const std::string& name)
{
    m_positional = name;
}

bool
ExampleOptions::Read(int argc, char* argv[])
{
    // Without guessing: an abbreviation would become ambiguous when an option is added.
    const auto style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
    try
    {
        auto parsed = po::command_line_parser(argc, argv)
                          .options(m_options)
                          .style(style)
                          .allow_unregistered()
                          .run();
        for (auto& option : parsed.options)
        {
            option.string_key = option.string_key.empty() ? m_positional : option.string_key;
        }
        SetNs3Values(parsed);
        po::variables_map values;
        po::store(parsed, values);
        if (values.count("help") > 0)
        {
            std::cout << m_usage << '\n' << m_options << '\n' << m_examples << std::flush;
            return false;
        }
        if (values.count("config") > 0)
        {
            ReadConfig(values["config"].as<std::string>(), values);
            // Again: the command line wins.
            SetNs3Values(parsed);
        }
        po::notify(values);
    }
    catch (const po::error& error)
    {
        throw ExampleError(error.what());
    }
    return true;
}

void
ExampleOptions::ReadConfig(const std::string& path, po::variables_map& values) const
{
    std::ifstream file(path);
    // A directory can be opened, but not read.
    if (!file || (file.peek(), file.bad()))
    {
        throw ExampleError("--config: cannot read '" + path + "': " + std::strerror(errno));
    }
    try
    {
        const auto parsed = po::parse_config_file(file, m_options, true);
        po::store(parsed, values);
        SetNs3Values(parsed);
    }
    catch (const std::exception& error)
    {
        throw ExampleError("--config: '" + path + "': " + error.what());
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
            throw ExampleError("'" + option.value.front() + "' is not an option; see --help");
        }
        if (!option.unregistered)
        {
            continue;
        }
        if (option.value.empty())
        {
            RefuseUnknown(name);
        }
        if (name.find("::") != std::string::npos)
        {
            SetAttributeDefault(name, option.value.front());
        }
        else if (!ns3::Config::SetGlobalFailSafe(name, ns3::StringValue(option.value.front())))
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
            throw ExampleError("--" + bare + ": did you mean --" + option->long_name() + "?");
        }
    }
    throw ExampleError("--" + bare +
                       ": there is no such option, or it cannot have this value; see --help (a "
                       "value of ns-3's follows after '=')");
}
