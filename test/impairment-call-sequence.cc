/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "impairment-call-sequence.h"

#include "impairment-changes.h"

#include "ns3/packet.h"
#include "ns3/simulator.h"

namespace ns3::tests
{

void
ImpairmentCallSequence::Run()
{
    Make({});
    for (auto n = 1 + Draw(30); n > 0; --n)
    {
        Simulator::Schedule(NanoSeconds(Draw(50)), [this] {
            Do();
            Check("after a step");
        });
    }
    if (DrawBool())
    {
        Simulator::Stop(NanoSeconds(Draw(60)));
    }
    Simulator::Run();
    Check("when stopped");
    Simulator::Run();
    Check("at the end");
    Expect(m_impairment->GetNPackets() == 0, "at the end", "that none waits for ever");
    m_stats = m_impairment->GetStats();
    Destroy();
}

const LinkImpairmentStats&
ImpairmentCallSequence::GetStats() const
{
    return m_stats;
}

void
ImpairmentCallSequence::Do()
{
    switch (Draw(8))
    {
    case 0:
        m_impairment->Flush(DropReason::DEV_READY);
        break;
    case 1:
        Reattach();
        break;
    case 2:
        m_onTransmit = DrawBool() ? [this](const LinkFrame&) { Answer(); }
                                  : std::function<void(const LinkFrame&)>();
        m_onDrop = DrawBool() ? [this](const LinkFrame&) { Answer(); }
                              : std::function<void(const LinkFrame&)>();
        break;
    case 3:
    case 4:
    case 5:
        ChangeAnyAttribute(*m_impairment, m_draw);
        break;
    default:
        for (auto n = Draw(30); n > 0 && m_isAttached; --n)
        {
            Send(Create<Packet>(Draw(100)));
        }
    }
    if (!m_isDisposed && Draw(300) == 1)
    {
        m_isDisposed = true;
        m_impairment->Dispose();
    }
}

void
ImpairmentCallSequence::Reattach()
{
    if (m_isAttached)
    {
        m_isAttached = false;
        m_impairment->Detach();
        m_isAttached = true;
        Attach();
    }
}

void
ImpairmentCallSequence::Answer()
{
    // Less than one answer to each, so that there is an end to it.
    if (++m_nAnswers < 200 && Draw(3) != 0)
    {
        Do();
    }
}

void
ImpairmentCallSequence::Check(const std::string& when)
{
    const auto problem = FindUnaccounted();
    Expect(problem.empty(), when, "that every frame is accounted for, but " + problem);
}

} // namespace ns3::tests
