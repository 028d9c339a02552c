/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "pcap-data-link.h"

#include "record-file.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/ethernet-header.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/pcap-file-wrapper.h"
#include "ns3/simulator.h"
#include "ns3/trace-helper.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <array>
#include <limits>

namespace ns3
{

namespace
{

/// The longest packet that tcpdump and Wireshark write (libpcap's MAXIMUM_SNAPLEN).
constexpr uint32_t WHOLE_PACKET = 262144;

/// What LINKTYPE_NULL begins with for IPv4 and, as on macOS, for IPv6: the protocol family, in the
/// byte order of the file.
constexpr uint8_t NULL_INET[]{2, 0, 0, 0};
constexpr uint8_t NULL_INET6[]{30, 0, 0, 0};

/// What of each packet a capture has.
struct CaptureFormat
{
    uint32_t snapLen; ///< so many bytes of it
    bool nanoseconds; ///< whether its time has nanoseconds, not microseconds
};

/// What ns3::PcapFileWrapper's attributes say, but that its default would cut a packet of lo's MTU.
CaptureFormat
GetFormat()
{
    const auto wrapper = CreateObject<PcapFileWrapper>();
    UintegerValue captureSize;
    wrapper->GetAttribute("CaptureSize", captureSize);
    BooleanValue nanoseconds;
    wrapper->GetAttribute("NanosecMode", nanoseconds);
    return {captureSize.Get() < PcapFile::SNAPLEN_DEFAULT ? static_cast<uint32_t>(captureSize.Get())
                                                          : WHOLE_PACKET,
            nanoseconds.Get()};
}

/// A capture file, the same as ns3::PcapFile makes. That one does not say whether the disk takes
/// what is written, and leaves half a packet if the program is killed.
class Capture : public SimpleRefCount<Capture>
{
  public:
    Capture(const std::string& filename, uint32_t dataLink)
        : m_format(GetFormat()),
          m_file("EnablePcap", filename),
          m_filename(filename)
    {
        constexpr uint32_t MICROSECOND_MAGIC = 0xa1b2c3d4;
        constexpr uint32_t NANOSECOND_MAGIC = 0xa1b23c4d;
        constexpr uint32_t VERSION = 2 | 4 << 16;
        constexpr uint32_t NO_TIME_ZONE = 0;
        constexpr uint32_t NO_ACCURACY = 0;
        WriteNumbers({m_format.nanoseconds ? NANOSECOND_MAGIC : MICROSECOND_MAGIC,
                      VERSION,
                      NO_TIME_ZONE,
                      NO_ACCURACY,
                      m_format.snapLen,
                      dataLink});
        m_file.Flush();
    }

    void Write(Ptr<const Packet> packet)
    {
        constexpr int64_t SECOND = 1000000000;
        const auto now = Simulator::Now().GetNanoSeconds();
        NS_ABORT_MSG_IF(now / SECOND > std::numeric_limits<uint32_t>::max(),
                        "EnablePcap: can not write '" << m_filename
                                                      << "': a capture's times end before "
                                                      << Simulator::Now().As(Time::S));
        const auto size = std::min(packet->GetSize(), m_format.snapLen);
        WriteNumbers({static_cast<uint32_t>(now / SECOND),
                      static_cast<uint32_t>(now % SECOND / (m_format.nanoseconds ? 1 : 1000)),
                      size,
                      packet->GetSize()});
        packet->CopyData(&m_file.GetStream(), size);
        m_file.EndRecord();
    }

  private:
    /// Write numbers in little-endian order, as ns-3 does on every machine.
    template <std::size_t N>
    void WriteNumbers(const uint32_t (&numbers)[N])
    {
        std::array<char, N * sizeof(uint32_t)> bytes{};
        for (std::size_t i = 0; i < bytes.size(); ++i)
        {
            bytes[i] = static_cast<char>(numbers[i / 4] >> i % 4 * 8);
        }
        m_file.GetStream().write(bytes.data(), bytes.size());
    }

    CaptureFormat m_format; ///< what of each packet it has
    RecordFile m_file;      ///< the file
    std::string m_filename; ///< its name
};

void
WriteEthernet(Ptr<Capture> capture, Ptr<const Packet> frame)
{
    capture->Write(frame);
}

/// What of a frame the link types without an Ethernet header show.
struct IpPacket
{
    Ptr<Packet> packet; ///< the IP packet, or null if the frame has none
    bool isIpv4;        ///< whether it is one of IPv4, not IPv6
};

IpPacket
RemoveEthernet(Ptr<const Packet> frame)
{
    auto packet = frame->Copy();
    EthernetHeader header(false);
    packet->RemoveHeader(header);
    const bool isIpv4 = header.GetLengthType() == Ipv4L3Protocol::PROT_NUMBER;
    const bool isIpv6 = header.GetLengthType() == Ipv6L3Protocol::PROT_NUMBER;
    return {isIpv4 || isIpv6 ? packet : nullptr, isIpv4};
}

void
WriteRaw(Ptr<Capture> capture, Ptr<const Packet> frame)
{
    if (const auto ip = RemoveEthernet(frame); ip.packet)
    {
        capture->Write(ip.packet);
    }
}

void
WriteNull(Ptr<Capture> capture, Ptr<const Packet> frame)
{
    if (const auto ip = RemoveEthernet(frame); ip.packet)
    {
        auto framed = Create<Packet>(ip.isIpv4 ? NULL_INET : NULL_INET6, sizeof(NULL_INET));
        framed->AddAtEnd(ip.packet);
        capture->Write(framed);
    }
}

} // namespace

Callback<void, Ptr<const Packet>>
MakePcapSink(const std::string& filename, PseudoNetDeviceHelper::PcapDataLink dataLink)
{
    struct
    {
        PcapHelper::DataLinkType type;
        void (*write)(Ptr<Capture>, Ptr<const Packet>);
    } link{PcapHelper::DLT_EN10MB, &WriteEthernet};

    switch (dataLink)
    {
    case PseudoNetDeviceHelper::ETHERNET:
        break;
    case PseudoNetDeviceHelper::NULL_LOOPBACK:
        link = {PcapHelper::DLT_NULL, &WriteNull};
        break;
    case PseudoNetDeviceHelper::RAW_IP:
        link = {PcapHelper::DLT_RAW, &WriteRaw};
        break;
    default:
        NS_ABORT_MSG("SetPcapDataLink: " << dataLink
                                         << " is not ETHERNET, NULL_LOOPBACK or RAW_IP");
    }
    return MakeBoundCallback(link.write, Create<Capture>(filename, link.type));
}

} // namespace ns3
