/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "correlated-uniform.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace ns3::tests
{

namespace
{

constexpr int N_CELLS = 4000;

/// @return a function that is given at i / N_CELLS, at x, by linear interpolation
double
Interpolate(const std::vector<double>& function, double x)
{
    const double position = x * N_CELLS;
    const auto cell = std::min(static_cast<int>(position), N_CELLS - 1);
    return function[cell] + (function[cell + 1] - function[cell]) * (position - cell);
}

} // namespace

CorrelatedUniform::CorrelatedUniform(double rho)
    : m_rho(rho),
      m_function(N_CELLS + 1)
{
    for (int i = 0; i <= N_CELLS; ++i)
    {
        m_function[i] = static_cast<double>(i) / N_CELLS;
    }
    // What is left of the first function shrinks by rho at each step.
    for (double left = 1; left > 1e-6; left *= rho)
    {
        Iterate();
    }
}

void
CorrelatedUniform::Iterate()
{
    // P(X' < y) is the mean of P(X < (y - (1 - rho) u) / rho) over all u.
    std::vector<double> integral(N_CELLS + 1);
    for (int i = 1; i <= N_CELLS; ++i)
    {
        integral[i] = integral[i - 1] + (m_function[i - 1] + m_function[i]) / 2 / N_CELLS;
    }
    const auto integrateTo = [&integral](double x) {
        return x <= 0 ? 0 : x >= 1 ? integral[N_CELLS] + (x - 1) : Interpolate(integral, x);
    };
    for (int i = 0; i <= N_CELLS; ++i)
    {
        const double y = static_cast<double>(i) / N_CELLS;
        m_function[i] =
            m_rho / (1 - m_rho) * (integrateTo(y / m_rho) - integrateTo((y - (1 - m_rho)) / m_rho));
    }
}

double
CorrelatedUniform::GetBelow(double x) const
{
    return Interpolate(m_function, x);
}

double
CorrelatedUniform::GetBothBelow(double x) const
{
    double sum = 0;
    constexpr int N_STEPS = 10 * N_CELLS;
    for (int i = 0; i < N_STEPS; ++i)
    {
        const double from = x * i / N_STEPS;
        const double to = x * (i + 1) / N_STEPS;
        const double next = (x - m_rho * (from + to) / 2) / (1 - m_rho);
        sum += (GetBelow(to) - GetBelow(from)) * std::clamp(next, 0.0, 1.0);
    }
    return sum;
}

} // namespace ns3::tests
