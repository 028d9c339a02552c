/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LINK_IMPAIRMENT_H
#define LINK_IMPAIRMENT_H

#include "drop-reason.h"
#include "impairment-random.h"
#include "link-frame.h"
#include "link-impairment-stats.h"
#include "loss-model.h"
#include "traced-counter.h"

#include "ns3/callback.h"
#include "ns3/data-rate.h"
#include "ns3/event-impl.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/random-variable-stream.h"

#include <cstdint>
#include <map>
#include <memory>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * Delays, loses, duplicates, corrupts and reorders frames, and limits their rate: what
 * `tc qdisc add dev lo root netem` does, in netem's words and with netem's meaning (Linux's
 * net/sched/sch_netem.c, tc-netem(8)).
 *
 * It sits before a device as a queue discipline does, and knows nothing of it. What becomes of a
 * frame is decided when it is enqueued, in netem's order: it is duplicated, lost, corrupted,
 * dropped because Limit frames wait, and then sent at once if it is to be reordered, or else
 * delayed by Delay and Rate. So a change of an attribute takes effect on the next frame, and not on
 * those that wait. A frame that nothing holds up passes before Enqueue returns; without any
 * impairment a simulation has the same events, random numbers and results with it or without.
 *
 * What follows from netem's meaning:
 * - A packet that is duplicated and lost is sent once, and counted as neither.
 * - A duplicate is enqueued before its original and goes through everything but another
 *   duplication: it may be lost, corrupted and delayed otherwise.
 * - With a correlation, a decision is made more rarely than its probability says, if that is below
 *   1/2; see CorrelatedDecision.
 * - Packets overtake each other when Delay varies, but not when there is a Rate: then a packet is
 *   sent after the last one that waits, and Delay is counted from its own arrival.
 * - A packet that is to be reordered goes at once, past Delay and Rate, and before all that wait.
 * - A delay has no correlation: its distribution is a RandomVariableStream.
 */
class LinkImpairment : public Object
{
  public:
    /// What decides whether a packet is lost.
    enum LossModel
    {
        RANDOM,          //!< Loss and LossCorrelation (`loss random`)
        GILBERT_ELLIOTT, //!< GilbertElliottModel (`loss gemodel`)
        FOUR_STATE,      //!< FourStateModel (`loss state`)
    };

    /// What is called with a frame that goes on.
    typedef Callback<void, const LinkFrame&> TransmitCallback;
    /// What is called with a frame that is lost, and why.
    typedef Callback<void, const LinkFrame&, DropReason> DropCallback;

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    LinkImpairment();
    ~LinkImpairment() override;

    /**
     * Shape the frames of a device from now on. The program ends with a message if another device
     * has it already: frames of two devices would share a queue.
     * @param transmit called with each frame that goes on
     * @param drop called with each frame that is lost
     */
    void Attach(TransmitCallback transmit, DropCallback drop);

    /**
     * Shape no device any more. What waits is lost, with DropReason::QDISC_DROP, as by
     * `tc qdisc del`. Who calls this holds a reference, as the drop callback may do anything.
     */
    void Detach();

    /**
     * As Detach, for a device that is being destroyed: what waits is counted as Flushed, but the
     * device's callbacks are not called, as nobody may take a reference to it any more.
     */
    void Abandon();

    /**
     * Take a frame (netem_enqueue). The program ends with a message if it is attached to no device,
     * or if a delay is drawn that is no number or does not fit ns-3's Time.
     * @param frame the frame; its packet is not changed
     * @param context the simulation context in which it goes on if it has to wait
     * @return false if it was dropped because Limit frames wait (NET_XMIT_DROP), or because who got
     * its duplicate detached this; true otherwise, for one that was lost at random too
     * (NET_XMIT_SUCCESS)
     */
    bool Enqueue(const LinkFrame& frame, uint32_t context);

    /**
     * Lose all that waits (netem_reset). Who calls this holds a reference, as the drop callback may
     * do anything.
     * @param reason why
     */
    void Flush(DropReason reason);

    /**
     * @return frames that wait (qlen)
     */
    uint32_t GetNPackets() const;

    /**
     * @return a reading of the counters; all are 0 on a new object and only ever grow
     */
    LinkImpairmentStats GetStats() const;

    /**
     * Give fixed random streams to all that is random here, Delay too.
     * @param stream number of the first stream
     * @return how many streams were given
     */
    int64_t AssignStreams(int64_t stream);

  protected:
    /// Lose all that waits.
    void DoDispose() override;

  private:
    /**
     * Add the attributes that are probabilities.
     * @param tid the TypeId that gets them
     */
    static void AddProbabilities(TypeId& tid);
    /**
     * Add the trace sources.
     * @param tid the TypeId that gets them
     */
    static void AddCounters(TypeId& tid);

    /// Whose frames are shaped.
    struct Port
    {
        TransmitCallback transmit; //!< called with each frame that goes on
        DropCallback drop;         //!< called with each frame that is lost
    };

    /// Frames that wait, by the time when they go on; those of the same time as they came (tfifo).
    typedef std::multimap<Time, LinkFrame> Queue;

    /**
     * What netem_enqueue does with a frame and again with its duplicate.
     * @param frame the frame
     * @param port where it came from and goes to; who is called may detach that
     * @param isDuplicated whether it is to be duplicated
     * @return what Enqueue returns
     */
    bool Impair(LinkFrame frame, const std::shared_ptr<const Port>& port, bool isDuplicated);

    /**
     * Have a frame go on at once or when it is to.
     * @param frame the frame
     * @param port where it came from and goes to
     * @return what Enqueue returns
     */
    bool HoldUp(const LinkFrame& frame, const std::shared_ptr<const Port>& port);

    /**
     * @return whether the next frame is lost (loss_event)
     */
    bool IsLost();

    /**
     * @return whether the next frame is to be reordered
     */
    bool IsReordered();

    /**
     * @return the next frame's Delay, 0 if it is negative (tabledist)
     */
    Time DrawDelay();

    /**
     * @param size layer-3 bytes of the next frame
     * @return when it goes on, by Delay and Rate
     */
    Time GetTimeToSend(uint32_t size);

    /**
     * Have a frame go on.
     * @param frame the frame
     * @param port where it goes
     */
    void Transmit(const LinkFrame& frame, const std::shared_ptr<const Port>& port);

    /**
     * Lose all that waits.
     * @param port whose it is
     * @param reason why
     */
    void DropWaiting(const std::shared_ptr<const Port>& port, DropReason reason);

    /**
     * @return whether the first frame that waits is to go on by now
     */
    bool IsFirstDue() const;

    /// Have the frames that are due go on (netem_dequeue).
    void Dequeue();

    /// Have Dequeue called when the first frame is due, or before (qdisc_watchdog_schedule_ns).
    void SetTimer();

    /// Have Dequeue not called (qdisc_watchdog_cancel).
    void CancelTimer();

    /**
     * @return whether the simulator is to call Dequeue, or has called it and waits for it to return
     */
    bool IsTimerSet() const;

    Ptr<RandomVariableStream> m_delay; //!< in seconds, null for none
    double m_loss;                     //!< probability of loss
    double m_lossCorrelation;          //!< its correlation
    double m_duplicate;                //!< probability of duplication
    double m_duplicateCorrelation;     //!< its correlation
    double m_corrupt;                  //!< probability of corruption
    double m_corruptCorrelation;       //!< its correlation
    double m_reorder;                  //!< probability of reordering
    double m_reorderCorrelation;       //!< its correlation
    uint32_t m_gap;                    //!< a reordered frame comes after Gap - 1 others
    DataRate m_rate;                   //!< 0 for no limit
    uint32_t m_limit;                  //!< frames that may wait
    LossModel m_lossModel;             //!< what decides on loss
    double m_gilbertP;                 //!< GilbertElliottModel::Parameters::p
    double m_gilbertR;                 //!< GilbertElliottModel::Parameters::r
    double m_gilbertOneMinusH;         //!< GilbertElliottModel::Parameters::oneMinusH
    double m_gilbertOneMinusK;         //!< GilbertElliottModel::Parameters::oneMinusK
    double m_stateP13;                 //!< FourStateModel::Parameters::p13
    double m_stateP31;                 //!< FourStateModel::Parameters::p31
    double m_stateP32;                 //!< FourStateModel::Parameters::p32
    double m_stateP23;                 //!< FourStateModel::Parameters::p23
    double m_stateP14;                 //!< FourStateModel::Parameters::p14

    std::shared_ptr<const Port> m_port; //!< null while it is attached to no device
    Queue m_waiting;                    //!< frames that wait
    uint32_t m_nFlushing{0};            //!< frames that waited, and are about to be dropped
    Ptr<EventImpl> m_timer;             //!< calls Dequeue
    Time m_timerDue;                    //!< when m_timer is due
    uint32_t m_context{0};              //!< the simulation context of the timer

    ImpairmentRandom m_random;                                           //!< what is drawn from
    CorrelatedDecision m_lossDecision{ImpairmentRandom::LOSS};           //!< RANDOM
    GilbertElliottModel m_gilbertElliott;                                //!< GILBERT_ELLIOTT
    FourStateModel m_fourState;                                          //!< FOUR_STATE
    LossModel m_lastLossModel{RANDOM};                                   //!< that of the last frame
    CorrelatedDecision m_duplicateDecision{ImpairmentRandom::DUPLICATE}; //!< Duplicate
    CorrelatedDecision m_corruptDecision{ImpairmentRandom::CORRUPT};     //!< Corrupt
    CorrelatedDecision m_reorderDecision{ImpairmentRandom::REORDER};     //!< Reorder
    uint32_t m_nSinceReordered{0}; //!< frames since the last one that was reordered

    TracedCounter m_nPassed;         //!< frames that went on
    TracedCounter m_nLost;           //!< frames lost at random
    TracedCounter m_nOverLimit;      //!< frames over Limit
    TracedCounter m_nFlushed;        //!< frames lost while they waited
    TracedCounter m_nDuplicated;     //!< duplicates made
    TracedCounter m_nCorrupted;      //!< frames in which a bit was flipped
    TracedCounter m_nReordered;      //!< frames sent at once by Reorder
    TracedCounter m_nNegativeDelays; //!< negative draws of Delay
};

} // namespace ns3

#endif /* LINK_IMPAIRMENT_H */
