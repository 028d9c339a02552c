/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3-object-text.h"

#include "ns3/object-factory.h"
#include "ns3/object.h"
#include "ns3/pointer.h"
#include "ns3/type-id.h"

#include <sstream>

using namespace ns3;

namespace
{

bool
CanBeMade(TypeId tid, TypeId expected)
{
    return tid.HasConstructor() && tid.IsChildOf(expected);
}

/// @param text "Name=value|Name=value"
bool
AreSafeToRead(const std::string& text, TypeId tid)
{
    std::istringstream attributes(text);
    std::string attribute;
    while (std::getline(attributes, attribute, '|'))
    {
        const auto equal = attribute.find('=');
        TypeId::AttributeInformation info;
        if (equal == std::string::npos ||
            !tid.LookupAttributeByName(attribute.substr(0, equal), &info) ||
            !IsSafeToRead(attribute.substr(equal + 1), info.checker))
        {
            return false;
        }
    }
    return true;
}

/// @param text "Type" or "Type[Name=value|Name=value]"
bool
IsSafeToMake(const std::string& text, TypeId expected)
{
    const auto begin = text.find('[');
    const auto end = text.find(']');
    TypeId tid;
    if (!TypeId::LookupByNameFailSafe(text.substr(0, begin), &tid) || !CanBeMade(tid, expected))
    {
        return false;
    }
    if (begin == std::string::npos && end == std::string::npos)
    {
        return true;
    }
    return begin != std::string::npos && end == text.size() - 1 &&
           AreSafeToRead(text.substr(begin + 1, end - begin - 1), tid);
}

} // namespace

bool
IsSafeToRead(const std::string& text, Ptr<const AttributeChecker> checker)
{
    if (checker->GetValueTypeName() == "ns3::UintegerValue")
    {
        return text.find('-') == std::string::npos;
    }
    if (const auto pointer = DynamicCast<const PointerChecker>(checker))
    {
        return IsSafeToMake(text, pointer->GetPointeeTypeId());
    }
    return !DynamicCast<const ObjectFactoryChecker>(checker) ||
           IsSafeToMake(text, Object::GetTypeId());
}

bool
IsInPlaceOf(const std::string& text, const std::string& other)
{
    TypeId tid;
    return TypeId::LookupByNameFailSafe(text, &tid) &&
           CanBeMade(tid, TypeId::LookupByName(other).GetParent());
}
