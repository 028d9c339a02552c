/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef NETEM_RULES_H
#define NETEM_RULES_H

#include "netem-probe.h"

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace ns3::tests
{

/// A configuration of netem in plain numbers: nanoseconds, bytes, hundredths of a percent.
struct NetemSettings
{
    /// A probability and its correlation.
    struct Event
    {
        int probability{0};
        int correlation{0};
    };

    uint32_t limit{1000};
    int64_t delay{0};
    int64_t jitter{0};
    int delayCorrelation{0};
    int distribution{0}; //!< uniform, normal, pareto, paretonormal
    int lossModel{0};    //!< random, gemodel, state
    Event loss;
    std::vector<int> chain; //!< the values after `gemodel` or `state`
    bool ecn{false};
    Event duplicate;
    Event corrupt;
    Event reorder;
    uint32_t gap{0};
    int64_t rate{0}; //!< bytes per second
    int packetOverhead{0};
    int cellSize{0};
    int cellOverhead{0};
    std::array<int64_t, 2> slot{0, 0}; //!< the shortest and longest, or mean and jitter
    int slotDistribution{-1};          //!< -1 for none
    int slotPackets{0};
    int slotBytes{0};
    bool isFifo{false}; //!< whether there is a child queue disc

    /**
     * Draw a configuration.
     * @param random the random numbers
     * @return the configuration, in which any option may occur
     */
    static NetemSettings Draw(std::mt19937& random);

    /// @return the configuration in tc's words
    std::string GetWords() const;
};

/// A packet sent through netem.
struct NetemArrival
{
    int64_t time;
    uint32_t size;
    bool isMarkable;
};

/**
 * Predict what netem does, by a second implementation of its rules, independent of the first.
 * @param settings the configuration
 * @param stream the number of the first random stream
 * @param arrivals packets, in order of time
 * @return their fates, in order of time
 */
std::vector<NetemFate> PredictFates(const NetemSettings& settings,
                                    int64_t stream,
                                    const std::vector<NetemArrival>& arrivals);

} // namespace ns3::tests

#endif /* NETEM_RULES_H */
