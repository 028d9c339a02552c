/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"

#include "ns3/blackhole-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/names.h"
#include "ns3/pcapng-helper.h"
#include "ns3/simple-net-device.h"
#include "ns3/simulator.h"

#include <cstring>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::tests;

namespace
{

constexpr uint32_t SNAP_LENGTH{262144}; ///< the largest frame that Wireshark reads

/// @return a number in the byte order of the machine
template <typename T>
std::string
Raw(T number)
{
    std::string bytes(sizeof(number), '\0');
    std::memcpy(bytes.data(), &number, sizeof(number));
    return bytes;
}

/// @return bytes, with zeros up to a multiple of four
std::string
Pad(std::string bytes)
{
    bytes.resize((bytes.size() + 3) / 4 * 4);
    return bytes;
}

std::string
MakeOption(uint16_t code, const std::string& value)
{
    return Raw(code) + Raw(static_cast<uint16_t>(value.size())) + Pad(value);
}

/// @return a block, of what is before its options, and these
std::string
MakeBlock(uint32_t type, const std::string& fixed, const std::string& options)
{
    const auto body = fixed + options + Raw<uint32_t>(0);
    const auto size = Raw(static_cast<uint32_t>(body.size() + 12));
    return Raw(type) + size + body + size;
}

std::string
MakeInterface(const std::string& name, const std::string& node)
{
    return MakeBlock(1,
                     Raw<uint32_t>(1) + Raw(SNAP_LENGTH),
                     MakeOption(2, name) + MakeOption(3, node) + MakeOption(9, "\x09"));
}

/// @return a time in nanoseconds
std::string
MakeTime(Time at)
{
    const auto time = static_cast<uint64_t>(at.GetNanoSeconds());
    return Raw(static_cast<uint32_t>(time >> 32)) + Raw(static_cast<uint32_t>(time));
}

/// @return a packet that is received (1) or sent (2), with the comment that a dropped one has
std::string
MakePacket(uint32_t interface,
           Time at,
           const std::string& frame,
           uint32_t direction,
           const std::string& comment = "")
{
    const auto cut = frame.substr(0, SNAP_LENGTH);
    return MakeBlock(6,
                     Raw(interface) + MakeTime(at) + Raw(static_cast<uint32_t>(cut.size())) +
                         Raw(static_cast<uint32_t>(frame.size())) + Pad(cut),
                     (comment.empty() ? "" : MakeOption(1, comment)) +
                         MakeOption(2, Raw(direction)));
}

/// @return the counters of an interface
std::string
MakeStatistics(uint32_t interface, Time at, const LinkStats& stats)
{
    std::ostringstream text;
    text << stats;
    return MakeBlock(5,
                     Raw(interface) + MakeTime(at),
                     MakeOption(1, text.str()) + MakeOption(4, Raw(stats.rxPackets)) +
                         MakeOption(5, Raw(stats.rxDropped + stats.txDropped)));
}

/// @return a frame of IPv6, whose addresses are all the same
std::string
MakeFrame(uint32_t size, char address)
{
    return std::string(12, address) + "\x86\xdd" + std::string(size, '\x60');
}

/// A capture, byte by byte. test/pcapng.sh has tshark read one with every reason for a drop.
class PcapngTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Capture two nodes of three, one of which has a device that is not ours.
    void Bytes()
    {
        const auto filename = CreateTempDirFilename("run.pcapng");
        const auto epoch = NanoSeconds(1700000000123456789);
        NodeContainer nodes(3);
        nodes.Get(0)->AddDevice(CreateObject<SimpleNetDevice>());
        LoHelper().Install(nodes);
        const auto lo = LoHelper::GetLo(nodes.Get(1));
        const auto sink = BlackholeHelper().Install(nodes.Get(0)).Get(0);
        sink->SetAddress(Mac48Address("ff:ff:ff:ff:ff:ff"));
        Names::Add("server", nodes.Get(1));
        Names::Add("server/lo0", lo);
        PcapngHelper::EnablePcapng(filename, NodeContainer(nodes.Get(1), nodes.Get(0)));
        PcapngHelper::EnablePcapng(filename + "2", nodes.Get(2));
        SendAt(NanoSeconds(1), lo, 1);
        SendAt(NanoSeconds(2), lo, 65536);
        SendAt(NanoSeconds(3), lo, 300'000);
        SendAt(epoch, sink, 40);
        RunAndDestroy();
        Names::Clear();
        const auto number = std::to_string(nodes.Get(0)->GetId());
        const std::string taken = "UNHANDLED_PROTO: dropped by lo0 of node server";
        std::string expected = MakeBlock(0x0a0d0d0a,
                                         Raw<uint32_t>(0x1a2b3c4d) + Raw<uint16_t>(1) +
                                             Raw<uint16_t>(0) + Raw<int64_t>(-1),
                                         MakeOption(4, "ns-3"));
        expected += MakeInterface("lo0", "server");
        expected += MakeInterface("lo", number);
        expected += MakeInterface("dummy0", number);
        for (const auto& [at, size] : {std::pair{1, 1}, std::pair{2, 65536}})
        {
            expected += MakePacket(0, NanoSeconds(at), MakeFrame(size, '\0'), 1);
            expected += MakePacket(0, NanoSeconds(at), MakeFrame(size, '\0'), 1, taken);
        }
        expected += MakePacket(0,
                               NanoSeconds(3),
                               MakeFrame(300'000, '\0'),
                               2,
                               "PKT_TOO_BIG: dropped by lo0 of node server");
        expected += MakePacket(2,
                               epoch,
                               MakeFrame(40, '\xff'),
                               2,
                               "BLACKHOLE: dropped by dummy0 of node " + number);
        expected += MakeStatistics(0, epoch, lo->GetStats());
        expected += MakeStatistics(1, epoch, {});
        expected += MakeStatistics(2, epoch, DynamicCast<BlackholeNetDevice>(sink)->GetStats());
        NS_TEST_EXPECT_MSG_EQ((ReadFile(filename) == expected), true, "every byte of the capture");
        NS_TEST_EXPECT_MSG_GT(ReadFile(filename + "2").size(),
                              0,
                              "a second capture is another file");
        lo->SetUp();
        lo->Send(Create<Packet>(100), lo->GetAddress(), 0x86dd);
        NS_TEST_EXPECT_MSG_EQ(ReadFile(filename).size(), expected.size(), "closed by Destroy");
    }

  private:
    /// Send a packet of IPv6.
    static void SendAt(Time at, Ptr<NetDevice> device, uint32_t size)
    {
        Simulator::ScheduleWithContext(device->GetNode()->GetId(), at, [device, size] {
            const std::vector<uint8_t> bytes(size, 0x60);
            device->Send(Create<Packet>(bytes.data(), size), device->GetBroadcast(), 0x86dd);
        });
    }
};

const Suite g_suite("lo-pcapng", TestSuite::Type::UNIT, [](Suite& suite) {
    suite.Add("a capture has the devices of its nodes by name, each packet whole with its time and "
              "why it was dropped, and the counters",
              &PcapngTestCase::Bytes);
});

} // namespace
