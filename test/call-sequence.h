/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef CALL_SEQUENCE_H
#define CALL_SEQUENCE_H

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace ns3::tests
{

/// What a sequence of calls takes its choices from: gives a number below the one it is given.
typedef std::function<uint32_t(uint32_t)> DrawFunction;

/// A sequence of calls that something else chooses, and what must hold whatever they are.
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

    virtual ~CallSequence() = default;

    /// Do the calls, in a simulation that is destroyed in the end.
    virtual void Run() = 0;

    /// @return what was the first not to hold; empty if all did
    const std::string& GetProblem() const
    {
        return m_problem;
    }

  protected:
    /**
     * Draw a number.
     * @param n how many numbers there are to choose from
     * @return one from 0 to n - 1, and 0 for 0
     */
    uint32_t Draw(uint32_t n) const
    {
        return n > 0 ? m_draw(n) : 0;
    }

    /// @return one or the other
    bool DrawBool() const
    {
        return Draw(2) != 0;
    }

    /**
     * Draw one of several things.
     * @param list the things
     * @return one of them
     */
    template <typename T>
    const T& DrawOneOf(const std::vector<T>& list) const
    {
        return list[Draw(static_cast<uint32_t>(list.size()))];
    }

    /**
     * Record a problem unless something holds.
     * @param holds whether it holds
     * @param when when that is
     * @param what what must hold
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
    std::string m_problem;     //!< what was the first not to hold
};

} // namespace ns3::tests

#endif /* CALL_SEQUENCE_H */
