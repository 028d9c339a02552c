/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef CAPTURE_READER_H
#define CAPTURE_READER_H

#include "ns3/nstime.h"
#include "ns3/pcap-file.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Bytes of an Ethernet header.
constexpr uint32_t ETHERNET_HEADER_SIZE = 14;

/// What a capture says of itself, as PcapFile::Init takes it.
struct CaptureFormat
{
    uint32_t dataLink; //!< link type
    uint32_t snapLen;  //!< bytes of a packet that it holds at most
    int32_t zone;      //!< time zone offset
    bool swapped;      //!< whether its byte order is not this machine's
    bool nanoseconds;  //!< whether times are in nanoseconds, not in microseconds
};

/**
 * Reads a capture of Ethernet frames packet by packet, and makes sure of all that ns3::PcapFile
 * lets pass. What is wrong comes as a ProgramError that names the file, the record, and what to do.
 */
class CaptureReader
{
  public:
    /**
     * @param path name of the file
     */
    explicit CaptureReader(const std::string& path);

    /**
     * @return what the capture says of itself
     */
    CaptureFormat GetFormat();

    /// A captured packet.
    struct Record
    {
        ns3::Time time;             //!< since the epoch
        std::vector<uint8_t> frame; //!< an Ethernet header and at most 65535 bytes
    };

    /**
     * @return the next packet, or nothing if there are no more
     */
    std::optional<Record> Read();

  private:
    /// Header of a record.
    struct RecordHeader
    {
        uint32_t seconds;      //!< since the epoch
        uint32_t subSeconds;   //!< microseconds or nanoseconds
        uint32_t includedSize; //!< bytes in the file
        uint32_t originalSize; //!< bytes on the wire
    };

    /// Make sure that there is a regular file, and find its size.
    void CheckFile();

    /// Make sure that the magic number is one of a pcap file.
    void CheckMagic() const;

    /// Make sure of what follows the magic number.
    void CheckFormat();

    /**
     * Make sure that a record can be sent, and comes out again as it was.
     * @param header header of the record
     */
    void CheckRecord(const RecordHeader& header);

    /**
     * @param header header of a record
     * @return the time
     */
    ns3::Time GetTime(const RecordHeader& header);

    /**
     * @param problem what is wrong with the file
     */
    [[noreturn]] void Refuse(const std::string& problem) const;

    /**
     * @param problem what is wrong with the record that was read last
     */
    [[noreturn]] void RefuseRecord(const std::string& problem) const;

    std::string m_path;            //!< name of the file
    ns3::PcapFile m_file;          //!< the file
    uint64_t m_size{0};            //!< bytes in the file
    uint64_t m_offset;             //!< bytes read
    uint64_t m_nRecords{0};        //!< records read
    ns3::Time m_last;              //!< time of the record before
    std::vector<uint8_t> m_buffer; //!< where a record is read to
};

#endif /* CAPTURE_READER_H */
