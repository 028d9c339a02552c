/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"
#include "to-callback.h"

#include "ns3/error-model.h"
#include "ns3/loopback-module.h"
#include "ns3/node-container.h"
#include "ns3/pointer.h"
#include "ns3/random-variable-stream.h"
#include "ns3/string.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <iomanip>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// A row of a CSV, by heading.
using Row = std::map<std::string, std::string>;

LinkStats
GetStats(Ptr<NetDevice> device)
{
    return dynamic_cast<TracedLink*>(PeekPointer(device))->GetStats();
}

/// Samples in files that are removed afterwards.
class SampleTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Check every counter and rate, of devices of both kinds on two nodes.
    void Values()
    {
        constexpr int SAMPLES = 20;
        NodeContainer nodes(2);
        Names::Add("server", nodes.Get(1));
        auto devices = LoHelper().Install(nodes);
        devices.Add(BlackholeHelper().Install(nodes.Get(1)));
        Names::Add("sink", devices.Get(2));
        const auto id = std::to_string(nodes.Get(0)->GetId());
        const auto serverId = std::to_string(nodes.Get(1)->GetId());
        auto losses = CreateObject<RateErrorModel>();
        losses->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
        losses->SetRate(0.3);
        losses->AssignStreams(2);
        devices.Get(0)->SetAttribute("ReceiveErrorModel", PointerValue(losses));
        auto random = CreateObject<UniformRandomVariable>();
        random->SetStream(1);
        for (int i = 0; i < 500; ++i)
        {
            // Between the samples, so that the order of events does not matter.
            SendAt(MilliSeconds(random->GetInteger(0, SAMPLES - 1) * 250 + 1),
                   devices.Get(random->GetInteger(0, 2)),
                   random->GetInteger(1, 90000));
        }
        std::vector<LinkStats> readings;
        for (int i = 0; i <= SAMPLES; ++i)
        {
            Simulator::Schedule(i * MilliSeconds(250), [devices, &readings] {
                for (uint32_t j = 0; j < devices.GetN(); ++j)
                {
                    readings.push_back(GetStats(devices.Get(j)));
                }
            });
        }
        LinkStatsHelper::Sample(nodes, MilliSeconds(250), m_prefix);
        Simulator::Stop(SAMPLES * MilliSeconds(250) + MilliSeconds(1));
        Simulator::Run();

        const auto rows = ReadRows();
        NS_TEST_ASSERT_MSG_EQ(rows.size(), readings.size(), "a row for each device and sample");
        const std::vector<std::string> names{id + " 0 " + id + " lo",
                                             serverId + " 0 server lo",
                                             serverId + " 1 server sink"};
        for (std::size_t i = 0; i < rows.size(); ++i)
        {
            auto row = rows[i];
            CheckRow(row, readings[i], i < 3 ? nullptr : &readings[i - 3]);
            NS_TEST_EXPECT_MSG_EQ(row["node id"] + " " + row["device index"] + " " + row["node"] +
                                      " " + row["device"],
                                  names[i % 3],
                                  "whose row it is");
            NS_TEST_EXPECT_MSG_EQ(Time(row["time (s)"] + "s"), i / 3 * MilliSeconds(250), "when");
        }
        const auto& ofLo = readings[readings.size() - 3];
        NS_TEST_EXPECT_MSG_GT(ofLo.rxErrors * ofLo.rxDropped * ofLo.txDropped, 0, "traffic");
    }

    /// Check the times of rows, by how a run ends.
    void End()
    {
        using Lo = const Ptr<NetDevice>&;
        const auto nothing = [] {};
        CheckEnd({0, 1000, 2000, 2001}, "no more events", 3, [](Lo) {});
        CheckEnd({0, 1000, 2000, 2700}, "a stop between two samples", 3, [](Lo) {
            Simulator::Stop(MilliSeconds(2700));
        });
        CheckEnd({0, 1000, 2000}, "a stop at a sample", 2, [](Lo) { Simulator::Stop(Seconds(2)); });
        CheckEnd({0, 1000, 2000}, "a packet at the time of the last sample", 2, [](Lo lo) {
            Simulator::Schedule(MilliSeconds(1500), [lo] { SendAt(Seconds(2), lo, 100); });
            Simulator::Schedule(MilliSeconds(1600), [] { Simulator::Stop(MilliSeconds(400)); });
        });
        CheckEnd({0, 1000, 2000, 2500}, "a cancelled timer", 3, [=](Lo) {
            auto timer = Simulator::Schedule(Hours(24), nothing);
            Simulator::Schedule(MilliSeconds(2500), [timer]() mutable { timer.Cancel(); });
        });
        CheckEnd({0, 1000, 2000, 3000, 4000, 5000, 5500}, "a pause", 6, [=](Lo) {
            Simulator::Schedule(Seconds(7), nothing).Cancel();
            Simulator::Schedule(MilliSeconds(5500), nothing);
        });
        CheckEnd({0, 1000, 2000, 3000, 4000, 5000, 5500}, "a pause and a timer", 6, [=](Lo) {
            auto timer = Simulator::Schedule(Hours(24), nothing);
            Simulator::Schedule(MilliSeconds(5500), [timer]() mutable { timer.Cancel(); });
        });
        // As NetAnim does. Not for ever, should the test fail.
        std::function<void()> poll = [&poll] {
            if (!Simulator::IsFinished() && Simulator::Now() < Seconds(10))
            {
                Simulator::Schedule(MilliSeconds(250), poll);
            }
        };
        CheckEnd({0, 1000, 2000, 2250}, "an event that waits for the others' end", 3, [=](Lo) {
            Simulator::Schedule(Time(0), poll);
        });
    }

    /// Run several samplers without Simulator::Stop.
    void ManySamplers()
    {
        const auto lo = MakeLo();
        LinkStatsHelper::Sample(lo->GetNode(), MilliSeconds(300), m_prefix + "-a");
        LinkStatsHelper::Sample(lo->GetNode(), MilliSeconds(200), m_prefix + "-b");
        Simulator::Schedule(MilliSeconds(100), [this, lo] {
            LinkStatsHelper::Sample(lo->GetNode(), MilliSeconds(150), m_prefix + "-c");
        });
        SendAt(MilliSeconds(610), lo, 100);
        RunAndDestroy();
        ExpectTimes({0, 300, 600, 610}, "every 300 ms", "-a");
        ExpectTimes({0, 200, 400, 600, 610}, "every 200 ms", "-b");
        ExpectTimes({100, 250, 400, 550, 610}, "every 150 ms from 100", "-c");
        NS_TEST_EXPECT_MSG_EQ(ReadColumn("txPackets (packets)", "-c"), "0 0 0 0 1", "the packet");
    }

    /// Continue sampling, and add a sampler, when Simulator::Run is called again.
    void Resumed()
    {
        const auto lo = MakeLo();
        LinkStatsHelper::Sample(lo->GetNode(), MilliSeconds(200), m_prefix + "-a");
        for (const auto ms : {100, 500})
        {
            SendAt(MilliSeconds(ms), lo, 100);
            Simulator::Run();
        }
        LinkStatsHelper::Sample(lo->GetNode(), MilliSeconds(300), m_prefix + "-b");
        SendAt(MilliSeconds(900), lo, 100);
        RunAndDestroy();
        ExpectTimes({0, 200, 400, 600, 800, 900}, "every 200 ms", "-a");
        ExpectTimes({500, 800, 900}, "every 300 ms from 500", "-b");
    }

    /// Compare runs with and without samplers, which look at the events that are left.
    void Undisturbed()
    {
        for (const std::string delivery : {"Immediate", "Scheduled", "Backlog"})
        {
            const auto plain = RunSampled(delivery, false);
            NS_TEST_EXPECT_MSG_GT(plain.size(), 5000, "a trace");
            NS_TEST_EXPECT_MSG_EQ(RunSampled(delivery, true),
                                  plain,
                                  "the same trace, " << delivery);
        }
    }

    /// Check the format of numbers.
    void Numbers()
    {
        const auto lo = MakeLo();
        Simulator::Schedule(NanoSeconds(1800000000123456789), [this, lo] {
            LinkStatsHelper::Sample(lo->GetNode(), MilliSeconds(3), m_prefix);
            SendAt(Simulator::Now() + MilliSeconds(1), lo, 12345);
            Simulator::Stop(MilliSeconds(3));
        });
        InGermanLocale(&RunAndDestroy);
        NS_TEST_EXPECT_MSG_EQ(ReadColumn("time (s)"),
                              "1800000000.123456789 1800000000.126456789",
                              "times");
        NS_TEST_EXPECT_MSG_EQ(ReadColumn("txBytes (bytes)"), "0 12345", "counter");
        NS_TEST_EXPECT_MSG_EQ(ReadColumn("txBytes rate (bytes/s)"), " 4115000", "rate");
    }

  private:
    void CheckRow(const Row& row, const LinkStats& reading, const LinkStats* earlier)
    {
        for (const auto& [name, unit, counter] : LinkStats::FIELDS)
        {
            const auto heading = std::string(name) + " (" + unit + ")";
            NS_TEST_ASSERT_MSG_EQ(row.count(heading), 1, "a column " << heading);
            NS_TEST_EXPECT_MSG_EQ(row.at(heading),
                                  std::to_string(reading.*counter),
                                  name << " as the device says");
            const auto rate = std::string(name) + " rate (" + unit + "/s)";
            NS_TEST_ASSERT_MSG_EQ(row.count(rate), 1, "a column " << rate);
            const auto expected =
                earlier ? std::to_string((reading.*counter - earlier->*counter) * 4) : "";
            NS_TEST_EXPECT_MSG_EQ(row.at(rate), expected, name << ": counted per second");
        }
    }

    /**
     * Sample a lo that sends a few packets.
     * @param times the expected times of rows, in milliseconds
     * @param how how the run ends
     * @param nRows expected rows before Simulator::Destroy
     * @param schedule schedules the end
     */
    template <class T>
    void CheckEnd(const std::vector<int>& times,
                  const std::string& how,
                  std::size_t nRows,
                  T schedule)
    {
        const auto lo = MakeLo();
        LinkStatsHelper::Sample(lo->GetNode(), Seconds(1), m_prefix);
        SendAt(MilliSeconds(500), lo, 100);
        SendAt(MilliSeconds(1900), lo, 100);
        SendAt(MilliSeconds(2001), lo, 100);
        schedule(lo);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(Simulator::Now(), MilliSeconds(times.back()), "the end: " << how);
        NS_TEST_EXPECT_MSG_EQ(ReadRows().size(), nRows, "rows before Destroy: " << how);
        const auto stats = GetStats(lo);
        Simulator::Destroy();
        ExpectTimes(times, how);
        const auto row = ReadRows().back();
        NS_TEST_EXPECT_MSG_EQ(row.at("txPackets (packets)"),
                              std::to_string(stats.txPackets),
                              "counters of the end: " << how);
        const auto elapsed = times.back() - times[times.size() - 2];
        NS_TEST_EXPECT_MSG_EQ(row.at("txPackets rate (packets/s)").empty(),
                              (elapsed == 0),
                              "a rate if time has passed: " << how);
        if (elapsed == 700)
        {
            NS_TEST_EXPECT_MSG_EQ_TOL(std::stod(row.at("txPackets rate (packets/s)")),
                                      1 / 0.7,
                                      1e-9,
                                      "the rate over the time since the last sample");
        }
    }

    std::string RunSampled(const std::string& delivery, bool doSample)
    {
        NodeContainer nodes(2);
        LoHelper helper;
        helper.SetDeviceAttribute("Delivery", StringValue(delivery));
        const auto devices = helper.Install(nodes);
        std::ostringstream trace;
        for (uint32_t i = 0; i < 2; ++i)
        {
            for (const std::string source : {"MacTx", "MacPromiscRx", "MacRxDrop"})
            {
                const auto write = [&trace, i, source](Ptr<const Packet> packet) {
                    trace << Simulator::Now() << ' ' << i << source << packet->GetSize() << '\n';
                };
                devices.Get(i)->TraceConnectWithoutContext(source, ToCallback(write));
            }
        }
        for (int i = 0; i < 200; ++i)
        {
            SendAt(i / 40 * MilliSeconds(10), devices.Get(i % 2), i + 1);
            Simulator::Schedule(MilliSeconds(i), [] {}).Cancel();
        }
        if (doSample)
        {
            LinkStatsHelper::Sample(nodes, MilliSeconds(1), m_prefix);
            LinkStatsHelper::Sample(nodes.Get(0), MicroSeconds(300), m_prefix + "-2");
        }
        Simulator::Stop(MilliSeconds(60));
        Simulator::Run();
        trace << Simulator::GetEventCount() << " events\n";
        Simulator::Destroy();
        return trace.str();
    }

    void DoSetup() override
    {
        m_prefix = CreateTempDirFilename("lo-sample");
    }

    /// Send a packet that no handler takes.
    static void SendAt(Time time, Ptr<NetDevice> device, uint32_t size)
    {
        Simulator::ScheduleWithContext(
            device->GetNode()->GetId(),
            time - Simulator::Now(),
            [device, size] { device->Send(Create<Packet>(size), device->GetBroadcast(), 0x88b5); });
    }

    static Ptr<NetDevice> MakeLo()
    {
        return LoHelper().Install(CreateObject<Node>()).Get(0);
    }

    /// @return the rows, in which no field is quoted
    std::vector<Row> ReadRows(const std::string& suffix = "") const
    {
        std::ifstream file(m_prefix + suffix + ".csv");
        std::string headings;
        std::getline(file, headings);
        std::vector<Row> rows;
        for (std::string line; std::getline(file, line);)
        {
            auto& row = rows.emplace_back();
            std::istringstream names(headings);
            std::istringstream fields(line);
            for (std::string name; std::getline(names, name, ',');)
            {
                std::getline(fields, row[name], ',');
            }
        }
        return rows;
    }

    /// @return a column of all rows
    std::string ReadColumn(const std::string& heading, const std::string& suffix = "") const
    {
        std::string column;
        for (const auto& row : ReadRows(suffix))
        {
            column += " " + row.at(heading);
        }
        return column.substr(std::min<std::size_t>(column.size(), 1));
    }

    /// Expect rows of one device at these times, in milliseconds.
    void ExpectTimes(const std::vector<int>& expected,
                     const std::string& what,
                     const std::string& suffix = "")
    {
        std::ostringstream times;
        times << std::fixed << std::setprecision(9);
        for (const auto ms : expected)
        {
            times << (times.tellp() > 0 ? " " : "") << ms / 1000.0;
        }
        NS_TEST_EXPECT_MSG_EQ(ReadColumn("time (s)", suffix), times.str(), what << ": rows");
    }

    std::string m_prefix; //!< the prefix of the files
};

const Suite g_suite("lo-sample", TestSuite::Type::UNIT, [](Suite& suite) {
    suite.Add("counters are those of GetStats at the time, rates their differences",
              &SampleTestCase::Values);
    suite.Add("sampling ends with the last event that will run; rows are in the file at once, and "
              "the last has the counters of the end",
              &SampleTestCase::End);
    suite.Add("samplers end with the last event, and do not keep one another running",
              &SampleTestCase::ManySamplers);
    suite.Add("sampling continues if Simulator::Run is called again", &SampleTestCase::Resumed);
    suite.Add("sampling does not change a simulation, and adds no event",
              &SampleTestCase::Undisturbed);
    suite.Add("numbers are exact at an epoch time and in any locale", &SampleTestCase::Numbers);
});

} // namespace
