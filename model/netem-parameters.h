/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef NETEM_PARAMETERS_H
#define NETEM_PARAMETERS_H

#include "netem-error-model.h"
#include "netem-random.h"

#include "ns3/data-rate.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"
#include "ns3/type-id.h"

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * The parameters of `tc qdisc ... netem`, by the words of tc-netem(8).
 */
struct NetemParameters
{
    uint32_t limit{1000};                          //!< packets that may be pending
    Time delay;                                    //!< the mean delay
    Time jitter;                                   //!< the variation of the delay
    double delayCorrelation{0};                    //!< its correlation
    NetemDistribution distribution{NETEM_UNIFORM}; //!< the shape of the variation
    double loss{0};                                //!< probability of loss
    double lossCorrelation{0};                     //!< its correlation
    Ptr<NetemErrorModel> lossModel; //!< `loss state` or `loss gemodel`, null for `loss random`
    bool ecn{false};                //!< whether packets are marked rather than lost
    double duplicate{0};            //!< probability of duplication
    double duplicateCorrelation{0}; //!< its correlation
    double corrupt{0};              //!< probability of corruption
    double corruptCorrelation{0};   //!< its correlation
    double reorder{0};              //!< probability of reordering
    double reorderCorrelation{0};   //!< its correlation
    uint32_t gap{0};                //!< a reordered packet follows gap - 1 others
    DataRate rate{0};               //!< bits per second, 0 for no limit
    int32_t packetOverhead{0};      //!< bytes added per packet
    uint32_t cellSize{0};           //!< bytes per cell, 0 for no cells
    int32_t cellOverhead{0};        //!< bytes added per cell
    Time slotMinDelay;              //!< the shortest time between slots
    Time slotMaxDelay;              //!< the longest time between slots
    NetemDistribution slotDistribution{NETEM_UNIFORM}; //!< `slot distribution`
    Time slotDelay;               //!< the mean time between slots of a distribution
    Time slotJitter;              //!< the variation of that
    uint32_t slotPackets{0};      //!< packets per slot, 0 for no limit
    uint32_t slotBytes{0};        //!< bytes per slot, 0 for no limit
    std::optional<uint64_t> seed; //!< `seed`

    /**
     * Add an attribute for each parameter except the loss model and the seed.
     * @param tid the type that gets the attributes, a class derived from this one
     * @return the type
     */
    static TypeId AddAttributes(TypeId tid);

    /**
     * Parse the words after `netem` in a tc command.
     * @param words the words, in tc's grammar and with tc's units
     * @param[out] parameters the parameters, with tc's default for what the words leave out
     * @return an empty string, or one line that names the word that tc would refuse
     */
    static std::string Parse(const std::string& words, NetemParameters& parameters);

    /**
     * Return whether packets are sent in slots.
     * @return whether they are
     */
    bool IsSlotted() const;

    /**
     * Return the distance between reordered packets.
     * @return Gap, at least 1 with a probability of reordering; 0 for no reordering
     */
    uint32_t GetGap() const;

    /**
     * Return the probability of reordering after a gap.
     * @return Reorder, or 1 if there is only a gap
     */
    double GetReorder() const;
};

/**
 * Print parameters as `tc qdisc show` does, from `limit` on.
 * @param os the stream to print to
 * @param parameters the parameters
 * @return the stream
 */
std::ostream& operator<<(std::ostream& os, const NetemParameters& parameters);

} // namespace ns3

#endif /* NETEM_PARAMETERS_H */
