/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/lo-net-device.h"
#include "ns3/nstime.h"
#include "ns3/pointer.h"
#include "ns3/type-id.h"

#include <iostream>
#include <map>
#include <string>

using namespace ns3;

namespace
{

/// @return the text with what means something in reStructuredText escaped
std::string
Escape(const std::string& text)
{
    std::string escaped;
    for (const auto c : text)
    {
        if (c == '\\' || c == '*' || c == '`' || c == '|' || c == '_')
        {
            escaped += '\\';
        }
        escaped += c;
    }
    return escaped;
}

std::string
Strip(const std::string& name)
{
    const std::string prefix = "ns3::";
    return name.rfind(prefix, 0) == 0 ? name.substr(prefix.size()) : name;
}

/// @return the kind of value, and which ones, as far as each release of ns-3 says that alike
std::string
DescribeType(const TypeId::AttributeInformation& attribute)
{
    const auto type = Strip(attribute.checker->GetValueTypeName());
    auto kind = type.substr(0, type.find("Value"));
    if (const auto pointer = DynamicCast<const PointerChecker>(attribute.checker))
    {
        return kind + " to " + Strip(pointer->GetPointeeTypeId().GetName());
    }
    if (kind != "Uinteger" && kind != "Double" && kind != "Enum")
    {
        return kind;
    }
    // Of numbers it is the C++ type, a space and the range; of an enum the names, with bars
    // between.
    auto values = attribute.checker->GetUnderlyingTypeInformation();
    values.erase(0, values.find(' ') + 1);
    for (auto bar = values.find('|'); bar != std::string::npos; bar = values.find('|', bar))
    {
        values.replace(bar, 1, ", ");
    }
    return kind + " " + Escape(values);
}

std::string
DescribeDefault(const TypeId::AttributeInformation& attribute)
{
    if (const auto time = DynamicCast<const TimeValue>(attribute.originalInitialValue))
    {
        const auto ms = time->Get().GetMilliSeconds();
        return ms % 1000 == 0 ? std::to_string(ms / 1000) + "s" : std::to_string(ms) + "ms";
    }
    const auto pointer = DynamicCast<const PointerValue>(attribute.originalInitialValue);
    if (pointer && !pointer->GetObject())
    {
        return "null";
    }
    return Escape(attribute.originalInitialValue->SerializeToString(attribute.checker));
}

void
PrintHeading(const std::string& text, char underline)
{
    std::cout << '\n' << text << '\n' << std::string(text.size(), underline) << "\n\n";
}

void
PrintTableHead(const std::string& widths)
{
    std::cout << ".. list-table::\n   :header-rows: 1\n   :widths: " << widths << "\n\n";
}

void
PrintAttributes(TypeId tid)
{
    PrintHeading("Attributes of " + Strip(tid.GetName()), '=');
    PrintTableHead("20 22 13 45");
    std::cout << "   * - Attribute\n     - Type\n     - Default\n     - What\n";
    for (std::size_t i = 0; i < tid.GetAttributeN(); ++i)
    {
        const auto attribute = tid.GetAttribute(i);
        std::cout << "   * - ``" << attribute.name << "``\n     - " << DescribeType(attribute)
                  << "\n     - " << DescribeDefault(attribute) << "\n     - "
                  << Escape(attribute.help) << '\n';
    }
}

void
PrintTraceSources(TypeId tid)
{
    PrintHeading("Trace sources of " + Strip(tid.GetName()), '=');
    PrintTableHead("20 35 45");
    std::cout << "   * - Trace source\n     - Callback\n     - When, or of what\n";
    for (std::size_t i = 0; i < tid.GetTraceSourceN(); ++i)
    {
        const auto source = tid.GetTraceSource(i);
        std::cout << "   * - ``" << source.name << "``\n     - ``" << Strip(source.callback)
                  << "``\n     - " << Escape(source.help) << '\n';
    }
}

} // namespace

/// Prints doc/attributes.rst: what GetTypeId says of each class of the module.
int
main()
{
    const auto group = LoNetDevice::GetTypeId().GetGroupName();
    std::map<std::string, TypeId> types;
    for (uint16_t i = 0; i < TypeId::GetRegisteredN(); ++i)
    {
        const auto tid = TypeId::GetRegistered(i);
        if (tid.GetGroupName() == group && tid.GetAttributeN() + tid.GetTraceSourceN() > 0)
        {
            types.emplace(tid.GetName(), tid);
        }
    }

    std::cout << "Attributes and trace sources\n----------------------------\n\n"
                 ".. This page is written by test/programs/type-tables.cc; test/type-tables.sh\n"
                 "   compares.\n\n"
                 "What ``GetTypeId`` says of each class that a script can set attributes of or "
                 "connect to.\n";
    for (const auto& [name, tid] : types)
    {
        PrintHeading(name, '*');
        std::cout << "Parent: ``" << tid.GetParent().GetName() << "``\n";
        PrintAttributes(tid);
        PrintTraceSources(tid);
    }
    return 0;
}
