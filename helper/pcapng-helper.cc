/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "pcapng-helper.h"

#include "named-link.h"

#include "ns3/abort.h"
#include "ns3/ethernet-header.h"
#include "ns3/fatal-impl.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv6-l3-protocol.h"
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
#include <map>
#include <sstream>
#include <streambuf>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace ns3
{

namespace
{

/// The largest frame that tcpdump and Wireshark read.
constexpr uint32_t SNAP_LENGTH = 262144;

/// Which way a packet went: the values of epb_flags.
enum Direction : uint32_t
{
    INBOUND = 1,
    OUTBOUND = 2,
};

constexpr uint32_t SECTION_HEADER = 0x0a0d0d0a;
constexpr uint32_t INTERFACE_DESCRIPTION = 1;
constexpr uint32_t INTERFACE_STATISTICS = 5;
constexpr uint32_t ENHANCED_PACKET = 6;

constexpr uint32_t BYTE_ORDER_MAGIC = 0x1a2b3c4d;
constexpr uint32_t LINKTYPE_ETHERNET = 1;
constexpr uint8_t NANOSECONDS = 9;

constexpr uint32_t OPT_ENDOFOPT = 0;
constexpr uint16_t OPT_COMMENT = 1;
constexpr uint16_t SHB_USERAPPL = 4;
constexpr uint16_t IF_NAME = 2;
constexpr uint16_t IF_DESCRIPTION = 3;
constexpr uint16_t IF_TSRESOL = 9;
constexpr uint16_t EPB_FLAGS = 2;
constexpr uint16_t ISB_IFRECV = 4;
constexpr uint16_t ISB_IFDROP = 5;

/// Blocks of a pcapng file (draft-ietf-opsawg-pcapng) that wait to be written, in the byte order of
/// the machine. It is a stream buffer so that ns-3 flushes it too when the program aborts.
class Blocks : public std::streambuf
{
  public:
    explicit Blocks(std::ostream& os)
        : m_os(os)
    {
    }

    void Begin(uint32_t type)
    {
        m_begin = m_bytes.size();
        Put(type);
        Put<uint32_t>(0);
    }

    template <typename T>
    void Put(T value)
    {
        m_bytes.append(reinterpret_cast<const char*>(&value), sizeof(value));
    }

    void Put(const Packet& packet, uint32_t size)
    {
        const auto begin = m_bytes.size();
        m_bytes.resize(begin + size);
        packet.CopyData(reinterpret_cast<uint8_t*>(&m_bytes[begin]), size);
        Pad();
    }

    void PutTime()
    {
        const auto time = static_cast<uint64_t>(Simulator::Now().GetNanoSeconds());
        Put(static_cast<uint32_t>(time >> 32));
        Put(static_cast<uint32_t>(time));
    }

    template <typename T>
    void PutOption(uint16_t code, T value)
    {
        Put(code);
        Put(static_cast<uint16_t>(sizeof(value)));
        Put(value);
        Pad();
    }

    void PutOption(uint16_t code, const std::string& value)
    {
        const auto size = std::min<std::size_t>(value.size(), UINT16_MAX);
        Put(code);
        Put(static_cast<uint16_t>(size));
        m_bytes.append(value, 0, size);
        Pad();
    }

    void End()
    {
        Put(OPT_ENDOFOPT);
        const auto size = static_cast<uint32_t>(GetSize() - m_begin + sizeof(uint32_t));
        Put(size);
        std::memcpy(&m_bytes[m_begin + sizeof(uint32_t)], &size, sizeof(size));
    }

    std::size_t GetSize() const
    {
        return m_bytes.size();
    }

  private:
    void Pad()
    {
        m_bytes.resize((m_bytes.size() + 3) / 4 * 4);
    }

    int sync() override
    {
        m_os.write(m_bytes.data(), static_cast<std::streamsize>(m_bytes.size()));
        m_bytes.clear();
        return m_os.flush() ? 0 : -1;
    }

    std::ostream& m_os;     ///< where to write
    std::string m_bytes;    ///< the blocks
    std::size_t m_begin{0}; ///< where the last one begins
};

/// A file that is written as the packets come.
class PcapngFile : public SimpleRefCount<PcapngFile>
{
  public:
    explicit PcapngFile(const std::string& filename)
        : m_filename(filename),
          m_blocks(filename == "-" ? std::cout : m_file)
    {
        if (filename != "-")
        {
            m_file.open(filename);
            std::error_code error;
            m_isRegular = m_file && std::filesystem::is_regular_file(filename, error);
        }
        FatalImpl::RegisterStream(&m_stream);
        m_blocks.Begin(SECTION_HEADER);
        m_blocks.Put(BYTE_ORDER_MAGIC);
        m_blocks.Put<uint16_t>(1);
        m_blocks.Put<uint16_t>(0);
        m_blocks.Put<int64_t>(-1);
        m_blocks.PutOption(SHB_USERAPPL, "ns-3");
        EndBlock();
    }

    ~PcapngFile()
    {
        FatalImpl::UnregisterStream(&m_stream);
    }

    void WriteInterface(const std::string& name, const std::string& description)
    {
        m_blocks.Begin(INTERFACE_DESCRIPTION);
        m_blocks.Put<uint32_t>(LINKTYPE_ETHERNET);
        m_blocks.Put(SNAP_LENGTH);
        m_blocks.PutOption(IF_NAME, name);
        m_blocks.PutOption(IF_DESCRIPTION, description);
        m_blocks.PutOption(IF_TSRESOL, NANOSECONDS);
        EndBlock();
    }

    void WriteFrame(uint32_t interface,
                    Ptr<const Packet> frame,
                    Direction direction,
                    const std::string& comment)
    {
        const auto size = std::min(frame->GetSize(), SNAP_LENGTH);
        m_blocks.Begin(ENHANCED_PACKET);
        m_blocks.Put(interface);
        m_blocks.PutTime();
        m_blocks.Put(size);
        m_blocks.Put(frame->GetSize());
        m_blocks.Put(*frame, size);
        if (!comment.empty())
        {
            m_blocks.PutOption(OPT_COMMENT, comment);
        }
        m_blocks.PutOption(EPB_FLAGS, direction);
        EndBlock();
    }

    void WriteStats(uint32_t interface, const LinkStats& stats)
    {
        std::ostringstream comment;
        comment << stats;
        m_blocks.Begin(INTERFACE_STATISTICS);
        m_blocks.Put(interface);
        m_blocks.PutTime();
        m_blocks.PutOption(OPT_COMMENT, comment.str());
        m_blocks.PutOption(ISB_IFRECV, stats.rxPackets);
        m_blocks.PutOption(ISB_IFDROP, stats.rxDropped + stats.txDropped);
        EndBlock();
        Flush();
    }

  private:
    /// End a block. It may wait in memory for a short time if nobody waits for it at a pipe.
    void EndBlock()
    {
        m_blocks.End();
        const auto now = std::chrono::steady_clock::now();
        if (!m_isRegular || m_blocks.GetSize() > MAX_SIZE || now > m_lastFlush + MAX_DELAY)
        {
            m_lastFlush = now;
            Flush();
        }
    }

    void Flush()
    {
        NS_ABORT_MSG_UNLESS(m_stream.flush(),
                            "EnablePcapng: cannot write '" << m_filename
                                                           << "': " << std::strerror(errno));
    }

    static constexpr std::size_t MAX_SIZE = 65536;             ///< of what may wait
    static constexpr std::chrono::milliseconds MAX_DELAY{100}; ///< between packets in real time

    const std::string m_filename;                      ///< its name
    std::ofstream m_file;                              ///< the file, unless it is standard output
    bool m_isRegular{false};                           ///< whether it is an ordinary file
    Blocks m_blocks;                                   ///< what is not in the file yet
    std::ostream m_stream{&m_blocks};                  ///< flushes the blocks
    std::chrono::steady_clock::time_point m_lastFlush; ///< when that was
};

/// A device whose packets are captured.
class Interface : public SimpleRefCount<Interface>
{
  public:
    Interface(Ptr<PcapngFile> file, uint32_t number, const NamedLink& link)
        : m_file(file),
          m_number(number),
          m_link(link),
          m_lo(DynamicCast<LoNetDevice>(link.device)),
          m_txDropped(link.link->GetStats().txDropped),
          m_place(link.name + " of node " + GetNodeName(link.device->GetNode()))
    {
        m_file->WriteInterface(link.name, GetNodeName(link.device->GetNode()));
        Ptr<Interface> self(this);
        link.device->TraceConnectWithoutContext("Sniffer", MakeCallback(&Interface::OnFrame, self));
        link.device->TraceConnectWithoutContext("Drop", MakeCallback(&Interface::OnDrop, self));
        Simulator::ScheduleDestroy(&Interface::Close, self);
    }

  private:
    void OnFrame(Ptr<const Packet> frame)
    {
        if (!m_file)
        {
            return;
        }
        if (!m_lo)
        {
            // A blackhole, which drops it next.
            m_frame = frame;
            return;
        }
        m_file->WriteFrame(m_number, frame, INBOUND, "");
    }

    void OnDrop(Ptr<const Packet> packet, DropReason reason)
    {
        if (!m_file)
        {
            return;
        }
        const auto txDropped = m_link.link->GetStats().txDropped;
        const bool isRefused = std::exchange(m_txDropped, txDropped) != txDropped;
        const auto frame = std::exchange(m_frame, nullptr);
        m_file->WriteFrame(m_number,
                           frame ? frame : MakeFrame(packet),
                           isRefused || !m_lo ? OUTBOUND : INBOUND,
                           GetComment(reason));
    }

    void Close()
    {
        m_file->WriteStats(m_number, m_link.link->GetStats());
        m_file = nullptr;
        m_lo = nullptr;
        m_link.device = nullptr;
    }

    /// Return why a packet was dropped, and where.
    const std::string& GetComment(DropReason reason)
    {
        const auto detail = reason == DropReason::QDISC_DROP ? m_lo->GetQueueDiscReason() : "";
        auto& comment = m_comments[{reason, detail}];
        if (comment.empty())
        {
            std::ostringstream os;
            os << reason << (*detail ? std::string(" (") + detail + ')' : "") << ": dropped by "
               << m_place;
            comment = os.str();
        }
        return comment;
    }

    /// Return the frame that the Sniffer trace source would have shown of a packet.
    Ptr<const Packet> MakeFrame(Ptr<const Packet> packet) const
    {
        uint8_t version = 0;
        packet->CopyData(&version, 1);
        version >>= 4;
        EthernetHeader header(false);
        header.SetSource(Mac48Address::ConvertFrom(m_link.device->GetAddress()));
        header.SetDestination(Mac48Address::ConvertFrom(m_link.device->GetBroadcast()));
        header.SetLengthType(version == 4   ? Ipv4L3Protocol::PROT_NUMBER
                             : version == 6 ? Ipv6L3Protocol::PROT_NUMBER
                                            : 0xffff);
        auto frame = packet->Copy();
        frame->AddHeader(header);
        return frame;
    }

    Ptr<PcapngFile> m_file;    ///< the file, until the end of the simulation
    const uint32_t m_number;   ///< its number in the file
    NamedLink m_link;          ///< the device
    Ptr<LoNetDevice> m_lo;     ///< the same device, or null if it is a blackhole
    uint64_t m_txDropped;      ///< LinkStats::txDropped after the last drop
    const std::string m_place; ///< the device and its node, for comments
    std::map<std::pair<DropReason, std::string>, std::string> m_comments; ///< comments written
    Ptr<const Packet> m_frame; ///< what a blackhole will drop next, or null
};

} // namespace

void
PcapngHelper::EnablePcapng(const std::string& filename, const NodeContainer& nodes)
{
    std::vector<NamedLink> links;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        const auto added = GetNamedLinks(*node);
        links.insert(links.end(), added.begin(), added.end());
    }
    const auto file = Create<PcapngFile>(filename);
    uint32_t number = 0;
    for (const auto& link : links)
    {
        Create<Interface>(file, number++, link);
    }
}

} // namespace ns3
