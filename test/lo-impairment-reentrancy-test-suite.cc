/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "impairment-test-case.h"

#include "ns3/simulator.h"

using namespace ns3;
using namespace ns3::tests;

namespace
{

const char* const ONE_SECOND = "ns3::ConstantRandomVariable[Constant=1]";

/// Those who get a frame may answer.
class AnswerTestCase : public ImpairmentTestCase
{
  public:
    AnswerTestCase()
        : ImpairmentTestCase("a frame that is sent while another goes on takes its turn")
    {
    }

  private:
    void DoRun() override
    {
        Make({{"Delay", ONE_SECOND}});
        const auto start = Simulator::Now();
        m_onTransmit = [this](const LinkFrame&) {
            if (m_nSent < 1000)
            {
                Send();
            }
        };
        Send();
        Send();
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_arrivals.size(), 1000, "packets that went on");
        NS_TEST_EXPECT_MSG_EQ(IsInOrder(), true, "in order");
        NS_TEST_EXPECT_MSG_EQ(Simulator::Now() - start, Seconds(500), "two in a second");
        ExpectConserved("at the end");

        // Without a delay an answer does not pass those that are due.
        Make({{"Delay", ONE_SECOND}});
        Send();
        Send();
        Send();
        m_onTransmit = [this](const LinkFrame&) {
            Set("Delay", "ns3::ConstantRandomVariable[Constant=0]");
            if (m_nSent < 10)
            {
                Send();
            }
        };
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_arrivals.size(), 10, "packets that went on");
        NS_TEST_EXPECT_MSG_EQ(IsInOrder(), true, "in order");
    }
};

/// Those who lose a frame may send another.
class FlushTestCase : public ImpairmentTestCase
{
  public:
    FlushTestCase()
        : ImpairmentTestCase("Flush loses what waits, and not what is sent meanwhile")
    {
    }

  private:
    void DoRun() override
    {
        Make({{"Delay", ONE_SECOND}});
        for (int i = 0; i < 5; ++i)
        {
            Send();
        }
        m_onDrop = [this](const LinkFrame&) {
            ExpectConserved("within Flush");
            Send();
        };
        m_impairment->Flush(DropReason::DEV_READY);
        NS_TEST_ASSERT_MSG_EQ(m_drops.size(), 5, "packets lost");
        NS_TEST_EXPECT_MSG_EQ(m_drops[4].second, DropReason::DEV_READY, "reason");
        NS_TEST_EXPECT_MSG_EQ(m_impairment->GetStats().flushed, 5, "Flushed");
        NS_TEST_EXPECT_MSG_EQ(m_impairment->GetNPackets(), 5, "packets that wait");

        // From within the first of those that go on.
        m_onDrop = nullptr;
        m_onTransmit = [this](const LinkFrame&) {
            m_impairment->Flush(DropReason::QDISC_DROP);
            m_onTransmit = nullptr;
            Send();
        };
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_arrivals.size(), 2, "the first, and the one sent after Flush");
        ExpectConserved("at the end");

        // All that waited is lost to whom it was sent for, also to one who detaches meanwhile.
        Make({{"Delay", ONE_SECOND}});
        Send();
        Send();
        m_onDrop = [this](const LinkFrame&) { m_impairment->Detach(); };
        m_impairment->Flush(DropReason::DEV_READY);
        NS_TEST_EXPECT_MSG_EQ(m_drops.size(), 2, "packets lost");
        ExpectConserved("detached");
    }
};

/// Those who are called may detach.
class DetachTestCase : public ImpairmentTestCase
{
  public:
    DetachTestCase()
        : ImpairmentTestCase("after Detach no frame goes on, and another device can be attached")
    {
    }

  private:
    void DoRun() override
    {
        FromDequeue();
        FromDuplicate(nullptr);
        FromDuplicate(ONE_SECOND);
        Dispose();
        LastReference();
    }

    void FromDequeue()
    {
        Make({{"Delay", ONE_SECOND}});
        Send();
        Send();
        m_onTransmit = [this](const LinkFrame&) { m_impairment->Detach(); };
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_arrivals.size(), 1, "one went on");
        NS_TEST_EXPECT_MSG_EQ(m_drops.size(), 1, "one was lost");
        ExpectConserved("after Detach");

        m_onTransmit = nullptr;
        Attach();
        Send();
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_arrivals.size(), 2, "attached again");
        ExpectConserved("attached again");
    }

    /// The original is still to come when its duplicate is handed on.
    void FromDuplicate(const char* delayNext)
    {
        Make({{"Duplicate", "1"}});
        m_onTransmit = [this, delayNext](const LinkFrame&) {
            if (delayNext)
            {
                Set("Delay", delayNext);
            }
            m_impairment->Detach();
        };
        NS_TEST_EXPECT_MSG_EQ(Send(), (delayNext == nullptr), "whether the original goes on");
        NS_TEST_EXPECT_MSG_EQ(m_arrivals.size(), (delayNext ? 1 : 2), "frames that went on");
        NS_TEST_EXPECT_MSG_EQ(m_impairment->GetNPackets(), 0, "none is left behind");
        ExpectConserved("detached by a duplicate");
        m_onTransmit = nullptr;
    }

    void Dispose()
    {
        Make({{"Delay", ONE_SECOND}});
        Send();
        Send();
        m_onTransmit = [this](const LinkFrame&) { m_impairment->Dispose(); };
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_arrivals.size(), 1, "one went on");
        NS_TEST_EXPECT_MSG_EQ(m_drops.size(), 1, "one was lost");
        m_onTransmit = nullptr;
        Send();
        NS_TEST_EXPECT_MSG_EQ(m_arrivals.size(), 2, "disposed, it delays no more");
        ExpectConserved("after Dispose");
    }

    /// Those who are called may let go of the last reference.
    void LastReference()
    {
        Make({{"Delay", ONE_SECOND}});
        Send();
        Send();
        m_onTransmit = [this](const LinkFrame&) { m_impairment = nullptr; };
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_arrivals.size() + m_drops.size(), 2, "frames accounted for");
        m_onTransmit = nullptr;
    }
};

/// Those who watch a counter may do anything too.
class CounterTestCase : public ImpairmentTestCase
{
  public:
    CounterTestCase()
        : ImpairmentTestCase("the sink of a counter may detach and attach")
    {
    }

  private:
    void DoRun() override
    {
        for (const auto& counter : {"Passed", "Lost", "Duplicated", "Corrupted", "OverLimit"})
        {
            Make({{"Delay", "ns3::UniformRandomVariable[Min=-0.001|Max=0.001]"},
                  {"Loss", "0.2"},
                  {"Duplicate", "0.2"},
                  {"Corrupt", "0.2"},
                  {"Reorder", "0.2"},
                  {"Limit", "5"}});
            m_impairment->TraceConnectWithoutContext(counter,
                                                     MakeCallback(&CounterTestCase::OnCount, this));
            SendEvery(1000, MicroSeconds(100));
            Simulator::Run();
            ExpectConserved(std::string("detached by a sink of ") + counter);
        }
    }

    void OnCount(uint64_t /* before */, uint64_t /* now */)
    {
        m_impairment->Detach();
        Attach();
    }
};

class LoImpairmentReentrancyTestSuite : public TestSuite
{
  public:
    LoImpairmentReentrancyTestSuite()
        : TestSuite("lo-impairment-reentrancy", TestSuite::Type::UNIT)
    {
        AddTestCase(new AnswerTestCase);
        AddTestCase(new FlushTestCase);
        AddTestCase(new DetachTestCase);
        AddTestCase(new CounterTestCase);
    }
};

LoImpairmentReentrancyTestSuite g_loImpairmentReentrancyTestSuite;

} // namespace
