/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "pcapng-helper.h"

#include "../model/ip-family.h"
#include "named-link.h"
#include "output-file.h"

#include "ns3/ethernet-header.h"
#include "ns3/lo-net-device.h"
#include "ns3/output-stream-wrapper.h"
#include "ns3/simple-ref-count.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <locale>
#include <sstream>
#include <utility>

namespace ns3
{

namespace
{

constexpr auto METHOD = "PcapngHelper::EnablePcapng";

// Types of blocks.
constexpr uint32_t SECTION_HEADER = 0x0a0d0d0a;
constexpr uint32_t INTERFACE_DESCRIPTION = 1;
constexpr uint32_t INTERFACE_STATISTICS = 5;
constexpr uint32_t ENHANCED_PACKET = 6;

// Codes of options.
constexpr uint16_t OPT_COMMENT = 1;
constexpr uint16_t SHB_USERAPPL = 4;
constexpr uint16_t IF_NAME = 2;
constexpr uint16_t IF_DESCRIPTION = 3;
constexpr uint16_t IF_TSRESOL = 9;
constexpr uint16_t EPB_FLAGS = 2;
constexpr uint16_t ISB_IFRECV = 4;
constexpr uint16_t ISB_IFDROP = 5;

// Values of fields and options.
constexpr uint32_t BYTE_ORDER_MAGIC = 0x1a2b3c4d;
constexpr uint16_t LINKTYPE_ETHERNET = 1;
constexpr uint8_t NANOSECONDS = 9;
constexpr uint32_t INBOUND = 1;
constexpr uint32_t OUTBOUND = 2;

/// Return the current time as blocks have it.
std::array<uint32_t, 2>
GetTime()
{
    const auto time = static_cast<uint64_t>(Simulator::Now().GetNanoSeconds());
    return {static_cast<uint32_t>(time >> 32), static_cast<uint32_t>(time)};
}

/// A pcapng file (draft-ietf-opsawg-pcapng), in the byte order of the machine.
class PcapngFile : public SimpleRefCount<PcapngFile>
{
  public:
    explicit PcapngFile(const std::string& filename)
        : m_filename(filename),
          m_stream(filename == "-" ? Create<OutputStreamWrapper>(&std::cout)
                                   : Create<OutputStreamWrapper>(filename, std::ios::out)),
          m_isBuffered(filename != "-" && std::filesystem::is_regular_file(filename))
    {
        Begin(SECTION_HEADER, BYTE_ORDER_MAGIC, uint16_t{1}, uint16_t{0}, int64_t{-1});
        PutOption(SHB_USERAPPL, std::string("ns-3"));
        End();
    }

    /// Begin a block with its fields.
    template <typename... Ts>
    void Begin(uint32_t type, Ts... fields)
    {
        m_block.clear();
        Put(type, uint32_t{0}, fields...);
    }

    void PutBytes(const Packet& frame, uint32_t size)
    {
        const auto begin = m_block.size();
        m_block.resize(begin + size);
        frame.CopyData(static_cast<uint8_t*>(static_cast<void*>(&m_block[begin])), size);
        Pad();
    }

    void PutOption(uint16_t code, const std::string& value)
    {
        const auto size = static_cast<uint16_t>(std::min<std::size_t>(value.size(), UINT16_MAX));
        Put(code, size);
        m_block.append(value, 0, size);
        Pad();
    }

    template <typename T>
    void PutOption(uint16_t code, T value)
    {
        Put(code, static_cast<uint16_t>(sizeof(value)), value);
        Pad();
    }

    /// End a block, and write it.
    void End(bool isLast = false)
    {
        constexpr uint32_t END_OF_OPTIONS = 0;
        const auto size = static_cast<uint32_t>(m_block.size() + 8);
        Put(END_OF_OPTIONS, size);
        std::memcpy(&m_block[sizeof(size)], &size, sizeof(size));
        auto& os = *m_stream->GetStream();
        errno = 0;
        os << m_block;
        if (isLast || !m_isBuffered)
        {
            os.flush();
        }
        CheckWritten(os.good(), METHOD, m_filename);
    }

  private:
    template <typename... Ts>
    void Put(Ts... values)
    {
        (m_block.append(static_cast<const char*>(static_cast<const void*>(&values)),
                        sizeof(values)),
         ...);
    }

    void Pad()
    {
        m_block.resize((m_block.size() + 3) / 4 * 4);
    }

    const std::string m_filename;            ///< its name
    const Ptr<OutputStreamWrapper> m_stream; ///< where to write
    const bool m_isBuffered;                 ///< whether readers can wait: it is an ordinary file
    std::string m_block;                     ///< the block that is being made
};

/// A device whose packets are captured. The Simulator holds it until it is closed.
class Interface : public SimpleRefCount<Interface>
{
  public:
    Interface(Ptr<PcapngFile> file, uint32_t number, const NamedLink& link)
        : m_file(file),
          m_number(number),
          m_link(link),
          m_lo(DynamicCast<LoNetDevice>(link.device)),
          m_place(": dropped by " + link.name + " of node " +
                  GetNodeName(m_link.device->GetNode())),
          m_txDropped(m_link.link->GetStats().txDropped)
    {
        m_file->Begin(INTERFACE_DESCRIPTION, LINKTYPE_ETHERNET, uint16_t{0}, MAX_FRAME_SIZE);
        m_file->PutOption(IF_NAME, link.name);
        m_file->PutOption(IF_DESCRIPTION, GetNodeName(m_link.device->GetNode()));
        m_file->PutOption(IF_TSRESOL, NANOSECONDS);
        m_file->End();
        m_link.device->TraceConnectWithoutContext("Sniffer",
                                                  MakeCallback(&Interface::OnFrame, this));
        m_link.device->TraceConnectWithoutContext("Drop", MakeCallback(&Interface::OnDrop, this));
    }

    void Close()
    {
        const auto stats = m_link.link->GetStats();
        std::ostringstream comment;
        comment.imbue(std::locale::classic());
        comment << stats;
        m_file->Begin(INTERFACE_STATISTICS, m_number, GetTime());
        m_file->PutOption(OPT_COMMENT, comment.str());
        m_file->PutOption(ISB_IFRECV, stats.rxPackets);
        m_file->PutOption(ISB_IFDROP, stats.rxDropped + stats.txDropped);
        m_file->End(true);
        m_link.device->TraceDisconnectWithoutContext("Sniffer",
                                                     MakeCallback(&Interface::OnFrame, this));
        m_link.device->TraceDisconnectWithoutContext("Drop",
                                                     MakeCallback(&Interface::OnDrop, this));
    }

  private:
    void OnFrame(Ptr<const Packet> frame)
    {
        if (m_lo)
        {
            Write(frame, INBOUND, "");
        }
        else
        {
            m_frame = frame;
        }
    }

    void OnDrop(Ptr<const Packet> packet, DropReason reason)
    {
        const std::string detail =
            reason == DropReason::QDISC_DROP ? m_lo->GetQueueDiscReason() : "";
        std::ostringstream comment;
        comment << reason << (detail.empty() ? "" : ", " + detail) << m_place;
        const auto txDropped = m_link.link->GetStats().txDropped;
        const bool isRefused = std::exchange(m_txDropped, txDropped) != txDropped;
        const auto frame = std::exchange(m_frame, nullptr);
        Write(frame ? frame : MakeFrame(packet),
              isRefused || !m_lo ? OUTBOUND : INBOUND,
              comment.str());
    }

    /// Return the frame that the Sniffer trace source would have shown of a packet.
    Ptr<const Packet> MakeFrame(Ptr<const Packet> packet) const
    {
        uint8_t first = 0;
        packet->CopyData(&first, 1);
        EthernetHeader header(false);
        header.SetSource(Mac48Address::ConvertFrom(m_link.device->GetAddress()));
        header.SetDestination(Mac48Address::ConvertFrom(m_link.device->GetBroadcast()));
        header.SetLengthType(first >> 4 == 4   ? Ipv4Family::ETHER_TYPE
                             : first >> 4 == 6 ? Ipv6Family::ETHER_TYPE
                                               : 0xffff);
        const auto frame = packet->Copy();
        frame->AddHeader(header);
        return frame;
    }

    void Write(Ptr<const Packet> frame, uint32_t direction, const std::string& comment)
    {
        const auto size = std::min(frame->GetSize(), MAX_FRAME_SIZE);
        m_file->Begin(ENHANCED_PACKET, m_number, GetTime(), size, frame->GetSize());
        m_file->PutBytes(*frame, size);
        if (!comment.empty())
        {
            m_file->PutOption(OPT_COMMENT, comment);
        }
        m_file->PutOption(EPB_FLAGS, direction);
        m_file->End();
    }

    const Ptr<PcapngFile> m_file; ///< the file
    const uint32_t m_number;      ///< its number in the file
    const NamedLink m_link;       ///< the device
    const Ptr<LoNetDevice> m_lo;  ///< the same device, or null if it is a blackhole
    const std::string m_place;    ///< end of the comments
    uint64_t m_txDropped;         ///< LinkStats::txDropped after the last drop
    Ptr<const Packet> m_frame;    ///< what a blackhole has taken, and will drop at once, or null
};

} // namespace

void
PcapngHelper::EnablePcapng(const std::string& filename, const NodeContainer& nodes)
{
    const auto links = GetNamedLinks(nodes, METHOD);
    ClaimFile(METHOD, filename);
    const auto file = Create<PcapngFile>(filename);
    uint32_t number = 0;
    for (const auto& link : links)
    {
        Simulator::ScheduleDestroy(&Interface::Close, Create<Interface>(file, number++, link));
    }
}

} // namespace ns3
