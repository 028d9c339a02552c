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
 * What `tc qdisc ... netem` sets, in the words of tc-netem(8).
 */
struct NetemParameters
{
    uint32_t limit{1000};                          //!< packets that may wait
    Time delay;                                    //!< the mean delay
    Time jitter;                                   //!< how much the delay varies
    double delayCorrelation{0};                    //!< its correlation
    NetemDistribution distribution{NETEM_UNIFORM}; //!< its shape
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
    uint32_t gap{0};                //!< a reordered packet comes after gap - 1 others
    DataRate rate{0};               //!< bits sent in a second, 0 for no limit
    int32_t packetOverhead{0};      //!< bytes added to each packet
    uint32_t cellSize{0};           //!< bytes of a cell, 0 for no cells
    int32_t cellOverhead{0};        //!< bytes added to each cell
    Time slotMinDelay;              //!< the shortest time between slots
    Time slotMaxDelay;              //!< the longest time between slots
    NetemDistribution slotDistribution{NETEM_UNIFORM}; //!< `slot distribution`
    Time slotDelay;               //!< the mean time between slots of a distribution
    Time slotJitter;              //!< how much that varies
    uint32_t slotPackets{0};      //!< packets sent in a slot, 0 for no limit
    uint32_t slotBytes{0};        //!< bytes sent in a slot, 0 for no limit
    std::optional<uint64_t> seed; //!< `seed`

    /**
     * Add an attribute for each parameter except the loss model and the seed.
     * @param tid the type that gets them, which derives from this one
     * @return the type
     */
    static TypeId AddAttributes(TypeId tid);

    /**
     * Parse what stands after `netem` in a tc command.
     * @param words the words of tc's grammar, with tc's units
     * @param[out] parameters the parameters; what the words leave out has tc's default
     * @return an empty string, otherwise one line that names the word that tc would refuse
     */
    static std::string Parse(const std::string& words, NetemParameters& parameters);

    /**
     * Tell whether packets are sent in slots.
     * @return whether they are
     */
    bool IsSlotted() const;

    /**
     * Return the distance between reordered packets.
     * @return 0 for no reordering
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
