/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef NETEM_ERROR_MODEL_H
#define NETEM_ERROR_MODEL_H

#include "netem-random.h"

#include "ns3/error-model.h"

#include <cstdint>
#include <iosfwd>
#include <optional>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * The base class of netem's loss models.
 *
 * Any ns-3 device takes them as its ReceiveErrorModel.
 */
class NetemErrorModel : public ErrorModel
{
  public:
    /**
     * Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * Decide on the next packet, and change the state.
     * @param random the random numbers
     * @return whether the packet is lost
     */
    virtual bool IsLost(NetemRandom& random) = 0;

    /**
     * Print the model as `tc qdisc show` does.
     * @param os the stream to print to
     */
    virtual void Print(std::ostream& os) const = 0;

    /**
     * Assign a fixed random stream to the model.
     * @param stream the number of the stream
     * @return the number of streams assigned
     */
    int64_t AssignStreams(int64_t stream);

  protected:
    int m_state{1}; //!< the state, by its number in tc-netem(8)

  private:
    bool DoCorrupt(Ptr<Packet> packet) override;
    void DoReset() override;

    /// Random numbers, unless a NetemQueueDisc passes its own.
    std::optional<NetemRandom> m_random;
};

/**
 * @ingroup loopback
 *
 * The Gilbert-Elliott loss model, `tc ... netem loss gemodel` (loss_gilb_ell).
 *
 * Packets are lost with one probability in the good state, and with another in the bad state. The
 * state before a packet decides on it; the state may then change for the next packet.
 */
class GilbertElliottErrorModel : public NetemErrorModel
{
  public:
    /**
     * Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    bool IsLost(NetemRandom& random) override;
    void Print(std::ostream& os) const override;

  private:
    double m_p{0};         //!< probability that the good state becomes the bad one
    double m_r{-1};        //!< probability that the bad state becomes the good one
    double m_oneMinusH{1}; //!< probability of loss in the bad state
    double m_oneMinusK{0}; //!< probability of loss in the good state
};

/**
 * @ingroup loopback
 *
 * A loss model by a four-state Markov chain, `tc ... netem loss state` (loss_4state).
 *
 * Isolated losses (state 4) and bursts interrupt the periods without loss (state 1). In a burst
 * packets are lost (state 3) or received (state 2). The state after a packet's transition decides
 * on it.
 */
class FourStateErrorModel : public NetemErrorModel
{
  public:
    /**
     * Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    bool IsLost(NetemRandom& random) override;
    void Print(std::ostream& os) const override;

  private:
    double m_p13{0};  //!< transition probability from no loss to loss in a burst
    double m_p31{-1}; //!< transition probability from loss in a burst to no loss
    double m_p32{0};  //!< transition probability from loss in a burst to reception in it
    double m_p23{1};  //!< transition probability from reception in a burst to loss in it
    double m_p14{0};  //!< transition probability from no loss to an isolated loss
};

} // namespace ns3

#endif /* NETEM_ERROR_MODEL_H */
