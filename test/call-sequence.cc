/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "call-sequence.h"

#include <utility>

namespace ns3::tests
{

CallSequence::CallSequence(DrawFunction draw)
    : m_draw(std::move(draw))
{
}

CallSequence::~CallSequence() = default;

const std::string&
CallSequence::GetProblem() const
{
    return m_problem;
}

uint32_t
CallSequence::Draw(uint32_t n) const
{
    return n > 0 ? m_draw(n) : 0;
}

bool
CallSequence::DrawBool() const
{
    return Draw(2) != 0;
}

void
CallSequence::Expect(bool holds, const std::string& when, const std::string& what)
{
    if (!holds && m_problem.empty())
    {
        m_problem = when + ": expected " + what;
    }
}

} // namespace ns3::tests
