/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LOSS_MODEL_H
#define LOSS_MODEL_H

#include "impairment-random.h"
#include "netem-random.h"

#include "ns3/error-model.h"

#include <cstdint>
#include <iosfwd>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * Loss by the Gilbert-Elliott model, `tc qdisc ... netem loss gemodel` (loss_gilb_ell): packets are
 * lost with one probability in a good state and with another in a bad state. The state that a
 * packet finds decides on it, and may change for the next.
 */
class GilbertElliottModel
{
  public:
    /// Probabilities, by netem's names.
    struct Parameters
    {
        double p;         //!< that the good state becomes the bad one
        double r;         //!< that the bad state becomes the good one
        double oneMinusH; //!< of loss in the bad state
        double oneMinusK; //!< of loss in the good state
    };

    /**
     * @param parameters the probabilities
     * @param random the random numbers
     * @return whether the next packet is lost
     */
    bool IsLost(const Parameters& parameters, ImpairmentRandom& random);

  private:
    bool m_isBad{false}; //!< the state
};

/**
 * @ingroup loopback
 *
 * Loss by a four-state Markov chain, `tc qdisc ... netem loss state` (loss_4state): periods without
 * loss (state 1) are interrupted by isolated losses (state 4) and by bursts, in which packets are
 * lost (state 3) or received (state 2). The state that a packet leads to decides on it.
 */
class FourStateModel
{
  public:
    /// Probabilities of going from one state to another, by netem's names.
    struct Parameters
    {
        double p13; //!< from no loss to loss in a burst
        double p31; //!< from loss in a burst to no loss
        double p32; //!< from loss in a burst to reception in it
        double p23; //!< from reception in a burst to loss in it
        double p14; //!< from no loss to an isolated loss
    };

    /**
     * @param parameters the probabilities; the program ends with a message if those of leaving a
     *        state add up to more than 1
     * @param random the random numbers
     * @return whether the next packet is lost
     */
    bool IsLost(const Parameters& parameters, ImpairmentRandom& random);

  private:
    /// As the names of netem are.
    enum State : uint8_t
    {
        TX_IN_GAP_PERIOD = 1,
        TX_IN_BURST_PERIOD,
        LOST_IN_BURST_PERIOD,
        LOST_IN_GAP_PERIOD,
    };

    /**
     * @param parameters the probabilities
     * @param random the random numbers
     * @return the state after this one
     */
    State GetNext(const Parameters& parameters, ImpairmentRandom& random) const;

    State m_state{TX_IN_GAP_PERIOD}; //!< the state
};

/**
 * @ingroup loopback
 *
 * The base of netem's loss models, which any ns-3 device can take as its ReceiveErrorModel.
 */
class NetemErrorModel : public ErrorModel
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * Decide on the next packet and go to the next state.
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
     * Give a fixed random stream to the model.
     * @param stream the number of the stream
     * @return the number of streams given
     */
    int64_t AssignStreams(int64_t stream);

  private:
    bool DoCorrupt(Ptr<Packet> packet) override;

    NetemRandom m_random; //!< the random numbers of a model that a device has
};

/**
 * @ingroup loopback
 *
 * Loss by the Gilbert-Elliott model, `tc ... netem loss gemodel` (loss_gilb_ell).
 *
 * Packets are lost with one probability in a good state and with another in a bad state. The state
 * that a packet finds decides on it, and may change for the next packet.
 */
class GilbertElliottErrorModel : public NetemErrorModel
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    bool IsLost(NetemRandom& random) override;
    void Print(std::ostream& os) const override;

  private:
    void DoReset() override;

    /**
     * Return the probability that the bad state becomes the good one.
     * @return R, or 1 - P if R is left out
     */
    double GetR() const;

    double m_p{0};         //!< probability that the good state becomes the bad one
    double m_r{-1};        //!< probability that the bad state becomes the good one
    double m_oneMinusH{1}; //!< probability of loss in the bad state
    double m_oneMinusK{0}; //!< probability of loss in the good state
    bool m_isBad{false};   //!< the state
};

/**
 * @ingroup loopback
 *
 * Loss by a four-state Markov chain, `tc ... netem loss state` (loss_4state).
 *
 * Periods without loss (state 1) are interrupted by isolated losses (state 4) and by bursts, in
 * which packets are lost (state 3) or received (state 2). The state that a packet leads to decides
 * on it.
 */
class FourStateErrorModel : public NetemErrorModel
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    bool IsLost(NetemRandom& random) override;
    void Print(std::ostream& os) const override;

  private:
    void DoReset() override;

    /**
     * Return the probability of going from loss in a burst to no loss.
     * @return P31, or 1 - P13 if P31 is left out
     */
    double GetP31() const;

    double m_p13{0};    //!< probability of going from no loss to loss in a burst
    double m_p31{-1};   //!< probability of going from loss in a burst to no loss
    double m_p32{0};    //!< probability of going from loss in a burst to reception in it
    double m_p23{1};    //!< probability of going from reception in a burst to loss in it
    double m_p14{0};    //!< probability of going from no loss to an isolated loss
    uint8_t m_state{1}; //!< the state, by tc-netem(8)'s number
};

} // namespace ns3

#endif /* LOSS_MODEL_H */
