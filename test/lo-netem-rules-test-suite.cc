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
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"

#include <algorithm>
#include <random>
#include <string>
#include <utility>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// A NetemQueueDisc in random configurations.
class RulesTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// A test of one configuration, on a link of NetemProbe.
    using Test = void (RulesTestCase::*)(NetemProbe& probe, const NetemSettings& settings);

    /// Test configurations from the first on.
    void Run(Test test, const std::string& link, int first, int count)
    {
        for (m_number = first; m_number < first + count && !IsStatusFailure(); ++m_number)
        {
            m_random.seed(m_number);
            const auto settings = NetemSettings::Draw(m_random);
            m_name = "configuration " + std::to_string(m_number) + ": " + settings.GetWords() +
                     (settings.isFifo ? ", with a fifo" : "");
            const std::string child = settings.isFifo ? "ns3::FifoQueueDisc" : "";
            NetemProbe probe(link, settings.GetWords(), child);
            probe.disc->AssignStreams(m_number);
            (this->*test)(probe, settings);
            NS_TEST_EXPECT_MSG_EQ(probe.IsConserved(), true, m_name << ": packets in the end");
        }
    }

    /// Send packets, and expect the fates that a second implementation predicts.
    void Compare(NetemProbe& probe, const NetemSettings& settings)
    {
        std::vector<NetemArrival> arrivals;
        int64_t time = 0;
        for (int i = 0; i < 300; ++i)
        {
            time += 1 + static_cast<int64_t>(m_random() % 2'000'000);
            const auto size = static_cast<uint32_t>(20 + m_random() % 1480);
            const NetemArrival arrival{time, size, m_random() % 2 == 0};
            arrivals.push_back(arrival);
            Simulator::Schedule(NanoSeconds(time), [&probe, arrival] {
                probe.Send(arrival.size, arrival.isMarkable);
            });
        }
        Simulator::Run();
        const auto expected = PredictFates(settings, m_number, arrivals);
        const auto differs =
            std::mismatch(expected.begin(), expected.end(), probe.fates.begin(), probe.fates.end());
        if (differs.first != expected.end() && differs.second != probe.fates.end())
        {
            NS_TEST_EXPECT_MSG_EQ(*differs.second, *differs.first, m_name);
        }
        NS_TEST_EXPECT_MSG_EQ(probe.fates.size(), expected.size(), m_name << ": packets");
    }

    /// Make random calls, and check that every packet is accounted for.
    void Conserve(NetemProbe& probe, const NetemSettings& /* settings */)
    {
        int64_t time = 0;
        const auto nCalls = m_random() % 40;
        for (uint32_t call = 0; call < nCalls; ++call)
        {
            time += static_cast<int64_t>(m_random() % 20'000'000);
            Simulator::Schedule(NanoSeconds(time), [this, &probe] { Call(probe); });
        }
        bool isConserved = true;
        Simulator::Schedule(NanoSeconds(time / 2), [&] { isConserved = probe.IsConserved(); });
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(isConserved, true, m_name << ": packets in the middle");
        NS_TEST_EXPECT_MSG_EQ(probe.disc->GetNPackets(), 0, m_name << ": no packet is left");
    }

  private:
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
            {"DelayCorrelation", "0.5"},
            {"Distribution", "pareto"},
            {"DelayVariable", "ns3::ExponentialRandomVariable[Mean=0.01]"},
            {"DelayVariable", "ns3::NormalRandomVariable[Mean=-0.01|Variance=0.01]"},
            {"Loss", "0.5"},
            {"LossCorrelation", "0.5"},
            {"Ecn", "true"},
            {"LossModel", "ns3::GilbertElliottErrorModel[P=0.5]"},
            {"LossModel", "ns3::RateErrorModel[ErrorRate=0.5|ErrorUnit=ERROR_UNIT_PACKET]"},
            {"LossModel", "ns3::BurstErrorModel[ErrorRate=0.5]"},
            {"LossModel", "ns3::BinaryErrorModel"},
            {"LossModel", "ns3::ListErrorModel"},
            {"LossModel", "ns3::ReceiveListErrorModel"},
            {"Duplicate", "1"},
            {"DuplicateCorrelation", "0.5"},
            {"Corrupt", "1"},
            {"CorruptCorrelation", "0.5"},
            {"Reorder", "0.5"},
            {"ReorderCorrelation", "0.5"},
            {"Gap", "2"},
            {"Rate", "0bps"},
            {"Rate", "1Mbps"},
            {"PacketOverhead", "-2147483648"},
            {"CellSize", "4294967295"},
            {"CellSize", "48"},
            {"CellOverhead", "-100"},
            {"SlotMinDelay", "0ms"},
            {"SlotMaxDelay", "3ms"},
            {"SlotDelay", "2ms"},
            {"SlotJitter", "3ms"},
            {"SlotDistribution", "normal"},
            {"SlotPackets", "1"},
            {"SlotBytes", "100"},
            {"Quota", "1"},
        };
        const auto& [name, value] = changes[m_random() % std::size(changes)];
        disc.SetAttribute(name, StringValue(value));
    }

    /// Drop all pending packets: set the link down, or remove the queue disc.
    void ChangeLink(NetemProbe& probe)
    {
        const auto lo = DynamicCast<LoNetDevice>(probe.device);
        if (lo && m_random() % 4 > 0)
        {
            lo->SetDown();
            NS_TEST_EXPECT_MSG_EQ(probe.IsConserved(), true, "pending packets are dropped");
            NS_TEST_EXPECT_MSG_EQ(probe.disc->GetNPackets(), 0, "pending packets are dropped");
            lo->SetUp();
        }
        else if (probe.device && m_random() % 4 == 0)
        {
            TrafficControlHelper().Uninstall(probe.device);
            probe.Detach();
        }
    }

    std::mt19937 m_random; ///< draws configurations and calls
    int m_number{0};       ///< the configuration's number
    std::string m_name;    ///< the configuration, for messages
};

/// netem's rules.
const Suite g_suite("lo-netem-rules", TestSuite::Type::UNIT, [](Suite& suite) {
    using Case = RulesTestCase;
    const auto add =
        [&suite](const char* name, Case::Test test, const std::string& link, int quick, int all) {
            const auto title = std::string(name) + ": " + link;
            suite.Add(title, &Case::Run, test, link, 0, quick);
            suite.AddExtensive(title + ", the rest", &Case::Run, test, link, quick, all - quick);
        };
    for (const std::string link : {"lo", "point-to-point"})
    {
        add("a second implementation of the kernel's rules gives each packet the same fate at the "
            "same time",
            &Case::Compare,
            link,
            50,
            1000);
        add("enqueued + duplicated = sent + dropped + pending after random calls",
            &Case::Conserve,
            link,
            100,
            5000);
    }
});

} // namespace
