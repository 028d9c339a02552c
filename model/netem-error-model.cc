/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "netem-error-model.h"

#include "ns3/double.h"

#include <algorithm>
#include <ostream>
#include <tuple>
#include <vector>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(NetemErrorModel);
NS_OBJECT_ENSURE_REGISTERED(GilbertElliottErrorModel);
NS_OBJECT_ENSURE_REGISTERED(FourStateErrorModel);

namespace
{

/// @return a probability; if it is negative, tc's default, which is what another one leaves of 1
double
GetOrRest(double probability, double other)
{
    return probability < 0 ? 1 - other : probability;
}

/// Make the TypeId of a model.
/// @param name the name of the type
/// @param probabilities attribute names, help texts, initial values and members, in tc's order
/// @return the TypeId
template <typename Model>
TypeId
MakeTypeId(
    const char* name,
    const std::vector<std::tuple<const char*, const char*, double, double Model::*>>& probabilities)
{
    auto tid = TypeId(name)
                   .SetParent<NetemErrorModel>()
                   .SetGroupName("Loopback")
                   .template AddConstructor<Model>();
    for (const auto& [attribute, help, initial, member] : probabilities)
    {
        // A negative probability stands for tc's default.
        tid.AddAttribute(attribute,
                         help,
                         DoubleValue(initial),
                         MakeDoubleAccessor(member),
                         MakeDoubleChecker<double>(std::min(initial, 0.0), 1));
    }
    return tid;
}

} // namespace

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
    m_random.emplace(stream);
    return 1;
}

bool
NetemErrorModel::DoCorrupt(Ptr<Packet> /* packet */)
{
    return IsEnabled() && IsLost(m_random ? *m_random : m_random.emplace());
}

void
NetemErrorModel::DoReset()
{
    m_state = 1;
}

TypeId
GilbertElliottErrorModel::GetTypeId()
{
    using Model = GilbertElliottErrorModel;
    static TypeId tid = MakeTypeId<Model>(
        "ns3::GilbertElliottErrorModel",
        {{"P", "Probability p that the good state becomes bad", 0, &Model::m_p},
         {"R", "Probability r that the bad state becomes good; -1: 1 - P", -1, &Model::m_r},
         {"OneMinusH", "Probability 1-h of loss in the bad state", 1, &Model::m_oneMinusH},
         {"OneMinusK", "Probability 1-k of loss in the good state", 0, &Model::m_oneMinusK}});
    return tid;
}

bool
GilbertElliottErrorModel::IsLost(NetemRandom& random)
{
    const bool wasBad = m_state == 2;
    if (random.Draw() < ScaleNetemProbability(wasBad ? GetOrRest(m_r, m_p) : m_p))
    {
        m_state = wasBad ? 1 : 2;
    }
    const auto draw = random.Draw();
    return wasBad ? draw > ~ScaleNetemProbability(m_oneMinusH)
                  : draw < ScaleNetemProbability(m_oneMinusK);
}

void
GilbertElliottErrorModel::Print(std::ostream& os) const
{
    os << " loss gemodel p " << ToNetemPercent(m_p) << "% r " << ToNetemPercent(GetOrRest(m_r, m_p))
       << "% 1-h " << ToNetemPercent(m_oneMinusH) << "% 1-k " << ToNetemPercent(m_oneMinusK) << "%";
}

TypeId
FourStateErrorModel::GetTypeId()
{
    using Model = FourStateErrorModel;
    static TypeId tid = MakeTypeId<Model>(
        "ns3::FourStateErrorModel",
        {{"P13", "Probability p13, from no loss to loss in a burst", 0, &Model::m_p13},
         {"P31", "Probability p31, from loss in a burst to none; -1: 1 - P13", -1, &Model::m_p31},
         {"P32", "Probability p32, from loss in a burst to reception in it", 0, &Model::m_p32},
         {"P23", "Probability p23, from reception in a burst to loss in it", 1, &Model::m_p23},
         {"P14", "Probability p14, from no loss to an isolated loss", 0, &Model::m_p14}});
    return tid;
}

bool
FourStateErrorModel::IsLost(NetemRandom& random)
{
    // One draw decides between two transitions; the second one has the rest if they exceed 1.
    const auto leave = [draw = random.Draw()](double p, int to, double q, int orTo, int stay) {
        const uint64_t first = ScaleNetemProbability(p);
        return draw < first ? to : draw < first + ScaleNetemProbability(q) ? orTo : stay;
    };
    m_state = m_state == 1   ? leave(m_p14, 4, m_p13, 3, 1)
              : m_state == 2 ? leave(m_p23, 3, 0, 3, 2)
              : m_state == 3 ? leave(m_p32, 2, GetOrRest(m_p31, m_p13), 1, 3)
                             : 1;
    return m_state >= 3;
}

void
FourStateErrorModel::Print(std::ostream& os) const
{
    os << " loss state p13 " << ToNetemPercent(m_p13) << "% p31 "
       << ToNetemPercent(GetOrRest(m_p31, m_p13)) << "% p32 " << ToNetemPercent(m_p32) << "% p23 "
       << ToNetemPercent(m_p23) << "% p14 " << ToNetemPercent(m_p14) << "%";
}

} // namespace ns3
