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
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <system_error>

using namespace ns3;
namespace fs = std::filesystem;
namespace po = boost::program_options;

namespace
{

Ptr<AttributeValue> Parse(const std::string& text, const Ptr<const AttributeChecker>& checker);

/// Return the object of a text such as ns3::RateErrorModel[ErrorRate=0.1], or nothing if the text
/// names no class or attribute. ns-3's own parser would crash then.
Ptr<AttributeValue>
ParseObject(const std::string& text)
{
    std::smatch parts;
    TypeId type;
    if (!std::regex_match(text, parts, std::regex("([^[]+)(\\[(.*)\\])?")) ||
        !TypeId::LookupByNameFailSafe(parts[1], &type) || !type.HasConstructor() ||
        !type.IsChildOf(Object::GetTypeId()))
    {
        return nullptr;
    }
    ObjectFactory factory;
    factory.SetTypeId(type);
    std::istringstream attributes(parts[3]);
    for (std::string name, value; std::getline(attributes, name, '=');)
    {
        TypeId::AttributeInformation info;
        if (!std::getline(attributes, value, '|') || !type.LookupAttributeByName(name, &info))
        {
            return nullptr;
        }
        factory.Set(name, *Parse(value, info.checker));
    }
    return Create<PointerValue>(factory.Create<Object>());
}

/// Return the value of a text. Throw unless an attribute's checker accepts it.
Ptr<AttributeValue>
Parse(const std::string& text, const Ptr<const AttributeChecker>& checker)
{
    // On other texts ns-3 aborts, or it takes the beginning for all.
    static const std::string number = "[-+]?[0-9]*\\.?[0-9]+(e[-+]?[0-9]+)?";
    static const std::map<std::string, std::pair<std::string, std::string>> forms{
        {"ns3::UintegerValue", {"[0-9]+[kMG]?", "a whole number, such as 1500 or 64k: "}},
        {"ns3::DoubleValue", {number, "a number, such as 0.01 for 1 %: "}},
        {"ns3::TimeValue", {number + "([munpf]?s|min|h|d|y)?", "a time, such as 5ms: "}},
        {"ns3::PointerValue", {"", "an object, such as ns3::RateErrorModel[ErrorRate=0.01]: "}}};

    const auto type = checker->GetValueTypeName();
    const auto form = forms.find(type);
    auto plain = text;
    if (type == "ns3::UintegerValue")
    {
        plain = std::regex_replace(plain, std::regex("k$"), "000");
        plain = std::regex_replace(plain, std::regex("M$"), "000000");
        plain = std::regex_replace(plain, std::regex("G$"), "000000000");
    }
    Ptr<AttributeValue> value;
    if (type == "ns3::PointerValue")
    {
        value = ParseObject(text);
    }
    else if (form == forms.end() || std::regex_match(text, std::regex(form->second.first)))
    {
        value = Create<StringValue>(plain);
    }
    value = value ? checker->CreateValidValue(*value) : nullptr;
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

/// Pass the value of an option to a function. Put the option's name before what that throws.
void
TakeValue(const std::string& name,
          const std::string& text,
          const std::function<void(const std::string&)>& parse)
{
    try
    {
        // On a long text, std::regex overflows the stack.
        if (text.empty() || text.size() > 4096)
        {
            throw std::runtime_error("it needs a value of at most 4096 characters");
        }
        parse(text);
    }
    catch (const std::exception& error)
    {
        throw std::runtime_error("--" + name + ": " + error.what());
    }
}

/// Return the lines of a file of options. They may begin with --, as on a command line.
std::string
ReadOptions(const std::string& path)
{
    std::string text(1000000, '\0');
    errno = EFBIG; // unless something else fails: a device such as /dev/zero does not end
    std::ifstream file(path);
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!file.eof())
    {
        throw std::system_error(errno, std::generic_category(), "cannot read '" + path + "'");
    }
    text.resize(static_cast<std::size_t>(file.gcount()));
    return std::regex_replace(text, std::regex("(^|\n)--"), "$1");
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
    return {"ADDRESS", "", [&variable](const auto& text) {
                // ns-3 aborts on a text that is no address.
                uint8_t bytes[16]{};
                bool isUnicast = false;
                if (inet_pton(AF_INET, text.c_str(), bytes) == 1)
                {
                    const auto ip = Ipv4Address::Deserialize(bytes);
                    isUnicast = !ip.IsMulticast() && !ip.IsBroadcast() && !ip.IsAny();
                    variable = ip;
                }
                else if (inet_pton(AF_INET6, text.c_str(), bytes) == 1)
                {
                    const auto ip = Ipv6Address::Deserialize(bytes);
                    isUnicast = !ip.IsMulticast() && !ip.IsAny() && !ip.IsIpv4MappedAddress();
                    variable = ip;
                }
                if (!isUnicast)
                {
                    throw std::runtime_error("cannot be '" + text +
                                             "'; it takes an IPv4 or IPv6 unicast address");
                }
            }};
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
    return {"VALUE",
            old.text,
            [attribute, old, max](const auto& text) {
                TypeId oldClass;
                TypeId newClass;
                // With another class as its simulator or scheduler, ns-3 would crash.
                if (attribute.find("::") == std::string::npos &&
                    TypeId::LookupByNameFailSafe(old.text, &oldClass) &&
                    (!TypeId::LookupByNameFailSafe(text, &newClass) ||
                     !newClass.IsChildOf(oldClass.GetParent())))
                {
                    throw std::runtime_error("cannot be '" + text + "'; it takes a class such as " +
                                             old.text);
                }
                if (max > 0)
                {
                    Parse(text, MakeUintegerChecker<uint64_t>(1, max));
                }
                const auto value = Parse(text, old.checker);
                if (!Config::SetGlobalFailSafe(attribute, *value))
                {
                    Config::SetDefault(attribute, *value);
                }
            },
            attribute};
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
        throw std::system_error(error, std::generic_category(), "cannot write '" + path + "'");
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
        throw std::system_error(errno, std::generic_category(), "cannot write '" + path + "'");
    }
    if (!fs::exists(status))
    {
        fs::remove(fs::canonical(path)); // what a link leads to, not the link
    }
}

ExampleOptions::ExampleOptions(const std::string& usage, const std::string& positional)
    : m_usage(usage),
      m_positional(positional)
{
}

void
ExampleOptions::Add(const std::string& name, const OptionValue& value, const std::string& help)
{
    auto* text = po::value<std::string>()->value_name(value.placeholder);
    text->notifier([name, take = value.take](const auto& text) { TakeValue(name, text, take); });
    const auto initial = value.initial.empty() ? "" : " (default " + value.initial + ")";
    const auto names = value.alias.empty() ? name : name + ',' + value.alias;
    m_options.add_options()(names.c_str(), text, (help + initial).c_str());
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
ExampleOptions::AddNs3Options(po::parsed_options& parsed)
{
    for (auto& option : parsed.options)
    {
        const auto& name = option.string_key;
        if (name.empty())
        {
            throw std::runtime_error("'" + option.value.front() +
                                     "' is not an option, nor the value of one; see --help");
        }
        if (option.unregistered)
        {
            const auto value = AttributeDefault(name);
            if (!m_options.find_nothrow(name, false))
            {
                Add(name, value, "");
            }
            option.unregistered = false;
        }
        option.string_key = m_options.find(name, false).key(name); // if this is an alias
    }
    parsed.description = &m_options;
}

void
ExampleOptions::Read(int argc, char* argv[])
{
    const auto inFile = m_options;
    m_options.add_options()("config",
                            po::value<std::string>()->value_name("FILE"),
                            "read options from FILE, one NAME=VALUE per line; the command line "
                            "wins")("help,h", "print this help and exit");
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
        if (option.string_key == "help")
        {
            std::cout
                << m_usage << '\n'
                << m_options
                << "\nns-3's attributes and global values are options too, here and in FILE:\n"
                   "  --ns3::LoNetDevice::MaxBacklog=1000   --RngRun=3\n"
                << std::flush;
            std::exit(EXIT_SUCCESS);
        }
    }
    AddNs3Options(parsed);
    po::variables_map values;
    po::store(parsed, values);
    if (values.count("config") > 0)
    {
        TakeValue("config", values["config"].as<std::string>(), [&](const auto& path) {
            std::istringstream file(ReadOptions(path));
            auto fromFile = po::parse_config_file(file, inFile, true);
            AddNs3Options(fromFile);
            po::store(fromFile, values);
        });
    }
    po::notify(values);
}
