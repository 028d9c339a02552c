/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3-value.h"

#include "abort-guard.h"
#include "ns3-object-text.h"
#include "program-error.h"

#include "ns3/config.h"
#include "ns3/global-value.h"
#include "ns3/string.h"
#include "ns3/type-id.h"

#include <algorithm>
#include <cstddef>
#include <stdexcept>

namespace
{

[[noreturn]] void
Refuse(const std::string& name, const std::string& text, const std::string& help)
{
    throw ProgramError("--" + name + ": '" + text + "' is not a value that it can have: " + help);
}

/**
 * @param set asks ns-3 to take a value
 * @return whether it did
 */
template <typename Set>
bool
TrySet(Set set)
{
    try
    {
        const AbortGuard guard;
        return set();
    }
    catch (const ProgramError&)
    {
        return false;
    }
    catch (const std::logic_error&)
    {
        // Of std::stoul and its kin, by which ns-3 reads an Address.
        return false;
    }
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
        if (!IsSafeToRead(text, info.checker) ||
            !TrySet([&] { return ns3::Config::SetDefaultFailSafe(name, ns3::StringValue(text)); }))
        {
            Refuse(name, text, info.help);
        }
        return;
    }
    throw ProgramError("--" + name + ": " + typeName + " has no attribute " + attribute);
}

/// The types that are global values say how ns-3 simulates: it crashes if one is of another kind.
bool
IsSafeForGlobal(const std::string& text, const ns3::GlobalValue& global)
{
    ns3::StringValue current;
    global.GetValue(current);
    ns3::TypeId tid;
    if (!ns3::TypeId::LookupByNameFailSafe(current.Get(), &tid))
    {
        return IsSafeToRead(text, global.GetChecker());
    }
    return IsInPlaceOf(text, current.Get());
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
    if (!IsSafeForGlobal(text, **global) ||
        !TrySet([&] { return ns3::Config::SetGlobalFailSafe(name, ns3::StringValue(text)); }))
    {
        Refuse(name, text, (*global)->GetHelp());
    }
}

} // namespace

void
SetNs3Value(const std::string& name, const std::string& text)
{
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
