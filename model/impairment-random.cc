/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "impairment-random.h"

#include "ns3/integer.h"
#include "ns3/object-factory.h"

namespace ns3
{

UniformRandomVariable&
ImpairmentRandom::Get(Kind kind)
{
    if (!m_variables[kind])
    {
        auto stream = m_firstStream;
        for (auto& variable : m_variables)
        {
            // With the stream from the start, as a variable that is made without one takes an
            // automatic one first.
            variable =
                CreateObjectWithAttributes<UniformRandomVariable>("Stream", IntegerValue(stream));
            stream += m_firstStream < 0 ? 0 : 1;
        }
    }
    return *m_variables[kind];
}

bool
ImpairmentRandom::Happens(Kind kind, double probability)
{
    return probability > 0 && Get(kind).GetValue() < probability;
}

int64_t
ImpairmentRandom::AssignStreams(int64_t stream)
{
    m_firstStream = stream;
    m_variables.fill(nullptr);
    return N_KINDS;
}

CorrelatedDecision::CorrelatedDecision(ImpairmentRandom::Kind kind)
    : m_kind(kind)
{
}

bool
CorrelatedDecision::Happens(ImpairmentRandom& random, double probability, double correlation)
{
    if (correlation == 0)
    {
        m_correlation = 0;
        return random.Happens(m_kind, probability);
    }
    if (probability == 0)
    {
        return false;
    }
    auto& variable = random.Get(m_kind);
    if (correlation != m_correlation)
    {
        m_correlation = correlation;
        m_last = variable.GetValue();
    }
    m_last = (1 - correlation) * variable.GetValue() + correlation * m_last;
    return m_last < probability;
}

} // namespace ns3
