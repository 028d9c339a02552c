/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "capture-reader.h"

#include "program-error.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace
{

constexpr uint64_t FILE_HEADER_SIZE = 24;
constexpr uint64_t RECORD_HEADER_SIZE = 16;
constexpr uint32_t LINKTYPE_ETHERNET = 1;
constexpr uint32_t MAX_FRAME_SIZE = ETHERNET_HEADER_SIZE + 65535;

/// The same in either byte order.
constexpr uint32_t PCAPNG_MAGIC = 0x0a0d0d0a;

constexpr uint32_t PCAP_MAGICS[]{0xa1b2c3d4, 0xd4c3b2a1, 0xa1b23c4d, 0x4d3cb2a1};

} // namespace

CaptureReader::CaptureReader(const std::string& path)
    : m_path(path),
      m_offset(FILE_HEADER_SIZE),
      m_buffer(MAX_FRAME_SIZE)
{
    CheckFile();
    CheckMagic();
    m_file.Open(path, std::ios::in);
    CheckFormat();
}

void
CaptureReader::CheckFile()
{
    std::error_code error;
    const auto status = std::filesystem::status(m_path, error);
    if (!std::filesystem::exists(status))
    {
        Refuse(error ? error.message() : std::strerror(ENOENT));
    }
    if (!std::filesystem::is_regular_file(status))
    {
        Refuse("it is not a regular file");
    }
    m_size = std::filesystem::file_size(m_path, error);
    if (error)
    {
        Refuse(error.message());
    }
}

void
CaptureReader::CheckMagic() const
{
    std::ifstream file(m_path, std::ios::binary);
    if (!file)
    {
        Refuse(std::strerror(errno));
    }
    uint32_t magic = 0;
    char bytes[sizeof(magic)]{};
    file.read(bytes, sizeof(bytes));
    std::memcpy(&magic, bytes, sizeof(magic));
    if (file && magic == PCAPNG_MAGIC)
    {
        Refuse("it is a pcapng file; convert it: editcap -F pcap " + m_path + " NEW");
    }
    for (const auto known : PCAP_MAGICS)
    {
        if (file && magic == known)
        {
            return;
        }
    }
    Refuse("it is not a pcap file");
}

void
CaptureReader::CheckFormat()
{
    if (m_size < FILE_HEADER_SIZE)
    {
        Refuse("it ends in the middle of its file header; capture it again");
    }
    if (m_file.GetVersionMajor() != 2 || m_file.GetVersionMinor() != 4)
    {
        Refuse("its pcap version is " + std::to_string(m_file.GetVersionMajor()) + "." +
               std::to_string(m_file.GetVersionMinor()) +
               ", not 2.4; convert it: editcap -F pcap " + m_path + " NEW");
    }
    if (m_file.Fail() || m_file.GetSigFigs() != 0)
    {
        // ns-3 takes a time zone from -12 to 12, and writes no significant figures but 0.
        Refuse("its header has time zone " + std::to_string(m_file.GetTimeZoneOffset()) +
               " and significant figures " + std::to_string(m_file.GetSigFigs()) +
               ", not 0 and 0; convert it: editcap -F pcap " + m_path + " NEW");
    }
    if (m_file.GetDataLinkType() != LINKTYPE_ETHERNET)
    {
        Refuse("its link type is " + std::to_string(m_file.GetDataLinkType()) +
               ", not 1 (Ethernet); capture on lo itself: tcpdump -i lo -s 0 -w NEW");
    }
}

CaptureFormat
CaptureReader::GetFormat()
{
    return {m_file.GetDataLinkType(),
            m_file.GetSnapLen(),
            m_file.GetTimeZoneOffset(),
            m_file.GetSwapMode(),
            m_file.IsNanoSecMode()};
}

std::optional<CaptureReader::Record>
CaptureReader::Read()
{
    if (m_offset == m_size)
    {
        return std::nullopt;
    }
    ++m_nRecords;
    if (m_size - m_offset < RECORD_HEADER_SIZE)
    {
        RefuseRecord("the file ends in the middle of the record's header; cut the record off: "
                     "editcap -F pcap " +
                     m_path + " NEW");
    }
    RecordHeader header{};
    uint32_t read = 0;
    m_file.Read(m_buffer.data(),
                m_buffer.size(),
                header.seconds,
                header.subSeconds,
                header.includedSize,
                header.originalSize,
                read);
    CheckRecord(header);
    if (m_file.Fail())
    {
        RefuseRecord("it can not be read");
    }
    m_offset += RECORD_HEADER_SIZE + header.includedSize;
    m_last = GetTime(header);
    return Record{m_last, {m_buffer.data(), m_buffer.data() + read}};
}

void
CaptureReader::CheckRecord(const RecordHeader& header)
{
    const auto size = std::to_string(header.includedSize);
    if (header.includedSize > m_size - m_offset - RECORD_HEADER_SIZE)
    {
        RefuseRecord("the file ends in the middle of its " + size +
                     " bytes; cut the record off: editcap -F pcap " + m_path + " NEW");
    }
    if (header.includedSize < header.originalSize)
    {
        RefuseRecord("only " + size + " of its " + std::to_string(header.originalSize) +
                     " bytes were captured; capture whole packets: tcpdump -s 0");
    }
    if (header.includedSize > header.originalSize)
    {
        RefuseRecord("it has " + size + " bytes of a packet of " +
                     std::to_string(header.originalSize) + "; the file is damaged");
    }
    if (header.includedSize < ETHERNET_HEADER_SIZE)
    {
        RefuseRecord("its " + size +
                     " bytes are less than an Ethernet header; leave it out: "
                     "editcap -F pcap " +
                     m_path + " NEW " + std::to_string(m_nRecords));
    }
    if (header.includedSize > MAX_FRAME_SIZE)
    {
        RefuseRecord("its " + std::to_string(header.includedSize - ETHERNET_HEADER_SIZE) +
                     " bytes after the Ethernet header are more than lo's largest MTU, 65535; "
                     "turn BIG TCP off and capture again: ip link set lo gso_max_size 65536 "
                     "gro_max_size 65536");
    }
    if (header.includedSize > m_file.GetSnapLen())
    {
        RefuseRecord("its " + size + " bytes are more than the file's snap length, " +
                     std::to_string(m_file.GetSnapLen()) + "; correct that: editcap -F pcap " +
                     m_path + " NEW");
    }
    if (header.subSeconds >= (m_file.IsNanoSecMode() ? 1000000000U : 1000000U))
    {
        RefuseRecord("its time has " + std::to_string(header.subSeconds) +
                     (m_file.IsNanoSecMode() ? " nano" : " micro") +
                     "seconds beyond the second; the file is damaged");
    }
    if (m_nRecords > 1 && GetTime(header) < m_last)
    {
        RefuseRecord("it is earlier than the one before; sort them: reordercap " + m_path + " NEW");
    }
}

ns3::Time
CaptureReader::GetTime(const RecordHeader& header)
{
    const auto subSeconds = static_cast<int64_t>(header.subSeconds);
    return ns3::NanoSeconds(static_cast<int64_t>(header.seconds) * 1000000000 +
                            subSeconds * (m_file.IsNanoSecMode() ? 1 : 1000));
}

void
CaptureReader::Refuse(const std::string& problem) const
{
    throw ProgramError("can not read '" + m_path + "': " + problem);
}

void
CaptureReader::RefuseRecord(const std::string& problem) const
{
    Refuse("record " + std::to_string(m_nRecords) + ": " + problem);
}
