/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "impairment-changes.h"

#include "ns3/double.h"
#include "ns3/string.h"

#include <string>
#include <utility>
#include <vector>

namespace ns3::tests
{

void
ChangeAnyAttribute(LinkImpairment& impairment, const DrawFunction& draw)
{
    static const std::vector<std::string> probabilities{"Loss",
                                                        "LossCorrelation",
                                                        "Duplicate",
                                                        "DuplicateCorrelation",
                                                        "Corrupt",
                                                        "CorruptCorrelation",
                                                        "Reorder",
                                                        "ReorderCorrelation",
                                                        "GilbertP",
                                                        "GilbertR",
                                                        "GilbertOneMinusH",
                                                        "GilbertOneMinusK"};
    static const std::vector<std::pair<std::string, std::string>> others{
        {"Delay", "ns3::ConstantRandomVariable[Constant=0]"},
        {"Delay", "ns3::ConstantRandomVariable[Constant=1e-8]"},
        {"Delay", "ns3::UniformRandomVariable[Min=-1e-8|Max=2e-8]"},
        {"Delay", "ns3::UniformRandomVariable[Min=0|Max=4e-8]"},
        {"Rate", "0bps"},
        {"Rate", "100Gbps"},
        {"Rate", "1000Gbps"},
        {"Gap", "1"},
        {"Gap", "3"},
        {"Limit", "2"},
        {"Limit", "10"},
        {"Limit", "1000"},
        {"LossModel", "Random"},
        {"LossModel", "GilbertElliott"},
        {"LossModel", "FourState"},
        {"StateP13", "0.3"},
        {"StateP13", "0"}};
    const auto n = static_cast<uint32_t>(probabilities.size());
    const auto choice = draw(n + static_cast<uint32_t>(others.size()));
    if (choice < n)
    {
        impairment.SetAttribute(probabilities[choice], DoubleValue(0.1 * draw(6)));
    }
    else
    {
        const auto& [name, value] = others[choice - n];
        impairment.SetAttribute(name, StringValue(value));
    }
    // A Delay comes with a stream of its own.
    impairment.AssignStreams(10);
}

} // namespace ns3::tests
