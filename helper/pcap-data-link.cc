/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "pcap-data-link.h"

#include "ns3/abort.h"
#include "ns3/ethernet-header.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/pcap-file-wrapper.h"
#include "ns3/simulator.h"
#include "ns3/trace-helper.h"
#include "ns3/uinteger.h"

namespace ns3
{

namespace
{

/// The longest packet that tcpdump and Wireshark write (libpcap's MAXIMUM_SNAPLEN).
constexpr uint32_t WHOLE_PACKET = 262144;

/// What LINKTYPE_NULL begins with for IPv4 and, as on macOS, for IPv6: the protocol family, in the
/// byte order of the file. ns-3 writes every capture in little-endian order (PcapFile::Init).
constexpr uint8_t NULL_INET[]{2, 0, 0, 0};
constexpr uint8_t NULL_INET6[]{30, 0, 0, 0};

void
WriteEthernet(Ptr<PcapFileWrapper> file, Ptr<const Packet> frame)
{
    file->Write(Simulator::Now(), frame);
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
WriteRaw(Ptr<PcapFileWrapper> file, Ptr<const Packet> frame)
{
    if (const auto ip = RemoveEthernet(frame); ip.packet)
    {
        file->Write(Simulator::Now(), ip.packet);
    }
}

void
WriteNull(Ptr<PcapFileWrapper> file, Ptr<const Packet> frame)
{
    if (const auto ip = RemoveEthernet(frame); ip.packet)
    {
        auto framed = Create<Packet>(ip.isIpv4 ? NULL_INET : NULL_INET6, sizeof(NULL_INET));
        framed->AddAtEnd(ip.packet);
        file->Write(Simulator::Now(), framed);
    }
}

/// \return CaptureSize if somebody has lowered it: its default would cut a packet of lo's MTU
uint32_t
GetSnapLen()
{
    UintegerValue captureSize;
    CreateObject<PcapFileWrapper>()->GetAttribute("CaptureSize", captureSize);
    return captureSize.Get() < PcapFile::SNAPLEN_DEFAULT ? captureSize.Get() : WHOLE_PACKET;
}

} // namespace

Callback<void, Ptr<const Packet>>
MakePcapSink(const std::string& filename, PseudoNetDeviceHelper::PcapDataLink dataLink)
{
    struct
    {
        PcapHelper::DataLinkType type;
        void (*write)(Ptr<PcapFileWrapper>, Ptr<const Packet>);
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
    auto file = PcapHelper().CreateFile(filename, std::ios::out, link.type, GetSnapLen());
    return MakeBoundCallback(link.write, file);
}

} // namespace ns3
