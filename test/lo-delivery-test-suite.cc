/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-test-case.h"

#include "ns3/double.h"
#include "ns3/link-impairment.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cstdint>
#include <numeric>

using namespace ns3;

namespace
{

/// A packet sent in the node's context is delivered before Send returns if Delivery is Immediate,
/// and by an event of the same time otherwise.
class DeliveryTimeTestCase : public LoTestCase
{
  public:
    explicit DeliveryTimeTestCase(const std::string& delivery)
        : LoTestCase(delivery + " delivers a packet when it says"),
          m_delivery(delivery)
    {
    }

  private:
    void DoRun() override
    {
        MakeLoOnNode(m_delivery);
        std::size_t receivedBySend = 99;
        Time arrived = Time::Max();
        uint32_t context = 0;
        m_onReceive = [&](uint32_t) {
            arrived = Simulator::Now();
            context = Simulator::GetContext();
        };
        InNodeContext(
            [&] {
                NS_TEST_EXPECT_MSG_EQ(Send(100), true, "Send takes the packet");
                receivedBySend = m_received.size();
            },
            Seconds(3));
        Simulator::Run();

        NS_TEST_EXPECT_MSG_EQ(receivedBySend,
                              (m_delivery == "Immediate" ? 1U : 0U),
                              "packets delivered when Send returned");
        NS_TEST_EXPECT_MSG_EQ(m_received.size(), 1, "packets delivered in all");
        NS_TEST_EXPECT_MSG_EQ(arrived, Seconds(3), "no simulated time passes on the way");
        NS_TEST_EXPECT_MSG_EQ(context, m_node->GetId(), "the delivery is in the node's context");
    }

    std::string m_delivery;
};

/// What is sent from outside the node's context arrives in it, at the same time, after Send.
class ForeignContextTestCase : public LoTestCase
{
  public:
    explicit ForeignContextTestCase(const std::string& delivery)
        : LoTestCase(delivery + " takes packets from other contexts to the node's own"),
          m_delivery(delivery)
    {
    }

  private:
    void DoRun() override
    {
        MakeLoOnNode(m_delivery);
        const auto otherNode = CreateObject<Node>()->GetId();
        std::vector<std::size_t> receivedBySend;
        std::vector<uint32_t> contexts;
        m_onReceive = [&](uint32_t) { contexts.push_back(Simulator::GetContext()); };
        const auto send = [&] {
            Send(100);
            receivedBySend.push_back(m_received.size());
        };

        send();
        Simulator::Schedule(Seconds(1), send);
        Simulator::ScheduleWithContext(otherNode, Seconds(2), send);
        Simulator::Run();

        const std::vector<std::size_t> none{0, 1, 2};
        NS_TEST_EXPECT_MSG_EQ((receivedBySend == none),
                              true,
                              "no packet is delivered before its Send returned");
        NS_TEST_ASSERT_MSG_EQ(contexts.size(), 3, "from main, without context, of another node");
        for (const auto context : contexts)
        {
            NS_TEST_EXPECT_MSG_EQ(context, m_node->GetId(), "deliveries are in the node's context");
        }
    }

    std::string m_delivery;
};

/// A device on no node has no context to keep.
class NoNodeTestCase : public LoTestCase
{
  public:
    NoNodeTestCase()
        : LoTestCase("a device on no node delivers, Immediate at once")
    {
    }

  private:
    void DoRun() override
    {
        for (const auto& delivery : AllDeliveries())
        {
            m_received.clear();
            MakeLoOnNoNode(delivery);
            NS_TEST_EXPECT_MSG_EQ(Send(100), true, delivery << ": Send takes the packet");
            NS_TEST_EXPECT_MSG_EQ(m_received.size(),
                                  (delivery == "Immediate" ? 1U : 0U),
                                  delivery << ": packets delivered when Send returned");
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(m_received.size(), 1, delivery << ": packets delivered in all");
        }
    }
};

/// Who sends from a receive callback is not called back before it has returned, and in order.
class NoReentryTestCase : public LoTestCase
{
  public:
    explicit NoReentryTestCase(const std::string& delivery)
        : LoTestCase(delivery + " never calls back who sends from a receive callback"),
          m_delivery(delivery)
    {
    }

  private:
    void DoRun() override
    {
        MakeLoOnNode(m_delivery);
        m_onReceive = [&](uint32_t size) {
            if (size < 100)
            {
                Send(2 * size);
                Send(2 * size + 1);
            }
        };
        InNodeContext([&] {
            Send(1);
            Send(1000);
        });
        Simulator::Run();

        // 1 begets 2 and 3 and so on, each generation after the one before; with Immediate, 1 is
        // answered before 1000 is sent.
        NS_TEST_EXPECT_MSG_EQ(m_maxDepth, 1, "receive callbacks under way at once");
        NS_TEST_ASSERT_MSG_EQ(m_received.size(), 200, "1 to 199 and 1000");
        std::vector<uint32_t> expected(199);
        std::iota(expected.begin(), expected.end(), 1);
        expected.insert(m_delivery == "Immediate" ? expected.begin() + 3 : expected.begin() + 1,
                        1000);
        NS_TEST_EXPECT_MSG_EQ((m_received == expected), true, "packets arrive as they were sent");
    }

    std::string m_delivery;
};

/// A million answers need no more stack than one, and other events get their turn.
class LongConversationTestCase : public LoTestCase
{
  public:
    LongConversationTestCase(const std::string& delivery, uint32_t budget)
        : LoTestCase(delivery + " yields every " +
                     std::to_string(delivery == "Scheduled" ? 1 : budget) +
                     " packets and needs no stack for a million answers"),
          m_delivery(delivery),
          m_budget(budget)
    {
    }

  private:
    static constexpr uint32_t N_PACKETS = 1000000;

    void DoRun() override
    {
        MakeLoOnNode(m_delivery);
        m_lo->SetAttribute("Budget", UintegerValue(m_budget));
        m_onReceive = [this](uint32_t size) { Answer(size); };
        InNodeContext([this] {
            Send(1);
            Simulator::ScheduleNow(&LongConversationTestCase::Tick, this);
        });
        Simulator::Run();

        NS_TEST_EXPECT_MSG_EQ(m_received.size(), N_PACKETS, "every packet was answered");
        NS_TEST_EXPECT_MSG_EQ(m_isInOrder, true, "packets arrive as they were sent");
        NS_TEST_EXPECT_MSG_EQ(m_maxDepth, 1, "receive callbacks under way at once");
        // The callback that Send makes and those that an event makes differ by some frames.
        NS_TEST_EXPECT_MSG_LT(m_highest - m_lowest, 4096, "bytes of stack between two callbacks");
        NS_TEST_EXPECT_MSG_EQ(Simulator::Now(), Time(0), "all at one time");
        NS_TEST_EXPECT_MSG_LT_OR_EQ(m_mostBetweenTicks,
                                    (m_delivery == "Scheduled" ? 2 : m_budget + 1),
                                    "packets delivered between two other events");
    }

    void Answer(uint32_t size)
    {
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): an address as a number
        const auto position = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
        m_lowest = std::min(m_lowest, position);
        m_highest = std::max(m_highest, position);
        m_isInOrder = m_isInOrder && size == 1 + (m_received.size() - 1) % 1000;
        if (m_received.size() < N_PACKETS)
        {
            Send(1 + m_received.size() % 1000);
        }
    }

    void Tick()
    {
        m_mostBetweenTicks = std::max(m_mostBetweenTicks, m_received.size() - m_atLastTick);
        m_atLastTick = m_received.size();
        if (m_received.size() < N_PACKETS)
        {
            Simulator::ScheduleNow(&LongConversationTestCase::Tick, this);
        }
    }

    std::string m_delivery;
    uint32_t m_budget;
    bool m_isInOrder{true};
    uintptr_t m_lowest{UINTPTR_MAX};
    uintptr_t m_highest{0};
    std::size_t m_atLastTick{0};
    std::size_t m_mostBetweenTicks{0};
};

/// A packet never overtakes one that was sent before it, whatever it may do to be fast.
class FifoTestCase : public LoTestCase
{
  public:
    FifoTestCase()
        : LoTestCase("packets arrive in the order they were sent, across contexts and deliveries")
    {
    }

  private:
    void DoRun() override
    {
        MakeLoOnNode();
        m_lo->SetAttribute("Budget", UintegerValue(2));
        uint32_t next = 1;
        const auto send = [&](const std::string& delivery, uint32_t n) {
            m_lo->SetAttribute("Delivery", StringValue(delivery));
            for (uint32_t i = 0; i < n; ++i)
            {
                Send(next++);
            }
        };
        Simulator::Schedule(Seconds(1), [&] {
            for (const auto& first : AllDeliveries())
            {
                for (const auto& second : AllDeliveries())
                {
                    send(first, 3);
                    InNodeContext([&send, second] { send(second, 3); });
                }
            }
        });
        Simulator::Run();

        std::vector<uint32_t> expected(next - 1);
        std::iota(expected.begin(), expected.end(), 1);
        NS_TEST_EXPECT_MSG_EQ(expected.size(), 54, "packets sent");
        NS_TEST_EXPECT_MSG_EQ((m_received == expected), true, "packets arrive as they were sent");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetNWaiting(), 0, "nothing is left behind");
    }
};

/// A trace sink that sends is a sender like any other.
class SendingSinkTestCase : public LoTestCase
{
  public:
    SendingSinkTestCase()
        : LoTestCase("a packet that a sink of MacTx sends does not overtake the one it saw")
    {
    }

  private:
    void DoRun() override
    {
        for (const auto& delivery : AllDeliveries())
        {
            m_received.clear();
            m_maxDepth = 0;
            MakeLoOnNode(delivery);
            m_lo->TraceConnectWithoutContext("MacTx",
                                             MakeCallback(&SendingSinkTestCase::OnSent, this));
            InNodeContext([this] { Send(1); });
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ((m_received == std::vector<uint32_t>{1, 2, 3}),
                                  true,
                                  delivery << ": packets arrive as they were sent");
            NS_TEST_EXPECT_MSG_EQ(m_maxDepth, 1, delivery << ": callbacks under way at once");
        }
    }

    void OnSent(Ptr<const Packet> packet)
    {
        if (packet->GetSize() < 3)
        {
            Send(packet->GetSize() + 1);
        }
    }
};

/// Scheduled has one event a packet, as ns3::LoopbackNetDevice; the others have one a burst.
class EventCountTestCase : public LoTestCase
{
  public:
    EventCountTestCase()
        : LoTestCase("Scheduled has an event a packet, Backlog one for Budget packets, Immediate "
                     "none")
    {
    }

  private:
    uint64_t CountEvents(const std::string& delivery, uint32_t nPackets)
    {
        MakeLoOnNode(delivery);
        InNodeContext([this, nPackets] {
            for (uint32_t i = 0; i < nPackets; ++i)
            {
                Send(100);
            }
        });
        Simulator::Run();
        const auto events = Simulator::GetEventCount();
        Simulator::Destroy();
        return events;
    }

    uint64_t CountDeviceEvents(const std::string& delivery)
    {
        return CountEvents(delivery, 640) - CountEvents(delivery, 0);
    }

    void DoRun() override
    {
        const auto scheduled = CountDeviceEvents("Scheduled");
        const auto backlog = CountDeviceEvents("Backlog");
        const auto immediate = CountDeviceEvents("Immediate");
        NS_TEST_EXPECT_MSG_EQ(scheduled, 640, "events of Scheduled");
        NS_TEST_EXPECT_MSG_EQ(backlog, 10, "events of Backlog with a budget of 64");
        NS_TEST_EXPECT_MSG_EQ(immediate, 0, "events of Immediate");
        NS_TEST_EXPECT_MSG_EQ(m_received.size(), std::size_t{3} * 640, "packets delivered");
    }
};

/// MaxBacklog packets may wait, not one more, whichever delivery makes them wait.
class MaxBacklogTestCase : public LoTestCase
{
  public:
    MaxBacklogTestCase()
        : LoTestCase("MaxBacklog packets wait and the next is dropped")
    {
    }

  private:
    void DoRun() override
    {
        for (const auto& delivery : AllDeliveries())
        {
            MakeLoOnNode(delivery);
            m_lo->SetAttribute("MaxBacklog", UintegerValue(10));
            m_received.clear();
            m_drops.clear();
            for (uint32_t i = 1; i <= 15; ++i)
            {
                NS_TEST_EXPECT_MSG_EQ(Send(i), true, delivery << ": Send hides the loss, as Linux");
            }
            NS_TEST_EXPECT_MSG_EQ(m_lo->GetNWaiting(), 10, delivery << ": packets that wait");
            Simulator::Run();

            const auto stats = m_lo->GetStats();
            NS_TEST_EXPECT_MSG_EQ(m_received.size(), 10, delivery << ": the first ten arrive");
            NS_TEST_EXPECT_MSG_EQ(stats.txPackets, 10, delivery << ": what is lost is not sent");
            NS_TEST_EXPECT_MSG_EQ(stats.rxDropped, 5, delivery << ": RxDropped");
            NS_TEST_EXPECT_MSG_EQ((m_drops == std::vector<DropReason>(5, DropReason::CPU_BACKLOG)),
                                  true,
                                  delivery << ": each for the reason CPU_BACKLOG");
        }
    }
};

/// A device that goes away with packets waiting takes them along, and nothing calls it again.
class LifetimeTestCase : public LoTestCase
{
  public:
    LifetimeTestCase()
        : LoTestCase("a device may be freed with packets waiting, or by its own receive callback")
    {
    }

  private:
    void DoRun() override
    {
        for (const auto& delivery : AllDeliveries())
        {
            m_onReceive = nullptr;
            MakeLoOnNoNode("Backlog");
            Send(1);
            m_lo->SetAttribute("Delivery", StringValue(delivery));
            Send(2);
            m_lo = nullptr;
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(m_received.size(), 0, delivery << ": nobody gets its packets");

            MakeLoOnNoNode(delivery);
            m_onReceive = [this](uint32_t) { m_lo = nullptr; };
            Send(1);
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(m_received.size(), 1, delivery << ": the callback was called");
            m_received.clear();

            // The duplicate goes first, and the impairment has the packet itself in hand.
            MakeLoOnNoNode(delivery);
            m_lo->SetAttribute(
                "Impairment",
                PointerValue(
                    CreateObjectWithAttributes<LinkImpairment>("Duplicate", DoubleValue(1))));
            Send(1);
            Simulator::Run();
            NS_TEST_EXPECT_MSG_GT_OR_EQ(m_received.size(),
                                        1,
                                        delivery << ": the callback was called with the duplicate");
            m_received.clear();
        }
    }
};

/// What a callback does to the device or to itself takes effect when it has returned.
class CallbackChangeTestCase : public LoTestCase
{
  public:
    CallbackChangeTestCase()
        : LoTestCase("a receive callback may replace itself, or dispose the device")
    {
    }

  private:
    void DoRun() override
    {
        for (const auto& delivery : AllDeliveries())
        {
            m_received.clear();
            MakeLoOnNoNode(delivery);
            m_onReceive = [this](uint32_t size) {
                m_lo->SetReceiveCallback(MakeNullCallback<bool,
                                                          Ptr<NetDevice>,
                                                          Ptr<const Packet>,
                                                          uint16_t,
                                                          const Address&>());
                m_lastSize = size;
            };
            Send(1);
            Send(2);
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(m_lastSize, 1, delivery << ": the callback went on to its end");
            NS_TEST_EXPECT_MSG_EQ(m_received.size(), 1, delivery << ": then it was another");

            MakeLoOnNoNode(delivery);
            m_onReceive = [this](uint32_t size) {
                m_lo->Dispose();
                m_lastSize = size;
            };
            Send(3);
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(m_lastSize, 3, delivery << ": the callback went on to its end");
            NS_TEST_EXPECT_MSG_EQ(Send(4), false, delivery << ": then the device was disposed");
        }
    }

    uint32_t m_lastSize{0};
};

/// A packet that has been delivered belongs to nobody but who took it.
class ReleaseTestCase : public LoTestCase
{
  public:
    ReleaseTestCase()
        : LoTestCase("a packet that has been delivered is released")
    {
    }

  private:
    void DoRun() override
    {
        for (const auto& delivery : AllDeliveries())
        {
            MakeLoOnNoNode(delivery);
            auto packet = Create<Packet>(100);
            m_lo->Send(packet, m_lo->GetAddress(), TEST_PROTOCOL);
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(packet->GetReferenceCount(), 1, delivery << ": references");
        }
    }
};

/// A sink of MacTx sees the packet before it is delivered, and may set the device down.
class DownInSinkTestCase : public LoTestCase
{
  public:
    DownInSinkTestCase()
        : LoTestCase("a packet is lost if a sink of MacTx sets the device down")
    {
    }

  private:
    void DoRun() override
    {
        for (const auto& delivery : AllDeliveries())
        {
            m_drops.clear();
            MakeLoOnNoNode(delivery);
            m_lo->TraceConnectWithoutContext("MacTx",
                                             MakeCallback(&DownInSinkTestCase::OnSent, this));
            Send(1);
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(m_received.size(), 0, delivery << ": packets received");
            NS_TEST_EXPECT_MSG_EQ((m_drops == std::vector<DropReason>{DropReason::DEV_READY}),
                                  true,
                                  delivery << ": dropped for the reason DEV_READY");
        }
    }

    void OnSent(Ptr<const Packet> /* packet */)
    {
        m_lo->SetDown();
    }
};

/// A sink of a drop that has what waits lost once more does not lose more than that.
class DownTwiceTestCase : public LoTestCase
{
  public:
    DownTwiceTestCase()
        : LoTestCase("what is sent by who is told of a loss is not lost with what waited, also if "
                     "the device was set up and down meanwhile")
    {
    }

  private:
    void DoRun() override
    {
        MakeLoOnNoNode("Backlog");
        m_lo->TraceConnectWithoutContext("Drop", MakeCallback(&DownTwiceTestCase::OnLoss, this));
        Send(1);
        Send(2);
        Send(3);
        m_lo->SetDown();
        NS_TEST_EXPECT_MSG_EQ(m_drops.size(), 3, "packets lost");
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ((m_received == std::vector<uint32_t>{4, 5}), true, "the others came");
    }

    void OnLoss(Ptr<const Packet> /* packet */, DropReason /* reason */)
    {
        if (m_told++ == 0)
        {
            m_lo->SetUp();
            m_lo->SetDown();
            m_lo->SetUp();
            Send(4);
            Send(5);
        }
    }

    uint32_t m_told{0}; //!< how often the sink was called
};

/// A device on no node outlives Simulator::Destroy, which forgets its events.
class SecondSimulationTestCase : public LoTestCase
{
  public:
    SecondSimulationTestCase()
        : LoTestCase("a device that outlives Simulator::Destroy delivers in the next simulation")
    {
    }

  private:
    void DoRun() override
    {
        MakeLoOnNoNode("Backlog");
        Send(1);
        Simulator::Destroy();
        Send(2);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ((m_received == std::vector<uint32_t>{1, 2}),
                              true,
                              "what waited and what came later arrives");
    }
};

class LoDeliveryTestSuite : public TestSuite
{
  public:
    LoDeliveryTestSuite()
        : TestSuite("lo-delivery", TestSuite::Type::UNIT)
    {
        for (const auto& delivery : AllDeliveries())
        {
            AddTestCase(new DeliveryTimeTestCase(delivery));
            AddTestCase(new ForeignContextTestCase(delivery));
            AddTestCase(new NoReentryTestCase(delivery));
            AddTestCase(new LongConversationTestCase(delivery, 64));
        }
        AddTestCase(new LongConversationTestCase("Backlog", 1));
        AddTestCase(new NoNodeTestCase);
        AddTestCase(new FifoTestCase);
        AddTestCase(new SendingSinkTestCase);
        AddTestCase(new EventCountTestCase);
        AddTestCase(new MaxBacklogTestCase);
        AddTestCase(new LifetimeTestCase);
        AddTestCase(new CallbackChangeTestCase);
        AddTestCase(new ReleaseTestCase);
        AddTestCase(new DownTwiceTestCase);
        AddTestCase(new DownInSinkTestCase);
        AddTestCase(new SecondSimulationTestCase);
    }
};

LoDeliveryTestSuite g_loDeliveryTestSuite;

} // namespace
