/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "tcp-settings.h"

#include "ns3-value.h"
#include "program-error.h"

#include "ns3/nstime.h"
#include "ns3/object-factory.h"
#include "ns3/tcp-congestion-ops.h"
#include "ns3/uinteger.h"

#include <algorithm>

using namespace ns3;

namespace
{

bool
IsCongestionControl(TypeId tid)
{
    if (tid.GetName().rfind("ns3::Tcp", 0) != 0 || !tid.HasConstructor() ||
        !tid.IsChildOf(Object::GetTypeId()))
    {
        return false;
    }
    // Not by the TypeId's parent, which for ns-3.37's TcpCubic is another.
    ObjectFactory factory;
    factory.SetTypeId(tid);
    return bool(DynamicCast<TcpCongestionOps>(factory.Create<Object>()));
}

TypeId
FindCongestionControl(const std::string& name)
{
    TypeId tid;
    for (const auto& candidate : {name, "ns3::" + name})
    {
        if (TypeId::LookupByNameFailSafe(candidate, &tid) && IsCongestionControl(tid))
        {
            return tid;
        }
    }
    std::string known;
    for (uint16_t i = 0; i < TypeId::GetRegisteredN(); ++i)
    {
        if (IsCongestionControl(TypeId::GetRegistered(i)))
        {
            known += ' ' + TypeId::GetRegistered(i).GetName().substr(5);
        }
    }
    throw ProgramError("--socket-type: '" + name + "' is not one of:" + known);
}

} // namespace

void
TcpSettings::AddTo(ProgramOptions& options)
{
    // With an IPv6 header and a TCP header with a timestamp a segment is to fit lo's largest MTU.
    options.AddInteger("segment-size",
                       segmentSize,
                       1,
                       65535 - 40 - 32,
                       "payload of a segment in bytes, 536 unless given");
    options.RefuseBoth("segment-size", "ns3::TcpSocket", "SegmentSize");
    options.AddText(
        "socket-type",
        "NAME",
        socketType,
        "congestion control, a subclass of ns3::TcpCongestionOps; TcpCubic unless given");
    options.RefuseBoth("socket-type", "ns3::TcpL4Protocol", "SocketType");
}

void
TcpSettings::Apply() const
{
    // Room for the window that lets a sender go on: with less than a few segments of receive
    // buffer every second one waits for a delayed acknowledgement.
    const uint64_t bufferSize = std::max<uint64_t>(131072, 16 * segmentSize);
    SetNs3DefaultUnlessGiven("ns3::TcpSocket", "SegmentSize", UintegerValue(segmentSize));
    SetNs3DefaultUnlessGiven("ns3::TcpSocket", "SndBufSize", UintegerValue(bufferSize));
    SetNs3DefaultUnlessGiven("ns3::TcpSocket", "RcvBufSize", UintegerValue(bufferSize));
    SetNs3DefaultUnlessGiven("ns3::TcpL4Protocol",
                             "SocketType",
                             TypeIdValue(FindCongestionControl(socketType)));
}

void
SetLinuxTimers()
{
    SetNs3DefaultUnlessGiven("ns3::TcpSocketBase", "MinRto", TimeValue(MilliSeconds(200)));
    // ns-3's 200 ms would be as long as a sender waits before it sends the segment again.
    SetNs3DefaultUnlessGiven("ns3::TcpSocket", "DelAckTimeout", TimeValue(MilliSeconds(40)));
    SetNs3DefaultUnlessGiven("ns3::TcpSocket", "DataRetries", UintegerValue(15));
}

Ptr<Socket>
CheckStarted(Ptr<Socket> socket)
{
    if (!socket)
    {
        throw ProgramError("the sender has not started at the beginning; leave "
                           "--ns3::Application::StartTime out");
    }
    return socket;
}
