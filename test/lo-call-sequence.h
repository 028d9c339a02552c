/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LO_CALL_SEQUENCE_H
#define LO_CALL_SEQUENCE_H

#include "call-sequence.h"
#include "watched-lo.h"

#include "ns3/error-model.h"
#include "ns3/queue-disc.h"

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace ns3::tests
{

/**
 * A sequence of calls on a LoNetDevice, on a node, in a loopback's wire, or on no node.
 *
 * Events, receive callbacks, trace sinks and code outside the simulation make the calls. Each
 * packet must be accounted for. Packets must arrive in order, one at a time.
 */
class LoCallSequence : public CallSequence, private WatchedLo
{
  public:
    using CallSequence::CallSequence;

    void Run() override;

    LinkStats stats;             //!< the counters at the end
    uint64_t nDroppedWaiting{0}; //!< packets dropped while pending
    uint64_t nQueued{0};         //!< packets that root queue discs dequeued

  private:
    /// A possible action.
    struct Step
    {
        const char* name;                //!< its name in problems
        void (*act)(LoCallSequence& lo); //!< performs it
    };

    /// @return all actions, which are equally likely
    static const std::vector<Step>& GetSteps();

    /// Make the device, and watch it.
    void Make();
    /// Schedule some actions in the next nanoseconds.
    void Schedule();
    /// Perform one action, and check the invariants.
    void Do();
    /// Act as a receiver or a trace sink does on a packet.
    void Answer();
    /// Destroy the simulation, but keep the device: a sink of its drops may use it.
    void DestroySimulation();
    /**
     * Check the invariants.
     * @param when the moment, for the message
     */
    void Check(const std::string& when);

    /**
     * Send a packet, and count it.
     * @param size its bytes
     * @param send sends it
     */
    void Send(uint32_t size, const std::function<void(Ptr<Packet>)>& send);
    /**
     * Send a packet.
     * @param size its bytes
     * @param to link-layer destination
     * @param protocol the EtherType
     */
    void SendTo(uint32_t size, const Address& to, uint16_t protocol = TEST_PROTOCOL);
    /// Send a packet over the loopback in whose wire the device is.
    void SendOnWire();
    /// Give the device another error model, disabled.
    void ReplaceErrorModel();
    /// Give the device another root queue disc, or none.
    void ReplaceQueueDisc();
    /**
     * Connect a sink to a trace source, or disconnect it.
     * @param isConnected whether to connect
     */
    void SetTrace(bool isConnected);
    /**
     * Dispose an object, unless a disposal is under way.
     * @param object the object
     */
    void DisposeOf(Object& object);
    /// @return packets that root queue discs hold
    uint64_t CountHeld() const;

    /**
     * Act as a sink of packets.
     * @param packet the packet
     */
    void OnPacket(Ptr<const Packet> packet);
    /**
     * Act as a sink of a counter.
     * @param before the count before
     * @param now the count now
     */
    void OnCount(uint64_t before, uint64_t now);

    Ptr<LoopbackNetDevice> m_wire;            //!< the loopback in whose wire the device is
    Ptr<ErrorModel> m_errorModel;             //!< the device's error model
    std::vector<Ptr<QueueDisc>> m_queueDiscs; //!< all queue discs the device has had
    bool m_isAnswering{false};                //!< whether receivers and sinks act
    uint32_t m_nAnswers{0};                   //!< calls of Answer
    uint32_t m_nAnswersNow{0};                //!< nested answers under way
    uint32_t m_nSteps{0};                     //!< nested steps and sends under way
    uint32_t m_nSinks{0};                     //!< trace sinks under way
    bool m_isDisposing{false};                //!< whether a disposal is under way
    bool m_isDisposed{false};                 //!< whether the device was disposed
    bool m_isFifo{true};                      //!< whether no packet has overtaken another
    std::map<uint64_t, uint64_t> m_numbers;   //!< position in the order of sending, by packet uid
    uint64_t m_lastNumber{0};                 //!< position of the last packet delivered
    std::set<const Packet*> m_rxDropping;     //!< packets between MacRxDrop and Drop
    uint64_t m_nSends{0};                     //!< packets that reached the device
    uint64_t m_nOverBacklog{0};               //!< packets over MaxBacklog
};

} // namespace ns3::tests

#endif /* LO_CALL_SEQUENCE_H */
