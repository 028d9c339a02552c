/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef CORRELATED_UNIFORM_H
#define CORRELATED_UNIFORM_H

#include <vector>

namespace ns3::tests
{

/**
 * The stationary distribution of netem's correlated random numbers (get_crandom), computed from its
 * definition X' = (1 - rho) U + rho X with U uniform from 0 to 1: its distribution function is
 * iterated on a grid until it stays as it is.
 */
class CorrelatedUniform
{
  public:
    /**
     * @param rho the correlation, more than 0 and less than 1
     */
    explicit CorrelatedUniform(double rho);

    /**
     * @param x a number from 0 to 1
     * @return the probability that a draw is less
     */
    double GetBelow(double x) const;

    /**
     * @param x a number from 0 to 1
     * @return the probability that a draw and the next are less
     */
    double GetBothBelow(double x) const;

  private:
    /// Replace the distribution function by that of the next draw.
    void Iterate();

    const double m_rho;             //!< the correlation
    std::vector<double> m_function; //!< the distribution function at i / (size - 1)
};

} // namespace ns3::tests

#endif /* CORRELATED_UNIFORM_H */
