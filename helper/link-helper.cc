/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-helper.h"

#include "../model/ip-family.h"
#include "../model/ns3-release.h"
#include "output-file.h"

#include "ns3/abort.h"
#include "ns3/ethernet-header.h"
#include "ns3/names.h"
#include "ns3/net-device.h"
#include "ns3/packet.h"
#include "ns3/pcap-file-wrapper.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <cerrno>
#include <ostream>

namespace ns3
{

namespace
{

/// Open a capture file.
Ptr<PcapFileWrapper>
OpenCapture(const std::string& filename, LinkHelper::PcapDataLink dataLink)
{
    ClaimFile("EnablePcap", filename);
    const auto file = CreateObject<PcapFileWrapper>();
    UintegerValue captureSize;
    file->GetAttribute("CaptureSize", captureSize);
    errno = 0;
    file->Open(filename, std::ios::out);
    // The default would cut a frame of lo's MTU.
    file->Init(dataLink,
               captureSize.Get() == PcapFile::SNAPLEN_DEFAULT
                   ? MAX_FRAME_SIZE
                   : static_cast<uint32_t>(captureSize.Get()));
    CheckWritten(!file->Fail(), "EnablePcap", filename);
    return file;
}

/// Return an Ethernet frame as a capture of a link type has it, or null if it has no such frame.
Ptr<const Packet>
Convert(Ptr<const Packet> frame, LinkHelper::PcapDataLink dataLink)
{
    // The protocol family of IPv4 and, as on macOS, of IPv6, in the byte order of the file.
    constexpr uint8_t NULL_INET[]{2, 0, 0, 0};
    constexpr uint8_t NULL_INET6[]{30, 0, 0, 0};
    if (dataLink == LinkHelper::ETHERNET)
    {
        return frame;
    }
    auto ip = frame->Copy();
    EthernetHeader header(false);
    ip->RemoveHeader(header);
    const bool isIpv4 = header.GetLengthType() == Ipv4Family::ETHER_TYPE;
    if (!isIpv4 && header.GetLengthType() != Ipv6Family::ETHER_TYPE)
    {
        return nullptr;
    }
    if (dataLink == LinkHelper::RAW_IP)
    {
        return ip;
    }
    auto framed = Create<Packet>(isIpv4 ? NULL_INET : NULL_INET6, sizeof(NULL_INET));
    framed->AddAtEnd(ip);
    return framed;
}

/// The trace sources of an ascii trace, and what their lines begin with.
constexpr struct
{
    const char* source;
    char event;
} ASCII_EVENTS[]{{"MacTx", '+'},
                 {"MacTx", '-'},
                 {"MacTxDrop", 'd'},
                 {"MacRx", 'r'},
                 {"MacRxDrop", 'd'}};

} // namespace

LinkHelper::LinkHelper(const std::string& deviceType)
{
    m_deviceFactory.SetTypeId(deviceType);
}

void
LinkHelper::SetDeviceAttribute(const std::string& name, const AttributeValue& value)
{
    m_deviceFactory.Set(name, value);
}

void
LinkHelper::SetPcapDataLink(PcapDataLink dataLink)
{
    m_dataLink = dataLink;
}

NetDeviceContainer
LinkHelper::Install(const NodeContainer& nodes) const
{
    NetDeviceContainer devices;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        NS_ABORT_MSG_UNLESS(*node, "Install: there is no node; create it first");
        const auto device = m_deviceFactory.Create<NetDevice>();
        AddDevice(*node, device);
        devices.Add(device);
    }
    return devices;
}

NetDeviceContainer
LinkHelper::Install(const std::string& nodeName) const
{
    auto node = Names::Find<Node>(nodeName);
    NS_ABORT_MSG_UNLESS(node,
                        "Install: no node is named \"" << nodeName
                                                       << "\"; name it first, by Names::Add");
    return Install(node);
}

bool
LinkHelper::IsOurs(Ptr<NetDevice> device) const
{
    NS_ABORT_MSG_UNLESS(device && device->GetNode(),
                        "EnablePcap, EnableAscii: there is no device, or it is on no node; put it "
                        "on one first, by Install or Node::AddDevice");
    return device->GetObject<NetDevice>(m_deviceFactory.GetTypeId()) != nullptr;
}

void
LinkHelper::EnablePcapInternal(std::string prefix,
                               Ptr<NetDevice> nd,
                               bool promiscuous,
                               bool explicitFilename)
{
    if (!IsOurs(nd))
    {
        return;
    }
    const auto filename =
        explicitFilename ? prefix : PcapHelper().GetFilenameFromDevice(prefix, nd);
    const auto source = promiscuous ? "PromiscSniffer" : "Sniffer";
    const auto file = OpenCapture(filename, m_dataLink);
    const auto sink = ToCallback([=, dataLink = m_dataLink](Ptr<const Packet> frame) {
        if (const auto packet = Convert(frame, dataLink))
        {
            errno = 0;
            file->Write(Simulator::Now(), packet);
            CheckWritten(!file->Fail(), "EnablePcap", filename);
        }
    });
    nd->TraceConnectWithoutContext(source, sink);
    Simulator::ScheduleDestroy([=] {
        nd->TraceDisconnectWithoutContext(source, sink);
        errno = 0;
        file->Close();
        CheckWritten(!file->Fail(), "EnablePcap", filename);
    });
}

void
LinkHelper::EnableAsciiInternal(Ptr<OutputStreamWrapper> stream,
                                std::string prefix,
                                Ptr<NetDevice> nd,
                                bool explicitFilename)
{
    if (!IsOurs(nd))
    {
        return;
    }
    Packet::EnablePrinting();
    // Only a stream that devices share needs the context, which tells them apart.
    std::string path;
    std::string filename = "the stream";
    if (stream)
    {
        path = "/NodeList/" + std::to_string(nd->GetNode()->GetId()) + "/DeviceList/" +
               std::to_string(nd->GetIfIndex()) + "/$" + nd->GetInstanceTypeId().GetName() + "/";
    }
    else
    {
        filename = explicitFilename ? prefix : AsciiTraceHelper().GetFilenameFromDevice(prefix, nd);
        ClaimFile("EnableAscii", filename);
        stream = AsciiTraceHelper().CreateFileStream(filename);
    }
    for (const auto& [source, event] : ASCII_EVENTS)
    {
        const auto start = path.empty() ? path : path + source + " ";
        // As AsciiTraceHelper's sinks, which do not check the stream.
        const auto sink = [=, event = event](Ptr<const Packet> packet) {
            auto& os = *stream->GetStream();
            errno = 0;
            os << event << ' ' << Simulator::Now().GetSeconds() << ' ' << start << *packet
               << std::endl;
            CheckWritten(os.good(), "EnableAscii", filename);
        };
        nd->TraceConnectWithoutContext(source, ToCallback(sink));
    }
}

} // namespace ns3
