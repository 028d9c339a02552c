/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-helper.h"

#include "ns3/abort.h"
#include "ns3/ethernet-header.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/log.h"
#include "ns3/names.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/packet.h"
#include "ns3/pcap-file-wrapper.h"
#include "ns3/simulation-singleton.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <ostream>
#include <set>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("LinkHelper");

namespace
{

/// The names of the captures and traces of a simulation.
struct OutputFiles
{
    std::set<std::string> names; ///< the names, but not of devices such as /dev/null
};

/// Abort if a file has two writers.
void
CheckSoleWriter(const std::string& method, const std::string& filename)
{
    std::error_code error;
    NS_ABORT_MSG_IF(std::filesystem::is_regular_file(filename, error) &&
                        !SimulationSingleton<OutputFiles>::Get()->names.insert(filename).second,
                    method << ": '" << filename
                           << "' is being written already; take another name, also of the node or "
                              "device if the file is named after it");
}

/// Abort if a file could not be written. System calls have set errno.
void
CheckWritten(bool isWritten, const std::string& method, const std::string& filename)
{
    NS_ABORT_MSG_UNLESS(isWritten,
                        method << ": cannot write '" << filename << "': " << std::strerror(errno));
}

/// A capture file of one link type.
class Capture : public SimpleRefCount<Capture>
{
  public:
    Capture(const std::string& filename, LinkHelper::PcapDataLink dataLink)
        : m_filename(filename),
          m_dataLink(dataLink)
    {
        m_file->Open(filename, std::ios::out);
        CheckWritten(!m_file->Fail(), "EnablePcap", m_filename);
        CheckSoleWriter("EnablePcap", filename);
        UintegerValue captureSize;
        m_file->GetAttribute("CaptureSize", captureSize);
        // The default would cut a frame of lo's MTU. This is the limit of tcpdump and Wireshark.
        constexpr uint32_t WHOLE_PACKET = 262144;
        m_file->Init(GetPcapType(),
                     captureSize.Get() == PcapFile::SNAPLEN_DEFAULT
                         ? WHOLE_PACKET
                         : static_cast<uint32_t>(captureSize.Get()));
    }

    void Write(Ptr<const Packet> frame)
    {
        const auto packet = m_dataLink == LinkHelper::ETHERNET ? frame : ReplaceEthernet(frame);
        if (m_isOpen && packet)
        {
            m_file->Write(Simulator::Now(), packet);
            CheckWritten(!m_file->Fail(), "EnablePcap", m_filename);
        }
    }

    void Close()
    {
        m_isOpen = false;
        m_file->Close();
        CheckWritten(!m_file->Fail(), "EnablePcap", m_filename);
    }

  private:
    PcapHelper::DataLinkType GetPcapType() const
    {
        switch (m_dataLink)
        {
        case LinkHelper::ETHERNET:
            return PcapHelper::DLT_EN10MB;
        case LinkHelper::NULL_LOOPBACK:
            return PcapHelper::DLT_NULL;
        case LinkHelper::RAW_IP:
            return PcapHelper::DLT_RAW;
        }
        NS_ABORT_MSG("SetPcapDataLink: " << m_dataLink
                                         << " is not ETHERNET, NULL_LOOPBACK or RAW_IP");
    }

    /// Return the IP packet as NULL_LOOPBACK or RAW_IP show it, or null if the frame has none.
    Ptr<const Packet> ReplaceEthernet(Ptr<const Packet> frame) const
    {
        // The protocol family of IPv4 and, as on macOS, of IPv6, in the byte order of the file.
        constexpr uint8_t NULL_INET[]{2, 0, 0, 0};
        constexpr uint8_t NULL_INET6[]{30, 0, 0, 0};
        auto ip = frame->Copy();
        EthernetHeader header(false);
        ip->RemoveHeader(header);
        const bool isIpv4 = header.GetLengthType() == Ipv4L3Protocol::PROT_NUMBER;
        if (!isIpv4 && header.GetLengthType() != Ipv6L3Protocol::PROT_NUMBER)
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

    std::string m_filename;                                       ///< name of the file
    LinkHelper::PcapDataLink m_dataLink;                          ///< link type
    Ptr<PcapFileWrapper> m_file{CreateObject<PcapFileWrapper>()}; ///< the file
    bool m_isOpen{true}; ///< whether the simulation has not been destroyed
};

/// An ascii trace, which may be one of several devices.
class AsciiTrace : public SimpleRefCount<AsciiTrace>
{
  public:
    AsciiTrace(Ptr<OutputStreamWrapper> stream, const std::string& name)
        : m_stream(stream),
          m_name(name)
    {
    }

    /// Write a line as ns3::AsciiTraceHelper's sinks do.
    static void Write(Ptr<AsciiTrace> trace,
                      char event,
                      std::string context,
                      Ptr<const Packet> packet)
    {
        auto& os = *trace->m_stream->GetStream();
        os << event << ' ' << Simulator::Now().GetSeconds() << ' ' << context << *packet
           << std::endl;
        CheckWritten(os.good(), "EnableAscii", trace->m_name);
    }

  private:
    Ptr<OutputStreamWrapper> m_stream; ///< the stream
    std::string m_name;                ///< how a message names it
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

/// Return the path by which Config::Connect finds a device.
std::string
GetConfigPath(Ptr<NetDevice> device)
{
    return "/NodeList/" + std::to_string(device->GetNode()->GetId()) + "/DeviceList/" +
           std::to_string(device->GetIfIndex()) + "/$" + device->GetInstanceTypeId().GetName();
}

} // namespace

LinkHelper::LinkHelper(const std::string& deviceType)
{
    m_deviceFactory.SetTypeId(deviceType);
}

LinkHelper::~LinkHelper() = default;

void
LinkHelper::SetDeviceAttribute(const std::string& name, const AttributeValue& value)
{
    m_deviceFactory.Set(name, value);
    m_attributes[name] = value.Copy();
}

void
LinkHelper::SetPcapDataLink(PcapDataLink dataLink)
{
    m_dataLink = dataLink;
}

NetDeviceContainer
LinkHelper::Install(Ptr<Node> node) const
{
    NS_LOG_FUNCTION(this << node);
    NS_ABORT_MSG_UNLESS(node, "Install: there is no node; create it first");
    auto device = CreateDevice();
    AddDevice(node, device);
    return NetDeviceContainer(device);
}

NetDeviceContainer
LinkHelper::Install(const NodeContainer& nodes) const
{
    NetDeviceContainer devices;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        devices.Add(Install(*node));
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

Ptr<NetDevice>
LinkHelper::CreateDevice() const
{
    return m_deviceFactory.Create<NetDevice>();
}

void
LinkHelper::AddDevice(Ptr<Node> node, Ptr<NetDevice> device) const
{
    node->AddDevice(device);
}

bool
LinkHelper::HasOurAttributes(Ptr<NetDevice> device) const
{
    for (const auto& [name, value] : m_attributes)
    {
        TypeId::AttributeInformation attribute;
        device->GetInstanceTypeId().LookupAttributeByName(name, &attribute);
        const auto wanted = attribute.checker->CreateValidValue(*value);
        const auto present = attribute.checker->Create();
        attribute.accessor->Get(PeekPointer(device), *present);
        if (present->SerializeToString(attribute.checker) !=
            wanted->SerializeToString(attribute.checker))
        {
            return false;
        }
    }
    return true;
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
        NS_LOG_INFO("Device " << nd << " is not of type " << m_deviceFactory.GetTypeId().GetName());
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
        NS_LOG_INFO("Device " << nd << " is not of type " << m_deviceFactory.GetTypeId().GetName());
        return;
    }
    Packet::EnablePrinting();
    // Only a stream that devices share needs the context, which tells them apart.
    const bool isShared = stream != nullptr;
    std::string name = "the stream";
    if (!isShared)
    {
        name = explicitFilename ? prefix : AsciiTraceHelper().GetFilenameFromDevice(prefix, nd);
        stream = AsciiTraceHelper().CreateFileStream(name);
        CheckSoleWriter("EnableAscii", name);
    }
    const auto trace = Create<AsciiTrace>(stream, name);
    for (const auto& [source, event] : ASCII_EVENTS)
    {
        const auto context = isShared ? GetConfigPath(nd) + "/" + source + " " : "";
        nd->TraceConnectWithoutContext(
            source,
            MakeBoundCallback(&AsciiTrace::Write, trace, event, context));
    }
}

} // namespace ns3
