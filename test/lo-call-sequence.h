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
 * The calls come from events, from receive callbacks, from trace sinks and from outside of the
 * simulation. Whatever they are, each packet is accounted for, packets arrive in the order they
 * were sent in, and one at a time.
 */
class LoCallSequence : public CallSequence, private WatchedLo
{
  public:
    using CallSequence::CallSequence;

    void Run() override;

    LinkStats stats;             //!< the counters in the end
    uint64_t nDroppedWaiting{0}; //!< packets that were dropped while they waited
    uint64_t nQueued{0};         //!< packets that root queue discs dequeued

  private:
    /// Something that may be done.
    struct Step
    {
        const char* name;                //!< what problems call it
        void (*act)(LoCallSequence& lo); //!< does it
    };

    /// @return what may be done, each as likely as the others
    static const std::vector<Step>& GetSteps();

    /// Make the device, and watch it.
    void Make();
    /// Have some things done in the next nanoseconds.
    void Schedule();
    /// Do one thing, and check.
    void Do();
    /// Do what a receiver or a trace sink does with a packet.
    void Answer();
    /// Destroy the simulation; the device lives on, because a sink of its drops may use it.
    void DestroySimulation();
    /**
     * Check what holds whatever was done.
     * @param when when that is
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
    /// Give the device another error model, which is switched off.
    void ReplaceErrorModel();
    /// Give the device another root queue disc, or none.
    void ReplaceQueueDisc();
    /**
     * Connect a sink to a trace source, or disconnect it.
     * @param isConnected which
     */
    void SetTrace(bool isConnected);
    /**
     * Dispose an object, unless one is being disposed.
     * @param object the object
     */
    void DisposeOf(Object& object);
    /// @return packets that root queue discs hold
    uint64_t CountHeld() const;

    /**
     * A sink of packets.
     * @param packet the packet
     */
    void OnPacket(Ptr<const Packet> packet);
    /**
     * A sink of a counter.
     * @param before the count before
     * @param now the count now
     */
    void OnCount(uint64_t before, uint64_t now);

    Ptr<LoopbackNetDevice> m_wire;            //!< the loopback in whose wire the device is
    Ptr<ErrorModel> m_errorModel;             //!< of the device
    std::vector<Ptr<QueueDisc>> m_queueDiscs; //!< all that the device has had
    bool m_isAnswering{false};                //!< whether receivers and sinks do something
    uint32_t m_nAnswers{0};                   //!< calls of Answer
    uint32_t m_nAnswersNow{0};                //!< answers under way, one within another
    uint32_t m_nSteps{0};                     //!< steps and sends under way, one within another
    uint32_t m_nSinks{0};                     //!< trace sinks under way
    bool m_isDisposing{false};                //!< whether something is being disposed
    bool m_isDisposed{false};                 //!< whether the device was disposed
    bool m_isFifo{true};                      //!< whether no packet has overtaken another
    std::map<uint64_t, uint64_t> m_numbers;   //!< the order in which packets came, by their uid
    uint64_t m_lastNumber{0};                 //!< of the packets delivered
    std::set<const Packet*> m_rxDropping;     //!< packets between MacRxDrop and Drop
    uint64_t m_nSends{0};                     //!< packets that reached the device
    uint64_t m_nOverBacklog{0};               //!< packets over MaxBacklog
};

} // namespace ns3::tests

#endif /* LO_CALL_SEQUENCE_H */
