/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-call-sequence.h"

#include "impairment-changes.h"

#include "ns3/double.h"
#include "ns3/mac64-address.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <sstream>

namespace ns3::tests
{

namespace
{

/// What is done by who is called ends with these, so that every sequence has an end.
constexpr uint32_t MAX_ANSWERS = 200;

const std::vector<std::string>&
PacketTraces()
{
    static const std::vector<std::string> sources{"MacTx",
                                                  "MacTxDrop",
                                                  "MacRx",
                                                  "MacPromiscRx",
                                                  "MacRxDrop",
                                                  "Sniffer",
                                                  "PromiscSniffer"};
    return sources;
}

const std::vector<std::string>&
CounterTraces()
{
    static const std::vector<std::string> sources{"TxPackets",
                                                  "RxPackets",
                                                  "TxDropped",
                                                  "RxDropped",
                                                  "RxErrors",
                                                  "Multicast"};
    return sources;
}

Ptr<ErrorModel>
MakeErrorModel()
{
    auto model = CreateObject<RateErrorModel>();
    model->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
    model->SetRate(0.3);
    model->AssignStreams(2);
    model->Disable();
    return model;
}

} // namespace

const std::vector<LoCallSequence::Step> LoCallSequence::STEPS{
    {"SendOne", &LoCallSequence::SendOne},
    {"SendBurst", &LoCallSequence::SendBurst},
    {"SendLarge", &LoCallSequence::SendLarge},
    {"SendFrom", &LoCallSequence::SendFrom},
    {"SendToAnywhere", &LoCallSequence::SendToAnywhere},
    {"SendUnhandled", &LoCallSequence::SendUnhandled},
    {"SendToOtherKindOfAddress", &LoCallSequence::SendToOtherKindOfAddress},
    {"SetDown", &LoCallSequence::SetDown},
    {"SetUp", &LoCallSequence::SetUp},
    {"SetUp again", &LoCallSequence::SetUp},
    {"SetMtu", &LoCallSequence::SetMtu},
    {"SetAddress", &LoCallSequence::SetAddress},
    {"SetDelivery", &LoCallSequence::SetDelivery},
    {"SetMaxBacklog", &LoCallSequence::SetMaxBacklog},
    {"SetBudget", &LoCallSequence::SetBudget},
    {"SwitchErrorModel", &LoCallSequence::SwitchErrorModel},
    {"ReplaceErrorModel", &LoCallSequence::ReplaceErrorModel},
    {"Impair", &LoCallSequence::Impair},
    {"ImpairInAnyWay", &LoCallSequence::ImpairInAnyWay},
    {"ChangeImpairment", &LoCallSequence::ChangeImpairment},
    {"ImpairNoMore", &LoCallSequence::ImpairNoMore},
    {"DisposeImpairment", &LoCallSequence::DisposeImpairment},
    {"SwitchAnswers", &LoCallSequence::SwitchAnswers},
    {"ConnectTrace", &LoCallSequence::ConnectTrace},
    {"DisconnectTrace", &LoCallSequence::DisconnectTrace},
    {"SetPromiscuousCallback", &LoCallSequence::SetPromiscuousCallback},
    {"SetReceiveCallback", &LoCallSequence::SetReceiveCallback},
    {"AddToNode", &LoCallSequence::AddToNode},
    {"DisposeNode", &LoCallSequence::DisposeNode},
    {"Dispose", &LoCallSequence::Dispose},
};

const LinkStats&
LoCallSequence::GetStats() const
{
    return m_stats;
}

uint64_t
LoCallSequence::GetNDroppedWaiting() const
{
    return m_nDroppedWaiting;
}

void
LoCallSequence::Run()
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
    m_stats = m_lo->GetStats();
    Destroy();
}

/// The device lives on, as who is told of what it loses may do something to it.
void
LoCallSequence::DestroySimulation()
{
    m_node = nullptr;
    m_isDisposing = true;
    Simulator::Destroy();
    m_isDisposing = false;
    Check("after Simulator::Destroy");
}

void
LoCallSequence::Make()
{
    Draw(4) == 1 ? MakeLoOnNoNode() : MakeLoOnNode();
    m_errorModel = MakeErrorModel();
    m_lo->SetAttribute("ReceiveErrorModel", PointerValue(m_errorModel));
    m_lo->TraceConnectWithoutContext("MacRxDrop", MakeCallback(&LoCallSequence::OnRxDrop, this));
    m_lo->TraceConnectWithoutContext("Drop", MakeCallback(&LoCallSequence::OnDropReason, this));
    m_lo->TraceConnectWithoutContext("MacPromiscRx",
                                     MakeCallback(&LoCallSequence::OnDelivery, this));
}

void
LoCallSequence::Schedule()
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

void
LoCallSequence::Do()
{
    const auto& step = DrawOneOf(STEPS);
    ++m_nSteps;
    (this->*step.act)();
    --m_nSteps;
    Check(std::string("after ") + step.name);
}

void
LoCallSequence::Answer()
{
    if (++m_nAnswers % 10 == 0 || m_nAnswers >= MAX_ANSWERS)
    {
        return;
    }
    ++m_nAnswering;
    Draw(4) == 1 ? Do() : SendOne();
    --m_nAnswering;
}

void
LoCallSequence::Check(const std::string& when)
{
    if (m_nSinks > 0)
    {
        return; // the packet of the trace is on its way, here or there
    }
    // From within a receive callback one packet more is on its way: it is received already.
    const auto stats = m_lo->GetStats();
    std::ostringstream counters;
    counters << stats << ", waiting " << m_lo->GetNWaiting() << ", dropped while waiting "
             << m_nDroppedWaiting;
    Expect(stats.txPackets ==
               stats.rxPackets + stats.rxErrors + m_lo->GetNWaiting() + m_nDroppedWaiting,
           when,
           "TxPackets = RxPackets + RxErrors + waiting + dropped while waiting, of " +
               counters.str());
    if (m_nSteps == 0)
    {
        Expect(m_nSends == stats.txPackets + stats.txDropped + m_nOverBacklog + CountUnsent(),
               when,
               "sent = TxPackets + TxDropped + over the backlog + waiting in the impairment - "
               "duplicates, of " +
                   std::to_string(m_nSends) + " sent, " + std::to_string(m_nOverBacklog) +
                   " over the backlog, " + std::to_string(static_cast<int64_t>(CountUnsent())) +
                   " waiting without duplicates, and " + counters.str());
    }
    Expect(m_isFifo || m_mayOvertake, when, "packets arrive as they were sent");
    Expect(m_maxDepth <= 1, when, "one receive callback is under way at once");
}

/// Packets that wait in impairments, without the duplicates that they have made.
uint64_t
LoCallSequence::CountUnsent() const
{
    uint64_t n = 0;
    for (const auto& impairment : m_impairments)
    {
        n += impairment->GetNPackets() - impairment->GetStats().duplicated;
    }
    return n;
}

template <typename Call>
void
LoCallSequence::Count(Call call)
{
    ++m_nSends;
    ++m_nSteps;
    call();
    --m_nSteps;
}

void
LoCallSequence::SendTo(uint32_t size, const Address& to, uint16_t protocol)
{
    Count([&] { return m_lo->Send(Create<Packet>(size), to, protocol); });
}

void
LoCallSequence::SendOne()
{
    SendTo(1 + Draw(2000), m_lo->GetAddress());
}

void
LoCallSequence::SendBurst()
{
    for (auto n = Draw(100); n > 0; --n)
    {
        SendTo(1 + n, m_lo->GetBroadcast());
    }
}

void
LoCallSequence::SendLarge()
{
    SendTo(Draw(70000), m_lo->GetAddress());
}

void
LoCallSequence::SendFrom()
{
    const auto source = DrawBool() ? Address(Mac48Address("02:00:00:00:00:03")) : Address();
    Count([&] {
        return m_lo->SendFrom(Create<Packet>(100), source, m_lo->GetBroadcast(), TEST_PROTOCOL);
    });
}

void
LoCallSequence::SendToAnywhere()
{
    static const std::vector<Mac48Address> addresses{Mac48Address("01:00:5e:00:00:01"),
                                                     Mac48Address("02:00:00:00:00:02"),
                                                     Mac48Address::GetBroadcast()};
    SendTo(100, DrawOneOf(addresses));
}

void
LoCallSequence::SendUnhandled()
{
    SendTo(100, m_lo->GetAddress(), TEST_PROTOCOL + 1);
}

void
LoCallSequence::SendToOtherKindOfAddress()
{
    SendTo(100, Mac64Address("00:00:00:00:00:00:00:01"));
}

void
LoCallSequence::SetDown()
{
    m_lo->SetDown();
}

void
LoCallSequence::SetUp()
{
    m_lo->SetUp();
}

void
LoCallSequence::SetMtu()
{
    m_lo->SetMtu(static_cast<uint16_t>(Draw(DrawBool() ? 65536 : 2000)));
}

void
LoCallSequence::SetAddress()
{
    m_lo->SetAddress(DrawBool() ? Mac48Address("02:00:00:00:00:02") : Mac48Address());
}

void
LoCallSequence::SetDelivery()
{
    m_lo->SetAttribute("Delivery", StringValue(DrawOneOf(AllDeliveries())));
}

void
LoCallSequence::SetMaxBacklog()
{
    m_lo->SetAttribute("MaxBacklog", UintegerValue(Draw(20)));
}

void
LoCallSequence::SetBudget()
{
    m_lo->SetAttribute("Budget", UintegerValue(1 + Draw(8)));
}

void
LoCallSequence::SwitchErrorModel()
{
    m_errorModel->IsEnabled() ? m_errorModel->Disable() : m_errorModel->Enable();
}

void
LoCallSequence::ReplaceErrorModel()
{
    m_errorModel = MakeErrorModel();
    m_lo->SetAttribute("ReceiveErrorModel", PointerValue(m_errorModel));
}

void
LoCallSequence::Impair()
{
    // All that netem has and that keeps packets in order.
    auto impairment = CreateObject<LinkImpairment>();
    impairment->SetAttribute("Loss", DoubleValue(0.1));
    impairment->SetAttribute("Rate", StringValue(DrawBool() ? "10000Gbps" : "0bps"));
    impairment->SetAttribute("Limit", UintegerValue(1 + Draw(100)));
    UseImpairment(impairment);
}

void
LoCallSequence::ImpairInAnyWay()
{
    auto impairment = CreateObject<LinkImpairment>();
    for (auto n = 1 + Draw(5); n > 0; --n)
    {
        ChangeAnyAttribute(*impairment, m_draw);
    }
    m_mayOvertake = true;
    UseImpairment(impairment);
}

void
LoCallSequence::UseImpairment(Ptr<LinkImpairment> impairment)
{
    impairment->AssignStreams(10);
    m_impairments.push_back(impairment);
    m_lo->SetImpairment(impairment);
}

void
LoCallSequence::ChangeImpairment()
{
    if (const auto impairment = m_lo->GetImpairment())
    {
        m_mayOvertake = true;
        ChangeAnyAttribute(*impairment, m_draw);
    }
}

void
LoCallSequence::ImpairNoMore()
{
    m_lo->SetImpairment(nullptr);
}

void
LoCallSequence::DisposeImpairment()
{
    if (const auto impairment = m_lo->GetImpairment())
    {
        DisposeOf(*impairment);
    }
}

void
LoCallSequence::SwitchAnswers()
{
    if (m_onReceive)
    {
        m_onReceive = nullptr;
    }
    else
    {
        m_onReceive = [this](uint32_t) { Answer(); };
    }
}

void
LoCallSequence::ConnectTrace()
{
    if (DrawBool())
    {
        m_lo->TraceConnectWithoutContext(DrawOneOf(CounterTraces()),
                                         MakeCallback(&LoCallSequence::OnCount, this));
    }
    else
    {
        m_lo->TraceConnectWithoutContext(DrawOneOf(PacketTraces()),
                                         MakeCallback(&LoCallSequence::OnTrace, this));
    }
}

void
LoCallSequence::DisconnectTrace()
{
    if (m_nSinks > 0)
    {
        return; // ns-3's traces can not lose a sink while they call one
    }
    if (DrawBool())
    {
        m_lo->TraceDisconnectWithoutContext(DrawOneOf(CounterTraces()),
                                            MakeCallback(&LoCallSequence::OnCount, this));
    }
    else
    {
        m_lo->TraceDisconnectWithoutContext(DrawOneOf(PacketTraces()),
                                            MakeCallback(&LoCallSequence::OnTrace, this));
    }
}

void
LoCallSequence::SetPromiscuousCallback()
{
    m_lo->SetPromiscReceiveCallback(DrawBool() ? MakeCallback(&LoCallSequence::OnPromiscuous, this)
                                               : NetDevice::PromiscReceiveCallback());
}

void
LoCallSequence::SetReceiveCallback()
{
    m_lo->SetReceiveCallback(DrawBool() ? MakeCallback(&LoCallSequence::OnReceive, this)
                                        : NetDevice::ReceiveCallback());
}

void
LoCallSequence::AddToNode()
{
    // Not in the midst of a packet, which would be handed up to the node in another's context.
    if (!m_lo->GetNode() && m_nAnswering == 0)
    {
        m_node = CreateObject<Node>();
        m_node->AddDevice(m_lo);
    }
}

void
LoCallSequence::DisposeNode()
{
    // ns-3 can not dispose a node while it takes a packet up.
    if (m_node && m_nAnswering == 0 && Draw(8) == 1)
    {
        DisposeOf(*m_node);
    }
}

void
LoCallSequence::Dispose()
{
    // It ends most of what a sequence can do, so that it is left for one draw in a few.
    if (Draw(8) == 1)
    {
        DisposeOf(*m_lo);
    }
}

void
LoCallSequence::DisposeOf(Object& object)
{
    // ns-3 can not dispose an object while it disposes it, and asserts that nobody does.
    if (!m_isDisposing)
    {
        m_isDisposing = true;
        object.Dispose();
        m_isDisposing = false;
    }
}

void
LoCallSequence::OnDelivery(Ptr<const Packet> packet)
{
    // Packets are made just before they are sent, so uids tell the order of sending.
    if (m_lastUid && packet->GetUid() <= *m_lastUid)
    {
        m_isFifo = false;
    }
    m_lastUid = packet->GetUid();
}

void
LoCallSequence::OnRxDrop(Ptr<const Packet> packet)
{
    m_rxDropping.insert(PeekPointer(packet));
}

void
LoCallSequence::OnDropReason(Ptr<const Packet> packet, DropReason reason)
{
    // Send refuses a packet for the same reason, but that is no MacRxDrop.
    if (m_rxDropping.erase(PeekPointer(packet)) == 0)
    {
        return;
    }
    if (reason == DropReason::DEV_READY)
    {
        ++m_nDroppedWaiting;
    }
    else if (reason == DropReason::CPU_BACKLOG)
    {
        ++m_nOverBacklog;
    }
}

void
LoCallSequence::OnTrace(Ptr<const Packet> /* packet */)
{
    ++m_nSinks;
    if (DrawBool())
    {
        Answer();
    }
    --m_nSinks;
}

void
LoCallSequence::OnCount(uint64_t before, uint64_t now)
{
    Expect(now == before + 1, "on a counter's trace", "that it counts by one");
    OnTrace(nullptr);
}

bool
LoCallSequence::OnPromiscuous(Ptr<NetDevice> /* device */,
                              Ptr<const Packet> /* packet */,
                              uint16_t /* protocol */,
                              const Address& /* from */,
                              const Address& /* to */,
                              NetDevice::PacketType /* type */)
{
    Answer();
    return true;
}

bool
LoCallSequence::OnReceive(Ptr<NetDevice> /* device */,
                          Ptr<const Packet> /* packet */,
                          uint16_t protocol,
                          const Address& /* from */)
{
    Answer();
    return protocol == TEST_PROTOCOL;
}

} // namespace ns3::tests
