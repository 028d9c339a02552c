/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "watchers.h"

#include "ns3/abort.h"
#include "ns3/drop-reason.h"
#include "ns3/packet.h"

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

namespace ns3
{

namespace
{

void
IgnorePacket(Ptr<const Packet> /* packet */)
{
}

void
IgnoreDrop(Ptr<const Packet> /* packet */, DropReason /* reason */)
{
}

void
IgnoreCounter(uint64_t /* before */, uint64_t /* after */)
{
}

} // namespace

FileInMemory::FileInMemory()
    : m_name("/dev/shm/lo-bench-XXXXXX")
{
    const int file = mkstemp(m_name.data());
    NS_ABORT_MSG_IF(file < 0,
                    "Can not make a file in /dev/shm; the benchmarks write captures there");
    close(file);
}

FileInMemory::~FileInMemory()
{
    std::remove(m_name.c_str());
}

const std::string&
FileInMemory::GetName() const
{
    return m_name;
}

std::vector<std::string>
GetTraceSources(TypeId device)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < device.GetTraceSourceN(); ++i)
    {
        names.push_back(device.GetTraceSource(i).name);
    }
    return names;
}

Watcher
ConnectTo(const std::string& source)
{
    return [source](const Link& link) {
        const auto& device = link.sender;
        TypeId::TraceSourceInformation information;
        const auto type = device->GetInstanceTypeId();
        NS_ABORT_MSG_UNLESS(type.LookupTraceSourceByName(source, &information),
                            type.GetName() << " has no trace source " << source);
        if (information.callback == "ns3::Packet::TracedCallback")
        {
            device->TraceConnectWithoutContext(source, MakeCallback(&IgnorePacket));
        }
        else if (information.callback == "ns3::TracedValueCallback::Uint64")
        {
            device->TraceConnectWithoutContext(source, MakeCallback(&IgnoreCounter));
        }
        else
        {
            device->TraceConnectWithoutContext(source, MakeCallback(&IgnoreDrop));
        }
        return nullptr;
    };
}

} // namespace ns3
