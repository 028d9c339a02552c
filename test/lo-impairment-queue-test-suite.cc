/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "impairment-test-case.h"

#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"

#include <sstream>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// A constant delay, in the words of an attribute.
const char* const ONE_SECOND = "ns3::ConstantRandomVariable[Constant=1]";

/// What is not impaired passes at once, and nothing else happens.
class NothingSetTestCase : public ImpairmentTestCase
{
  public:
    NothingSetTestCase()
        : ImpairmentTestCase("with nothing set, frames pass as they are, without an event or a "
                             "random number")
    {
    }

  private:
    void DoRun() override
    {
        Expect({});
        Expect({{"Delay", "ns3::ConstantRandomVariable[Constant=0]"}});
        Expect({{"LossModel", "GilbertElliott"}, {"GilbertR", "0.5"}});
        Expect({{"LossModel", "FourState"}, {"StateP32", "0.5"}, {"StateP31", "0.5"}});
        Expect({{"LossCorrelation", "0.5"},
                {"DuplicateCorrelation", "0.5"},
                {"CorruptCorrelation", "0.5"},
                {"ReorderCorrelation", "0.5"},
                {"Gap", "5"}});
    }

    void Expect(const ImpairmentAttributes& attributes)
    {
        m_onTransmit = nullptr;
        Make(attributes);
        auto packet = Create<Packet>(10);
        m_onTransmit = [&](const LinkFrame& frame) {
            NS_TEST_EXPECT_MSG_EQ(frame.packet, packet, "the same packet goes on");
            NS_TEST_EXPECT_MSG_EQ(frame.protocol, 0x0800, "protocol");
        };
        const auto events = Simulator::GetEventCount();
        const auto stream = RngSeedManager::GetNextStreamIndex();
        for (int i = 0; i < 100; ++i)
        {
            NS_TEST_EXPECT_MSG_EQ(Send(packet), true, "sent");
            NS_TEST_EXPECT_MSG_EQ(m_arrivals.size(), m_nSent, "before Enqueue returns");
        }
        NS_TEST_EXPECT_MSG_EQ(RngSeedManager::GetNextStreamIndex(),
                              stream + 1,
                              "no automatic random stream is taken");
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(Simulator::GetEventCount(), events, "events");
        LinkImpairmentStats expected;
        expected.passed = 100;
        NS_TEST_EXPECT_MSG_EQ(m_impairment->GetStats(), expected, "counters");
    }
};

/// The queue has as much room as Limit says.
class LimitTestCase : public ImpairmentTestCase
{
  public:
    LimitTestCase()
        : ImpairmentTestCase("over Limit packets are dropped")
    {
    }

  private:
    void DoRun() override
    {
        Make({{"Delay", ONE_SECOND}, {"Limit", "10"}});
        for (uint32_t i = 0; i < 25; ++i)
        {
            NS_TEST_EXPECT_MSG_EQ(Send(), (i < 10), "whether packet " << i << " has room");
        }
        NS_TEST_EXPECT_MSG_EQ(m_impairment->GetNPackets(), 10, "packets that wait");
        NS_TEST_EXPECT_MSG_EQ(m_impairment->GetStats().overLimit, 15, "OverLimit");
        NS_TEST_ASSERT_MSG_EQ(m_drops.size(), 15, "packets dropped");
        NS_TEST_EXPECT_MSG_EQ(m_drops[0].second, DropReason::QDISC_DROP, "reason");
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_arrivals.size(), 10, "those that waited go on");

        Make({{"Limit", "0"}});
        NS_TEST_EXPECT_MSG_EQ(Send(), false, "no room for any");
        NS_TEST_EXPECT_MSG_EQ(m_arrivals.size(), 0, "packets that went on");
    }
};

/// Attributes apply to the packets that are sent after they were set.
class ChangeTestCase : public ImpairmentTestCase
{
  public:
    ChangeTestCase()
        : ImpairmentTestCase("a change in mid-run is for the next packet, not for those that wait")
    {
    }

  private:
    void DoRun() override
    {
        Make({{"Delay", ONE_SECOND}});
        const auto start = Simulator::Now();
        Send();
        Set("Delay", "ns3::ConstantRandomVariable[Constant=3]");
        Send();
        Set("Loss", "1");
        NS_TEST_EXPECT_MSG_EQ(m_impairment->GetNPackets(), 2, "those that wait stay");
        Send();
        Set("Loss", "0");
        Set("Delay", "ns3::ConstantRandomVariable[Constant=0.5]");
        Set("Rate", "800bps");
        Send();
        Set("Rate", "0bps");
        Set("Delay", "ns3::ConstantRandomVariable[Constant=0]");
        Send();
        Simulator::Run();

        NS_TEST_ASSERT_MSG_EQ(m_arrivals.size(), 4, "packets that went on");
        Expect(0, 4, start);
        Expect(1, 0, start + Seconds(1));
        Expect(2, 1, start + Seconds(3));
        // 100 bytes at 800 bit/s, after the one that goes on at 3 s.
        Expect(3, 3, start + Seconds(4));
        NS_TEST_EXPECT_MSG_EQ(m_impairment->GetStats().lost, 1, "packets lost");
    }

    void Expect(std::size_t position, uint64_t number, Time time)
    {
        NS_TEST_EXPECT_MSG_EQ(m_arrivals[position].number, number, "packet " << position);
        NS_TEST_EXPECT_MSG_EQ(m_arrivals[position].time, time, "time of packet " << number);
    }
};

/// Random numbers are those of the streams.
class StreamsTestCase : public ImpairmentTestCase
{
  public:
    StreamsTestCase()
        : ImpairmentTestCase("the same seed gives the same run, and no impairment changes the "
                             "draws of another")
    {
    }

  private:
    void DoRun() override
    {
        const ImpairmentAttributes all{
            {"Delay", "ns3::UniformRandomVariable[Min=0|Max=0.01]"},
            {"Loss", "0.1"},
            {"LossCorrelation", "0.2"},
            {"Duplicate", "0.1"},
            {"Corrupt", "0.1"},
            {"Reorder", "0.1"},
        };
        const auto run = Run(all, 1);
        NS_TEST_EXPECT_MSG_EQ((Run(all, 1) == run), true, "the same seed, the same run");
        NS_TEST_EXPECT_MSG_EQ((Run(all, 2) == run), false, "another seed, another run");
        NS_TEST_EXPECT_MSG_EQ(m_impairment->AssignStreams(5), 5, "streams, with that of Delay");
        Make({});
        NS_TEST_EXPECT_MSG_EQ(m_impairment->AssignStreams(5), 4, "streams, without Delay");

        Run({{"Loss", "0.1"}}, 1);
        const auto drops = m_drops;
        Run({{"Loss", "0.1"}, {"Corrupt", "0.5"}, {"Reorder", "0.5"}}, 1);
        NS_TEST_EXPECT_MSG_EQ((m_drops == drops), true, "the same packets are lost");
        Run({{"Loss", "0.1"},
             {"CorruptCorrelation", "0.5"},
             {"Corrupt", "0.5"},
             {"Delay", "ns3::UniformRandomVariable[Min=0|Max=0.01]"}},
            1);
        NS_TEST_EXPECT_MSG_EQ((m_drops == drops), true, "the same packets are lost");
        NS_TEST_EXPECT_MSG_GT(drops.size(), 0, "packets lost");
        ExpectAutomatic();
    }

    /// The same holds for streams that ns-3 chooses: all are taken with the first one.
    void ExpectAutomatic()
    {
        m_impairment->Detach();
        m_impairment = CreateObject<LinkImpairment>();
        Attach();
        Set("Loss", "0.1");
        const auto stream = RngSeedManager::GetNextStreamIndex();
        Send();
        Set("Duplicate", "0.1");
        Set("Corrupt", "0.1");
        Set("Reorder", "0.1");
        Send();
        NS_TEST_EXPECT_MSG_EQ(RngSeedManager::GetNextStreamIndex(),
                              stream + 1 + 4,
                              "automatic random streams taken");
    }

    std::string Run(const ImpairmentAttributes& attributes, uint32_t seed)
    {
        std::ostringstream os;
        Make(attributes, seed);
        m_onTransmit = [&os, start = Simulator::Now()](const LinkFrame& frame) {
            os << GetNumber(frame) << " " << Simulator::Now() - start << " ";
            frame.packet->CopyData(&os, 100);
        };
        SendEvery(1000, MilliSeconds(1));
        Simulator::Run();
        m_onTransmit = nullptr;
        os << m_impairment->GetStats();
        return os.str();
    }
};

/// As many may wait as Limit says.
class ManyTestCase : public ImpairmentTestCase
{
  public:
    ManyTestCase()
        : ImpairmentTestCase("a hundred thousand packets wait, with one event for all of them")
    {
    }

  private:
    static constexpr uint32_t N_WAITING = 100'000;

    void DoRun() override
    {
        Make({{"Delay", ONE_SECOND}, {"Limit", std::to_string(N_WAITING)}});
        for (uint32_t i = 0; i < N_WAITING; ++i)
        {
            Send();
        }
        NS_TEST_EXPECT_MSG_EQ(m_impairment->GetNPackets(), N_WAITING, "packets that wait");
        const auto events = Simulator::GetEventCount();
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(Simulator::GetEventCount() - events, 1, "events");
        NS_TEST_EXPECT_MSG_EQ(m_arrivals.size(), N_WAITING, "packets that went on");
        NS_TEST_EXPECT_MSG_EQ(IsInOrder(), true, "in order");
    }
};

/// Packets go on in the context that was asked for.
class ContextTestCase : public ImpairmentTestCase
{
  public:
    ContextTestCase()
        : ImpairmentTestCase("what waited goes on in the context that Enqueue was told")
    {
    }

  private:
    void DoRun() override
    {
        Make({{"Delay", ONE_SECOND}});
        m_onTransmit = [this](const LinkFrame&) {
            NS_TEST_EXPECT_MSG_EQ(Simulator::GetContext(), CONTEXT, "context");
        };
        Send();
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_arrivals.size(), 1, "packets that went on");
    }
};

/// A simulation that ended does not keep an impairment from working in the next.
class DestroyTestCase : public ImpairmentTestCase
{
  public:
    DestroyTestCase()
        : ImpairmentTestCase("an impairment survives the simulator, and the simulator it")
    {
    }

  private:
    void DoRun() override
    {
        Make({{"Delay", ONE_SECOND}});
        Send();
        Simulator::Destroy();
        Send();
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_arrivals.size(), 2, "packets that went on");

        Send();
        m_impairment = nullptr;
        NS_TEST_ASSERT_MSG_EQ(m_drops.size(), 1, "what waits is dropped with the impairment");
        NS_TEST_EXPECT_MSG_EQ(m_drops[0].second, DropReason::QDISC_DROP, "reason");
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_arrivals.size(), 2, "its event does nothing");
    }
};

class LoImpairmentQueueTestSuite : public TestSuite
{
  public:
    LoImpairmentQueueTestSuite()
        : TestSuite("lo-impairment-queue", TestSuite::Type::UNIT)
    {
        AddTestCase(new NothingSetTestCase);
        AddTestCase(new LimitTestCase);
        AddTestCase(new ChangeTestCase);
        AddTestCase(new StreamsTestCase);
        AddTestCase(new ManyTestCase);
        AddTestCase(new ContextTestCase);
        AddTestCase(new DestroyTestCase);
    }
};

LoImpairmentQueueTestSuite g_loImpairmentQueueTestSuite;

} // namespace
