/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"
#include "watched-lo.h"

#include "ns3/node.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cstdint>
#include <stdexcept>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// Packets over a lo: the time, order and conditions of their delivery.
class DeliveryTestCase : public LoTestCase
{
  public:
    using LoTestCase::LoTestCase;

    /// Send from main, from events without a context and of another node, and from the node's.
    void Contexts(const std::string& delivery)
    {
        MakeLoOnNode(delivery);
        const auto otherNode = CreateObject<Node>()->GetId();
        std::vector<uint32_t> receivedBySend;
        std::vector<uint32_t> contexts;
        m_onReceive = [&](uint32_t) {
            // One was sent every second.
            NS_TEST_EXPECT_MSG_EQ(Simulator::Now(),
                                  Seconds(static_cast<double>(contexts.size())),
                                  "no simulated time passes on the way");
            contexts.push_back(Simulator::GetContext());
        };
        const auto send = [&] {
            NS_TEST_EXPECT_MSG_EQ(Send(100), true, "Send accepts the packet");
            receivedBySend.push_back(m_received.size());
        };
        send();
        Simulator::Schedule(Seconds(1), send);
        Simulator::ScheduleWithContext(otherNode, Seconds(2), send);
        InNodeContext(send, Seconds(3));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(ToText(receivedBySend),
                              (delivery == "Immediate" ? "0 1 2 4" : "0 1 2 3"),
                              "packets delivered when Send returned: the last, if Immediate");
        NS_TEST_EXPECT_MSG_EQ(ToText(contexts),
                              ToText(std::vector<uint32_t>(4, m_node->GetId())),
                              "all are delivered in the node's context");
    }

    /// Answer each packet with another, among other events of the same time.
    void LongConversation(const std::string& delivery, uint32_t budget, uint32_t nPackets)
    {
        MakeLoOnNode(delivery);
        m_lo->SetAttribute("Budget", UintegerValue(budget));
        bool isInOrder = true;
        uintptr_t lowest = UINTPTR_MAX;
        uintptr_t highest = 0;
        m_onReceive = [&](uint32_t size) {
            // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): an address as a number
            const auto position = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
            lowest = std::min(lowest, position);
            highest = std::max(highest, position);
            isInOrder = isInOrder && size == 1 + (m_received.size() - 1) % 1000;
            if (m_received.size() < nPackets)
            {
                Send(1 + m_received.size() % 1000);
            }
        };
        std::size_t atLastTick = 0;
        std::size_t mostBetweenTicks = 0;
        std::function<void()> tick = [&] {
            mostBetweenTicks = std::max(mostBetweenTicks, m_received.size() - atLastTick);
            atLastTick = m_received.size();
            if (atLastTick < nPackets)
            {
                Simulator::ScheduleNow([&] { tick(); });
            }
        };
        InNodeContext([&] {
            Send(1);
            tick();
        });
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_received.size(), nPackets, "every packet was answered");
        NS_TEST_EXPECT_MSG_EQ(isInOrder, true, "packets arrive as they were sent");
        NS_TEST_EXPECT_MSG_EQ(m_maxDepth, 1, "receive callbacks under way at once");
        // Callbacks under Send and under an event differ by some stack frames.
        NS_TEST_EXPECT_MSG_LT(highest - lowest, 4096, "bytes of stack between two callbacks");
        NS_TEST_EXPECT_MSG_EQ(Simulator::Now(), Time(0), "all at one time");
        NS_TEST_EXPECT_MSG_LT_OR_EQ(mostBetweenTicks,
                                    (delivery == "Scheduled" ? 2 : budget + 1),
                                    "packets delivered between two other events");
    }

    /// Count the events of the device.
    void EventCount()
    {
        const auto count = [this](const std::string& delivery, uint32_t nPackets) {
            MakeLoOnNode(delivery);
            InNodeContext([this, nPackets] {
                for (uint32_t i = 0; i < nPackets; ++i)
                {
                    Send(100);
                }
            });
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(m_received.size(), nPackets, "packets delivered");
            const auto events = Simulator::GetEventCount();
            Simulator::Destroy();
            return events;
        };
        for (const auto& [delivery, events] :
             std::map<std::string, uint64_t>{{"Scheduled", 640}, {"Backlog", 10}, {"Immediate", 0}})
        {
            NS_TEST_EXPECT_MSG_EQ(count(delivery, 640) - count(delivery, 0),
                                  events,
                                  "events of " << delivery << ", with a budget of 64");
        }
    }

    /// Send more packets than MaxBacklog.
    void MaxBacklog(const std::string& delivery)
    {
        MakeLoOnNode(delivery);
        m_lo->SetAttribute("MaxBacklog", UintegerValue(10));
        for (uint32_t i = 1; i <= 15; ++i)
        {
            NS_TEST_EXPECT_MSG_EQ(Send(i), true, "Send hides the drop, as on Linux");
        }
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetNWaiting(), 10, "pending packets");
        Simulator::Run();
        const auto stats = m_lo->GetStats();
        NS_TEST_EXPECT_MSG_EQ(ToText(m_received), "1 2 3 4 5 6 7 8 9 10", "the first ten arrive");
        NS_TEST_EXPECT_MSG_EQ(stats.txPackets, 10, "dropped packets are not counted as sent");
        NS_TEST_EXPECT_MSG_EQ(stats.rxDropped, 5, "RxDropped");
        NS_TEST_EXPECT_MSG_EQ(m_drops,
                              "CPU_BACKLOG CPU_BACKLOG CPU_BACKLOG CPU_BACKLOG CPU_BACKLOG",
                              "reasons");
    }

    /// Release the device before, during and after a delivery.
    void Freed(const std::string& delivery)
    {
        MakeLoOnNoNode("Backlog");
        Send(1);
        m_lo->SetAttribute("Delivery", StringValue(delivery));
        Send(2);
        m_lo = nullptr;
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_received.size(), 0, "no receiver gets its packets");

        MakeLoOnNoNode(delivery);
        m_onReceive = [this](uint32_t) { m_lo = nullptr; };
        Send(1);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_received.size(), 1, "only the callback that freed it was called");

        MakeLoOnNoNode(delivery);
        auto packet = Create<Packet>(100);
        m_lo->Send(packet, m_lo->GetAddress(), TEST_PROTOCOL);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(packet->GetReferenceCount(),
                              1,
                              "references to a packet that was delivered");
    }

    /// Throw from the receive callback of one packet of three.
    void ThrowingCallback(const std::string& delivery)
    {
        MakeLoOnNoNode(delivery);
        m_onReceive = [](uint32_t size) {
            if (size == 1)
            {
                throw std::runtime_error("the receiver's own");
            }
        };
        bool isThrown = false;
        const auto run = [&](const std::function<void()>& action) {
            try
            {
                action();
            }
            catch (const std::runtime_error&)
            {
                isThrown = true;
            }
        };
        run([&] { Send(1); });
        Send(2);
        run(&Simulator::Run);
        m_depth = 0; // which the exception has left at 1
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(isThrown, true, "the exception reaches the caller");
        NS_TEST_EXPECT_MSG_EQ(ToText(m_received), "1 2", "the next packet arrives");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetNWaiting(), 0, "no packet is pending");
        Send(3);
        NS_TEST_EXPECT_MSG_EQ(m_received.size(),
                              (delivery == "Immediate" ? 3 : 2),
                              "packets delivered when a later Send returned");
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(ToText(m_received), "1 2 3", "and in the end");
    }

    /// Set the device down just before a delivery.
    void DownInSink(const std::string& delivery)
    {
        MakeLoOnNoNode(delivery);
        OnTrace("MacTx", [this](Ptr<const Packet> /* packet */) { m_lo->SetDown(); });
        Send(1);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_received.size(), 0, "packets received");
        NS_TEST_EXPECT_MSG_EQ(m_drops, "DEV_READY", "the reason of the drop");
    }

    /// Set the device up and down in a sink of SetDown's drops.
    void DownTwice()
    {
        MakeLoOnNoNode("Backlog");
        bool isTold = false;
        OnTrace("MacRxDrop", [&](Ptr<const Packet> /* packet */) {
            if (!isTold)
            {
                isTold = true;
                m_lo->SetUp();
                m_lo->SetDown();
                m_lo->SetUp();
                Send(4);
                Send(5);
            }
        });
        Send(1);
        Send(2);
        Send(3);
        m_lo->SetDown();
        NS_TEST_EXPECT_MSG_EQ(m_drops, "DEV_READY DEV_READY DEV_READY", "packets dropped");
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(ToText(m_received), "4 5", "the others arrive");
    }

    /// Keep a device on no node beyond its simulation.
    void SecondSimulation()
    {
        MakeLoOnNoNode("Backlog");
        Send(1);
        Simulator::Destroy();
        Send(2);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(ToText(m_received), "1 2", "pending and later packets arrive");
    }
};

/// The Delivery attribute.
const Suite g_suite("lo-delivery", TestSuite::Type::UNIT, [](Suite& suite) {
    using Case = DeliveryTestCase;
    for (const auto& delivery : AllDeliveries())
    {
        const auto prefix = delivery + ": ";
        const auto add = [&](const std::string& behaviour, auto test) {
            suite.Add(prefix + behaviour, test, delivery);
        };
        add("a packet is delivered in the node's context, before Send returns if sent there, or by "
            "an event of the time",
            &Case::Contexts);
        add("MaxBacklog packets are pending and the next is dropped", &Case::MaxBacklog);
        add("a device may be freed with packets pending, or by its receive callback", &Case::Freed);
        add("a receive callback that throws leaves the device usable", &Case::ThrowingCallback);
        add("a packet is dropped if a MacTx trace sink brings the device down", &Case::DownInSink);
        const auto yields = delivery + " yields after its budget, and needs no stack for ";
        suite.Add(yields + "10,000 answers", &Case::LongConversation, delivery, 64, 10'000);
        suite.AddExtensive(yields + "1,000,000 answers",
                           &Case::LongConversation,
                           delivery,
                           64,
                           1'000'000);
    }
    suite.Add("Backlog with a budget of 1 yields after each packet",
              &Case::LongConversation,
              "Backlog",
              1,
              10'000);
    suite.Add("Scheduled has an event per packet, Backlog one for Budget of them, Immediate none",
              &Case::EventCount);
    suite.Add("a packet sent by a sink of a drop is not dropped with those pending",
              &Case::DownTwice);
    suite.Add("a device that outlives Simulator::Destroy delivers in the next simulation",
              &Case::SecondSimulation);
});

} // namespace
