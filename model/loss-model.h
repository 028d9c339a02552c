/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LOSS_MODEL_H
#define LOSS_MODEL_H

#include "impairment-random.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * Loss by the Gilbert-Elliott model, `tc qdisc ... netem loss gemodel` (loss_gilb_ell): packets are
 * lost with one probability in a good state and with another in a bad state. The state that a
 * packet finds decides on it, and may change for the next.
 */
class GilbertElliottModel
{
  public:
    /// Probabilities, by netem's names.
    struct Parameters
    {
        double p;         //!< that the good state becomes the bad one
        double r;         //!< that the bad state becomes the good one
        double oneMinusH; //!< of loss in the bad state
        double oneMinusK; //!< of loss in the good state
    };

    /**
     * @param parameters the probabilities
     * @param random the random numbers
     * @return whether the next packet is lost
     */
    bool IsLost(const Parameters& parameters, ImpairmentRandom& random);

  private:
    bool m_isBad{false}; //!< the state
};

/**
 * @ingroup loopback
 *
 * Loss by a four-state Markov chain, `tc qdisc ... netem loss state` (loss_4state): periods without
 * loss (state 1) are interrupted by isolated losses (state 4) and by bursts, in which packets are
 * lost (state 3) or received (state 2). The state that a packet leads to decides on it.
 */
class FourStateModel
{
  public:
    /// Probabilities of going from one state to another, by netem's names.
    struct Parameters
    {
        double p13; //!< from no loss to loss in a burst
        double p31; //!< from loss in a burst to no loss
        double p32; //!< from loss in a burst to reception in it
        double p23; //!< from reception in a burst to loss in it
        double p14; //!< from no loss to an isolated loss
    };

    /**
     * @param parameters the probabilities; the program ends with a message if those of leaving a
     *        state add up to more than 1
     * @param random the random numbers
     * @return whether the next packet is lost
     */
    bool IsLost(const Parameters& parameters, ImpairmentRandom& random);

  private:
    /// As the names of netem are.
    enum State : uint8_t
    {
        TX_IN_GAP_PERIOD = 1,
        TX_IN_BURST_PERIOD,
        LOST_IN_BURST_PERIOD,
        LOST_IN_GAP_PERIOD,
    };

    /**
     * @param parameters the probabilities
     * @param random the random numbers
     * @return the state after this one
     */
    State GetNext(const Parameters& parameters, ImpairmentRandom& random) const;

    State m_state{TX_IN_GAP_PERIOD}; //!< the state
};

} // namespace ns3

#endif /* LOSS_MODEL_H */
