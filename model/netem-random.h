/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef NETEM_RANDOM_H
#define NETEM_RANDOM_H

#include "ns3/nstime.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup loopback
 * The shape of a delay's variation, by tc's names.
 */
enum NetemDistribution
{
    NETEM_UNIFORM,      //!< `uniform`, netem's default
    NETEM_NORMAL,       //!< `normal`, from -4 to +3.5 standard deviations
    NETEM_PARETO,       //!< `pareto`, with the shape 3
    NETEM_PARETONORMAL, //!< `paretonormal`, a quarter normal and three quarters pareto
};

/**
 * @ingroup loopback
 *
 * Scale a probability as tc does.
 * @param probability from 0 to 1
 * @return the probability in units of 1/UINT32_MAX
 */
uint32_t ScaleNetemProbability(double probability);

/**
 * @ingroup loopback
 *
 * Return a probability as tc shows it: rounded by ScaleNetemProbability.
 * @param probability from 0 to 1
 * @return the probability in percent
 */
double ToNetemPercent(double probability);

/**
 * @ingroup loopback
 *
 * A stream of netem's 32-bit random numbers, with netem's correlation.
 *
 * Its owner must not create it before the first draw. An automatic stream that is taken but not
 * used would change the numbers of every object created later.
 */
class NetemRandom
{
  public:
    /**
     * Take a stream.
     * @param stream the number of the stream, -1 for an automatic one
     */
    explicit NetemRandom(int64_t stream = -1);

    /**
     * Draw an independent number.
     * @return 32 random bits
     */
    uint32_t Draw();

    /**
     * Draw a number that depends on the previous one (get_crandom). Averaging narrows the
     * distribution: an event of a probability below 1/2 becomes rarer.
     * @param correlation from 0 to 1; if it changed, the previous draw is forgotten
     * @return 32 random bits
     */
    uint32_t Draw(double correlation);

    /**
     * Draw a delay (tabledist).
     * @param mean the mean
     * @param jitter the standard deviation, or the half width of a uniform distribution, not 0. As
     *        in Linux, INT32_MAX nanoseconds are the most.
     * @param correlation the correlation of the draw
     * @param distribution the shape
     * @return the delay, which may be negative
     */
    Time DrawDelay(Time mean, Time jitter, double correlation, NetemDistribution distribution);

  private:
    Ptr<UniformRandomVariable> m_variable; //!< the independent numbers
    uint32_t m_rho{0};                     //!< the scaled correlation of the previous draw
    uint32_t m_last{0};                    //!< the previous draw, if m_rho is not 0
};

} // namespace ns3

#endif /* NETEM_RANDOM_H */
