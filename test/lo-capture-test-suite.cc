/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"
#include "to-callback.h"

#include "ns3/double.h"
#include "ns3/flow-id-tag.h"
#include "ns3/ipv4-header.h"
#include "ns3/loopback-module.h"
#include "ns3/node.h"
#include "ns3/pcap-file.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/traffic-control-layer.h"
#include "ns3/udp-header.h"
#include "ns3/uinteger.h"

#include <cstring>
#include <filesystem>
#include <iomanip>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::tests;

namespace
{

constexpr uint16_t IPV4 = 0x0800;
constexpr uint16_t IPV6 = 0x86dd;
constexpr uint16_t ARP = 0x0806;

using Bytes = std::vector<uint8_t>;

/// The two zero addresses at the start of a frame over lo, in hex.
const std::string ZEROS(24, '0');

/// @return a capture as a line for its link type, and one for each record, which has the time in
/// microseconds, the length of the packet, and the bytes in hex
std::string
ReadCapture(const std::string& filename)
{
    PcapFile file;
    file.Open(filename, std::ios::in);
    std::ostringstream text;
    text << "link type " << file.GetDataLinkType() << std::setfill('0');
    Bytes bytes(300'000);
    uint32_t seconds = 0;
    uint32_t microseconds = 0;
    uint32_t included = 0;
    uint32_t original = 0;
    uint32_t read = 0;
    file.Read(bytes.data(), bytes.size(), seconds, microseconds, included, original, read);
    while (!file.Fail())
    {
        text << "\n" << seconds << "." << std::setw(6) << microseconds << " " << original << " ";
        for (uint32_t i = 0; i < read; ++i)
        {
            text << std::hex << std::setw(2) << +bytes[i] << std::dec;
        }
        file.Read(bytes.data(), bytes.size(), seconds, microseconds, included, original, read);
    }
    return text.str();
}

/// @return a number in the byte order of the machine
std::string
Raw(uint32_t number)
{
    std::string bytes(sizeof(number), '\0');
    std::memcpy(bytes.data(), &number, sizeof(number));
    return bytes;
}

/// A tag whose type ns-3 cannot construct.
class TagWithoutConstructor : public FlowIdTag
{
  public:
    TypeId GetInstanceTypeId() const override
    {
        static TypeId tid = TypeId("ns3::tests::TagWithoutConstructor")
                                .SetParent<FlowIdTag>()
                                .HideFromDocumentation();
        return tid;
    }
};

/// A node with a lo and handlers of IPv4, IPv6 and ARP, and a few packets over it.
class CaptureTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Check the header of each link type. Only Ethernet has ARP.
    void LinkTypes()
    {
        CheckLinkType(LoHelper::ETHERNET,
                      "link type 1\n"
                      "1.000001 17 " +
                          ZEROS + "0800010203\n1.000002 16 " + ZEROS + "86dd0405\n1.000003 15 " +
                          ZEROS + "080606");
        CheckLinkType(LoHelper::NULL_LOOPBACK,
                      "link type 0\n"
                      "1.000001 7 02000000010203\n"
                      "1.000002 6 1e0000000405");
        CheckLinkType(LoHelper::RAW_IP,
                      "link type 101\n"
                      "1.000001 3 010203\n"
                      "1.000002 2 0405");
    }

    /// Capture lo's largest packet, which is longer than ns-3's default snap length.
    void SnapLength()
    {
        CheckSize("whole.pcap", 65550);
        Config::SetDefault("ns3::PcapFileWrapper::CaptureSize", UintegerValue(96));
        CheckSize("cut.pcap", 96);
    }

    /// Check which packets a capture has.
    void Promiscuous()
    {
        const auto own = CreateTempDirFilename("own.pcap");
        const auto all = CreateTempDirFilename("all.pcap");
        MakeNode();
        m_helper.EnablePcap(own, m_lo, false, true);
        m_helper.EnablePcap(all, m_lo, true, true);
        SendAt(Seconds(1), {1}, IPV4);
        Simulator::ScheduleWithContext(m_node->GetId(), Seconds(2), [this] {
            m_lo->Send(Create<Packet>(1), Mac48Address("02:00:00:00:00:09"), IPV4);
        });
        RunAndDestroy();
        m_lo->SetUp();
        NS_TEST_EXPECT_MSG_EQ(m_lo->Send(Create<Packet>(1), m_lo->GetAddress(), IPV4),
                              true,
                              "the device sends when the simulator is destroyed");
        const auto forThisHost = "link type 1\n1.000000 15 " + ZEROS + "080001";
        NS_TEST_EXPECT_MSG_EQ(ReadCapture(own), forThisHost, "packets for this host");
        NS_TEST_EXPECT_MSG_EQ(ReadCapture(all),
                              forThisHost + "\n2.000000 15 020000000009000000000000080000",
                              "all packets");
    }

    /// Corrupt a packet at each hop by netem, and check that its printed line stays short.
    void CorruptedAtEachHop()
    {
        MakeNode();
        m_node->AggregateObject(CreateObject<TrafficControlLayer>());
        TrafficControlHelper control;
        control.SetRootQueueDisc("ns3::NetemQueueDisc", "Corrupt", DoubleValue(1));
        control.Install(m_lo);
        const auto send = [this](Ptr<Packet> packet) {
            packet->AddHeader(Ipv4Header());
            m_lo->Send(packet, m_lo->GetAddress(), IPV4);
        };
        uint32_t nHops = 0;
        std::ostringstream line;
        const auto forward = ToHandler([&](Ptr<NetDevice>, Ptr<const Packet> received) {
            // A header that ns-3's metadata does not know there, such as an IPv4 header with a
            // flipped bit.
            const auto packet = received->Copy();
            UdpHeader header;
            packet->RemoveHeader(header);
            if (++nHops < 7)
            {
                send(packet);
                return;
            }
            FlowIdTag tag;
            NS_TEST_EXPECT_MSG_EQ(packet->FindFirstMatchingByteTag(tag), true, "a byte tag stays");
            NS_TEST_EXPECT_MSG_EQ(tag.GetFlowId(), 9, "the byte tag");
            line << *packet;
        });
        m_node->RegisterProtocolHandler(forward, IPV4, m_lo);
        Simulator::ScheduleWithContext(m_node->GetId(), Seconds(1), [&] {
            const auto packet = Create<Packet>(1000);
            packet->AddByteTag(FlowIdTag(9));
            packet->AddByteTag(TagWithoutConstructor());
            send(packet);
        });
        RunAndDestroy();
        NS_TEST_EXPECT_MSG_EQ(nHops, 7, "hops");
        NS_TEST_EXPECT_MSG_LT(line.str().size(), 2000, "printed characters");
    }

    /// Check the names of files, which exist only for the helper's devices.
    void AllDevices()
    {
        const auto prefix = CreateTempDirFilename("all");
        MakeNode();
        BlackholeHelper blackholeHelper;
        blackholeHelper.Install(m_node);
        Names::Add("host", m_node);
        Names::Add("host/lo0", m_lo);
        m_helper.EnablePcapAll(prefix);
        m_helper.EnableAsciiAll(prefix);
        blackholeHelper.EnablePcapAll(prefix + "-sink", true);
        SendAt(Seconds(1), {1}, IPV4);
        m_node->GetDevice(1)->Send(Create<Packet>(1), Mac48Address::GetBroadcast(), IPV4);
        RunAndDestroy();

        NS_TEST_EXPECT_MSG_EQ(ReadCapture(prefix + "-host-lo0.pcap"),
                              "link type 1\n1.000000 15 " + ZEROS + "080001",
                              "lo");
        NS_TEST_EXPECT_MSG_EQ(ReadFile(prefix + "-host-lo0.tr"),
                              "+ 1 Payload (size=1)\n- 1 Payload (size=1)\nr 1 Payload (size=1)\n",
                              "lo, ascii");
        const auto sink = ReadCapture(prefix + "-sink-host-1.pcap");
        NS_TEST_EXPECT_MSG_EQ(sink.find("link type 1\n0.000000 15 ffffffffffff"), 0, sink);
        NS_TEST_EXPECT_MSG_EQ(std::filesystem::exists(prefix + "-host-1.pcap"),
                              false,
                              "no file of LoHelper for a blackhole");
    }

    /// Check that an ascii trace has a line per event, as ns-3 writes it.
    void Ascii()
    {
        const auto filename = CreateTempDirFilename("own.tr");
        const auto sharedFilename = CreateTempDirFilename("shared.tr");
        MakeNode();
        m_helper.EnableAscii(filename, m_lo, true);
        m_helper.EnableAscii(AsciiTraceHelper().CreateFileStream(sharedFilename), m_lo);
        SendAt(Seconds(1), Bytes(10), IPV4);
        SendAt(Seconds(2), Bytes(10), 0x88b5);
        Simulator::Schedule(Seconds(3), &LoNetDevice::SetDown, m_lo);
        SendAt(Seconds(4), Bytes(10), IPV4);
        const auto path =
            "/NodeList/" + std::to_string(m_node->GetId()) + "/DeviceList/0/$ns3::LoNetDevice/";
        RunAndDestroy();

        const std::vector<std::pair<std::string, std::string>> expected{
            {"+ 1 ", "MacTx "},
            {"- 1 ", "MacTx "},
            {"r 1 ", "MacRx "},
            {"+ 2 ", "MacTx "},
            {"- 2 ", "MacTx "},
            {"r 2 ", "MacRx "},
            {"d 2 ", "MacRxDrop "},
            {"d 4 ", "MacTxDrop "},
        };
        std::ostringstream own;
        std::ostringstream shared;
        for (const auto& [event, source] : expected)
        {
            own << event << "Payload (size=10)\n";
            shared << event << path << source << "Payload (size=10)\n";
        }
        NS_TEST_EXPECT_MSG_EQ(ReadFile(filename), own.str(), "the trace of one device");
        NS_TEST_EXPECT_MSG_EQ(ReadFile(sharedFilename), shared.str(), "the shared trace");
    }

    /// Check a pcapng of dropped packets, which Simulator::Destroy closes. In test/pcapng.sh tshark
    /// reads one with each reason.
    void Pcapng()
    {
        const auto filename = CreateTempDirFilename("run.pcapng");
        MakeNode();
        Names::Add("host", m_node);
        Names::Add("host/lo0", m_lo);
        const auto sink = BlackholeHelper().Install(m_node).Get(0);
        PcapngHelper::EnablePcapng(filename, m_node);
        PcapngHelper::EnablePcapng(filename + "2", m_node);
        const int64_t time = 1700000000123456789;
        SendAt(Seconds(1), {1}, IPV4);
        sink->Send(Create<Packet>(1), sink->GetBroadcast(), IPV4);
        SendAt(NanoSeconds(time), Bytes(300'000, 0x60), IPV6);
        RunAndDestroy();
        const auto contents = ReadFile(filename);
        const std::map<std::string, std::string> parts{
            {"the time and the sizes, to the snap length and whole, before an IPv6 frame",
             Raw(time >> 32) + Raw(time & 0xffffffff) + Raw(262'144) + Raw(300'014) +
                 std::string(12, '\0') + "\x86\xdd\x60"},
            {"why it was dropped", "PKT_TOO_BIG: dropped by lo0 of node host"},
            {"what the blackhole discards", "BLACKHOLE: dropped by dummy0 of node host"},
            {"the counters of lo", "rxPackets=1 txPackets=1 rxBytes=1 txBytes=1 "},
            {"the counters of the blackhole", "rxPackets=0 txPackets=1 rxBytes=0 txBytes=1 "}};
        for (const auto& [what, part] : parts)
        {
            NS_TEST_EXPECT_MSG_NE(contents.find(part), std::string::npos, what);
        }
        NS_TEST_EXPECT_MSG_EQ((ReadFile(filename + "2") == contents), true, "a second capture");
        m_lo->SetUp();
        m_lo->Send(Create<Packet>(65'536), m_lo->GetAddress(), IPV6); // too large for a buffer
        NS_TEST_EXPECT_MSG_EQ(ReadFile(filename).size(), contents.size(), "closed by Destroy");
    }

  private:
    void CheckLinkType(LoHelper::PcapDataLink type, const std::string& expected)
    {
        const auto filename = CreateTempDirFilename("link-type-" + std::to_string(type));
        MakeNode();
        m_helper.SetPcapDataLink(type);
        m_helper.EnablePcap(filename, m_lo, false, true);
        SendAt(MicroSeconds(1000001), {1, 2, 3}, IPV4);
        SendAt(MicroSeconds(1000002), {4, 5}, IPV6);
        SendAt(MicroSeconds(1000003), {6}, ARP);
        RunAndDestroy();
        NS_TEST_EXPECT_MSG_EQ(ReadCapture(filename), expected, "the capture");
    }

    void CheckSize(const std::string& name, std::size_t size)
    {
        const auto filename = CreateTempDirFilename(name);
        MakeNode();
        m_helper.EnablePcap(filename, m_lo, false, true);
        SendAt(Seconds(1), Bytes(65536), IPV4);
        RunAndDestroy();
        const std::string start = "link type 1\n1.000000 65550 ";
        NS_TEST_EXPECT_MSG_EQ(ReadCapture(filename).find(start), 0, "time and length in " << name);
        NS_TEST_EXPECT_MSG_EQ(ReadCapture(filename).size(),
                              start.size() + 2 * size,
                              "lines with the hex of " << name);
    }

    void MakeNode()
    {
        m_node = CreateObject<Node>();
        m_lo = DynamicCast<LoNetDevice>(m_helper.Install(m_node).Get(0));
        const auto handler = ToHandler([](Ptr<NetDevice>, Ptr<const Packet>) {});
        for (const auto protocol : {IPV4, IPV6, ARP})
        {
            m_node->RegisterProtocolHandler(handler, protocol, m_lo);
        }
    }

    void SendAt(Time when, const Bytes& bytes, uint16_t protocol)
    {
        Simulator::ScheduleWithContext(m_node->GetId(), when, [this, bytes, protocol] {
            m_lo->Send(Create<Packet>(bytes.data(), bytes.size()), m_lo->GetAddress(), protocol);
        });
    }

    LoHelper m_helper;
    Ptr<Node> m_node;
    Ptr<LoNetDevice> m_lo;
};

const Suite g_suite("lo-capture", TestSuite::Type::UNIT, [](Suite& suite) {
    // First, because ns-3 prints only packets made after printing was enabled.
    suite.Add("an ascii trace has a line for each event, with the path of the trace source if "
              "devices share it",
              &CaptureTestCase::Ascii);
    suite.Add("a packet that netem corrupts at each hop keeps its byte tags, and a short line",
              &CaptureTestCase::CorruptedAtEachHop);
    suite.Add("EnablePcapAll and EnableAsciiAll trace the devices of their helper",
              &CaptureTestCase::AllDevices);
    suite.Add("a capture of each link type holds each packet once, with its time",
              &CaptureTestCase::LinkTypes);
    suite.Add("a capture holds the largest packet whole, unless a snap length is set",
              &CaptureTestCase::SnapLength);
    suite.Add("a pcapng has each packet, up to the snap length, with its time and why it "
              "was dropped",
              &CaptureTestCase::Pcapng);
    suite.Add("only a promiscuous capture has packets for other hosts, and none has what a device "
              "does after Simulator::Destroy",
              &CaptureTestCase::Promiscuous);
});

} // namespace
