/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "every-drop.h"

#include "ns3/lo-helper.h"
#include "ns3/names.h"
#include "ns3/pcapng-helper.h"
#include "ns3/simple-net-device.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

using namespace ns3;

namespace
{

constexpr uint16_t IPV6 = 0x86dd;

/// A block of a capture, by its options and what is before them.
struct Block
{
    uint32_t type{0};
    std::string body;
    std::multimap<uint16_t, std::string> options;

    template <typename T>
    T Get(std::size_t offset) const
    {
        T value{};
        std::memcpy(&value, &body.at(offset + sizeof(T) - 1) - sizeof(T) + 1, sizeof(T));
        return value;
    }

    std::string GetOption(uint16_t code) const
    {
        const auto option = options.find(code);
        return option == options.end() ? "" : option->second;
    }
};

/// @return where the options of a block begin
std::size_t
FindOptions(const Block& block)
{
    constexpr std::size_t MULTIPLE = 4;
    switch (block.type)
    {
    case 0x0a0d0d0a: // section header
        return 16;
    case 1: // interface description
        return 8;
    case 5: // interface statistics
        return 12;
    case 6: // enhanced packet
        return 20 + (block.Get<uint32_t>(12) + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
    default:
        return block.body.size();
    }
}

/// @return the blocks of a capture, without the packets of another type
std::vector<Block>
ReadBlocks(const std::string& filename)
{
    std::ifstream file(filename, std::ios::binary);
    std::vector<Block> blocks;
    constexpr std::streamsize HEADER_SIZE = 8;
    Block header{0, std::string(HEADER_SIZE, 0), {}};
    while (file.read(header.body.data(), HEADER_SIZE))
    {
        const auto bodySize = header.Get<uint32_t>(4) - HEADER_SIZE;
        Block block{header.Get<uint32_t>(0), std::string(bodySize, 0), {}};
        file.read(block.body.data(), bodySize);
        for (auto at = FindOptions(block); at + 4 < block.body.size();)
        {
            const auto code = block.Get<uint16_t>(at);
            const auto size = block.Get<uint16_t>(at + 2);
            block.options.emplace(code, block.body.substr(at + 4, size));
            at += 4 + (size + 3) / 4 * 4;
            if (code == 0)
            {
                break;
            }
        }
        blocks.push_back(block);
    }
    return blocks;
}

/// What is in a capture.
struct Contents
{
    explicit Contents(const std::string& filename)
    {
        for (const auto& block : ReadBlocks(filename))
        {
            auto& list = block.type == 1   ? interfaces
                         : block.type == 5 ? statistics
                         : block.type == 6 ? packets
                                           : others;
            list.push_back(block);
        }
    }

    std::vector<Block> interfaces;
    std::vector<Block> packets;
    std::vector<Block> statistics;
    std::vector<Block> others;
};

int64_t
GetNanoSeconds(const Block& packet)
{
    return static_cast<int64_t>(packet.Get<uint32_t>(4)) << 32 | packet.Get<uint32_t>(8);
}

bool
IsInbound(const Block& packet)
{
    return packet.GetOption(2) == std::string("\1\0\0\0", 4);
}

/// Each drop is in the capture as the device traced and counted it.
class DropsTestCase : public TestCase
{
  public:
    DropsTestCase()
        : TestCase("a dropped packet is captured with the reason, and counted as by the device")
    {
    }

  private:
    void DoRun() override
    {
        const auto filename = CreateTempDirFilename("drops.pcapng");
        tests::EveryDrop run;
        PcapngHelper::EnablePcapng(filename, run.GetNodes());
        Simulator::Run();
        Simulator::Destroy();

        const Contents capture(filename);
        NS_TEST_ASSERT_MSG_EQ(capture.others.size(), 1, "one section header, nothing unknown");
        CheckInterfaces(capture, run);
        CheckComments(capture, run);
    }

    void CheckInterfaces(const Contents& capture, const tests::EveryDrop& run)
    {
        NS_TEST_ASSERT_MSG_EQ(capture.interfaces.size(), 3, "interfaces");
        NS_TEST_ASSERT_MSG_EQ(capture.statistics.size(), 3, "statistics");
        for (const auto& block : capture.statistics)
        {
            const auto& interface = capture.interfaces.at(block.Get<uint32_t>(0));
            const auto& device = run.GetDevices().at(interface.GetOption(2));
            std::ostringstream stats;
            stats << dynamic_cast<TracedLink&>(*device).GetStats();
            NS_TEST_EXPECT_MSG_EQ(block.GetOption(1), stats.str(), "statistics are GetStats's");
            NS_TEST_EXPECT_MSG_EQ(interface.GetOption(3),
                                  (interface.GetOption(2) == "lo" ? "client" : "1"),
                                  "the description of an interface is its node's name");
        }
    }

    void CheckComments(const Contents& capture, const tests::EveryDrop& run)
    {
        std::map<std::string, uint32_t> drops;
        uint32_t nDelivered = 0;
        uint32_t nQueueDiscReasons = 0;
        uint32_t nRefused = 0;
        for (const auto& packet : capture.packets)
        {
            auto comment = packet.GetOption(1);
            if (const auto detail = comment.find(", (Dropped by child queue disc)");
                detail != std::string::npos)
            {
                ++nQueueDiscReasons;
                comment.erase(detail, comment.find(": ") - detail);
            }
            ++(comment.empty() ? nDelivered : drops[comment]);
            const bool isLo = packet.Get<uint32_t>(0) == 0;
            NS_TEST_EXPECT_MSG_EQ((isLo || !IsInbound(packet)), true, "a blackhole sends only");
            nRefused += isLo && !IsInbound(packet) ? 1 : 0;
        }
        const auto& expected = run.GetDrops();
        NS_TEST_ASSERT_MSG_EQ(drops.size(), expected.size(), "reasons and devices");
        for (const auto& [comment, count] : expected)
        {
            NS_TEST_EXPECT_MSG_EQ(drops[comment], count, comment);
        }
        const auto stats = dynamic_cast<TracedLink&>(*run.GetDevices().at("lo")).GetStats();
        NS_TEST_EXPECT_MSG_EQ(nRefused, stats.txDropped, "outbound is what lo refused");
        NS_TEST_EXPECT_MSG_EQ(nDelivered,
                              stats.rxPackets -
                                  expected.at("OTHERHOST: dropped by lo of node client"),
                              "what lo delivered has no comment");
        NS_TEST_EXPECT_MSG_EQ(nQueueDiscReasons,
                              expected.at("QDISC_DROP: dropped by lo of node client"),
                              "the queue disc's own reason");
    }
};

/// A node with a lo, over which packets are sent by hand.
class PacketTestCase : public TestCase
{
  public:
    PacketTestCase()
        : TestCase("a packet is captured whole, with its time in nanoseconds")
    {
    }

  private:
    void SendAt(Time when, uint32_t size)
    {
        std::vector<uint8_t> bytes(size);
        for (auto& byte : bytes)
        {
            byte = static_cast<uint8_t>(0x60 + m_sent++ % 7);
        }
        Simulator::ScheduleWithContext(m_node->GetId(), when, [this, bytes] {
            m_lo->Send(Create<Packet>(bytes.data(), bytes.size()), m_lo->GetAddress(), IPV6);
        });
    }

    void DoRun() override
    {
        const auto filename = CreateTempDirFilename("packets.pcapng");
        const auto epoch = NanoSeconds(1700000000123456789);
        m_node = CreateObject<Node>();
        m_lo = DynamicCast<LoNetDevice>(LoHelper().Install(m_node).Get(0));
        m_node->RegisterProtocolHandler(MakeCallback(&PacketTestCase::Ignore, this), IPV6, m_lo);
        m_lo->TraceConnectWithoutContext("Sniffer",
                                         MakeCallback(&PacketTestCase::StoreFrame, this));
        PcapngHelper::EnablePcapng(filename, m_node);
        SendAt(NanoSeconds(1), 1);
        SendAt(NanoSeconds(2), 65536);
        SendAt(NanoSeconds(3), 300000);
        SendAt(epoch, 40);
        Simulator::Run();
        Simulator::Destroy();
        const auto size = std::filesystem::file_size(filename);
        m_lo->SetUp();
        m_lo->Send(Create<Packet>(100), m_lo->GetAddress(), IPV6);
        m_lo->SetDown();
        m_lo->Send(Create<Packet>(100), m_lo->GetAddress(), IPV6);
        NS_TEST_EXPECT_MSG_EQ(std::filesystem::file_size(filename), size, "closed by Destroy");
        m_lo = nullptr;
        m_node = nullptr;

        const auto packets = Contents(filename).packets;
        NS_TEST_ASSERT_MSG_EQ(packets.size(), 4, "packets");
        const std::vector<int64_t> times{1, 2, 3, epoch.GetNanoSeconds()};
        const std::vector<uint32_t> sizes{15, 65550, 300014, 54};
        for (std::size_t i = 0; i < packets.size(); ++i)
        {
            NS_TEST_EXPECT_MSG_EQ(GetNanoSeconds(packets[i]), times[i], "time");
            NS_TEST_EXPECT_MSG_EQ(packets[i].Get<uint32_t>(16), sizes[i], "original length");
            NS_TEST_EXPECT_MSG_EQ(packets[i].Get<uint32_t>(12),
                                  std::min(sizes[i], 262144U),
                                  "captured length, which Wireshark must be able to read");
        }
        NS_TEST_ASSERT_MSG_EQ(m_frames.size(), 3, "one was too big for lo");
        NS_TEST_EXPECT_MSG_EQ(packets[0].body.substr(20, 15), m_frames[0], "first frame");
        NS_TEST_EXPECT_MSG_EQ((packets[1].body.substr(20, 65550) == m_frames[1]), true, "second");
        NS_TEST_EXPECT_MSG_EQ(packets[2].body.substr(20, 14),
                              m_frames[0].substr(0, 14),
                              "the header of a dropped packet is that of a delivered one");
    }

    void StoreFrame(Ptr<const Packet> frame)
    {
        std::ostringstream bytes;
        frame->CopyData(&bytes, frame->GetSize());
        m_frames.push_back(bytes.str());
    }

    void Ignore(Ptr<NetDevice> /* device */,
                Ptr<const Packet> /* packet */,
                uint16_t /* protocol */,
                const Address& /* from */,
                const Address& /* to */,
                NetDevice::PacketType /* type */)
    {
    }

    Ptr<Node> m_node;
    Ptr<LoNetDevice> m_lo;
    std::vector<std::string> m_frames;
    uint32_t m_sent{0};
};

/// Interfaces are this module's devices on the nodes, and no others.
class InterfacesTestCase : public TestCase
{
  public:
    InterfacesTestCase()
        : TestCase("the devices of the nodes are interfaces, by the names that ip link prints")
    {
    }

  private:
    void DoRun() override
    {
        const auto filename = CreateTempDirFilename("interfaces.pcapng");
        NodeContainer nodes(3);
        nodes.Get(0)->AddDevice(CreateObject<SimpleNetDevice>());
        LoHelper().Install(nodes);
        Names::Add("server", nodes.Get(1));
        Names::Add("server/lo0", LoHelper::GetLo(nodes.Get(1)));
        PcapngHelper::EnablePcapng(filename, NodeContainer(nodes.Get(1), nodes.Get(0)));
        PcapngHelper::EnablePcapng(filename + "2", nodes);
        Simulator::Run();
        Simulator::Destroy();
        Names::Clear();

        const auto interfaces = Contents(filename).interfaces;
        NS_TEST_ASSERT_MSG_EQ(interfaces.size(), 2, "interfaces of two nodes");
        NS_TEST_EXPECT_MSG_EQ(interfaces[0].GetOption(2), "lo0", "the name in ns3::Names");
        NS_TEST_EXPECT_MSG_EQ(interfaces[0].GetOption(3), "server", "the node's, likewise");
        NS_TEST_EXPECT_MSG_EQ(interfaces[1].GetOption(2), "lo", "the name of an unnamed device");
        NS_TEST_EXPECT_MSG_EQ(interfaces[1].GetOption(3), "0", "the number of an unnamed node");
        NS_TEST_EXPECT_MSG_EQ(Contents(filename + "2").statistics.size(),
                              3,
                              "a second capture is another file");
    }
};

class LoPcapngTestSuite : public TestSuite
{
  public:
    LoPcapngTestSuite()
        : TestSuite("lo-pcapng", TestSuite::Type::UNIT)
    {
        AddTestCase(new DropsTestCase);
        AddTestCase(new InterfacesTestCase);
        AddTestCase(new PacketTestCase);
    }
};

LoPcapngTestSuite g_loPcapngTestSuite;

} // namespace
