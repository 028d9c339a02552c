/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef IMPAIRMENT_CALL_SEQUENCE_H
#define IMPAIRMENT_CALL_SEQUENCE_H

#include "call-sequence.h"
#include "watched-impairment.h"

namespace ns3::tests
{

/**
 * Calls on a LinkImpairment without a device, from events and from those who get its frames:
 * whatever they are, every frame is accounted for, and none waits for ever.
 */
class ImpairmentCallSequence : public CallSequence, private WatchedImpairment
{
  public:
    using CallSequence::CallSequence;

    void Run() override;

    /**
     * @return what the impairment has counted in the end
     */
    const LinkImpairmentStats& GetStats() const;

  private:
    /// What is done once.
    void Do();

    /// What is done by who gets a frame.
    void Answer();

    /// Detach it, and attach it again.
    void Reattach();

    /**
     * @param when when every frame is to be accounted for
     */
    void Check(const std::string& when);

    bool m_isAttached{true};     //!< whether it can be sent to
    bool m_isDisposed{false};    //!< whether it is disposed
    uint32_t m_nAnswers{0};      //!< calls of Answer
    LinkImpairmentStats m_stats; //!< what was counted
};

} // namespace ns3::tests

#endif /* IMPAIRMENT_CALL_SEQUENCE_H */
