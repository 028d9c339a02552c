/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "capture-replay.h"

#include "output-file.h"
#include "program-error.h"

#include "ns3/link-stats-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/mac48-address.h"
#include "ns3/simulator.h"

#include <cerrno>
#include <limits>
#include <utility>

using namespace ns3;

namespace
{

/// A handler for every protocol: nobody is to miss one on this host.
void
TakePacket(Ptr<NetDevice> /* device */,
           Ptr<const Packet> /* packet */,
           uint16_t /* protocol */,
           const Address& /* from */,
           const Address& /* to */,
           NetDevice::PacketType /* type */)
{
}

} // namespace

CaptureReplay::CaptureReplay(const std::string& input,
                             const std::string& output,
                             const std::string& temporary)
    : m_reader(input),
      m_outputPath(output)
{
    const auto format = m_reader.GetFormat();
    m_subSecond = format.nanoseconds ? 1 : 1000;
    m_output.Open(temporary, std::ios::out);
    m_output.Init(format.dataLink, format.snapLen, format.zone, format.swapped, format.nanoseconds);

    m_nodes.Create(1);
    LoHelper().Install(m_nodes);
    m_lo = LoHelper::GetLo(m_nodes.Get(0));
    m_nodes.Get(0)->RegisterProtocolHandler(MakeCallback(&TakePacket), 0, m_lo);
    m_lo->TraceConnectWithoutContext("PromiscSniffer", MakeCallback(&CaptureReplay::Write, this));
    m_lo->TraceConnectWithoutContext("Drop", MakeCallback(&CaptureReplay::CountDrop, this));
}

CaptureReplay::~CaptureReplay()
{
    Simulator::Destroy();
}

template <typename Action>
void
CaptureReplay::Try(Action action)
{
    try
    {
        action();
    }
    catch (const ProgramError&)
    {
        m_error = std::current_exception();
        Simulator::Stop();
    }
}

void
CaptureReplay::Run()
{
    ScheduleNext();
    Simulator::Run();
    if (m_error)
    {
        std::rethrow_exception(m_error);
    }
    errno = 0;
    m_output.Close();
    CheckOutput();
}

void
CaptureReplay::CheckOutput() const
{
    if (m_output.Fail())
    {
        ThrowFileError("write", m_outputPath);
    }
}

void
CaptureReplay::ScheduleNext()
{
    auto record = m_reader.Read();
    if (!record)
    {
        return;
    }
    ++m_nIn;
    const auto delay = record->time - Simulator::Now();
    const auto sendIt = [this, next = std::move(*record)] {
        Try([&] {
            Send(next);
            ScheduleNext();
        });
    };
    // In the node's context, as every event of a node.
    Simulator::ScheduleWithContext(m_nodes.Get(0)->GetId(), delay, sendIt);
}

void
CaptureReplay::Send(const CaptureReader::Record& record)
{
    const auto* header = record.frame.data();
    Mac48Address destination;
    Mac48Address source;
    destination.CopyFrom(header);
    source.CopyFrom(header + 6);
    const auto etherType = static_cast<uint16_t>(header[12] << 8 | header[13]);
    const auto size = static_cast<uint32_t>(record.frame.size()) - ETHERNET_HEADER_SIZE;
    m_lo->SendFrom(Create<Packet>(header + ETHERNET_HEADER_SIZE, size),
                   source,
                   destination,
                   etherType);
}

void
CaptureReplay::Write(Ptr<const Packet> frame)
{
    if (m_error)
    {
        return;
    }
    const auto now = Simulator::Now().GetNanoSeconds();
    const auto seconds = now / 1000000000;
    if (seconds > std::numeric_limits<uint32_t>::max())
    {
        Try([this] {
            throw ProgramError("can not write '" + m_outputPath +
                               "': a capture's times end before that at which a packet came out");
        });
        return;
    }
    errno = 0;
    m_output.Write(static_cast<uint32_t>(seconds),
                   static_cast<uint32_t>(now % 1000000000 / m_subSecond),
                   frame);
    Try([this] { CheckOutput(); });
    ++m_nOut;
}

void
CaptureReplay::CountDrop(Ptr<const Packet> /* packet */, DropReason reason)
{
    ++m_drops[reason];
}

void
CaptureReplay::Print(std::ostream& os) const
{
    LinkStatsHelper::PrintIpLink(os, m_nodes);
    os << m_nIn << " packets in, " << m_nOut << " packets out\n";
    for (const auto& [reason, count] : m_drops)
    {
        os << count << " dropped: " << reason << '\n';
    }
}
