/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loss-model.h"

#include "ns3/abort.h"

namespace ns3
{

namespace
{

/// End the program if two probabilities of leaving a state leave no room for staying in it.
void
CheckSum(double one, double other, const char* names)
{
    // 1e-9 is for what decimal fractions lose when they are made binary.
    NS_ABORT_MSG_IF(one + other > 1 + 1e-9,
                    "LinkImpairment: " << names << " is " << one + other
                                       << ": the probabilities of leaving a state can not be more "
                                          "than 1 together");
}

} // namespace

bool
GilbertElliottModel::IsLost(const Parameters& parameters, ImpairmentRandom& random)
{
    const bool wasBad = m_isBad;
    if (random.Happens(ImpairmentRandom::LOSS, wasBad ? parameters.r : parameters.p))
    {
        m_isBad = !wasBad;
    }
    return random.Happens(ImpairmentRandom::LOSS,
                          wasBad ? parameters.oneMinusH : parameters.oneMinusK);
}

bool
FourStateModel::IsLost(const Parameters& parameters, ImpairmentRandom& random)
{
    CheckSum(parameters.p13, parameters.p14, "StateP13 + StateP14");
    CheckSum(parameters.p31, parameters.p32, "StateP31 + StateP32");
    m_state = GetNext(parameters, random);
    return m_state == LOST_IN_BURST_PERIOD || m_state == LOST_IN_GAP_PERIOD;
}

FourStateModel::State
FourStateModel::GetNext(const Parameters& parameters, ImpairmentRandom& random) const
{
    // The one draw decides between two ways out: the first with its own probability, the second
    // with what is left of the sum of both.
    const auto leave = [&random](double p, State to, double q, State orTo, State stay) {
        if (p + q == 0)
        {
            return stay;
        }
        const auto draw = random.Get(ImpairmentRandom::LOSS).GetValue();
        return draw < p ? to : draw < p + q ? orTo : stay;
    };
    switch (m_state)
    {
    case TX_IN_GAP_PERIOD:
        return leave(parameters.p14,
                     LOST_IN_GAP_PERIOD,
                     parameters.p13,
                     LOST_IN_BURST_PERIOD,
                     TX_IN_GAP_PERIOD);
    case TX_IN_BURST_PERIOD:
        return leave(parameters.p23,
                     LOST_IN_BURST_PERIOD,
                     0,
                     LOST_IN_BURST_PERIOD,
                     TX_IN_BURST_PERIOD);
    case LOST_IN_BURST_PERIOD:
        return leave(parameters.p32,
                     TX_IN_BURST_PERIOD,
                     parameters.p31,
                     TX_IN_GAP_PERIOD,
                     LOST_IN_BURST_PERIOD);
    case LOST_IN_GAP_PERIOD:
        break;
    }
    return TX_IN_GAP_PERIOD;
}

} // namespace ns3
