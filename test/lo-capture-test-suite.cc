/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/blackhole-helper.h"
#include "ns3/config.h"
#include "ns3/lo-helper.h"
#include "ns3/names.h"
#include "ns3/node.h"
#include "ns3/pcap-file.h"
#include "ns3/simulator.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

using namespace ns3;

namespace
{

constexpr uint16_t IPV4 = 0x0800;
constexpr uint16_t IPV6 = 0x86dd;
constexpr uint16_t ARP = 0x0806;

using Bytes = std::vector<uint8_t>;

/// One record of a capture.
struct Record
{
    Time time;
    Bytes bytes;
    uint32_t originalLength;
};

/// @return what a capture holds
std::vector<Record>
ReadCapture(const std::string& filename, uint32_t& dataLink)
{
    PcapFile file;
    file.Open(filename, std::ios::in);
    dataLink = file.Fail() ? 999 : file.GetDataLinkType();
    std::vector<Record> records;
    while (!file.Fail())
    {
        Bytes bytes(300000);
        uint32_t seconds = 0;
        uint32_t microseconds = 0;
        uint32_t included = 0;
        uint32_t original = 0;
        uint32_t read = 0;
        file.Read(bytes.data(), bytes.size(), seconds, microseconds, included, original, read);
        if (!file.Fail())
        {
            bytes.resize(read);
            records.push_back({Seconds(seconds) + MicroSeconds(microseconds), bytes, original});
        }
    }
    return records;
}

/// @return the lines of a file
std::vector<std::string>
ReadLines(const std::string& filename)
{
    std::ifstream file(filename);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);)
    {
        lines.push_back(line);
    }
    return lines;
}

/// A node with a lo, over which a few packets are sent.
class CaptureTestCase : public TestCase
{
  protected:
    explicit CaptureTestCase(const std::string& behaviour)
        : TestCase(behaviour)
    {
    }

    void MakeNode()
    {
        m_node = CreateObject<Node>();
        m_lo = DynamicCast<LoNetDevice>(m_helper.Install(m_node).Get(0));
        for (const auto protocol : {IPV4, IPV6, ARP})
        {
            m_node->RegisterProtocolHandler(MakeCallback(&CaptureTestCase::Ignore, this),
                                            protocol,
                                            m_lo);
        }
    }

    void SendAt(Time when, const Bytes& bytes, uint16_t protocol)
    {
        Simulator::ScheduleWithContext(m_node->GetId(), when, [this, bytes, protocol] {
            m_lo->Send(Create<Packet>(bytes.data(), bytes.size()), m_lo->GetAddress(), protocol);
        });
    }

    /// Run, and close the files by letting go of the devices.
    void RunAndClose()
    {
        Simulator::Run();
        m_lo = nullptr;
        m_node = nullptr;
        Simulator::Destroy();
    }

    LoHelper m_helper;
    Ptr<Node> m_node;
    Ptr<LoNetDevice> m_lo;

  private:
    void Ignore(Ptr<NetDevice> /* device */,
                Ptr<const Packet> /* packet */,
                uint16_t /* protocol */,
                const Address& /* from */,
                const Address& /* to */,
                NetDevice::PacketType /* type */)
    {
    }
};

/// A link type, and what it makes of a packet of IPv4, of IPv6 and of ARP.
struct LinkTypeCase
{
    LoHelper::PcapDataLink dataLink;
    uint32_t number;
    const char* name;
    Bytes beforeIpv4;
    Bytes beforeIpv6;
    bool showsArp;
};

class LinkTypeTestCase : public CaptureTestCase
{
  public:
    explicit LinkTypeTestCase(const LinkTypeCase& linkType)
        : CaptureTestCase(std::string("a capture of link type ") + linkType.name +
                          " holds each packet once, with its time"),
          m_linkType(linkType)
    {
    }

  private:
    void DoRun() override
    {
        const auto filename = CreateTempDirFilename(std::string(m_linkType.name) + ".pcap");
        MakeNode();
        m_helper.SetPcapDataLink(m_linkType.dataLink);
        m_helper.EnablePcap(filename, m_lo, false, true);
        SendAt(MicroSeconds(1000001), {1, 2, 3}, IPV4);
        SendAt(MicroSeconds(1000002), {4, 5}, IPV6);
        SendAt(MicroSeconds(1000003), {6}, ARP);
        RunAndClose();

        uint32_t dataLink = 0;
        const auto records = ReadCapture(filename, dataLink);
        NS_TEST_EXPECT_MSG_EQ(dataLink, m_linkType.number, "link type");
        NS_TEST_ASSERT_MSG_EQ(records.size(), (m_linkType.showsArp ? 3U : 2U), "records");
        CheckRecord(records[0], MicroSeconds(1000001), m_linkType.beforeIpv4, {1, 2, 3});
        CheckRecord(records[1], MicroSeconds(1000002), m_linkType.beforeIpv6, {4, 5});
    }

    void CheckRecord(const Record& record, Time time, Bytes expected, const Bytes& packet)
    {
        expected.insert(expected.end(), packet.begin(), packet.end());
        NS_TEST_EXPECT_MSG_EQ(record.time, time, "time");
        NS_TEST_EXPECT_MSG_EQ((record.bytes == expected), true, "link-layer header and packet");
        NS_TEST_EXPECT_MSG_EQ(record.originalLength, expected.size(), "original length");
    }

    LinkTypeCase m_linkType;
};

/// The largest packet of lo is longer than ns-3's default snap length.
class SnapLengthTestCase : public CaptureTestCase
{
  public:
    SnapLengthTestCase()
        : CaptureTestCase("a capture holds the largest packet whole, unless it is told to cut")
    {
    }

  private:
    uint32_t CaptureLargest(const std::string& filename)
    {
        MakeNode();
        m_helper.EnablePcap(filename, m_lo, false, true);
        SendAt(Seconds(1), Bytes(65535), IPV4);
        RunAndClose();
        uint32_t dataLink = 0;
        const auto records = ReadCapture(filename, dataLink);
        return records.size() == 1 && records[0].originalLength == 65549 ? records[0].bytes.size()
                                                                         : 0;
    }

    void DoRun() override
    {
        NS_TEST_EXPECT_MSG_EQ(CaptureLargest(CreateTempDirFilename("whole.pcap")),
                              65549,
                              "bytes of the frame");
        Config::SetDefault("ns3::PcapFileWrapper::CaptureSize", UintegerValue(96));
        NS_TEST_EXPECT_MSG_EQ(CaptureLargest(CreateTempDirFilename("cut.pcap")),
                              96,
                              "bytes of the frame with CaptureSize 96");
        Config::Reset();
    }
};

/// Promiscuous captures have what is for other hosts as well.
class PromiscuousTestCase : public CaptureTestCase
{
  public:
    PromiscuousTestCase()
        : CaptureTestCase("a promiscuous capture has what is for other hosts as well")
    {
    }

  private:
    std::size_t CountRecords(bool promiscuous)
    {
        const auto filename = CreateTempDirFilename(promiscuous ? "promisc.pcap" : "own.pcap");
        MakeNode();
        m_helper.EnablePcap(filename, m_lo, promiscuous, true);
        SendAt(Seconds(1), {1}, IPV4);
        Simulator::ScheduleWithContext(m_node->GetId(), Seconds(2), [this] {
            m_lo->Send(Create<Packet>(1), Mac48Address("02:00:00:00:00:09"), IPV4);
        });
        RunAndClose();
        uint32_t dataLink = 0;
        return ReadCapture(filename, dataLink).size();
    }

    void DoRun() override
    {
        NS_TEST_EXPECT_MSG_EQ(CountRecords(false), 1, "records of packets for this host");
        NS_TEST_EXPECT_MSG_EQ(CountRecords(true), 2, "records of all packets");
    }
};

/// Files are named as every ns-3 device helper names them, and only for our devices.
class AllDevicesTestCase : public CaptureTestCase
{
  public:
    AllDevicesTestCase()
        : CaptureTestCase("EnablePcapAll and EnableAsciiAll trace the devices of their helper")
    {
    }

  private:
    void DoRun() override
    {
        const auto prefix = CreateTempDirFilename("all");
        MakeNode();
        BlackholeHelper blackholeHelper;
        blackholeHelper.Install(m_node);
        Names::Add("host", m_node);
        m_helper.EnablePcapAll(prefix);
        m_helper.EnableAsciiAll(prefix);
        blackholeHelper.EnablePcapAll(prefix + "-sink", true);
        SendAt(Seconds(1), {1}, IPV4);
        m_node->GetDevice(1)->Send(Create<Packet>(1), Mac48Address::GetBroadcast(), IPV4);
        RunAndClose();
        Names::Clear();

        uint32_t dataLink = 0;
        NS_TEST_EXPECT_MSG_EQ(ReadCapture(prefix + "-host-0.pcap", dataLink).size(), 1, "lo");
        NS_TEST_EXPECT_MSG_EQ(ReadLines(prefix + "-host-0.tr").size(), 3, "lo, ascii");
        NS_TEST_EXPECT_MSG_EQ(ReadCapture(prefix + "-sink-host-1.pcap", dataLink).size(),
                              1,
                              "the blackhole");
        NS_TEST_EXPECT_MSG_EQ(ReadCapture(prefix + "-host-1.pcap", dataLink).size() + dataLink,
                              999,
                              "LoHelper makes no file for a blackhole");
    }
};

/// An ascii trace has a line for each event, in ns-3's words, with context if devices share it.
class AsciiTestCase : public CaptureTestCase
{
  public:
    explicit AsciiTestCase(bool shared)
        : CaptureTestCase(shared ? "an ascii trace of several devices tells them apart"
                                 : "an ascii trace of one device has a line for each event"),
          m_shared(shared)
    {
    }

  private:
    void DoRun() override
    {
        const auto filename = CreateTempDirFilename(m_shared ? "shared.tr" : "own.tr");
        MakeNode();
        const auto path = m_shared ? "/NodeList/" + std::to_string(m_node->GetId()) +
                                         "/DeviceList/0/$ns3::LoNetDevice/"
                                   : "";
        if (m_shared)
        {
            auto stream = AsciiTraceHelper().CreateFileStream(filename);
            m_helper.EnableAscii(stream, m_lo);
        }
        else
        {
            m_helper.EnableAscii(filename, m_lo, true);
        }
        SendAt(Seconds(1), Bytes(10), IPV4);
        SendAt(Seconds(2), Bytes(10), 0x88b5);
        Simulator::Schedule(Seconds(3), &LoNetDevice::SetDown, m_lo);
        SendAt(Seconds(4), Bytes(10), IPV4);
        RunAndClose();

        const auto lines = ReadLines(filename);
        const std::vector<std::pair<std::string, std::string>> expected{
            {"+ 1 ", "MacTx"},
            {"- 1 ", "MacTx"},
            {"r 1 ", "MacRx"},
            {"+ 2 ", "MacTx"},
            {"- 2 ", "MacTx"},
            {"r 2 ", "MacRx"},
            {"d 2 ", "MacRxDrop"},
            {"d 4 ", "MacTxDrop"},
        };
        NS_TEST_ASSERT_MSG_EQ(lines.size(), expected.size(), "lines");
        for (std::size_t i = 0; i < lines.size(); ++i)
        {
            const auto& [event, source] = expected[i];
            const auto begin = event + (m_shared ? path + source + " " : "");
            NS_TEST_EXPECT_MSG_EQ(lines[i].substr(0, begin.size()),
                                  begin,
                                  "beginning of line " << i + 1);
            NS_TEST_EXPECT_MSG_NE(lines[i].find("(size=10)"),
                                  std::string::npos,
                                  "line " << i + 1 << " has the packet: " << lines[i]);
        }
    }

    bool m_shared;
};

/// The files end with the simulation, also where the device does not.
class AfterDestroyTestCase : public CaptureTestCase
{
  public:
    AfterDestroyTestCase()
        : CaptureTestCase("what a device does after Simulator::Destroy is in no trace")
    {
    }

  private:
    void DoRun() override
    {
        const std::vector<std::string> files{CreateTempDirFilename("after.tr"),
                                             CreateTempDirFilename("after.pcap")};
        MakeNode();
        m_helper.EnableAscii(files[0], m_lo, true);
        m_helper.EnablePcap(files[1], m_lo, false, true);
        SendAt(Seconds(1), Bytes(100), IPV4);
        Simulator::Run();
        Simulator::Destroy();
        m_node = nullptr;
        std::vector<uintmax_t> sizes;
        for (const auto& file : files)
        {
            sizes.push_back(std::filesystem::file_size(file));
            NS_TEST_EXPECT_MSG_GT(sizes.back(), 0, file << " has what was sent");
        }
        m_lo->SetUp();
        NS_TEST_EXPECT_MSG_EQ(m_lo->Send(Create<Packet>(100), m_lo->GetAddress(), IPV4),
                              true,
                              "it sends");
        m_lo = nullptr;
        for (std::size_t i = 0; i < files.size(); ++i)
        {
            NS_TEST_EXPECT_MSG_EQ(std::filesystem::file_size(files[i]),
                                  sizes[i],
                                  files[i] << " is as it was");
        }
    }
};

class LoCaptureTestSuite : public TestSuite
{
  public:
    LoCaptureTestSuite()
        : TestSuite("lo-capture", TestSuite::Type::UNIT)
    {
        // First, because ns-3 can print packets only if that is asked for before any packet is
        // made.
        AddTestCase(new AsciiTestCase(false));
        AddTestCase(new AsciiTestCase(true));
        AddTestCase(new AfterDestroyTestCase);
        AddTestCase(new AllDevicesTestCase);

        const Bytes zeros(12);
        const auto ethernet = [&zeros](uint8_t high, uint8_t low) {
            auto header = zeros;
            header.insert(header.end(), {high, low});
            return header;
        };
        AddTestCase(new LinkTypeTestCase(
            {LoHelper::ETHERNET, 1, "Ethernet", ethernet(0x08, 0x00), ethernet(0x86, 0xdd), true}));
        AddTestCase(new LinkTypeTestCase(
            {LoHelper::NULL_LOOPBACK, 0, "Null", {2, 0, 0, 0}, {30, 0, 0, 0}, false}));
        AddTestCase(new LinkTypeTestCase({LoHelper::RAW_IP, 101, "Raw", {}, {}, false}));
        AddTestCase(new SnapLengthTestCase);
        AddTestCase(new PromiscuousTestCase);
    }
};

LoCaptureTestSuite g_loCaptureTestSuite;

} // namespace
