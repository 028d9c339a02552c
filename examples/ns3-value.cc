/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3-value.h"

#include "program-error.h"

#include "ns3/config.h"
#include "ns3/global-value.h"
#include "ns3/string.h"
#include "ns3/type-id.h"

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <sstream>
#include <unistd.h>

namespace
{

[[noreturn]] void
Refuse(const std::string& name, const std::string& text, const std::string& help)
{
    throw ProgramError("--" + name + ": '" + text + "' is not a value that it can have: " + help);
}

/// What is being set, for TellBadValue.
std::string g_beingSet;

/// The way out of ns-3's NS_ABORT, which has printed what it has to say to std::cerr.
[[noreturn]] void
TellBadValue()
{
    // ns-3's streams may be in any state: nothing but this line is to come out any more.
    const auto ignored [[maybe_unused]] =
        write(STDERR_FILENO, g_beingSet.data(), g_beingSet.size());
    _exit(EXIT_FAILURE);
}

/**
 * While it lives, a value that makes ns-3 abort, as many types of attribute do on one that they
 * can not read, ends the program with one line that names it.
 */
class AbortGuard
{
  public:
    AbortGuard(const std::string& name, const std::string& text, const std::string& program)
        : m_streambuf(std::cerr.rdbuf(m_silenced.rdbuf())),
          m_handler(std::set_terminate(&TellBadValue))
    {
        g_beingSet = program + ": --" + name + ": '" + text + "' is not a value that it can have\n";
    }

    ~AbortGuard()
    {
        std::set_terminate(m_handler);
        std::cerr.rdbuf(m_streambuf);
    }

    AbortGuard(const AbortGuard&) = delete;
    AbortGuard& operator=(const AbortGuard&) = delete;

  private:
    std::ostringstream m_silenced;    //!< what std::cerr would have shown
    std::streambuf* m_streambuf;      //!< of std::cerr
    std::terminate_handler m_handler; //!< what was the handler
};

/// ns-3 reads a negative number into an unsigned one, where it becomes a very large one.
bool
IsWrapped(const std::string& text, ns3::Ptr<const ns3::AttributeChecker> checker)
{
    return checker->GetValueTypeName() == "ns3::UintegerValue" &&
           text.find('-') != std::string::npos;
}

/// ns-3 crashes on an object of a type that is not there.
bool
IsUnknownObject(const std::string& text, ns3::Ptr<const ns3::AttributeChecker> checker)
{
    ns3::TypeId tid;
    return checker->GetValueTypeName() == "ns3::PointerValue" &&
           (!ns3::TypeId::LookupByNameFailSafe(text.substr(0, text.find('[')), &tid) ||
            !tid.HasConstructor());
}

void
SetAttributeDefault(const std::string& name, const std::string& text)
{
    const auto separator = name.rfind("::");
    const auto typeName = name.substr(0, separator);
    const auto attribute = name.substr(separator + 2);
    ns3::TypeId tid;
    if (typeName == "ns3" || !ns3::TypeId::LookupByNameFailSafe(typeName, &tid))
    {
        throw ProgramError("--" + name + ": ns-3 has no type " + typeName);
    }
    for (std::size_t i = 0; i < tid.GetAttributeN(); ++i)
    {
        const auto info = tid.GetAttribute(i);
        if (info.name != attribute)
        {
            continue;
        }
        if (IsWrapped(text, info.checker) || IsUnknownObject(text, info.checker) ||
            !ns3::Config::SetDefaultFailSafe(name, ns3::StringValue(text)))
        {
            Refuse(name, text, info.help);
        }
        return;
    }
    throw ProgramError("--" + name + ": " + typeName + " has no attribute " + attribute);
}

void
SetGlobal(const std::string& name, const std::string& text)
{
    const auto global = std::find_if(ns3::GlobalValue::Begin(),
                                     ns3::GlobalValue::End(),
                                     [&](const auto* value) { return value->GetName() == name; });
    if (global == ns3::GlobalValue::End())
    {
        throw ProgramError("--" + name + ": there is no such option; see --help");
    }
    if (IsWrapped(text, (*global)->GetChecker()) ||
        !ns3::Config::SetGlobalFailSafe(name, ns3::StringValue(text)))
    {
        Refuse(name, text, (*global)->GetHelp());
    }
}

} // namespace

void
SetNs3Value(const std::string& name, const std::string& text, const std::string& program)
{
    const AbortGuard guard(name, text, program);
    if (name.find("::") != std::string::npos)
    {
        SetAttributeDefault(name, text);
    }
    else
    {
        SetGlobal(name, text);
    }
}

bool
IsNs3DefaultGiven(const std::string& type, const std::string& attribute)
{
    ns3::TypeId::AttributeInformation info;
    ns3::TypeId::LookupByName(type).LookupAttributeByName(attribute, &info);
    return info.initialValue != info.originalInitialValue;
}

void
SetNs3DefaultUnlessGiven(const std::string& type,
                         const std::string& attribute,
                         const ns3::AttributeValue& value)
{
    if (!IsNs3DefaultGiven(type, attribute))
    {
        ns3::Config::SetDefault(type + "::" + attribute, value);
    }
}
