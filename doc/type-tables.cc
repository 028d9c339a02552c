/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/lo-net-device.h"
#include "ns3/type-id.h"

#include <iostream>
#include <map>
#include <string>

using namespace ns3;

namespace
{

/// @return the text, escaped for reStructuredText
std::string
Escape(const std::string& text)
{
    std::string escaped;
    for (const auto c : text)
    {
        if (std::string("\\*`|_").find(c) != std::string::npos)
        {
            escaped += '\\';
        }
        escaped += c;
    }
    return escaped;
}

void
PrintHeading(const std::string& text, char underline)
{
    std::cout << '\n' << text << '\n' << std::string(text.size(), underline) << "\n\n";
}

void
PrintRow(const std::string& name, const std::string& type, const std::string& help)
{
    std::cout << "   * - ``" << name << "``\n     - " << type << "\n     - " << Escape(help)
              << '\n';
}

void
PrintTableHead()
{
    std::cout << ".. list-table::\n   :widths: 20 35 45\n\n";
}

void
PrintType(TypeId tid)
{
    PrintHeading(tid.GetName(), '*');
    std::cout << "Parent: ``" << tid.GetParent().GetName() << "``\n";
    if (tid.GetAttributeN() > 0)
    {
        PrintHeading("Attributes of " + tid.GetName(), '=');
        PrintTableHead();
    }
    for (std::size_t i = 0; i < tid.GetAttributeN(); ++i)
    {
        const auto attribute = tid.GetAttribute(i);
        const auto initial = attribute.originalInitialValue->SerializeToString(attribute.checker);
        const auto type = attribute.checker->GetUnderlyingTypeInformation();
        PrintRow(attribute.name, Escape(type + ", default \"" + initial + "\""), attribute.help);
    }
    if (tid.GetTraceSourceN() > 0)
    {
        PrintHeading("Trace sources of " + tid.GetName(), '=');
        PrintTableHead();
    }
    for (std::size_t i = 0; i < tid.GetTraceSourceN(); ++i)
    {
        const auto source = tid.GetTraceSource(i);
        PrintRow(source.name, "``" + source.callback + "``", source.help);
    }
}

} // namespace

/// Print the documentation's page `attributes` from the TypeIds of the module's classes.
int
main()
{
    std::map<std::string, TypeId> types;
    for (uint16_t i = 0; i < TypeId::GetRegisteredN(); ++i)
    {
        const auto tid = TypeId::GetRegistered(i);
        if (tid.GetGroupName() == LoNetDevice::GetTypeId().GetGroupName() &&
            tid.GetAttributeN() + tid.GetTraceSourceN() > 0)
        {
            types.emplace(tid.GetName(), tid);
        }
    }
    std::cout << "Attributes and trace sources\n----------------------------\n\n"
                 "What ``GetTypeId`` says of each class that has any.\n";
    for (const auto& [name, tid] : types)
    {
        PrintType(tid);
    }
    return 0;
}
