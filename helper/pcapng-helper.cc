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
#include "ns3/fatal-impl.h"
#include "ns3/lo-net-device.h"
#include "ns3/simple-ref-count.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <streambuf>
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
constexpr uint32_t LINKTYPE_ETHERNET = 1;
constexpr uint8_t NANOSECONDS = 9;
constexpr uint32_t INBOUND = 1;
constexpr uint32_t OUTBOUND = 2;

/// Return a number in the byte order of the machine.
template <typename T>
std::string
Raw(T value)
{
    std::string bytes(sizeof(value), '\0');
    std::memcpy(bytes.data(), &value, sizeof(value));
    return bytes;
}

/// Return the current time as blocks have it.
std::string
RawTime()
{
    const auto time = static_cast<uint64_t>(Simulator::Now().GetNanoSeconds());
    return Raw(static_cast<uint32_t>(time >> 32)) + Raw(static_cast<uint32_t>(time));
}

/// Return bytes with zeros up to a multiple of four.
std::string
Pad(std::string bytes)
{
    bytes.resize((bytes.size() + 3) / 4 * 4);
    return bytes;
}

std::string
MakeOption(uint16_t code, const std::string& value)
{
    const auto cut = value.substr(0, UINT16_MAX);
    return Raw(code) + Raw(static_cast<uint16_t>(cut.size())) + Pad(cut);
}

/// A pcapng file (draft-ietf-opsawg-pcapng), in the byte order of the machine. It is the buffer of
/// a stream because ns-3 flushes its streams when the program aborts.
class PcapngFile : public SimpleRefCount<PcapngFile>, private std::streambuf
{
  public:
    explicit PcapngFile(const std::string& filename)
        : m_filename(filename),
          m_os(filename == "-" ? std::cout : m_file)
    {
        if (filename != "-")
        {
            errno = 0;
            m_file.open(filename);
            CheckWritten(m_file.is_open(), METHOD, filename);
            m_isRegular = std::filesystem::is_regular_file(filename);
        }
        FatalImpl::RegisterStream(&m_stream);
        Write(SECTION_HEADER,
              Raw(BYTE_ORDER_MAGIC) + Raw<uint16_t>(1) + Raw<uint16_t>(0) + Raw<int64_t>(-1),
              MakeOption(SHB_USERAPPL, "ns-3"));
    }

    ~PcapngFile() override
    {
        FatalImpl::UnregisterStream(&m_stream);
    }

    /// Write a block, at once if it is urgent or the file is a pipe. Otherwise the first block that
    /// comes after MAX_DELAY or at MAX_SIZE is written with all before it.
    void Write(uint32_t type,
               const std::string& fields,
               const std::string& options,
               bool isUrgent = false)
    {
        constexpr std::size_t MAX_SIZE = 65536;
        constexpr std::chrono::milliseconds MAX_DELAY{100};
        const auto end = Raw<uint32_t>(0);
        const auto size = Raw(static_cast<uint32_t>(fields.size() + options.size() + 16));
        m_blocks += Raw(type) + size;
        m_blocks += fields;
        m_blocks += options + end + size;
        const auto now = std::chrono::steady_clock::now();
        if (isUrgent || !m_isRegular || m_blocks.size() > MAX_SIZE || now > m_written + MAX_DELAY)
        {
            m_written = now;
            errno = 0;
            CheckWritten(m_stream.flush().good(), METHOD, m_filename);
        }
    }

  private:
    int sync() override
    {
        m_os.write(m_blocks.data(), static_cast<std::streamsize>(m_blocks.size()));
        m_blocks.clear();
        return m_os.flush() ? 0 : -1;
    }

    const std::string m_filename;                    ///< its name
    std::ofstream m_file;                            ///< the file, unless it is standard output
    std::ostream& m_os;                              ///< where to write
    bool m_isRegular{false};                         ///< whether it is an ordinary file
    std::ostream m_stream{this};                     ///< flushes the blocks
    std::string m_blocks;                            ///< the blocks that are not written yet
    std::chrono::steady_clock::time_point m_written; ///< when blocks were written last
};

/// A device whose packets are captured. The Simulator holds it until it is closed.
class Interface : public SimpleRefCount<Interface>
{
  public:
    Interface(Ptr<PcapngFile> file, uint32_t number, const NamedLink& link)
        : m_file(file),
          m_number(number),
          m_device(link.device),
          m_link(*link.link),
          m_lo(DynamicCast<LoNetDevice>(link.device)),
          m_place(": dropped by " + link.name + " of node " + GetNodeName(m_device->GetNode())),
          m_txDropped(m_link.GetStats().txDropped)
    {
        m_file->Write(INTERFACE_DESCRIPTION,
                      Raw(LINKTYPE_ETHERNET) + Raw(MAX_FRAME_SIZE),
                      MakeOption(IF_NAME, link.name) +
                          MakeOption(IF_DESCRIPTION, GetNodeName(m_device->GetNode())) +
                          MakeOption(IF_TSRESOL, Raw(NANOSECONDS)));
        m_device->TraceConnectWithoutContext("Sniffer", MakeCallback(&Interface::OnFrame, this));
        m_device->TraceConnectWithoutContext("Drop", MakeCallback(&Interface::OnDrop, this));
    }

    void Close()
    {
        const auto stats = m_link.GetStats();
        std::ostringstream comment;
        comment << stats;
        m_file->Write(INTERFACE_STATISTICS,
                      Raw(m_number) + RawTime(),
                      MakeOption(OPT_COMMENT, comment.str()) +
                          MakeOption(ISB_IFRECV, Raw(stats.rxPackets)) +
                          MakeOption(ISB_IFDROP, Raw(stats.rxDropped + stats.txDropped)),
                      true);
        m_device->TraceDisconnectWithoutContext("Sniffer", MakeCallback(&Interface::OnFrame, this));
        m_device->TraceDisconnectWithoutContext("Drop", MakeCallback(&Interface::OnDrop, this));
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
        const auto txDropped = m_link.GetStats().txDropped;
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
        header.SetSource(Mac48Address::ConvertFrom(m_device->GetAddress()));
        header.SetDestination(Mac48Address::ConvertFrom(m_device->GetBroadcast()));
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
        std::string bytes(size, '\0');
        frame->CopyData(reinterpret_cast<uint8_t*>(bytes.data()), size);
        m_file->Write(ENHANCED_PACKET,
                      Raw(m_number) + RawTime() + Raw(size) + Raw(frame->GetSize()) +
                          Pad(std::move(bytes)),
                      (comment.empty() ? "" : MakeOption(OPT_COMMENT, comment)) +
                          MakeOption(EPB_FLAGS, Raw(direction)));
    }

    const Ptr<PcapngFile> m_file;  ///< the file
    const uint32_t m_number;       ///< its number in the file
    const Ptr<NetDevice> m_device; ///< the device
    const TracedLink& m_link;      ///< the same device
    const Ptr<LoNetDevice> m_lo;   ///< the same device, or null if it is a blackhole
    const std::string m_place;     ///< end of the comments
    uint64_t m_txDropped;          ///< LinkStats::txDropped after the last drop
    Ptr<const Packet> m_frame;     ///< what a blackhole has taken, and will drop at once, or null
};

} // namespace

void
PcapngHelper::EnablePcapng(const std::string& filename, const NodeContainer& nodes)
{
    const auto links = GetNamedLinks(METHOD, nodes);
    ClaimFile(METHOD, filename);
    const auto file = Create<PcapngFile>(filename);
    uint32_t number = 0;
    for (const auto& link : links)
    {
        Simulator::ScheduleDestroy(&Interface::Close, Create<Interface>(file, number++, link));
    }
}

} // namespace ns3
