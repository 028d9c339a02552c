/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "pseudo-net-device-helper.h"

#include "pcap-data-link.h"
#include "record-file.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/names.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/packet.h"

#include <cerrno>
#include <cstring>
#include <sstream>
#include <utility>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("PseudoNetDeviceHelper");

namespace
{

/// The lines of a trace of its own that a device writes.
class AsciiFile : public SimpleRefCount<AsciiFile>
{
  public:
    explicit AsciiFile(const std::string& path)
        : m_file("EnableAscii", path),
          m_stream(Create<OutputStreamWrapper>(&m_file.GetStream()))
    {
    }

    using Sink = void (*)(Ptr<OutputStreamWrapper>, Ptr<const Packet>);

    void Write(Sink sink, Ptr<const Packet> packet)
    {
        sink(m_stream, packet);
        m_file.EndRecord();
    }

  private:
    RecordFile m_file;                 ///< the file
    Ptr<OutputStreamWrapper> m_stream; ///< what AsciiTraceHelper's sinks know it by
};

/// One of AsciiTraceHelper's sinks, with and without context, and the trace source it is for.
struct AsciiSink
{
    const char* source;
    void (*withContext)(Ptr<OutputStreamWrapper>, std::string, Ptr<const Packet>);
    AsciiFile::Sink withoutContext;
};

constexpr AsciiSink ASCII_SINKS[]{
    {"MacTx",
     &AsciiTraceHelper::DefaultEnqueueSinkWithContext,
     &AsciiTraceHelper::DefaultEnqueueSinkWithoutContext},
    {"MacTx",
     &AsciiTraceHelper::DefaultDequeueSinkWithContext,
     &AsciiTraceHelper::DefaultDequeueSinkWithoutContext},
    {"MacTxDrop",
     &AsciiTraceHelper::DefaultDropSinkWithContext,
     &AsciiTraceHelper::DefaultDropSinkWithoutContext},
    {"MacRx",
     &AsciiTraceHelper::DefaultReceiveSinkWithContext,
     &AsciiTraceHelper::DefaultReceiveSinkWithoutContext},
    {"MacRxDrop",
     &AsciiTraceHelper::DefaultDropSinkWithContext,
     &AsciiTraceHelper::DefaultDropSinkWithoutContext},
};

void
WriteOwnLine(Ptr<AsciiFile> file, AsciiFile::Sink sink, Ptr<const Packet> packet)
{
    file->Write(sink, packet);
}

/// A line of a stream that is its user's, which the sink flushes.
void
WriteSharedLine(Ptr<OutputStreamWrapper> stream,
                const AsciiSink* sink,
                std::string context,
                Ptr<const Packet> packet)
{
    errno = 0;
    sink->withContext(stream, std::move(context), packet);
    NS_ABORT_MSG_UNLESS(stream->GetStream()->good(),
                        "EnableAscii: can not write to the stream: "
                            << (errno != 0 ? std::strerror(errno) : "it failed"));
}

/// @return the path by which Config::Connect knows a trace source of a device
std::string
GetTracePath(Ptr<NetDevice> device, const std::string& source)
{
    std::ostringstream path;
    path << "/NodeList/" << device->GetNode()->GetId() << "/DeviceList/" << device->GetIfIndex()
         << "/$" << device->GetInstanceTypeId().GetName() << "/" << source;
    return path.str();
}

} // namespace

PseudoNetDeviceHelper::PseudoNetDeviceHelper(const std::string& deviceType)
{
    m_deviceFactory.SetTypeId(deviceType);
}

PseudoNetDeviceHelper::~PseudoNetDeviceHelper() = default;

void
PseudoNetDeviceHelper::SetDeviceAttribute(const std::string& name, const AttributeValue& value)
{
    m_deviceFactory.Set(name, value);
    m_attributes[name] = value.Copy();
}

void
PseudoNetDeviceHelper::SetPcapDataLink(PcapDataLink dataLink)
{
    m_dataLink = dataLink;
}

NetDeviceContainer
PseudoNetDeviceHelper::Install(Ptr<Node> node) const
{
    NS_LOG_FUNCTION(this << node);
    NS_ABORT_MSG_UNLESS(node, "Install: there is no node; create it first");
    auto device = CreateDevice();
    AddDevice(node, device);
    return NetDeviceContainer(device);
}

NetDeviceContainer
PseudoNetDeviceHelper::Install(const NodeContainer& nodes) const
{
    NetDeviceContainer devices;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        devices.Add(Install(*node));
    }
    return devices;
}

NetDeviceContainer
PseudoNetDeviceHelper::Install(const std::string& nodeName) const
{
    auto node = Names::Find<Node>(nodeName);
    NS_ABORT_MSG_UNLESS(node,
                        "Install: no node is named \"" << nodeName
                                                       << "\"; name it first, by Names::Add");
    return Install(node);
}

Ptr<NetDevice>
PseudoNetDeviceHelper::CreateDevice() const
{
    return m_deviceFactory.Create<NetDevice>();
}

void
PseudoNetDeviceHelper::AddDevice(Ptr<Node> node, Ptr<NetDevice> device) const
{
    node->AddDevice(device);
}

bool
PseudoNetDeviceHelper::HasOurAttributes(Ptr<NetDevice> device) const
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
PseudoNetDeviceHelper::Describe(Ptr<Node> node)
{
    const auto name = Names::FindName(node);
    return "node " + std::to_string(node->GetId()) + (name.empty() ? "" : " (\"" + name + "\")");
}

bool
PseudoNetDeviceHelper::IsOurs(Ptr<NetDevice> device) const
{
    NS_ABORT_MSG_UNLESS(device && device->GetNode(),
                        "EnablePcap, EnableAscii: there is no device, or it is on no node; put it "
                        "on one first, by Install or Node::AddDevice");
    const auto ours = m_deviceFactory.GetTypeId();
    const auto type = device->GetInstanceTypeId();
    return type == ours || type.IsChildOf(ours);
}

void
PseudoNetDeviceHelper::EnablePcapInternal(std::string prefix,
                                          Ptr<NetDevice> nd,
                                          bool promiscuous,
                                          bool explicitFilename)
{
    if (!IsOurs(nd))
    {
        NS_LOG_INFO("Device " << nd << " is not of type " << m_deviceFactory.GetTypeId().GetName());
        return;
    }
    const auto filename =
        explicitFilename ? prefix : PcapHelper().GetFilenameFromDevice(prefix, nd);
    nd->TraceConnectWithoutContext(promiscuous ? "PromiscSniffer" : "Sniffer",
                                   MakePcapSink(filename, m_dataLink));
}

void
PseudoNetDeviceHelper::EnableAsciiInternal(Ptr<OutputStreamWrapper> stream,
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
    Ptr<AsciiFile> file;
    if (!stream)
    {
        file = Create<AsciiFile>(
            explicitFilename ? prefix : AsciiTraceHelper().GetFilenameFromDevice(prefix, nd));
    }
    // A stream that several devices share needs the context to tell them apart; a file of the
    // device's own does not.
    for (const auto& sink : ASCII_SINKS)
    {
        if (file)
        {
            nd->TraceConnectWithoutContext(
                sink.source,
                MakeBoundCallback(&WriteOwnLine, file, sink.withoutContext));
        }
        else
        {
            nd->TraceConnect(sink.source,
                             GetTracePath(nd, sink.source),
                             MakeBoundCallback(&WriteSharedLine, stream, &sink));
        }
    }
}

} // namespace ns3
