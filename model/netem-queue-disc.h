/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef NETEM_QUEUE_DISC_H
#define NETEM_QUEUE_DISC_H

#include "netem-parameters.h"
#include "netem-random.h"

#include "ns3/error-model.h"
#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/queue-disc.h"
#include "ns3/random-variable-stream.h"
#include "ns3/traced-value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{

class NetemQueue;

/**
 * @ingroup loopback
 *
 * A queue disc that delays, drops, duplicates, corrupts and reorders packets (Linux's netem).
 *
 * It follows the rules of Linux 6.18's net/sched/sch_netem.c. The attribute Parameters takes what
 * stands after `netem` in a tc command; the other attributes change one thing each, from the next
 * packet on. What becomes of a packet is decided when it is enqueued: it is duplicated, dropped or
 * marked, corrupted, dropped for Limit, and placed in the queue.
 *
 * - A packet that is duplicated and dropped is sent once, and counted as neither.
 * - A duplicate is enqueued at the root queue disc, and undergoes everything but duplication. Its
 *   draws come before those for the delay of its original.
 * - Packets overtake each other if the delay varies, unless there is a rate: a packet is then sent
 *   after the last one that waits, and its delay counts from its own arrival.
 * - A reordered packet is sent at once, before all that wait.
 *
 * It may have one class, whose child queue disc takes the place of the sorted queue: packets leave
 * in the child's order, each when it is due.
 */
class NetemQueueDisc : public QueueDisc, public NetemParameters
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    NetemQueueDisc();
    ~NetemQueueDisc() override;

    static constexpr const char* LOSS_DROP = "Netem loss";            //!< dropped at random
    static constexpr const char* LIMIT_DROP = "Netem limit exceeded"; //!< Limit packets waited
    static constexpr const char* LOSS_MARK = "Netem loss mark";       //!< marked at random

    TracedValue<uint64_t> duplicated{0}; //!< duplicates enqueued; some may be dropped since
    TracedValue<uint64_t> corrupted{0};  //!< packets in which a bit was flipped
    TracedValue<uint64_t> reordered{0};  //!< packets placed before all others

    /**
     * Set all parameters and forget what is known of previous packets, as `tc qdisc replace` does.
     * Aborts with a line that names the word that tc would refuse.
     * @param words what stands after `netem` in a tc command
     */
    void SetParameters(const std::string& words);

    /**
     * Return what the parameters were set by.
     * @return the words, empty if there were none
     */
    std::string GetParameters() const;

    /**
     * Give fixed random streams, one to each kind of decision.
     * @param stream the number of the first stream
     * @return the number of streams given, which is the same for all parameters
     */
    int64_t AssignStreams(int64_t stream);

  protected:
    void DoDispose() override;

  private:
    /// What is decided; also the order of the random streams.
    enum Decision
    {
        DELAY,
        LOSS,
        DUPLICATE,
        CORRUPT,
        REORDER,
        SLOT,
        N_DECISIONS
    };

    /// Random streams: for the decisions, DelayVariable and LossModel.
    static constexpr int N_STREAMS = N_DECISIONS + 2;

    bool DoEnqueue(Ptr<QueueDiscItem> item) override;
    Ptr<QueueDiscItem> DoDequeue() override;
    bool CheckConfig() override;
    void InitializeParams() override;

    /**
     * Return the random numbers of a decision; the first call takes the streams of all.
     * @param decision what is decided
     * @return the random numbers
     */
    NetemRandom& Random(Decision decision);

    /**
     * Decide whether something happens; draw nothing if it never does.
     * @param decision what is decided
     * @param probability its probability
     * @param correlation the correlation of the draw
     * @return whether it happens
     */
    bool Happens(Decision decision, double probability, double correlation);

    /**
     * Decide whether a packet is lost (loss_event).
     * @param item the packet
     * @return whether it is
     */
    bool IsLost(const QueueDiscItem& item);

    /**
     * Flip a random bit of a packet, if chance wants it.
     * @param item the packet
     * @return the packet or a corrupted one
     */
    Ptr<QueueDiscItem> Corrupt(Ptr<QueueDiscItem> item);

    /**
     * Give a packet its place in the queue.
     * @param item a packet that is enqueued
     */
    void Place(Ptr<const QueueDiscItem> item);

    /**
     * Draw when a packet is due that is not reordered.
     * @param size bytes of the packet
     * @return when it is due
     */
    Time DrawDue(uint32_t size);

    /**
     * Return how long the link sends a packet (packet_time_ns).
     * @param size bytes of the packet
     * @return the time
     */
    Time GetTransmissionTime(uint32_t size) const;

    /// Begin the next slot (get_slot_next).
    void StartSlot();

    /**
     * Return the child queue disc.
     * @return null if packets wait in the sorted queue
     */
    Ptr<QueueDisc> GetChild() const;

    /**
     * Return when the first packet is due.
     * @return nothing if there is none
     */
    std::optional<Time> GetFirstDue();

    /**
     * Schedule the next run of the queue disc.
     * @param due when it is
     */
    void SetTimer(Time due);

    /// Run the root queue disc.
    void Wake();

    /**
     * Find the root of the tree that this queue disc is in.
     * @return the root, which may be this one
     */
    Ptr<QueueDisc> FindRoot();

    std::string m_words;                       //!< Parameters
    Ptr<RandomVariableStream> m_delayVariable; //!< DelayVariable
    Ptr<ErrorModel> m_errorModel;              //!< LossModel

    std::vector<NetemRandom> m_random; //!< random numbers for each decision, once one was drawn
    int64_t m_firstStream{-1};         //!< the first of their streams, -1 for automatic ones

    Ptr<NetemQueue> m_queue; //!< packets that wait, without a child queue disc
    std::unordered_map<const QueueDiscItem*, Time>
        m_dueInChild;              //!< when the child's packets are due, and those it dropped
    Time m_lastDue;                //!< when the last packet is due, Time::Min() if none waits
    bool m_isDuplicating{false};   //!< whether a duplicate is enqueued, and its original not placed
    uint32_t m_nSinceReordered{0}; //!< packets since one was reordered

    Time m_slotStart{-1};     //!< when the next slot begins
    int64_t m_slotPackets{0}; //!< packets that the slot has room for
    int64_t m_slotBytes{0};   //!< bytes that the slot has room for

    EventId m_timer;         //!< calls Wake
    bool m_isBlocked{false}; //!< whether nothing can be due before the timer or another packet
    uint32_t m_nDequeued{0}; //!< packets dequeued since there was a Quota of them
};

} // namespace ns3

#endif /* NETEM_QUEUE_DISC_H */
