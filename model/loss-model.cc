/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loss-model.h"

#include "ns3/abort.h"
#include "ns3/double.h"

#include <ostream>

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

NS_OBJECT_ENSURE_REGISTERED(NetemErrorModel);
NS_OBJECT_ENSURE_REGISTERED(GilbertElliottErrorModel);
NS_OBJECT_ENSURE_REGISTERED(FourStateErrorModel);

TypeId
NetemErrorModel::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::NetemErrorModel").SetParent<ErrorModel>().SetGroupName("Loopback");
    return tid;
}

int64_t
NetemErrorModel::AssignStreams(int64_t stream)
{
    m_random.SetStream(stream);
    return 1;
}

bool
NetemErrorModel::DoCorrupt(Ptr<Packet>)
{
    return IsLost(m_random);
}

TypeId
GilbertElliottErrorModel::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::GilbertElliottErrorModel")
            .SetParent<NetemErrorModel>()
            .SetGroupName("Loopback")
            .AddConstructor<GilbertElliottErrorModel>()
            .AddAttribute("P",
                          "Probability p that the good state becomes the bad one",
                          DoubleValue(0),
                          MakeDoubleAccessor(&GilbertElliottErrorModel::m_p),
                          MakeDoubleChecker<double>(0, 1))
            .AddAttribute("R",
                          "Probability r that the bad state becomes the good one; negative for "
                          "tc's default, 1 - P",
                          DoubleValue(-1),
                          MakeDoubleAccessor(&GilbertElliottErrorModel::m_r),
                          MakeDoubleChecker<double>(-1, 1))
            .AddAttribute("OneMinusH",
                          "Probability 1-h of loss in the bad state",
                          DoubleValue(1),
                          MakeDoubleAccessor(&GilbertElliottErrorModel::m_oneMinusH),
                          MakeDoubleChecker<double>(0, 1))
            .AddAttribute("OneMinusK",
                          "Probability 1-k of loss in the good state",
                          DoubleValue(0),
                          MakeDoubleAccessor(&GilbertElliottErrorModel::m_oneMinusK),
                          MakeDoubleChecker<double>(0, 1));
    return tid;
}

double
GilbertElliottErrorModel::GetR() const
{
    return m_r < 0 ? 1 - m_p : m_r;
}

bool
GilbertElliottErrorModel::IsLost(NetemRandom& random)
{
    const bool wasBad = m_isBad;
    if (random.Draw() < ScaleNetemProbability(wasBad ? GetR() : m_p))
    {
        m_isBad = !wasBad;
    }
    const auto draw = random.Draw();
    return wasBad ? draw > ~ScaleNetemProbability(m_oneMinusH)
                  : draw < ScaleNetemProbability(m_oneMinusK);
}

void
GilbertElliottErrorModel::Print(std::ostream& os) const
{
    os << " loss gemodel p " << 100 * m_p << "% r " << 100 * GetR() << "% 1-h " << 100 * m_oneMinusH
       << "% 1-k " << 100 * m_oneMinusK << "%";
}

void
GilbertElliottErrorModel::DoReset()
{
    m_isBad = false;
}

TypeId
FourStateErrorModel::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::FourStateErrorModel")
            .SetParent<NetemErrorModel>()
            .SetGroupName("Loopback")
            .AddConstructor<FourStateErrorModel>()
            .AddAttribute("P13",
                          "Probability p13 of going from no loss to loss in a burst",
                          DoubleValue(0),
                          MakeDoubleAccessor(&FourStateErrorModel::m_p13),
                          MakeDoubleChecker<double>(0, 1))
            .AddAttribute("P31",
                          "Probability p31 of going from loss in a burst to no loss; negative for "
                          "tc's default, 1 - P13",
                          DoubleValue(-1),
                          MakeDoubleAccessor(&FourStateErrorModel::m_p31),
                          MakeDoubleChecker<double>(-1, 1))
            .AddAttribute("P32",
                          "Probability p32 of going from loss in a burst to reception in it",
                          DoubleValue(0),
                          MakeDoubleAccessor(&FourStateErrorModel::m_p32),
                          MakeDoubleChecker<double>(0, 1))
            .AddAttribute("P23",
                          "Probability p23 of going from reception in a burst to loss in it",
                          DoubleValue(1),
                          MakeDoubleAccessor(&FourStateErrorModel::m_p23),
                          MakeDoubleChecker<double>(0, 1))
            .AddAttribute("P14",
                          "Probability p14 of going from no loss to an isolated loss",
                          DoubleValue(0),
                          MakeDoubleAccessor(&FourStateErrorModel::m_p14),
                          MakeDoubleChecker<double>(0, 1));
    return tid;
}

double
FourStateErrorModel::GetP31() const
{
    return m_p31 < 0 ? 1 - m_p13 : m_p31;
}

bool
FourStateErrorModel::IsLost(NetemRandom& random)
{
    // One draw decides between a state's two ways out; the second one has what the first leaves.
    const auto leave =
        [draw = random.Draw()](double p, uint8_t to, double q, uint8_t or2, uint8_t stay) {
            const uint64_t first = ScaleNetemProbability(p);
            return draw < first ? to : draw < first + ScaleNetemProbability(q) ? or2 : stay;
        };
    switch (m_state)
    {
    case 1:
        m_state = leave(m_p14, 4, m_p13, 3, 1);
        break;
    case 2:
        m_state = leave(m_p23, 3, 0, 3, 2);
        break;
    case 3:
        m_state = leave(m_p32, 2, GetP31(), 1, 3);
        break;
    default:
        m_state = 1;
    }
    return m_state >= 3;
}

void
FourStateErrorModel::Print(std::ostream& os) const
{
    os << " loss state p13 " << 100 * m_p13 << "% p31 " << 100 * GetP31() << "% p32 " << 100 * m_p32
       << "% p23 " << 100 * m_p23 << "% p14 " << 100 * m_p14 << "%";
}

void
FourStateErrorModel::DoReset()
{
    m_state = 1;
}

} // namespace ns3
