/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "call-sequence.h"
#include "to-callback.h"
#include "watched-lo.h"

#include "ns3/error-model.h"
#include "ns3/mac64-address.h"
#include "ns3/pointer.h"
#include "ns3/queue-disc.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/traffic-control-layer.h"
#include "ns3/uinteger.h"

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace ns3::tests
{

namespace
{

/// Limits of what receivers and sinks do, so that every sequence ends.
constexpr uint32_t MAX_ANSWERS = 200;

const std::vector<std::string> COUNTER_TRACES{"TxPackets",
                                              "RxPackets",
                                              "TxDropped",
                                              "RxDropped",
                                              "RxErrors",
                                              "Multicast"};

/// Root queue discs that keep packets in order, by type and attributes.
const std::vector<std::string> QUEUE_DISCS{"ns3::FifoQueueDisc[MaxSize=5p]",
                                           "ns3::PfifoFastQueueDisc[MaxSize=20p]",
                                           "ns3::TbfQueueDisc[Burst=70000|Rate=8Gbps|MaxSize=50p]",
                                           "ns3::NetemQueueDisc[Limit=20|Delay=2ns|Loss=0.1]"};

/**
 * A sequence of calls on a LoNetDevice, on a node, in a loopback's wire, or on no node.
 *
 * Events, receive callbacks, trace sinks and code outside the simulation make the calls. Each
 * packet must be accounted for. Packets must arrive in order, one at a time.
 */
class LoCallSequence : public CallSequence, private WatchedLo
{
  public:
    using CallSequence::CallSequence;

    /// Make the calls.
    void Run()
    {
        Make();
        for (auto n = Draw(3); n > 0; --n)
        {
            Do();
        }
        Schedule();
        if (DrawBool())
        {
            Simulator::Stop(NanoSeconds(Draw(5)));
        }
        Simulator::Run();
        Check("at the end of the run");
        if (DrawBool())
        {
            Simulator::Run();
            Check("at the end of the second run");
        }
        DestroySimulation();
        if (DrawBool())
        {
            Schedule();
            Simulator::Run();
            Check("at the end of a run after Simulator::Destroy");
            DestroySimulation();
        }
        result.problem = GetProblem();
        result.stats = m_lo->GetStats();
        Destroy();
    }

    LoCallResult result; //!< what the sequence has reached, complete after Run

  private:
    /// A possible action.
    struct Step
    {
        const char* name;                //!< its name in problems
        void (*act)(LoCallSequence& lo); //!< performs it
    };

    /// @return all actions, which are equally likely
    static const std::vector<Step>& GetSteps()
    {
        static const std::vector<Step> steps{
            {"SendOne", [](auto& s) { s.SendTo(1 + s.Draw(2000), s.m_lo->GetAddress()); }},
            {"SendBurst",
             [](auto& s) {
                 for (auto n = s.Draw(100); n > 0; --n)
                 {
                     s.SendTo(1 + n, s.m_lo->GetBroadcast());
                 }
             }},
            {"SendLarge", [](auto& s) { s.SendTo(s.Draw(70'000), s.m_lo->GetAddress()); }},
            {"SendFrom",
             [](auto& s) {
                 const auto source =
                     s.DrawBool() ? Address(Mac48Address("02:00:00:00:00:03")) : Address();
                 s.Send(100, [&s, source](Ptr<Packet> packet) {
                     s.m_lo->SendFrom(packet, source, s.m_lo->GetBroadcast(), TEST_PROTOCOL);
                 });
             }},
            {"SendToAnywhere",
             [](auto& s) {
                 s.SendTo(100,
                          Mac48Address(s.DrawOneOf(std::vector<const char*>{"01:00:5e:00:00:01",
                                                                            "02:00:00:00:00:02",
                                                                            "ff:ff:ff:ff:ff:ff"})));
             }},
            {"SendUnhandled",
             [](auto& s) { s.SendTo(100, s.m_lo->GetAddress(), TEST_PROTOCOL + 1); }},
            {"SendToOtherKindOfAddress",
             [](auto& s) { s.SendTo(100, Mac64Address("00:00:00:00:00:00:00:01")); }},
            {"SendOnWire", [](auto& s) { s.SendOnWire(); }},
            {"SetDown", [](auto& s) { s.m_lo->SetDown(); }},
            {"SetUp", [](auto& s) { s.m_lo->SetUp(); }},
            {"SetUp again", [](auto& s) { s.m_lo->SetUp(); }},
            {"SetMtu",
             [](auto& s) {
                 s.m_lo->SetMtu(static_cast<uint16_t>(s.Draw(s.DrawBool() ? 65536 : 2000)));
             }},
            {"SetAddress",
             [](auto& s) {
                 s.m_lo->SetAddress(s.DrawBool() ? Mac48Address("02:00:00:00:00:02")
                                                 : Mac48Address());
             }},
            {"SetDelivery",
             [](auto& s) {
                 s.m_lo->SetAttribute("Delivery", StringValue(s.DrawOneOf(AllDeliveries())));
             }},
            {"SetMaxBacklog",
             [](auto& s) { s.m_lo->SetAttribute("MaxBacklog", UintegerValue(s.Draw(20))); }},
            {"SetBudget",
             [](auto& s) { s.m_lo->SetAttribute("Budget", UintegerValue(1 + s.Draw(8))); }},
            {"SwitchErrorModel",
             [](auto& s) {
                 s.m_errorModel->IsEnabled() ? s.m_errorModel->Disable() : s.m_errorModel->Enable();
             }},
            {"ReplaceErrorModel", [](auto& s) { s.ReplaceErrorModel(); }},
            {"ReplaceQueueDisc", [](auto& s) { s.ReplaceQueueDisc(); }},
            {"SwitchAnswers", [](auto& s) { s.m_isAnswering = !s.m_isAnswering; }},
            {"ConnectTrace", [](auto& s) { s.SetTrace(true); }},
            {"DisconnectTrace", [](auto& s) { s.SetTrace(false); }},
            {"SetPromiscuousCallback",
             [](auto& s) {
                 const NetDevice::PromiscReceiveCallback answer =
                     ToCallback([&s](Ptr<NetDevice>,
                                     Ptr<const Packet>,
                                     uint16_t,
                                     const Address&,
                                     const Address&,
                                     NetDevice::PacketType) {
                         s.Answer();
                         return true;
                     });
                 s.m_lo->SetPromiscReceiveCallback(
                     s.DrawBool() ? answer : NetDevice::PromiscReceiveCallback());
             }},
            {"SetReceiveCallback",
             [](auto& s) {
                 const NetDevice::ReceiveCallback answer = ToCallback(
                     [&s](Ptr<NetDevice>, Ptr<const Packet>, uint16_t protocol, const Address&) {
                         s.Answer();
                         return protocol == TEST_PROTOCOL;
                     });
                 // ns-3's own loopback, which ends up with the callback, must have one.
                 s.m_lo->SetReceiveCallback(
                     s.m_wire || s.DrawBool() ? answer : NetDevice::ReceiveCallback());
             }},
            {"AddToNode",
             [](auto& s) {
                 // Not during a delivery: the node would receive the packet in another node's
                 // context.
                 if (!s.m_lo->GetNode() && !s.m_isDisposed && s.m_nAnswersNow == 0)
                 {
                     s.m_node = CreateObject<Node>();
                     s.m_node->AddDevice(s.m_lo);
                 }
             }},
            {"DisposeNode",
             [](auto& s) {
                 // ns-3 cannot dispose a node while it receives a packet, or initialize it then.
                 if (s.m_node && s.m_node->IsInitialized() && s.m_nAnswersNow == 0 &&
                     s.Draw(8) == 1)
                 {
                     s.DisposeOf(*s.m_node);
                 }
             }},
            {"Dispose",
             [](auto& s) {
                 // Rarely, because it ends most of what a sequence can do.
                 if (s.Draw(8) == 1)
                 {
                     s.DisposeOf(*s.m_lo);
                 }
             }},
        };
        return steps;
    }

    /// Make the device, and watch it.
    void Make()
    {
        switch (Draw(4))
        {
        case 1:
            MakeLoOnNoNode();
            break;
        case 2:
            m_wire = MakeLoInWire();
            break;
        default:
            MakeLoOnNode();
        }
        m_onReceive = [this](uint32_t) { Answer(); };
        ReplaceErrorModel();
        OnTrace("MacPromiscRx", [this](Ptr<const Packet> packet) {
            const auto number = m_numbers.at(packet->GetUid());
            m_isFifo = m_isFifo && number > m_lastNumber;
            m_lastNumber = number;
        });
        OnTrace("MacRxDrop",
                [this](Ptr<const Packet> packet) { m_rxDropping.insert(PeekPointer(packet)); });
        m_lo->TraceConnectWithoutContext(
            "Drop",
            ToCallback([this](Ptr<const Packet> packet, DropReason reason) {
                // A packet that Send refuses has the same reason, but
                // fires no MacRxDrop.
                if (m_rxDropping.erase(PeekPointer(packet)) != 0)
                {
                    result.nDroppedWaiting += reason == DropReason::DEV_READY ? 1 : 0;
                    m_nOverBacklog += reason == DropReason::CPU_BACKLOG ? 1 : 0;
                }
            }));
    }

    /// Schedule some actions in the next nanoseconds.
    void Schedule()
    {
        for (auto n = 1 + Draw(30); n > 0; --n)
        {
            const Time delay = NanoSeconds(Draw(5));
            if (m_node && DrawBool())
            {
                InNodeContext([this] { Do(); }, delay);
            }
            else
            {
                Simulator::Schedule(delay, [this] { Do(); });
            }
        }
    }

    /// Perform one action, and check the invariants.
    void Do()
    {
        const auto& step = DrawOneOf(GetSteps());
        ++m_nSteps;
        step.act(*this);
        --m_nSteps;
        Check(std::string("after ") + step.name);
    }

    /// Act as a receiver or a trace sink does on a packet.
    void Answer()
    {
        if (!m_isAnswering || ++m_nAnswers % 10 == 0 || m_nAnswers >= MAX_ANSWERS)
        {
            return;
        }
        ++m_nAnswersNow;
        Draw(4) == 1 ? Do() : SendTo(1 + Draw(2000), m_lo->GetAddress());
        --m_nAnswersNow;
    }

    /// Destroy the simulation, but keep the device: a sink of its drops may use it.
    void DestroySimulation()
    {
        m_isDisposed = m_isDisposed || m_node;
        m_node = nullptr;
        m_isDisposing = true;
        Simulator::Destroy();
        m_isDisposing = false;
        Check("after Simulator::Destroy");
    }

    /// Check the invariants.
    void Check(const std::string& when)
    {
        if (m_nSinks > 0)
        {
            return; // the packet of the trace is under way, on one side or the other
        }
        // In a receive callback one more packet is under way, which counts as received already.
        const auto now = m_lo->GetStats();
        std::ostringstream counts;
        counts << ", of " << now << ", pending " << m_lo->GetNWaiting()
               << ", dropped while pending " << result.nDroppedWaiting << ", sent " << m_nSends
               << ", over the backlog " << m_nOverBacklog << ", held by queue discs "
               << CountHeld();
        Expect(now.txPackets ==
                   now.rxPackets + now.rxErrors + m_lo->GetNWaiting() + result.nDroppedWaiting,
               when,
               "TxPackets = RxPackets + RxErrors + pending + dropped while pending" + counts.str());
        if (m_nSteps == 0)
        {
            Expect(m_nSends == now.txPackets + now.txDropped + m_nOverBacklog + CountHeld(),
                   when,
                   "sent = TxPackets + TxDropped + over the backlog + held" + counts.str());
        }
        Expect(m_isFifo, when, "packets arrive in order");
        Expect(m_maxDepth <= 1, when, "one receive callback is under way at once");
    }

    /// Send a packet, and count it.
    void Send(uint32_t size, const std::function<void(Ptr<Packet>)>& send)
    {
        const auto packet = Create<Packet>(size);
        m_numbers[packet->GetUid()] = ++m_nSends;
        ++m_nSteps;
        send(packet);
        --m_nSteps;
    }

    /// Send a packet.
    void SendTo(uint32_t size, const Address& to, uint16_t protocol = TEST_PROTOCOL)
    {
        Send(size, [&](Ptr<Packet> packet) { m_lo->Send(packet, to, protocol); });
    }

    /// Send a packet over the loopback in whose wire the device is.
    void SendOnWire()
    {
        if (!m_wire || m_isDisposed)
        {
            return;
        }
        // An event of the loopback passes the packet to the device between these two.
        const auto context = m_node->GetId();
        const auto packet = Create<Packet>(1 + Draw(2000));
        Simulator::ScheduleWithContext(context, Time(0), [this, uid = packet->GetUid()] {
            m_numbers[uid] = m_isDisposed ? m_nSends : ++m_nSends;
            ++m_nSteps;
        });
        m_wire->Send(packet, m_wire->GetBroadcast(), TEST_PROTOCOL);
        Simulator::ScheduleWithContext(context, Time(0), [this] {
            --m_nSteps;
            Check("after a packet from the wire");
        });
    }

    /// Give the device another error model, disabled.
    void ReplaceErrorModel()
    {
        auto model = CreateObject<RateErrorModel>();
        model->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
        model->SetRate(0.3);
        model->AssignStreams(2);
        model->Disable();
        m_errorModel = model;
        m_lo->SetAttribute("ReceiveErrorModel", PointerValue(model));
    }

    /// Give the device another root queue disc, or none.
    void ReplaceQueueDisc()
    {
        const auto control = m_node ? m_node->GetObject<TrafficControlLayer>() : nullptr;
        // ns-3 cannot remove a queue disc that is running.
        if (!control || m_isDisposed || m_nAnswersNow > 0)
        {
            return;
        }
        if (control->GetRootQueueDiscOnDevice(m_lo))
        {
            TrafficControlHelper().Uninstall(m_lo);
        }
        if (DrawBool())
        {
            ObjectFactory factory;
            std::istringstream(DrawOneOf(QUEUE_DISCS)) >> factory;
            const auto queueDisc = factory.Create<QueueDisc>();
            queueDisc->TraceConnectWithoutContext(
                "Dequeue",
                ToCallback([this](Ptr<const QueueDiscItem>) { ++result.nQueued; }));
            control->SetRootQueueDiscOnDevice(m_lo, queueDisc);
            m_queueDiscs.push_back(queueDisc);
        }
    }

    /// Connect a sink to a trace source, or disconnect it.
    void SetTrace(bool isConnected)
    {
        if (!isConnected && m_nSinks > 0)
        {
            return; // ns-3's traces cannot drop a sink while they call one
        }
        const auto set = [&](const std::string& source, const CallbackBase& sink) {
            isConnected ? m_lo->TraceConnectWithoutContext(source, sink)
                        : m_lo->TraceDisconnectWithoutContext(source, sink);
        };
        DrawBool() ? set(DrawOneOf(COUNTER_TRACES), MakeCallback(&LoCallSequence::OnCount, this))
                   : set(DrawOneOf(PACKET_TRACES), MakeCallback(&LoCallSequence::OnPacket, this));
    }

    /// Dispose an object, unless a disposal is under way.
    void DisposeOf(Object& object)
    {
        // ns-3 asserts that an object under disposal is not disposed again.
        if (!m_isDisposing)
        {
            m_isDisposed = true;
            m_isDisposing = true;
            object.Dispose();
            m_isDisposing = false;
        }
    }

    /// @return packets that root queue discs hold
    uint64_t CountHeld() const
    {
        uint64_t n = 0;
        for (const auto& queueDisc : m_queueDiscs)
        {
            n += queueDisc->GetNPackets();
        }
        return n;
    }

    /// Act as a sink of packets.
    void OnPacket(Ptr<const Packet> /* packet */)
    {
        ++m_nSinks;
        if (DrawBool())
        {
            Answer();
        }
        --m_nSinks;
    }

    /// Act as a sink of a counter.
    void OnCount(uint64_t before, uint64_t now)
    {
        Expect(now == before + 1, "on a counter's trace", "that it counts by one");
        OnPacket(nullptr);
    }

    Ptr<LoopbackNetDevice> m_wire;            //!< the loopback in whose wire the device is
    Ptr<ErrorModel> m_errorModel;             //!< the device's error model
    std::vector<Ptr<QueueDisc>> m_queueDiscs; //!< all queue discs the device has had
    bool m_isAnswering{false};                //!< whether receivers and sinks act
    uint32_t m_nAnswers{0};                   //!< calls of Answer
    uint32_t m_nAnswersNow{0};                //!< nested answers under way
    uint32_t m_nSteps{0};                     //!< nested steps and sends under way
    uint32_t m_nSinks{0};                     //!< trace sinks under way
    bool m_isDisposing{false};                //!< whether a disposal is under way
    bool m_isDisposed{false};                 //!< whether the device was disposed
    bool m_isFifo{true};                      //!< whether no packet has overtaken another
    std::map<uint64_t, uint64_t> m_numbers;   //!< position in the order of sending, by packet uid
    uint64_t m_lastNumber{0};                 //!< position of the last packet delivered
    std::set<const Packet*> m_rxDropping;     //!< packets between MacRxDrop and Drop
    uint64_t m_nSends{0};                     //!< packets that reached the device
    uint64_t m_nOverBacklog{0};               //!< packets over MaxBacklog
};

} // namespace

LoCallResult
RunLoCallSequence(const DrawFunction& draw)
{
    LoCallSequence sequence(draw);
    sequence.Run();
    return sequence.result;
}

} // namespace ns3::tests
