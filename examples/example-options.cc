/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "example-options.h"

#include "ns3/core-module.h"
#include "ns3/network-module.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <stdexcept>

using namespace ns3;
namespace fs = std::filesystem;
namespace po = boost::program_options;

namespace
{

/// Return the value of a text. Throw unless an attribute's checker accepts it.
Ptr<AttributeValue>
Parse(const std::string& text, const Ptr<const AttributeChecker>& checker)
{
    // On other texts ns-3 aborts, or ends in std::bad_alloc, instead of refusing them.
    static const std::string number = "[-+]?[0-9]*\\.?[0-9]+(e[-+]?[0-9]+)?";
    static const std::map<std::string, std::pair<std::string, std::string>> forms{
        {"ns3::UintegerValue", {"[0-9]+[kMG]?", "a whole number, such as 1500 or 64k: "}},
        {"ns3::DoubleValue", {number, "a number, such as 0.01 for 1 %: "}},
        {"ns3::TimeValue", {number + "([munpf]?s|min|h|d|y)?", "a time, such as 5ms: "}},
        {"ns3::PointerValue",
         {"ns3::[\\w:]+(\\[.*\\])?",
          "an object, such as ns3::ConstantRandomVariable[Constant=0.005]: "}}};

    const auto type = checker->GetValueTypeName();
    const auto form = forms.find(type);
    auto plain = text;
    if (type == "ns3::UintegerValue")
    {
        plain = std::regex_replace(plain, std::regex("k$"), "000");
        plain = std::regex_replace(plain, std::regex("M$"), "000000");
        plain = std::regex_replace(plain, std::regex("G$"), "000000000");
    }
    const bool hasForm =
        form == forms.end() || std::regex_match(text, std::regex(form->second.first));
    const auto value = hasForm ? checker->CreateValidValue(StringValue(plain)) : nullptr;
    if (!value)
    {
        throw std::runtime_error("cannot be '" + text + "'; it takes " +
                                 (form != forms.end() ? form->second.second : "") +
                                 (checker->HasUnderlyingTypeInformation()
                                      ? checker->GetUnderlyingTypeInformation()
                                      : type));
    }
    return value;
}

/// Return the address of a text, which may be anything: ns-3 aborts on a text that is no address.
Address
ParseAddress(const std::string& text)
{
    uint8_t bytes[16]{};
    if (inet_pton(AF_INET, text.c_str(), bytes) == 1)
    {
        const auto ipv4 = Ipv4Address::Deserialize(bytes);
        if (!ipv4.IsMulticast() && !ipv4.IsBroadcast() && !ipv4.IsAny())
        {
            return ipv4;
        }
    }
    else if (inet_pton(AF_INET6, text.c_str(), bytes) == 1)
    {
        const auto ipv6 = Ipv6Address::Deserialize(bytes);
        if (!ipv6.IsMulticast() && !ipv6.IsAny() && !ipv6.IsIpv4MappedAddress())
        {
            return ipv6;
        }
    }
    throw std::runtime_error("cannot be '" + text + "'; it takes an IPv4 or IPv6 unicast address");
}

/// The default of an attribute, or a global value.
struct Ns3Value
{
    std::string text;                    //!< the value
    Ptr<const AttributeChecker> checker; //!< accepts new values
};

Ns3Value
GetNs3Value(const std::string& name)
{
    for (auto i = GlobalValue::Begin(); i != GlobalValue::End(); ++i)
    {
        if ((*i)->GetName() == name)
        {
            StringValue value;
            (*i)->GetValue(value);
            return {value.Get(), (*i)->GetChecker()};
        }
    }
    const auto separator = name.rfind("::");
    TypeId type;
    TypeId::AttributeInformation info;
    if (!TypeId::LookupByNameFailSafe(name.substr(0, separator), &type) ||
        !type.LookupAttributeByName(name.substr(separator + 2), &info))
    {
        throw std::runtime_error((name[0] == '-' ? "" : "--") + name +
                                 ": there is no such option, nor such an attribute of ns-3; "
                                 "see --help");
    }
    return {info.initialValue->SerializeToString(info.checker), info.checker};
}

/// Throw if the value of an option names a class with which ns-3 would crash.
void
CheckClass(const std::string& option, const std::string& oldText, const std::string& text)
{
    const auto name = text.substr(0, text.find('['));
    TypeId type;
    const bool isKnown = TypeId::LookupByNameFailSafe(name, &type);
    if (!isKnown && name.rfind("ns3::", 0) == 0)
    {
        throw std::runtime_error("ns-3 has no class '" + name + "'");
    }
    // A simulator or a scheduler. In attributes, the parent that a class names may be wrong.
    TypeId oldType;
    if (option.find("::") == std::string::npos && TypeId::LookupByNameFailSafe(oldText, &oldType) &&
        (!isKnown || !type.IsChildOf(oldType.GetParent())))
    {
        throw std::runtime_error("cannot be '" + text + "'; it takes a class such as " + oldText);
    }
}

void
SetNs3Value(const std::string& name, const Ns3Value& old, const std::string& text)
{
    CheckClass(name, old.text, text);
    const auto value = Parse(text, old.checker);
    if (!Config::SetGlobalFailSafe(name, *value))
    {
        Config::SetDefault(name, *value);
    }
}

/// Pass the value of an option to a function. Put the option's name before what that throws.
void
TakeValue(const std::string& name,
          const std::string& text,
          const std::function<void(const std::string&)>& parse)
{
    try
    {
        if (text.empty())
        {
            throw std::runtime_error("it needs a value, after '='");
        }
        parse(text);
    }
    catch (const std::exception& error)
    {
        throw std::runtime_error("--" + name + ": " + error.what());
    }
}

/// Pass the values of all options that are not the program's own to ns-3.
void
SetNs3Values(const po::parsed_options& parsed)
{
    for (const auto& option : parsed.options)
    {
        const auto& name = option.string_key;
        if (name.empty())
        {
            throw std::runtime_error("'" + option.value.front() + "' is not an option; see --help");
        }
        if (option.unregistered)
        {
            const auto text = option.value.empty() ? "" : option.value.front();
            const auto old = GetNs3Value(name);
            TakeValue(name, text, [&](const auto& value) { SetNs3Value(name, old, value); });
        }
    }
}

/// Return the lines of a file of options. They may begin with --, as on a command line.
std::string
ReadOptions(const std::string& path)
{
    // A device such as /dev/zero does not end.
    constexpr std::streamsize MAX_SIZE = 1000000;
    std::string text(MAX_SIZE + 1, '\0');
    std::ifstream file(path);
    file.read(text.data(), MAX_SIZE + 1);
    // A directory can be opened, but not read.
    if (!file.is_open() || file.bad())
    {
        throw std::runtime_error("cannot read '" + path + "': " + std::strerror(errno));
    }
    if (file.gcount() > MAX_SIZE)
    {
        throw std::runtime_error("'" + path + "' is larger than 1 MB, and no file of options");
    }
    text.resize(static_cast<std::size_t>(file.gcount()));
    return std::regex_replace(text, std::regex("(^|\n)--"), "$1");
}

[[noreturn]] void
RefuseToWrite(const std::string& path, int error)
{
    throw std::runtime_error("cannot write '" + path + "': " + std::strerror(error));
}

} // namespace

OptionValue
Number(uint64_t& variable, uint64_t min, uint64_t max)
{
    return {"N", std::to_string(variable), [&variable, min, max](const auto& text) {
                const auto value = Parse(text, MakeUintegerChecker<uint64_t>(min, max));
                variable = DynamicCast<UintegerValue>(value)->Get();
            }};
}

OptionValue
Duration(Time& variable)
{
    std::ostringstream initial;
    initial << variable.GetSeconds() << 's';
    return {"TIME", initial.str(), [&variable](const auto& text) {
                const auto value = Parse(text, MakeTimeChecker(NanoSeconds(1), Hours(24)));
                variable = DynamicCast<TimeValue>(value)->Get();
            }};
}

OptionValue
UnicastAddress(Address& variable)
{
    return {"ADDRESS", "", [&variable](const auto& text) { variable = ParseAddress(text); }};
}

OptionValue
Text(const std::string& placeholder, std::string& variable)
{
    return {placeholder, variable, [&variable](const auto& text) { variable = text; }};
}

OptionValue
AttributeDefault(const std::string& attribute, uint64_t max)
{
    const auto old = GetNs3Value(attribute);
    return {"VALUE", old.text, [attribute, old, max](const auto& text) {
                if (max > 0)
                {
                    Parse(text, MakeUintegerChecker<uint64_t>(1, max));
                }
                SetNs3Value(attribute, old, text);
            }};
}

void
WriteFile(const std::string& path, const std::string& text)
{
    if (path == "-")
    {
        std::cout << text;
    }
    else if (std::ofstream file(path); !path.empty() && !(file << text << std::flush))
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
    std::error_code ignored; // opening it says the same
    const auto status = fs::status(path, ignored);
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
        fs::remove(fs::canonical(path)); // what a link leads to, not the link
    }
}

ExampleOptions::ExampleOptions(const std::string& usage, const std::string& positional)
    : m_usage(usage),
      m_positional(positional),
      m_options("Options", 100)
{
}

void
ExampleOptions::Add(const std::string& name, const OptionValue& value, const std::string& help)
{
    auto* text = po::value<std::string>()->value_name(value.placeholder);
    text->notifier([name, take = value.take](const auto& text) { TakeValue(name, text, take); });
    const auto initial = value.initial.empty() ? "" : " (default " + value.initial + ")";
    m_options.add_options()(name.c_str(), text, (help + initial).c_str());
}

void
ExampleOptions::Claim(const std::string& path)
{
    CheckWritable(path);
    const auto name = path == "-" ? path : fs::weakly_canonical(fs::absolute(path)).string();
    if (!fs::is_other(path) && !m_files.insert(name).second)
    {
        throw std::runtime_error("another option writes '" + path + "' already");
    }
}

void
ExampleOptions::AddFile(const std::string& name, std::string& variable, const std::string& help)
{
    const auto take = [this, &variable](const auto& text) {
        variable = text == "/dev/stdout" ? "-" : text;
        Claim(variable);
    };
    Add(name, {"FILE", "", take}, help);
}

void
ExampleOptions::AddPlot(std::string& variable, const std::string& rows)
{
    const auto take = [this, &variable](const auto& text) {
        Claim(text + ".csv");
        Claim(text + ".plt");
        variable = text;
    };
    Add("plot",
        {"PREFIX", "", take},
        "write " + rows + " to PREFIX.csv, and PREFIX.plt, which gnuplot draws");
}

std::ostream&
ExampleOptions::GetReport() const
{
    return m_files.count("-") > 0 ? std::cerr : std::cout;
}

void
ExampleOptions::Read(int argc, char* argv[])
{
    auto commandLine = m_options;
    commandLine.add_options()("config",
                              po::value<std::string>()->value_name("FILE"),
                              "read options from FILE, one NAME=VALUE per line; the command line "
                              "wins")("help,h", "print this help and exit");
    // Without guessing: an abbreviation would become ambiguous when an option is added.
    const auto style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
    auto parsed = po::command_line_parser(argc, argv)
                      .options(commandLine)
                      .style(style)
                      .allow_unregistered()
                      .run();
    for (auto& option : parsed.options)
    {
        option.string_key = option.string_key.empty() ? m_positional : option.string_key;
        if (option.string_key == "help")
        {
            std::cout
                << m_usage << '\n'
                << commandLine
                << "\nns-3's attributes and global values are options too, here and in FILE:\n"
                   "  --ns3::LoNetDevice::MaxBacklog=1000   --RngRun=3\n"
                << std::flush;
            std::exit(EXIT_SUCCESS);
        }
    }
    // First: the value of an option that is none would be taken for a positional one.
    SetNs3Values(parsed);
    po::variables_map values;
    po::store(parsed, values);
    if (values.count("config") > 0)
    {
        TakeValue("config", values["config"].as<std::string>(), [&](const auto& path) {
            std::istringstream file(ReadOptions(path));
            const auto fromFile = po::parse_config_file(file, m_options, true);
            SetNs3Values(fromFile);
            po::store(fromFile, values);
        });
        SetNs3Values(parsed); // again, so that the command line wins
    }
    po::notify(values);
}
