/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef CALL_SEQUENCE_H
#define CALL_SEQUENCE_H

#include "ns3/link-stats.h"

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace ns3::tests
{

/// A source of choices: returns a number below its argument.
typedef std::function<uint32_t(uint32_t)> DrawFunction;

/// A sequence of calls chosen by a DrawFunction, and the invariants that they must keep.
class CallSequence
{
  public:
    /**
     * Constructor.
     * @param draw makes all choices
     */
    explicit CallSequence(DrawFunction draw)
        : m_draw(std::move(draw))
    {
    }

    /// @return the first invariant that did not hold, or an empty string
    const std::string& GetProblem() const
    {
        return m_problem;
    }

  protected:
    /**
     * Draw a number.
     * @param n the number of choices
     * @return a number from 0 to n - 1, or 0 if n is 0
     */
    uint32_t Draw(uint32_t n) const
    {
        return n > 0 ? m_draw(n) : 0;
    }

    /// @return true or false
    bool DrawBool() const
    {
        return Draw(2) != 0;
    }

    /**
     * Draw an element of a list.
     * @param list the list
     * @return the element
     */
    template <typename T>
    const T& DrawOneOf(const std::vector<T>& list) const
    {
        return list[Draw(static_cast<uint32_t>(list.size()))];
    }

    /**
     * Record a problem unless an invariant holds.
     * @param holds whether it holds
     * @param when the moment, for the message
     * @param what the invariant
     */
    void Expect(bool holds, const std::string& when, const std::string& what)
    {
        if (!holds && m_problem.empty())
        {
            m_problem = when + ": expected " + what;
        }
    }

  private:
    const DrawFunction m_draw; //!< makes all choices
    std::string m_problem;     //!< the first invariant that did not hold
};

/// What a sequence of calls on a LoNetDevice has reached.
struct LoCallResult
{
    std::string problem;         //!< the first invariant that did not hold, or empty
    LinkStats stats;             //!< the counters at the end
    uint64_t nDroppedWaiting{0}; //!< packets dropped while pending
    uint64_t nQueued{0};         //!< packets that root queue discs dequeued
};

/**
 * Make a sequence of calls on a LoNetDevice, in a simulation that is destroyed afterwards.
 * @param draw makes all choices
 * @return what it has reached
 */
LoCallResult RunLoCallSequence(const DrawFunction& draw);

/**
 * Make a sequence of calls on a BlackholeNetDevice, in a simulation that is destroyed afterwards.
 * @param draw makes all choices
 * @return the first invariant that did not hold, or an empty string
 */
std::string RunBlackholeCallSequence(const DrawFunction& draw);

} // namespace ns3::tests

#endif /* CALL_SEQUENCE_H */
