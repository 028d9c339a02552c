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
#include "ns3/link-impairment.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ns3::tests
{

/**
 * Calls on a LoNetDevice, from events, from receive callbacks, from trace sinks and from outside of
 * the simulation, and what is to hold whatever they are: no packet is lost sight of, packets arrive
 * as they were sent, and one at a time.
 */
class LoCallSequence : public CallSequence, private WatchedLo
{
  public:
    using CallSequence::CallSequence;

    void Run() override;

    /**
     * @return what the device has counted in the end
     */
    const LinkStats& GetStats() const;

    /**
     * @return packets that were dropped while they waited
     */
    uint64_t GetNDroppedWaiting() const;

  private:
    /// Something that may be done.
    struct Step
    {
        const char* name;              //!< what problems call it
        void (LoCallSequence::*act)(); //!< does it
    };

    /// What may be done, each as likely as the others.
    static const std::vector<Step> STEPS;

    void DestroySimulation();
    void Make();
    void Schedule();
    void Do();
    /// What is done by who is called with a packet.
    void Answer();
    void Check(const std::string& when);

    void SendOne();
    void SendBurst();
    void SendLarge();
    void SendFrom();
    void SendToAnywhere();
    void SendUnhandled();
    void SendToOtherKindOfAddress();
    void SetDown();
    void SetUp();
    void SetMtu();
    void SetAddress();
    void SetDelivery();
    void SetMaxBacklog();
    void SetBudget();
    void SwitchErrorModel();
    void ReplaceErrorModel();
    void Impair();
    void ImpairInAnyWay();
    void ChangeImpairment();
    void ImpairNoMore();
    void DisposeImpairment();
    void SwitchAnswers();
    void ConnectTrace();
    void DisconnectTrace();
    void SetPromiscuousCallback();
    void SetReceiveCallback();
    void AddToNode();
    void DisposeNode();
    void Dispose();

    template <typename Call>
    void Count(Call call);
    void SendTo(uint32_t size, const Address& to, uint16_t protocol = TEST_PROTOCOL);
    void DisposeOf(Object& object);
    void UseImpairment(Ptr<LinkImpairment> impairment);
    uint64_t CountUnsent() const;

    void OnDelivery(Ptr<const Packet> packet);
    void OnRxDrop(Ptr<const Packet> packet);
    void OnDropReason(Ptr<const Packet> packet, DropReason reason);
    void OnTrace(Ptr<const Packet> packet);
    void OnCount(uint64_t before, uint64_t now);
    bool OnPromiscuous(Ptr<NetDevice> device,
                       Ptr<const Packet> packet,
                       uint16_t protocol,
                       const Address& from,
                       const Address& to,
                       NetDevice::PacketType type);
    bool OnReceive(Ptr<NetDevice> device,
                   Ptr<const Packet> packet,
                   uint16_t protocol,
                   const Address& from);

    LinkStats m_stats;                              //!< what the device has counted
    Ptr<ErrorModel> m_errorModel;                   //!< of the device
    std::vector<Ptr<LinkImpairment>> m_impairments; //!< all that the device has had
    uint32_t m_nAnswers{0};                         //!< calls of Answer
    uint32_t m_nAnswering{0};                       //!< answers under way, one within another
    uint32_t m_nSteps{0};                 //!< steps and sends under way, one within another
    uint32_t m_nSinks{0};                 //!< trace sinks under way
    bool m_isDisposing{false};            //!< whether something is being disposed
    bool m_mayOvertake{false};            //!< whether there was an impairment that lets packets
    bool m_isFifo{true};                  //!< whether no packet has overtaken another
    std::optional<uint64_t> m_lastUid;    //!< of the packets delivered
    std::set<const Packet*> m_rxDropping; //!< packets between MacRxDrop and Drop
    uint64_t m_nSends{0};                 //!< calls of Send and SendFrom
    uint64_t m_nDroppedWaiting{0};        //!< packets dropped while they waited
    uint64_t m_nOverBacklog{0};           //!< packets over MaxBacklog
};

} // namespace ns3::tests

#endif /* LO_CALL_SEQUENCE_H */
