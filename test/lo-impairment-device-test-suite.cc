/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-test-case.h"

#include "ns3/config.h"
#include "ns3/double.h"
#include "ns3/link-impairment.h"
#include "ns3/lo-helper.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

using namespace ns3;

namespace
{

/// A lo with an impairment.
class ImpairedLoTestCase : public LoTestCase
{
  protected:
    ImpairedLoTestCase(const std::string& delivery, const std::string& behaviour)
        : LoTestCase(delivery + ": " + behaviour),
          m_delivery(delivery)
    {
    }

    /// Make m_lo with a new m_impairment.
    void MakeImpaired(bool onNode = true)
    {
        onNode ? MakeLoOnNode(m_delivery) : MakeLoOnNoNode(m_delivery);
        m_impairment = CreateObject<LinkImpairment>();
        m_lo->SetAttribute("Impairment", PointerValue(m_impairment));
        m_lo->TraceConnectWithoutContext("MacTx", MakeCallback(&ImpairedLoTestCase::OnTx, this));
    }

    void Set(const std::string& name, const std::string& value)
    {
        m_impairment->SetAttribute(name, StringValue(value));
    }

    void DelayBy(const std::string& seconds)
    {
        Set("Delay", "ns3::ConstantRandomVariable[Constant=" + seconds + "]");
    }

    void Expect(uint64_t sent, uint64_t received, uint64_t dropped, const std::string& when)
    {
        const auto stats = m_lo->GetStats();
        NS_TEST_EXPECT_MSG_EQ(stats.txPackets, sent, when << ": TxPackets");
        NS_TEST_EXPECT_MSG_EQ(stats.rxPackets, received, when << ": RxPackets");
        NS_TEST_EXPECT_MSG_EQ(stats.txDropped, dropped, when << ": TxDropped");
        NS_TEST_EXPECT_MSG_EQ(m_drops.size(), dropped, when << ": drops traced");
    }

    Ptr<LinkImpairment> m_impairment;
    std::vector<Time> m_sent; //!< times when MacTx fired
    uint32_t m_context{0};    //!< simulation context of the last one

  private:
    void DoTeardown() override
    {
        m_impairment = nullptr;
        LoTestCase::DoTeardown();
    }

    void OnTx(Ptr<const Packet> /* packet */)
    {
        NS_TEST_EXPECT_MSG_EQ(m_lo->IsLinkUp(), true, "what is sent is sent while it is up");
        m_sent.push_back(Simulator::Now());
        m_context = Simulator::GetContext();
    }

    const std::string m_delivery;
};

/// What is counted when.
class CountersTestCase : public ImpairedLoTestCase
{
  public:
    explicit CountersTestCase(const std::string& delivery)
        : ImpairedLoTestCase(delivery,
                             "a packet is sent when the impairment lets it go on, and "
                             "dropped by QDISC_DROP")
    {
    }

  private:
    void DoRun() override
    {
        MakeImpaired();
        const auto& txDrops = CountTrace("MacTxDrop");
        DelayBy("1");
        NS_TEST_EXPECT_MSG_EQ(Send(100), true, "a packet that waits is sent");
        Expect(0, 0, 0, "while it waits");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetNWaiting(), 0, "it is not in the backlog");
        Set("Loss", "1");
        NS_TEST_EXPECT_MSG_EQ(Send(100), true, "a packet that is lost looks sent");
        Expect(0, 0, 1, "lost");
        Set("Loss", "0");
        Set("Limit", "1");
        NS_TEST_EXPECT_MSG_EQ(Send(100), false, "a packet over the limit is refused");
        Expect(0, 0, 2, "over the limit");
        NS_TEST_EXPECT_MSG_EQ(m_drops[0], DropReason::QDISC_DROP, "reason of a loss");
        NS_TEST_EXPECT_MSG_EQ(m_drops[1], DropReason::QDISC_DROP, "reason of a refusal");
        NS_TEST_EXPECT_MSG_EQ(txDrops, 2, "MacTxDrop");
        Simulator::Run();
        Expect(1, 1, 2, "delivered");
        NS_TEST_ASSERT_MSG_EQ(m_sent.size(), 1, "MacTx");
        NS_TEST_EXPECT_MSG_EQ(m_sent[0], Seconds(1), "when it was sent");
        NS_TEST_EXPECT_MSG_EQ(m_context, m_node->GetId(), "in the context of its node");
        NS_TEST_EXPECT_MSG_EQ(m_maxDepth, 1, "receive callbacks under way at once");
    }
};

/// What is checked before a device is asked to send is checked before it is impaired.
class ChecksTestCase : public ImpairedLoTestCase
{
  public:
    explicit ChecksTestCase(const std::string& delivery)
        : ImpairedLoTestCase(delivery, "what can not be sent never gets to the impairment")
    {
    }

  private:
    void DoRun() override
    {
        MakeImpaired();
        m_lo->SetMtu(100);
        Send(101);
        m_lo->SetDown();
        Send(100);
        NS_TEST_ASSERT_MSG_EQ(m_drops.size(), 2, "drops");
        NS_TEST_EXPECT_MSG_EQ(m_drops[0], DropReason::PKT_TOO_BIG, "over the MTU");
        NS_TEST_EXPECT_MSG_EQ(m_drops[1], DropReason::DEV_READY, "down");
        NS_TEST_EXPECT_MSG_EQ(m_impairment->GetStats(), LinkImpairmentStats(), "its counters");
    }
};

/// What becomes of packets that wait.
class WaitingTestCase : public ImpairedLoTestCase
{
  public:
    explicit WaitingTestCase(const std::string& delivery)
        : ImpairedLoTestCase(delivery,
                             "what waits in the impairment is lost when the device goes "
                             "down, is disposed, or gets another impairment")
    {
    }

  private:
    void DoRun() override
    {
        Lose(DropReason::DEV_READY, [this] { m_lo->SetDown(); });
        Lose(DropReason::DEV_READY, [this] { m_lo->Dispose(); });
        Lose(DropReason::QDISC_DROP, [this] { m_lo->SetImpairment(nullptr); });
        Lose(DropReason::QDISC_DROP, [this] {
            m_lo->SetAttribute("Impairment", PointerValue(CreateObject<LinkImpairment>()));
        });
        Lose(DropReason::DEV_READY, [this] {
            m_node->Dispose();
            m_node = nullptr;
        });

        // The old one can be had by another device.
        auto other = CreateObject<LoNetDevice>();
        other->SetImpairment(m_impairment);
        NS_TEST_EXPECT_MSG_EQ(other->GetImpairment(), m_impairment, "that of another device");
    }

    void Lose(DropReason reason, const std::function<void()>& action)
    {
        m_drops.clear();
        MakeImpaired();
        DelayBy("1");
        for (int i = 0; i < 3; ++i)
        {
            Send(100);
        }
        action();
        NS_TEST_ASSERT_MSG_EQ(m_drops.size(), 3, "packets lost");
        NS_TEST_EXPECT_MSG_EQ(m_drops[2], reason, "why");
        Expect(0, 0, 3, "lost");
        Simulator::Run();
        Expect(0, 0, 3, "later");
        Simulator::Destroy();
    }
};

/// A device that goes away tells nobody: a sink that took a reference to it would free it twice.
class FreedTestCase : public ImpairedLoTestCase
{
  public:
    explicit FreedTestCase(const std::string& delivery)
        : ImpairedLoTestCase(delivery,
                             "when a device is freed undisposed, what waits in its impairment is "
                             "flushed, and no trace sink is called")
    {
    }

  private:
    void DoRun() override
    {
        MakeImpaired(false);
        DelayBy("1");
        Send(100);
        Send(100);
        m_lo = nullptr;
        NS_TEST_EXPECT_MSG_EQ(m_drops.size(), 0, "calls of the device's trace sink");
        NS_TEST_EXPECT_MSG_EQ(m_impairment->GetNPackets(), 0, "packets that wait");
        NS_TEST_EXPECT_MSG_EQ(m_impairment->GetStats().flushed, 2, "packets flushed");
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_received.size(), 0, "packets received");
    }
};

/// Who is told of a loss may send again.
class SendAgainTestCase : public ImpairedLoTestCase
{
  public:
    explicit SendAgainTestCase(const std::string& delivery)
        : ImpairedLoTestCase(delivery,
                             "what is sent again when a packet is lost that waited is "
                             "not lost with it")
    {
    }

  private:
    void DoRun() override
    {
        MakeImpaired();
        DelayBy("1");
        Send(100);
        m_lo->TraceConnectWithoutContext("Drop", MakeCallback(&SendAgainTestCase::OnDrop, this));
        m_lo->SetDown();
        Simulator::Run();
        Expect(1, 1, 1, "sent again");
    }

    void OnDrop(Ptr<const Packet> /* packet */, DropReason /* reason */)
    {
        m_lo->SetUp();
        m_lo->SetImpairment(nullptr);
        Send(100);
    }
};

/// Who receives a packet may change what is sent next.
class ReentrantTestCase : public ImpairedLoTestCase
{
  public:
    explicit ReentrantTestCase(const std::string& delivery)
        : ImpairedLoTestCase(delivery,
                             "who receives a packet may set the device down, impair it "
                             "otherwise, or answer")
    {
    }

  private:
    void DoRun() override
    {
        Act([this] { m_lo->SetDown(); });
        Act([this] { m_lo->SetImpairment(nullptr); });
        Act([this] { m_lo->SetImpairment(CreateObject<LinkImpairment>()); });
        Act([this] { m_lo->Dispose(); });
        Act([this] {
            if (m_received.size() < 100)
            {
                Send(100);
            }
        });
    }

    void Act(const std::function<void()>& action)
    {
        for (const auto delay : {"0", "1"})
        {
            m_drops.clear();
            m_received.clear();
            MakeImpaired();
            Set("Duplicate", "1");
            DelayBy(delay);
            m_onReceive = [action](uint32_t) { action(); };
            InNodeContext([this] {
                Send(100);
                Send(100);
            });
            Simulator::Run();
            const auto stats = m_lo->GetStats();
            NS_TEST_EXPECT_MSG_EQ(m_received.size(), stats.rxPackets, "packets received");
            NS_TEST_EXPECT_MSG_EQ(stats.txPackets,
                                  stats.rxPackets + stats.rxDropped,
                                  "packets sent");
            NS_TEST_EXPECT_MSG_GT(stats.rxPackets, 0, "packets received");
            NS_TEST_EXPECT_MSG_EQ(m_maxDepth, 1, "receive callbacks under way at once");
            m_onReceive = nullptr;
            Simulator::Destroy();
        }
    }
};

/// A helper knows it.
class StreamsTestCase : public ImpairedLoTestCase
{
  public:
    StreamsTestCase()
        : ImpairedLoTestCase("Immediate", "LoHelper::AssignStreams gives it streams")
    {
    }

  private:
    void DoRun() override
    {
        MakeImpaired();
        NetDeviceContainer devices(m_lo);
        NS_TEST_EXPECT_MSG_EQ(LoHelper().AssignStreams(devices, 7), 4, "streams given");
        auto model = CreateObject<RateErrorModel>();
        m_lo->SetAttribute("ReceiveErrorModel", PointerValue(model));
        DelayBy("1");
        NS_TEST_EXPECT_MSG_EQ(LoHelper().AssignStreams(devices, 7), 6, "streams given");
        PointerValue delay;
        m_impairment->GetAttribute("Delay", delay);
        NS_TEST_EXPECT_MSG_EQ(delay.Get<RandomVariableStream>()->GetStream(), 12, "the last");
    }
};

/// Scripts reach it by ns-3's configuration paths.
class PathTestCase : public ImpairedLoTestCase
{
  public:
    PathTestCase()
        : ImpairedLoTestCase("Immediate", "its attributes and counters have configuration paths")
    {
    }

  private:
    void DoRun() override
    {
        MakeImpaired();
        const std::string path = "/NodeList/*/DeviceList/*/$ns3::LoNetDevice/Impairment/";
        Config::Set(path + "Loss", DoubleValue(1));
        Config::ConnectWithoutContext(path + "Lost", MakeCallback(&PathTestCase::OnLost, this));
        Send(100);
        NS_TEST_EXPECT_MSG_EQ(m_lost, 1, "packets lost, as the counter told");
    }

    void OnLost(uint64_t /* before */, uint64_t now)
    {
        m_lost = now;
    }

    uint64_t m_lost{0};
};

class LoImpairmentDeviceTestSuite : public TestSuite
{
  public:
    LoImpairmentDeviceTestSuite()
        : TestSuite("lo-impairment-device", TestSuite::Type::UNIT)
    {
        for (const auto& delivery : AllDeliveries())
        {
            AddTestCase(new CountersTestCase(delivery));
            AddTestCase(new ChecksTestCase(delivery));
            AddTestCase(new WaitingTestCase(delivery));
            AddTestCase(new FreedTestCase(delivery));
            AddTestCase(new SendAgainTestCase(delivery));
            AddTestCase(new ReentrantTestCase(delivery));
        }
        AddTestCase(new StreamsTestCase);
        AddTestCase(new PathTestCase);
    }
};

LoImpairmentDeviceTestSuite g_loImpairmentDeviceTestSuite;

} // namespace
