/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef IMPAIRMENT_RANDOM_H
#define IMPAIRMENT_RANDOM_H

#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"

#include <array>
#include <cstdint>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * The random numbers of a LinkImpairment: a stream for each kind of decision, so that the draws of
 * one do not depend on whether another is on.
 *
 * Nothing is taken from ns-3's random numbers before the first draw: an automatic stream that was
 * taken and not used would change the numbers of all that is made after it. The first draw takes
 * the streams of all kinds, for the reason above.
 */
class ImpairmentRandom
{
  public:
    /// What is decided; also the order of the streams.
    enum Kind : uint8_t
    {
        LOSS,      //!< whether a packet is lost
        DUPLICATE, //!< whether it is duplicated
        CORRUPT,   //!< whether it is corrupted, and which bit
        REORDER,   //!< whether it overtakes those that wait
        N_KINDS
    };

    /**
     * @param kind what is decided
     * @return its random variable, uniform from 0 to 1
     */
    UniformRandomVariable& Get(Kind kind);

    /**
     * @param kind what is decided
     * @param probability from 0 to 1
     * @return true with that probability; nothing is drawn if it is 0
     */
    bool Happens(Kind kind, double probability);

    /**
     * @param stream number of the first stream
     * @return how many streams were given
     */
    int64_t AssignStreams(int64_t stream);

  private:
    std::array<Ptr<UniformRandomVariable>, N_KINDS> m_variables; //!< all null before a draw
    int64_t m_firstStream{-1};                                   //!< -1 for automatic ones
};

/**
 * @ingroup loopback
 *
 * A decision that depends on the one before, as netem's loss, duplicate, corrupt and reorder with a
 * correlation do (get_crandom, init_crandom).
 *
 * Each draw is a uniform one and the draw before, weighted with 1 - correlation and correlation.
 * That narrows the distribution, so that a decision with a correlation is made more rarely than its
 * probability says if that is below 1/2, and more often if it is above.
 */
class CorrelatedDecision
{
  public:
    /**
     * @param kind what is decided
     */
    explicit CorrelatedDecision(ImpairmentRandom::Kind kind);

    /**
     * @param random the random numbers
     * @param probability from 0 to 1
     * @param correlation from 0 to 1; another one than before forgets the draw before
     * @return the decision; nothing is drawn if the probability is 0
     */
    bool Happens(ImpairmentRandom& random, double probability, double correlation);

  private:
    ImpairmentRandom::Kind m_kind; //!< what is decided
    double m_correlation{0};       //!< that of the draw before, 0 for none
    double m_last{0};              //!< the draw before, if m_correlation is not 0
};

} // namespace ns3

#endif /* IMPAIRMENT_RANDOM_H */
