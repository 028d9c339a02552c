/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"
#include "netem-probe.h"
#include "netem-rules.h"

#include "ns3/lo-net-device.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/traffic-control-helper.h"

#include <random>
#include <string>
#include <utility>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// Random calls, during and after which every packet is accounted for.
class ConservationTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Run sequences from the first on, on a link for NetemProbe.
    void Run(const std::string& link, int first, int count)
    {
        for (int i = first; i < first + count && !IsStatusFailure(); ++i)
        {
            RunSequence(link, i);
        }
    }

  private:
    void RunSequence(const std::string& link, int number)
    {
        m_random.seed(number);
        const auto settings = NetemSettings::Draw(m_random);
        NetemProbe probe(link, settings.GetWords(), settings.isFifo ? "ns3::FifoQueueDisc" : "");
        probe.disc->AssignStreams(number);
        int64_t time = 0;
        const auto nCalls = m_random() % 40;
        for (uint32_t call = 0; call < nCalls; ++call)
        {
            time += static_cast<int64_t>(m_random() % 20'000'000);
            Simulator::Schedule(NanoSeconds(time), [this, &probe] { Call(probe); });
        }
        const auto what = "sequence " + std::to_string(number) + ": " + settings.GetWords();
        bool isConserved = true;
        Simulator::Schedule(NanoSeconds(time / 2), [&] { isConserved = probe.IsConserved(); });
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(isConserved, true, what << ", in the middle");
        NS_TEST_EXPECT_MSG_EQ(probe.IsConserved(), true, what << ", in the end");
        NS_TEST_EXPECT_MSG_EQ(probe.disc->GetNPackets(), 0, what << ": no packet is left");
    }

    /// Make a random call.
    void Call(NetemProbe& probe)
    {
        switch (m_random() % 8)
        {
        case 0:
            ChangeOne(*probe.disc);
            break;
        case 1:
            // As `tc qdisc change`; a child queue disc cannot come or go.
            probe.disc->SetAttribute("Parameters",
                                     StringValue(NetemSettings::Draw(m_random).GetWords()));
            break;
        case 2:
            probe.disc->Run();
            break;
        case 3:
            ChangeLink(probe);
            break;
        default:
            for (auto n = m_random() % 5; n > 0; --n)
            {
                probe.Send(20 + m_random() % 1480, m_random() % 2 == 0);
            }
        }
    }

    /// Change one attribute.
    void ChangeOne(NetemQueueDisc& disc)
    {
        static const std::pair<const char*, const char*> changes[]{
            {"Limit", "0"},
            {"Limit", "3"},
            {"Delay", "0ms"},
            {"Delay", "5ms"},
            {"Jitter", "10ms"},
            {"DelayVariable", "ns3::ExponentialRandomVariable[Mean=0.01]"},
            {"LossModel", "ns3::GilbertElliottErrorModel[P=0.5]"},
            {"LossModel", "ns3::RateErrorModel[ErrorRate=0.5|ErrorUnit=ERROR_UNIT_PACKET]"},
            {"Duplicate", "1"},
            {"Corrupt", "1"},
            {"Reorder", "0.5"},
            {"Gap", "2"},
            {"Rate", "0bps"},
            {"Rate", "1Mbps"},
            {"SlotMinDelay", "0ms"},
            {"SlotMaxDelay", "3ms"},
            {"SlotJitter", "3ms"},
        };
        const auto& [name, value] = changes[m_random() % std::size(changes)];
        disc.SetAttribute(name, StringValue(value));
    }

    /// Drop all pending packets: set the link down, or remove the queue disc.
    void ChangeLink(NetemProbe& probe)
    {
        const auto lo = DynamicCast<LoNetDevice>(probe.GetDevice());
        if (lo && m_random() % 4 > 0)
        {
            lo->SetDown();
            NS_TEST_EXPECT_MSG_EQ(probe.IsConserved(), true, "pending packets are dropped");
            NS_TEST_EXPECT_MSG_EQ(probe.disc->GetNPackets(), 0, "pending packets are dropped");
            lo->SetUp();
        }
        else if (probe.GetDevice() && m_random() % 4 == 0)
        {
            TrafficControlHelper().Uninstall(probe.GetDevice());
            probe.Detach();
        }
    }

    std::mt19937 m_random;
};

/// Conservation of packets.
const Suite g_suite("lo-netem-conservation", TestSuite::Type::UNIT, [](Suite& suite) {
    using Case = ConservationTestCase;
    for (const std::string link : {"alone", "lo", "point-to-point"})
    {
        const auto name =
            "enqueued + duplicated = sent + dropped + waiting after random calls: " + link;
        suite.Add(name + ", 100 sequences", &Case::Run, link, 0, 100);
        suite.AddExtensive(name + ", the other 3,300", &Case::Run, link, 100, 3'300);
    }
});

} // namespace
