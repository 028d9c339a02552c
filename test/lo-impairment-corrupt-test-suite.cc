/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "correlated-uniform.h"
#include "impairment-test-case.h"

#include "ns3/flow-id-tag.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"

#include <cmath>
#include <numeric>
#include <vector>

using namespace ns3;
using namespace ns3::tests;

namespace
{

std::vector<uint8_t>
GetBytes(const Packet& packet)
{
    std::vector<uint8_t> bytes(packet.GetSize());
    packet.CopyData(bytes.data(), packet.GetSize());
    return bytes;
}

/// @return positions of the bits in which two packets of one size differ
std::vector<std::size_t>
GetDifferentBits(const std::vector<uint8_t>& one, const std::vector<uint8_t>& other)
{
    std::vector<std::size_t> different;
    for (std::size_t bit = 0; bit < 8 * one.size(); ++bit)
    {
        if (((one[bit / 8] ^ other[bit / 8]) >> (bit % 8) & 1) != 0)
        {
            different.push_back(bit);
        }
    }
    return different;
}

/// How many packets are corrupted, and where.
class CorruptTestCase : public ImpairmentTestCase
{
  public:
    CorruptTestCase(const std::string& how,
                    const ImpairmentAttributes& attributes,
                    double share,
                    bool isVirtual)
        : ImpairmentTestCase("share of corrupted packets, and which bit, " + how),
          m_attributes(attributes),
          m_share(share),
          m_isVirtual(isVirtual)
    {
    }

  private:
    static constexpr uint32_t SIZE = 40;

    void DoRun() override
    {
        std::vector<uint8_t> bytes(SIZE);
        if (!m_isVirtual)
        {
            std::iota(bytes.begin(), bytes.end(), 1);
        }
        const auto packet = m_isVirtual ? Create<Packet>(SIZE) : Create<Packet>(bytes.data(), SIZE);
        for (uint32_t seed = 1; seed <= N_SEEDS; ++seed)
        {
            Measure(packet, bytes, seed);
        }
        NS_TEST_EXPECT_MSG_EQ((GetBytes(*packet) == bytes), true, "the sender's packet stays");
    }

    void Measure(Ptr<Packet> packet, const std::vector<uint8_t>& bytes, uint32_t seed)
    {
        const auto when = "seed " + std::to_string(seed);
        BatchMeans share(1000);
        std::vector<uint64_t> flips(8 * bytes.size());
        m_onTransmit = [&](const LinkFrame& frame) {
            NS_TEST_ASSERT_MSG_EQ(frame.packet->GetSize(), SIZE, when << ": size");
            const auto different = GetDifferentBits(bytes, GetBytes(*frame.packet));
            NS_TEST_EXPECT_MSG_LT(different.size(), 2, when << ": bits flipped");
            share.Add(static_cast<double>(different.size()));
            for (const auto bit : different)
            {
                ++flips[bit];
            }
        };
        Make(m_attributes, seed);
        for (uint32_t i = 0; i < N_FRAMES; ++i)
        {
            Send(packet);
        }
        ExpectMean(share, m_share, when + ": share of packets corrupted");
        const auto corrupted = std::accumulate(flips.begin(), flips.end(), uint64_t{0});
        NS_TEST_EXPECT_MSG_EQ(m_impairment->GetStats().corrupted, corrupted, when << ": counted");
        ExpectUniform(flips, corrupted, when);
    }

    /// Expect Pearson's chi-square within 4 standard deviations of its degrees of freedom.
    void ExpectUniform(const std::vector<uint64_t>& flips, uint64_t sum, const std::string& when)
    {
        const auto nBits = static_cast<double>(flips.size());
        const double expected = static_cast<double>(sum) / nBits;
        double chiSquare = 0;
        for (const auto count : flips)
        {
            const double difference = static_cast<double>(count) - expected;
            chiSquare += difference * difference / expected;
        }
        const double freedom = nBits - 1;
        NS_TEST_EXPECT_MSG_GT(expected, 20, when << ": flips of each bit");
        NS_TEST_EXPECT_MSG_EQ_TOL(chiSquare,
                                  freedom,
                                  4 * std::sqrt(2 * freedom),
                                  when << ": chi-square of which bits are flipped");
    }

    const ImpairmentAttributes m_attributes;
    const double m_share;
    const bool m_isVirtual;
};

/// All but the bit stays.
class KeepsTestCase : public ImpairmentTestCase
{
  public:
    KeepsTestCase()
        : ImpairmentTestCase("a corrupted packet keeps its uid, tags and frame")
    {
    }

  private:
    void DoRun() override
    {
        Make({{"Corrupt", "1"}});
        auto packet = Create<Packet>(1000);
        packet->AddByteTag(FlowIdTag(5), 100, 200);
        packet->AddByteTag(FlowIdTag(6), 0, 1000);
        SocketPriorityTag priority;
        priority.SetPriority(3);
        packet->AddPacketTag(priority);
        const auto text = ToString(*packet);

        uint32_t transmitted = 0;
        m_onTransmit = [&](const LinkFrame& frame) {
            ++transmitted;
            NS_TEST_EXPECT_MSG_NE(frame.packet, packet, "a packet of its own");
            NS_TEST_EXPECT_MSG_EQ(frame.packet->GetUid(), packet->GetUid(), "uid");
            NS_TEST_EXPECT_MSG_EQ(ToString(*frame.packet), text, "tags");
            NS_TEST_EXPECT_MSG_EQ(frame.protocol, 0x0800, "protocol");
        };
        Send(packet);
        NS_TEST_EXPECT_MSG_EQ(transmitted, 1, "packets that went on");
        NS_TEST_EXPECT_MSG_EQ(ToString(*packet), text, "the sender's packet stays");
    }

    static std::string ToString(const Packet& packet)
    {
        std::ostringstream os;
        packet.PrintByteTags(os);
        packet.PrintPacketTags(os);
        return os.str();
    }
};

/// There is nothing to flip in an empty packet.
class EmptyTestCase : public ImpairmentTestCase
{
  public:
    EmptyTestCase()
        : ImpairmentTestCase("an empty packet is left alone")
    {
    }

  private:
    void DoRun() override
    {
        Make({{"Corrupt", "1"}});
        NS_TEST_EXPECT_MSG_EQ(Send(Create<Packet>()), true, "an empty packet goes on");
        NS_TEST_EXPECT_MSG_EQ(m_arrivals.size(), 1, "packets that went on");
        NS_TEST_EXPECT_MSG_EQ(m_impairment->GetStats().corrupted, 0, "Corrupted");
    }
};

class LoImpairmentCorruptTestSuite : public TestSuite
{
  public:
    LoImpairmentCorruptTestSuite()
        : TestSuite("lo-impairment-corrupt", TestSuite::Type::UNIT)
    {
        AddTestCase(new CorruptTestCase("Corrupt 0.3", {{"Corrupt", "0.3"}}, 0.3, false));
        AddTestCase(
            new CorruptTestCase("Corrupt 0.3 of virtual payload", {{"Corrupt", "0.3"}}, 0.3, true));
        AddTestCase(new CorruptTestCase("Corrupt 0.4, CorruptCorrelation 0.5",
                                        {{"Corrupt", "0.4"}, {"CorruptCorrelation", "0.5"}},
                                        CorrelatedUniform(0.5).GetBelow(0.4),
                                        false));
        AddTestCase(new KeepsTestCase);
        AddTestCase(new EmptyTestCase);
    }
};

LoImpairmentCorruptTestSuite g_loImpairmentCorruptTestSuite;

} // namespace
