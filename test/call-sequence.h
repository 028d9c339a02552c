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
#include <vector>

namespace ns3::tests
{

/// What a sequence of calls takes its choices from: gives a number below the one it is given.
typedef std::function<uint32_t(uint32_t)> DrawFunction;

/// A sequence of calls that something else chooses, and what is to hold whatever they are.
class CallSequence
{
  public:
    /**
     * @param draw makes all choices
     */
    explicit CallSequence(DrawFunction draw);
    virtual ~CallSequence();

    /// Do the calls, in a simulation that is destroyed in the end.
    virtual void Run() = 0;

    /**
     * @return what was the first not to hold; empty if all did
     */
    const std::string& GetProblem() const;

  protected:
    /**
     * @param n how many numbers there are to choose from
     * @return one from 0 to n - 1, and 0 for 0
     */
    uint32_t Draw(uint32_t n) const;

    /**
     * @return one or the other
     */
    bool DrawBool() const;

    /**
     * @param list things to choose from
     * @return one of them
     */
    template <typename T>
    const T& DrawOneOf(const std::vector<T>& list) const
    {
        return list[Draw(static_cast<uint32_t>(list.size()))];
    }

    /**
     * @param holds whether something holds
     * @param when when that is
     * @param what what is to hold
     */
    void Expect(bool holds, const std::string& when, const std::string& what);

    DrawFunction m_draw; //!< makes all choices

  private:
    std::string m_problem; //!< what was the first not to hold
};

} // namespace ns3::tests

#endif /* CALL_SEQUENCE_H */
