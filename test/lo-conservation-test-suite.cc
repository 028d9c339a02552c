/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-test-case.h"

#include "ns3/double.h"
#include "ns3/error-model.h"
#include "ns3/mac64-address.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/random-variable-stream.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <optional>

using namespace ns3;

namespace
{

constexpr uint32_t N_SEQUENCES = 10000;

/// Whatever is done to the device, no packet is lost sight of.
class ConservationTestCase : public LoTestCase
{
  public:
    ConservationTestCase()
        : LoTestCase("TxPackets = RxPackets + RxErrors + waiting + dropped while waiting, in any "
                     "sequence of calls")
    {
    }

  private:
    /// What may be done, each as likely as the others.
    enum class Step
    {
        SEND,
        SEND_BURST,
        SEND_FROM,
        SEND_TO_ANYWHERE,
        SEND_UNHANDLED,
        SEND_OTHER_KIND_OF_ADDRESS,
        SET_DOWN,
        SET_UP,
        SET_MTU,
        SET_ADDRESS,
        SET_DELIVERY,
        SET_MAX_BACKLOG,
        SET_BUDGET,
        ERROR_MODEL_ON,
        ERROR_MODEL_OFF,
        IMPAIR,
        IMPAIR_NO_MORE,
        ANSWER_ON,
        ANSWER_OFF,
        DISPOSE,
        COUNT
    };

    void DoRun() override
    {
        m_random = CreateObject<UniformRandomVariable>();
        m_random->SetStream(1);
        for (m_sequence = 0; m_sequence < N_SEQUENCES && !IsStatusFailure(); ++m_sequence)
        {
            RunSequence();
        }
        NS_TEST_EXPECT_MSG_GT(m_total.rxPackets, N_SEQUENCES, "the sequences deliver packets");
        NS_TEST_EXPECT_MSG_GT(m_total.rxErrors, N_SEQUENCES / 10, "and damage some");
        NS_TEST_EXPECT_MSG_GT(m_total.txDropped, N_SEQUENCES / 10, "and refuse some");
        NS_TEST_EXPECT_MSG_GT(m_totalDroppedWaiting, N_SEQUENCES / 10, "and lose some that wait");
    }

    void RunSequence()
    {
        m_droppedWaiting = 0;
        m_lastUid.reset();
        m_nAnswers = 0;
        m_onReceive = nullptr;
        Draw(4) == 0 ? MakeLoOnNoNode() : MakeLoOnNode();
        m_errorModel = MakeErrorModel();
        m_errorModel->Disable();
        m_lo->SetAttribute("ReceiveErrorModel", PointerValue(m_errorModel));
        m_lo->TraceConnectWithoutContext("MacRxDrop",
                                         MakeCallback(&ConservationTestCase::OnRxDrop, this));
        m_lo->TraceConnectWithoutContext("Drop", MakeCallback(&ConservationTestCase::OnDrop, this));
        m_lo->TraceConnectWithoutContext("MacPromiscRx",
                                         MakeCallback(&ConservationTestCase::OnDelivery, this));

        const auto nSteps = 1 + Draw(30);
        for (uint32_t i = 0; i < nSteps; ++i)
        {
            const Time delay = NanoSeconds(Draw(5));
            if (m_node && Draw(2) == 0)
            {
                InNodeContext([this] { Do(DrawStep()); }, delay);
            }
            else
            {
                Simulator::Schedule(delay, [this] { Do(DrawStep()); });
            }
        }
        if (Draw(2) == 0)
        {
            Simulator::Stop(NanoSeconds(Draw(5)));
        }
        Simulator::Run();
        Check("at the end of the run");
        m_node = nullptr;
        Simulator::Destroy();
        Check("after Simulator::Destroy");
        Account();
    }

    uint32_t Draw(uint32_t n)
    {
        return m_random->GetInteger(0, n - 1);
    }

    Step DrawStep()
    {
        // Disposing ends a sequence, so that it is left for one draw in a few.
        const auto step = static_cast<Step>(Draw(static_cast<uint32_t>(Step::COUNT)));
        return step == Step::DISPOSE && Draw(8) != 0 ? Step::SET_UP : step;
    }

    void Do(Step step)
    {
        switch (step)
        {
        case Step::SEND:
            Send(1 + Draw(2000));
            break;
        case Step::SEND_BURST:
            for (auto n = Draw(100); n > 0; --n)
            {
                Send(1 + Draw(2000));
            }
            break;
        case Step::SEND_FROM:
            m_lo->SendFrom(Create<Packet>(100),
                           Mac48Address("02:00:00:00:00:03"),
                           m_lo->GetBroadcast(),
                           TEST_PROTOCOL);
            break;
        case Step::SEND_TO_ANYWHERE:
            m_lo->Send(Create<Packet>(100),
                       Draw(2) == 0 ? Mac48Address("01:00:5e:00:00:01")
                                    : Mac48Address("02:00:00:00:00:02"),
                       TEST_PROTOCOL);
            break;
        case Step::SEND_UNHANDLED:
            Send(100, TEST_PROTOCOL + 1);
            break;
        case Step::SEND_OTHER_KIND_OF_ADDRESS:
            m_lo->Send(Create<Packet>(100), Mac64Address("00:00:00:00:00:00:00:01"), TEST_PROTOCOL);
            break;
        default:
            Change(step);
        }
        Check("after step " + std::to_string(static_cast<int>(step)));
    }

    void Change(Step step)
    {
        switch (step)
        {
        case Step::SET_DOWN:
            m_lo->SetDown();
            break;
        case Step::SET_UP:
            m_lo->SetUp();
            break;
        case Step::SET_MTU:
            m_lo->SetMtu(static_cast<uint16_t>(Draw(2000)));
            break;
        case Step::SET_ADDRESS:
            m_lo->SetAddress(Draw(2) == 0 ? Mac48Address("02:00:00:00:00:02") : Mac48Address());
            break;
        case Step::SET_DELIVERY:
            m_lo->SetAttribute("Delivery", StringValue(AllDeliveries()[Draw(3)]));
            break;
        case Step::SET_MAX_BACKLOG:
            m_lo->SetAttribute("MaxBacklog", UintegerValue(Draw(20)));
            break;
        case Step::SET_BUDGET:
            m_lo->SetAttribute("Budget", UintegerValue(1 + Draw(8)));
            break;
        case Step::ERROR_MODEL_ON:
            m_errorModel->Enable();
            break;
        case Step::ERROR_MODEL_OFF:
            m_errorModel->Disable();
            break;
        case Step::IMPAIR:
            m_lo->SetImpairment(MakeImpairment());
            break;
        case Step::IMPAIR_NO_MORE:
            m_lo->SetImpairment(nullptr);
            break;
        case Step::ANSWER_ON:
            m_onReceive = [this](uint32_t) { Answer(); };
            break;
        case Step::ANSWER_OFF:
            m_onReceive = nullptr;
            break;
        default:
            m_lo->Dispose();
        }
    }

    Ptr<ErrorModel> MakeErrorModel()
    {
        auto model = CreateObject<RateErrorModel>();
        model->SetAttribute("ErrorUnit", StringValue("ERROR_UNIT_PACKET"));
        model->SetRate(0.3);
        model->AssignStreams(2);
        return model;
    }

    /// All that netem has and that keeps packets in order.
    Ptr<LinkImpairment> MakeImpairment()
    {
        auto impairment = CreateObject<LinkImpairment>();
        impairment->SetAttribute("Loss", DoubleValue(0.1));
        impairment->SetAttribute("Rate", StringValue(Draw(2) == 0 ? "10000Gbps" : "0bps"));
        impairment->SetAttribute("Limit", UintegerValue(1 + Draw(100)));
        impairment->AssignStreams(10);
        return impairment;
    }

    void Answer()
    {
        if (++m_nAnswers % 10 != 0 && m_nAnswers < 200)
        {
            Send(1 + Draw(2000));
        }
        if (Draw(50) == 0)
        {
            Do(DrawStep());
        }
    }

    void OnDelivery(Ptr<const Packet> packet)
    {
        // Packets are made just before they are sent, so uids tell the order of sending.
        if (m_lastUid && packet->GetUid() <= *m_lastUid)
        {
            m_isFifo = false;
        }
        m_lastUid = packet->GetUid();
    }

    void OnRxDrop(Ptr<const Packet> /* packet */)
    {
        m_isRxDrop = true;
    }

    void OnDrop(Ptr<const Packet> /* packet */, DropReason reason)
    {
        // Send refuses a packet for the same reason, but that is no MacRxDrop.
        if (m_isRxDrop && reason == DropReason::DEV_READY)
        {
            ++m_droppedWaiting;
        }
        m_isRxDrop = false;
    }

    void Check(const std::string& when)
    {
        // From within a receive callback one packet more is on its way: it is received already.
        const auto stats = m_lo->GetStats();
        NS_TEST_EXPECT_MSG_EQ(
            stats.txPackets,
            stats.rxPackets + stats.rxErrors + m_lo->GetNWaiting() + m_droppedWaiting,
            "sequence " << m_sequence << ", " << when << ": TxPackets of " << stats);
        NS_TEST_EXPECT_MSG_EQ(m_isFifo,
                              true,
                              "sequence " << m_sequence << ", " << when
                                          << ": packets arrive as they were sent");
        NS_TEST_EXPECT_MSG_LT_OR_EQ(m_maxDepth,
                                    1,
                                    "sequence " << m_sequence << ", " << when
                                                << ": receive callbacks under way at once");
    }

    void Account()
    {
        const auto stats = m_lo->GetStats();
        m_total.rxPackets += stats.rxPackets;
        m_total.rxErrors += stats.rxErrors;
        m_total.txDropped += stats.txDropped;
        m_totalDroppedWaiting += m_droppedWaiting;
        m_received.clear();
        m_drops.clear();
        m_lo = nullptr;
    }

    Ptr<UniformRandomVariable> m_random;
    Ptr<ErrorModel> m_errorModel;
    uint32_t m_sequence{0};
    uint32_t m_nAnswers{0};
    bool m_isRxDrop{false};
    bool m_isFifo{true};
    std::optional<uint64_t> m_lastUid;
    uint64_t m_droppedWaiting{0};
    uint64_t m_totalDroppedWaiting{0};
    LinkStats m_total;
};

class LoConservationTestSuite : public TestSuite
{
  public:
    LoConservationTestSuite()
        : TestSuite("lo-conservation", TestSuite::Type::UNIT)
    {
        AddTestCase(new ConservationTestCase);
    }
};

LoConservationTestSuite g_loConservationTestSuite;

} // namespace
