/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-helper.h"

#include "../model/ip-family.h"
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

/// A capture file of one link type.
class Capture : public SimpleRefCount<Capture>
{
  public:
    Capture(const std::string& filename, LinkHelper::PcapDataLink dataLink)
        : m_filename(filename),
          m_dataLink(dataLink),
          m_file(CreateObject<PcapFileWrapper>())
    {
        ClaimFile("EnablePcap", filename);
        errno = 0;
        m_file->Open(filename, std::ios::out);
        UintegerValue captureSize;
        m_file->GetAttribute("CaptureSize", captureSize);
        // The default would cut a frame of lo's MTU.
        m_file->Init(m_dataLink,
                     captureSize.Get() == PcapFile::SNAPLEN_DEFAULT
                         ? MAX_FRAME_SIZE
                         : static_cast<uint32_t>(captureSize.Get()));
        CheckWritten(!m_file->Fail(), "EnablePcap", filename);
    }

    void Write(Ptr<const Packet> frame)
    {
        const auto packet = m_dataLink == LinkHelper::ETHERNET ? frame : ReplaceEthernet(frame);
        if (m_file && packet)
        {
            errno = 0;
            m_file->Write(Simulator::Now(), packet);
            CheckWritten(!m_file->Fail(), "EnablePcap", m_filename);
        }
    }

    void Close()
    {
        errno = 0;
        m_file->Close();
        CheckWritten(!m_file->Fail(), "EnablePcap", m_filename);
        m_file = nullptr;
    }

  private:
    /// Return the IP packet as NULL_LOOPBACK or RAW_IP show it, or null if the frame has none.
    Ptr<const Packet> ReplaceEthernet(Ptr<const Packet> frame) const
    {
        // The protocol family of IPv4 and, as on macOS, of IPv6, in the byte order of the file.
        constexpr uint8_t NULL_INET[]{2, 0, 0, 0};
        constexpr uint8_t NULL_INET6[]{30, 0, 0, 0};
        auto ip = frame->Copy();
        EthernetHeader header(false);
        ip->RemoveHeader(header);
        const bool isIpv4 = header.GetLengthType() == Ipv4Family::ETHER_TYPE;
        if (!isIpv4 && header.GetLengthType() != Ipv6Family::ETHER_TYPE)
        {
            return nullptr;
        }
        if (m_dataLink == LinkHelper::RAW_IP)
        {
            return ip;
        }
        auto framed = Create<Packet>(isIpv4 ? NULL_INET : NULL_INET6, sizeof(NULL_INET));
        framed->AddAtEnd(ip);
        return framed;
    }

    std::string m_filename;              ///< name of the file
    LinkHelper::PcapDataLink m_dataLink; ///< link type
    Ptr<PcapFileWrapper> m_file;         ///< the file, or null if it is closed
};

/// A sink that writes what ns3::AsciiTraceHelper's sinks write.
class AsciiSink : public SimpleRefCount<AsciiSink>
{
  public:
    AsciiSink(Ptr<OutputStreamWrapper> stream,
              const std::string& filename,
              char event,
              const std::string& context)
        : m_stream(stream),
          m_filename(filename),
          m_event(event),
          m_context(context)
    {
    }

    void Write(Ptr<const Packet> packet)
    {
        auto& os = *m_stream->GetStream();
        errno = 0;
        os << m_event << ' ' << Simulator::Now().GetSeconds() << ' ' << m_context << *packet
           << std::endl;
        CheckWritten(os.good(), "EnableAscii", m_filename);
    }

  private:
    Ptr<OutputStreamWrapper> m_stream; ///< gets the lines
    std::string m_filename;            ///< name of the stream, for messages
    char m_event;                      ///< the character that a line begins with
    std::string m_context;             ///< path of the trace source, or empty
};

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
    NS_ABORT_MSG_UNLESS(dataLink == ETHERNET || dataLink == NULL_LOOPBACK || dataLink == RAW_IP,
                        "SetPcapDataLink: " << dataLink
                                            << " is not ETHERNET, NULL_LOOPBACK or RAW_IP");
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

void
LinkHelper::AddDevice(Ptr<Node> node, Ptr<NetDevice> device) const
{
    node->AddDevice(device);
}

std::string
LinkHelper::Describe(Ptr<Node> node)
{
    const auto name = Names::FindName(node);
    return "node " + std::to_string(node->GetId()) + (name.empty() ? "" : " (\"" + name + "\")");
}

bool
LinkHelper::IsOurs(Ptr<NetDevice> device) const
{
    NS_ABORT_MSG_UNLESS(device && device->GetNode(),
                        "EnablePcap, EnableAscii: there is no device, or it is on no node; put it "
                        "on one first, by Install or Node::AddDevice");
    const auto ours = m_deviceFactory.GetTypeId();
    const auto type = device->GetInstanceTypeId();
    return type == ours || type.IsChildOf(ours);
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
    const auto capture =
        Create<Capture>(explicitFilename ? prefix : PcapHelper().GetFilenameFromDevice(prefix, nd),
                        m_dataLink);
    nd->TraceConnectWithoutContext(promiscuous ? "PromiscSniffer" : "Sniffer",
                                   MakeCallback(&Capture::Write, capture));
    Simulator::ScheduleDestroy(&Capture::Close, capture);
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
        const auto context = path.empty() ? path : path + source + " ";
        nd->TraceConnectWithoutContext(
            source,
            MakeCallback(&AsciiSink::Write, Create<AsciiSink>(stream, filename, event, context)));
    }
}

} // namespace ns3
