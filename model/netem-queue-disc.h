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
 * It follows the rules of Linux 6.18's net/sched/sch_netem.c. The attribute Parameters takes the
 * words after `netem` in a tc command. Each other attribute changes one parameter, from the next
 * packet on.
 *
 * Enqueueing decides on a packet, in this order: duplication, loss or marking, corruption, the
 * limit, the time at which it is due.
 *
 * - A packet that is both duplicated and lost is sent once, and counted as neither.
 * - A duplicate is enqueued at the root queue disc, and may be anything except duplicated again.
 *   Its draws come before the draw of its original's delay.
 * - Packets overtake each other if the delay varies. With a rate they do not: a packet is then due
 *   after all pending packets, and its delay counts from its own arrival.
 * - A reordered packet is sent at once, before all pending packets.
 *
 * It takes one class at most. The child queue disc of that class replaces the sorted queue, as in
 * Linux before 3.10: packets leave in the child's order, none before it is due.
 */
class NetemQueueDisc : public QueueDisc, public NetemParameters
{
  public:
    /**
     * Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    NetemQueueDisc();
    ~NetemQueueDisc() override;

    static constexpr const char* LOSS_DROP = "Netem loss";            //!< dropped at random
    static constexpr const char* LIMIT_DROP = "Netem limit exceeded"; //!< over Limit
    static constexpr const char* LOSS_MARK = "Netem loss mark";       //!< marked at random

    TracedValue<uint64_t> duplicated{0}; //!< duplicates enqueued; some may be dropped since
    TracedValue<uint64_t> corrupted{0};  //!< packets in which a bit was flipped
    TracedValue<uint64_t> reordered{0};  //!< packets placed before all others

    /**
     * Set all parameters. Pending packets keep their times. Aborts if tc would refuse a word, and
     * names it.
     * @param words the words after `netem` in a tc command
     */
    void SetParameters(const std::string& words);

    /**
     * Return the words that set the parameters.
     * @return the words, empty if there were none
     */
    std::string GetParameters() const;

    /**
     * Assign fixed random streams, one to each kind of decision.
     * @param stream the number of the first stream
     * @return the number of streams assigned, which no parameter changes
     */
    int64_t AssignStreams(int64_t stream);

  protected:
    void DoDispose() override;

  private:
    /// The kinds of decisions, in the order of their random streams.
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

    /// The number of random streams: those of the decisions, DelayVariable's and LossModel's.
    static constexpr int N_STREAMS = N_DECISIONS + 2;

    bool DoEnqueue(Ptr<QueueDiscItem> item) override;
    Ptr<QueueDiscItem> DoDequeue() override;
    bool CheckConfig() override;
    void InitializeParams() override;

    /**
     * Return the random numbers of a kind of decision. The first call makes those of all kinds.
     * @param decision what is decided
     * @return the random numbers
     */
    NetemRandom& Random(Decision decision);

    /**
     * Decide whether an event happens. Draws nothing if its probability is 0.
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
    bool IsLost(Ptr<const QueueDiscItem> item);

    /**
     * Flip a random bit of a packet, with the probability of corruption.
     * @param item the packet
     * @return the packet, or a corrupted one
     */
    Ptr<QueueDiscItem> Corrupt(Ptr<QueueDiscItem> item);

    /**
     * Decide when a packet is due, and place it in the queue.
     * @param item a packet that was enqueued
     */
    void Place(Ptr<const QueueDiscItem> item);

    /**
     * Draw the time at which a packet is due that is not reordered.
     * @param size bytes of the packet
     * @return when it is due
     */
    Time DrawDue(uint32_t size);

    /**
     * Return the transmission time of a packet (packet_time_ns).
     * @param size bytes of the packet
     * @return the time
     */
    Time GetTransmissionTime(uint32_t size) const;

    /// Begin the next slot (get_slot_next).
    void StartSlot();

    /**
     * Return the child queue disc.
     * @return the child, null if the sorted queue is used
     */
    Ptr<QueueDisc> GetChild() const;

    /**
     * Return when the first packet is due.
     * @return the time, nothing if there is no packet
     */
    std::optional<Time> GetFirstDue();

    /**
     * Schedule the next run of the root queue disc.
     * @param due when to run it
     */
    void SetTimer(Time due);

    /// Run the root queue disc.
    void Wake();

    /**
     * Find the root of this queue disc's tree.
     * @return the root, which may be this queue disc
     */
    Ptr<QueueDisc> FindRoot();

    std::string m_words;                       //!< Parameters
    Ptr<RandomVariableStream> m_delayVariable; //!< DelayVariable
    Ptr<ErrorModel> m_errorModel;              //!< LossModel

    std::vector<NetemRandom> m_random; //!< numbers for each decision, empty before the first draw

    Ptr<NetemQueue> m_queue; //!< pending packets, unless there is a child queue disc
    /// When the child's packets are due. A child may replace the item of a packet.
    std::unordered_map<const Packet*, Time> m_dueInChild;
    Time m_lastDue; //!< when the last packet is due, Time::Min() if none is pending
    /// While a duplicate is being enqueued, 1 if its original was and has no time yet, otherwise 0.
    std::optional<uint32_t> m_nUnplaced;
    uint32_t m_nSinceReordered{0}; //!< packets since the last reordered one

    Time m_slotStart{-1};     //!< when the next slot begins
    int64_t m_slotPackets{0}; //!< packets that the slot has room for
    int64_t m_slotBytes{0};   //!< bytes that the slot has room for

    EventId m_timer;         //!< calls Wake
    bool m_isBlocked{false}; //!< whether no packet can be due before the timer or the next Enqueue
};

} // namespace ns3

#endif /* NETEM_QUEUE_DISC_H */
