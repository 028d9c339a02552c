/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "option-value.h"

#include "program-error.h"

#include <charconv>
#include <cstdlib>
#include <system_error>

namespace
{

[[noreturn]] void
Refuse(const std::string& option, const std::string& text, const std::string& expected)
{
    throw ProgramError("--" + option + ": '" + text + "' is not " + expected);
}

std::string
DescribeRange(const std::string& what, uint64_t min, uint64_t max)
{
    return what + " from " + std::to_string(min) + " to " + std::to_string(max);
}

/// How many there are in what a suffix stands for; 0 if it stands for nothing.
uint64_t
GetMultiplier(const std::string& suffix)
{
    if (suffix.empty())
    {
        return 1;
    }
    if (suffix == "k" || suffix == "K")
    {
        return 1000;
    }
    if (suffix == "M")
    {
        return 1'000'000;
    }
    return suffix == "G" ? 1'000'000'000 : 0;
}

/// Seconds in a unit of time; 0 if it is none.
double
GetSeconds(const std::string& unit)
{
    struct
    {
        const char* name;
        double seconds;
    } const units[]{{"", 1},
                    {"s", 1},
                    {"ms", 1e-3},
                    {"us", 1e-6},
                    {"ns", 1e-9},
                    {"min", 60},
                    {"h", 3600}};

    for (const auto& known : units)
    {
        if (unit == known.name)
        {
            return known.seconds;
        }
    }
    return 0;
}

} // namespace

uint64_t
ParseInteger(const std::string& option, const std::string& text, uint64_t min, uint64_t max)
{
    uint64_t number = 0;
    const auto end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stop != end || number < min || number > max)
    {
        Refuse(option, text, DescribeRange("a whole number", min, max));
    }
    return number;
}

uint64_t
ParseBytes(const std::string& option, const std::string& text, uint64_t min, uint64_t max)
{
    uint64_t number = 0;
    const auto end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    const auto multiplier = GetMultiplier(std::string(stop, end));
    if (error != std::errc() || multiplier == 0 || number > max / multiplier ||
        number * multiplier < min)
    {
        Refuse(option, text, DescribeRange("a number, such as 1500, 64k or 100M,", min, max));
    }
    return number * multiplier;
}

ns3::Time
ParseTime(const std::string& option, const std::string& text)
{
    constexpr double DAY = 86400;
    const auto unitBegin = text.find_first_not_of("0123456789.");
    const auto number = text.substr(0, unitBegin);
    const auto unit = unitBegin == std::string::npos ? "" : text.substr(unitBegin);
    char* end = nullptr;
    const double seconds = std::strtod(number.c_str(), &end) * GetSeconds(unit);
    if (number.empty() || *end != '\0' || !(seconds >= 1e-9) || seconds > DAY)
    {
        Refuse(option, text, "a time from 1ns to 24h, such as 200ms, or 0.2 in seconds");
    }
    return ns3::Time(text);
}

ns3::Time
ParseTimeOrZero(const std::string& option, const std::string& text)
{
    return text == "0" ? ns3::Time(0) : ParseTime(option, text);
}

double
ParseProbability(const std::string& option, const std::string& text)
{
    const auto digits = text.find_last_of("0123456789.") + 1;
    const bool isPercent = text.substr(digits) == "%";
    const auto number = text.substr(0, isPercent ? digits : text.size());
    char* end = nullptr;
    const double probability = std::strtod(number.c_str(), &end) / (isPercent ? 100 : 1);
    if (number.find_first_not_of("0123456789.") != std::string::npos || number.empty() ||
        *end != '\0' || !(probability <= 1))
    {
        Refuse(option, text, "a probability, such as 0.01 or 1%");
    }
    return probability;
}

bool
ParseBoolean(const std::string& option, const std::string& text)
{
    const bool isTrue = text == "true" || text == "yes" || text == "on" || text == "1";
    if (!isTrue && text != "false" && text != "no" && text != "off" && text != "0")
    {
        Refuse(option, text, "true or false");
    }
    return isTrue;
}
