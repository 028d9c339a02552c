/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/blackhole-helper.h"
#include "ns3/blackhole-net-device.h"
#include "ns3/error-model.h"
#include "ns3/link-stats-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/names.h"
#include "ns3/node-container.h"
#include "ns3/pointer.h"
#include "ns3/random-variable-stream.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"

#include <filesystem>
#include <fstream>
#include <iomanip>
#include <locale>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

/// A line of a CSV, by heading.
using Row = std::map<std::string, std::string>;

/// A counter as the headings have it.
struct Counter
{
    std::string name;
    std::string unit;
    uint64_t LinkStats::*counter;
};

const std::vector<Counter>&
AllCounters()
{
    static const std::vector<Counter> counters{
        {"rxPackets", "packets", &LinkStats::rxPackets},
        {"txPackets", "packets", &LinkStats::txPackets},
        {"rxBytes", "bytes", &LinkStats::rxBytes},
        {"txBytes", "bytes", &LinkStats::txBytes},
        {"rxErrors", "packets", &LinkStats::rxErrors},
        {"txErrors", "packets", &LinkStats::txErrors},
        {"rxDropped", "packets", &LinkStats::rxDropped},
        {"txDropped", "packets", &LinkStats::txDropped},
        {"multicast", "packets", &LinkStats::multicast},
        {"collisions", "collisions", &LinkStats::collisions},
    };
    return counters;
}

/// Fields of a line without quotes.
std::vector<std::string>
Split(const std::string& line)
{
    std::vector<std::string> fields;
    std::istringstream is(line);
    for (std::string field; std::getline(is, field, ',');)
    {
        fields.push_back(field);
    }
    return fields;
}

std::vector<Row>
ReadRows(const std::string& prefix)
{
    std::ifstream file(prefix + ".csv");
    std::string line;
    std::getline(file, line);
    const auto headings = Split(line);
    std::vector<Row> rows;
    while (std::getline(file, line))
    {
        const auto fields = Split(line);
        auto& row = rows.emplace_back();
        for (std::size_t i = 0; i < headings.size() && i < fields.size(); ++i)
        {
            row[headings[i]] = fields[i];
        }
    }
    return rows;
}

/// Times and names of the rows, as `0.000 lo`.
std::vector<std::string>
GetKeys(const std::vector<Row>& rows)
{
    std::vector<std::string> keys;
    keys.reserve(rows.size());
    for (const auto& row : rows)
    {
        keys.push_back(row.at("time (s)").substr(0, 5) + " " + row.at("device"));
    }
    return keys;
}

/// A test that samples to files that are removed after it.
class SampleTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

  protected:
    void DoSetup() override
    {
        m_prefix = CreateTempDirFilename("lo-sample");
    }

    void DoTeardown() override
    {
        Names::Clear();
        Simulator::Destroy();
    }

    /// Send on a device at a time, to its broadcast address unless another is given.
    static void SendAt(Time time, Ptr<NetDevice> device, uint32_t size, Address to = Address())
    {
        Simulator::ScheduleWithContext(device->GetNode()->GetId(),
                                       time - Simulator::Now(),
                                       [device, size, to] {
                                           device->Send(Create<Packet>(size),
                                                        to.IsInvalid() ? device->GetBroadcast()
                                                                       : to,
                                                        0x88b5);
                                       });
    }

    static Ptr<NetDevice> MakeLo()
    {
        return LoHelper().Install(CreateObject<Node>()).Get(0);
    }

    /// @return gnuplot's script
    std::string ReadScript() const
    {
        std::ifstream file(m_prefix + ".plt");
        std::stringstream script;
        script << file.rdbuf();
        return script.str();
    }

    std::string m_prefix; //!< of the files
};

/// Every counter and every rate, of devices of both kinds on two nodes.
class ValuesTestCase : public SampleTestCase
{
  public:
    ValuesTestCase()
        : SampleTestCase("counters are those of GetStats at the time, rates their differences")
    {
    }

  private:
    static constexpr int SAMPLES = 20;

    void DoRun() override
    {
        NodeContainer nodes(2);
        Names::Add("server", nodes.Get(1));
        const auto los = LoHelper().Install(nodes);
        const auto blackhole = BlackholeHelper().Install(nodes.Get(1)).Get(0);
        Names::Add("sink", blackhole);
        const std::vector<Ptr<NetDevice>> devices{los.Get(0), los.Get(1), blackhole};

        auto random = CreateObject<UniformRandomVariable>();
        random->SetStream(1);
        auto losses = CreateObject<RateErrorModel>();
        losses->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
        losses->SetRate(0.3);
        losses->AssignStreams(2);
        los.Get(0)->SetAttribute("ReceiveErrorModel", PointerValue(losses));
        for (int i = 0; i < 500; ++i)
        {
            // Between the samples, so that it does not matter which event comes first.
            const auto time = MilliSeconds(random->GetInteger(0, SAMPLES - 1) * 250 + 1);
            SendAt(time,
                   devices[random->GetInteger(0, 2)],
                   random->GetInteger(1, 90000),
                   i % 5 == 0 ? Mac48Address("33:33:00:00:00:01") : Address());
        }
        std::vector<LinkStats> readings;
        for (int i = 0; i <= SAMPLES; ++i)
        {
            Simulator::Schedule(i * MilliSeconds(250), [devices, &readings] {
                readings.push_back(DynamicCast<LoNetDevice>(devices[0])->GetStats());
                readings.push_back(DynamicCast<LoNetDevice>(devices[1])->GetStats());
                readings.push_back(DynamicCast<BlackholeNetDevice>(devices[2])->GetStats());
            });
        }
        LinkStatsHelper::Sample(nodes, MilliSeconds(250), m_prefix);
        Simulator::Run();
        CheckHeader();
        const auto rows = ReadRows(m_prefix);
        NS_TEST_EXPECT_MSG_EQ(rows.size(), readings.size(), "a row for each device and sample");
        if (IsStatusFailure())
        {
            return;
        }
        for (std::size_t i = 0; i < rows.size(); ++i)
        {
            CheckRow(rows[i], readings[i], i < 3 ? nullptr : &readings[i - 3]);
            const auto& device = devices[i % 3];
            std::ostringstream names;
            names << rows[i].at("node id") << ' ' << rows[i].at("device index") << ' '
                  << rows[i].at("node") << ' ' << rows[i].at("device");
            std::ostringstream expected;
            const auto id = device->GetNode()->GetId();
            expected << id << ' ' << device->GetIfIndex() << ' '
                     << (i % 3 == 0 ? std::to_string(id) : "server") << ' '
                     << (i % 3 == 2 ? "sink" : "lo");
            NS_TEST_EXPECT_MSG_EQ(names.str(), expected.str(), "whose row it is");
            std::ostringstream time;
            time << i / 3 * 250 / 1000 << '.' << std::setw(3) << std::setfill('0')
                 << i / 3 * 250 % 1000 << "000000";
            NS_TEST_EXPECT_MSG_EQ(rows[i].at("time (s)"), time.str(), "when");
        }
        // These devices have no txErrors and no collisions.
        const auto& ofLo = readings[readings.size() - 3];
        for (const auto& [name, unit, counter] : AllCounters())
        {
            const bool isCounted = name != "txErrors" && name != "collisions";
            NS_TEST_EXPECT_MSG_EQ((ofLo.*counter > 0), isCounted, name << " of the traffic");
        }
    }

    void CheckHeader()
    {
        std::ifstream file(m_prefix + ".csv");
        std::string header;
        std::getline(file, header);
        std::string expected = "time (s),node id,device index,";
        for (const auto& counter : AllCounters())
        {
            expected += counter.name + " (" + counter.unit + "),";
        }
        for (const auto& counter : AllCounters())
        {
            expected += counter.name + " rate (" + counter.unit + "/s),";
        }
        NS_TEST_EXPECT_MSG_EQ(header, expected + "node,device", "headings with units");
    }

    void CheckRow(const Row& row, const LinkStats& reading, const LinkStats* earlier)
    {
        for (const auto& [name, unit, counter] : AllCounters())
        {
            NS_TEST_EXPECT_MSG_EQ(row.at(name + " (" + unit + ")"),
                                  std::to_string(reading.*counter),
                                  name << " as the device says");
            const auto rate = row.at(name + " rate (" + unit + "/s)");
            const auto expected =
                earlier ? std::to_string((reading.*counter - earlier->*counter) * 4) : "";
            NS_TEST_EXPECT_MSG_EQ(rate, expected, name << ": what was counted in a second");
        }
    }
};

/// When there are rows, by how a run ends.
class EndTestCase : public SampleTestCase
{
  public:
    EndTestCase()
        : SampleTestCase("the last row has the counters of the end, however the run ends")
    {
    }

  private:
    void DoRun() override
    {
        using Keys = std::vector<std::string>;
        CheckEnd(Seconds(0),
                 Keys{"0.000 lo", "1.000 lo", "2.000 lo", "3.000 lo"},
                 "no more events");
        CheckEnd(MilliSeconds(2700),
                 Keys{"0.000 lo", "1.000 lo", "2.000 lo", "2.700 lo"},
                 "a stop between two samples");
        CheckEnd(MilliSeconds(2000),
                 Keys{"0.000 lo", "1.000 lo", "2.000 lo"},
                 "a stop at a sample");
    }

    void CheckEnd(Time stop, const std::vector<std::string>& expected, const std::string& how)
    {
        const auto lo = MakeLo();
        LinkStatsHelper::Sample(lo->GetNode(), Seconds(1), m_prefix);
        SendAt(MilliSeconds(500), lo, 100);
        SendAt(MilliSeconds(2600), lo, 100);
        if (stop.IsStrictlyPositive())
        {
            Simulator::Stop(stop);
        }
        Simulator::Run();
        const auto stats = DynamicCast<LoNetDevice>(lo)->GetStats();
        Simulator::Destroy();
        const auto rows = ReadRows(m_prefix);
        NS_TEST_EXPECT_MSG_EQ((GetKeys(rows) == expected), true, "rows: " << how);
        if (IsStatusFailure())
        {
            return;
        }
        NS_TEST_EXPECT_MSG_EQ(rows.back().at("txPackets (packets)"),
                              std::to_string(stats.txPackets),
                              "counters of the end: " << how);
        if (expected.back() == "2.700 lo")
        {
            NS_TEST_EXPECT_MSG_EQ_TOL(std::stod(rows.back().at("txPackets rate (packets/s)")),
                                      1 / 0.7,
                                      1e-9,
                                      "the rate over the time since the last sample");
        }
    }
};

/// What is counted after the last sample, at its very time, is not left out.
class SameTimeTestCase : public SampleTestCase
{
  public:
    SameTimeTestCase()
        : SampleTestCase("what is counted at the time of the last sample has a row without rates")
    {
    }

  private:
    void DoRun() override
    {
        const auto lo = MakeLo();
        LinkStatsHelper::Sample(lo->GetNode(), Seconds(1), m_prefix);
        Simulator::Schedule(MilliSeconds(500), [lo] { SendAt(Seconds(1), lo, 100); });
        // After that packet.
        Simulator::Schedule(MilliSeconds(600), [] { Simulator::Stop(MilliSeconds(400)); });
        Simulator::Run();
        Simulator::Destroy();
        const auto rows = ReadRows(m_prefix);
        NS_TEST_EXPECT_MSG_EQ(rows.size(), 3, "a row for what came after the sample");
        if (IsStatusFailure())
        {
            return;
        }
        NS_TEST_EXPECT_MSG_EQ(rows[1].at("txPackets (packets)"), "0", "before the packet");
        NS_TEST_EXPECT_MSG_EQ(rows[2].at("time (s)"), rows[1].at("time (s)"), "the same time");
        NS_TEST_EXPECT_MSG_EQ(rows[2].at("txPackets (packets)"), "1", "after the packet");
        NS_TEST_EXPECT_MSG_EQ(rows[2].at("txPackets rate (packets/s)"), "", "no rate");
    }
};

/// A run that neither Simulator::Stop nor an abort ends.
class ManySamplersTestCase : public SampleTestCase
{
  public:
    ManySamplersTestCase()
        : SampleTestCase("samplers end with the other events, and do not wait for one another")
    {
    }

  private:
    void DoRun() override
    {
        const auto lo = MakeLo();
        LinkStatsHelper::Sample(lo->GetNode(), MilliSeconds(300), m_prefix + "-a");
        LinkStatsHelper::Sample(lo->GetNode(), MilliSeconds(200), m_prefix + "-b");
        Simulator::Schedule(MilliSeconds(100), [this, lo] {
            LinkStatsHelper::Sample(lo->GetNode(), MilliSeconds(50), m_prefix + "-c");
        });
        SendAt(MilliSeconds(610), lo, 100);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(Simulator::Now(),
                              MilliSeconds(650),
                              "the next sample of any ends it");
        Simulator::Destroy();
        Check("-a", {"0.000 lo", "0.300 lo", "0.600 lo", "0.650 lo"});
        Check("-b", {"0.000 lo", "0.200 lo", "0.400 lo", "0.600 lo", "0.650 lo"});
        const auto rows = ReadRows(m_prefix + "-c");
        NS_TEST_EXPECT_MSG_EQ(rows.size(), 12, "a row each 50 ms from 100 to 650");
        if (IsStatusFailure())
        {
            return;
        }
        NS_TEST_EXPECT_MSG_EQ(rows[0].at("time (s)"), "0.100000000", "the first at once");
        NS_TEST_EXPECT_MSG_EQ(rows[11].at("txPackets (packets)"), "1", "the last has the packet");
    }

    void Check(const std::string& which, const std::vector<std::string>& keys)
    {
        NS_TEST_EXPECT_MSG_EQ((GetKeys(ReadRows(m_prefix + which)) == keys), true, which);
    }
};

/// Devices that are not there yet when sampling begins.
class LaterDeviceTestCase : public SampleTestCase
{
  public:
    LaterDeviceTestCase()
        : SampleTestCase("a device that is installed later has rows and curves from then on")
    {
    }

  private:
    void DoRun() override
    {
        NodeContainer nodes(2);
        LoHelper().Install(nodes.Get(1));
        LinkStatsHelper::Sample(nodes, Seconds(1), m_prefix);
        NS_TEST_EXPECT_MSG_EQ(CountCurves("dummy0"), 0, "no curve without a device");
        Simulator::Schedule(MilliSeconds(500), [nodes] {
            const auto sink = BlackholeHelper().Install(nodes.Get(0)).Get(0);
            SendAt(MilliSeconds(700), sink, 100);
            SendAt(MilliSeconds(1700), sink, 100);
        });
        Simulator::Stop(Seconds(2));
        Simulator::Run();
        Simulator::Destroy();
        const auto rows = ReadRows(m_prefix);
        const std::vector<std::string> keys{"0.000 lo",
                                            "1.000 lo",
                                            "1.000 dummy0",
                                            "2.000 lo",
                                            "2.000 dummy0"};
        NS_TEST_EXPECT_MSG_EQ((GetKeys(rows) == keys), true, "rows from the next sample on");
        if (IsStatusFailure())
        {
            return;
        }
        NS_TEST_EXPECT_MSG_EQ(rows[2].at("txPackets (packets)"), "1", "its counter");
        NS_TEST_EXPECT_MSG_EQ(rows[2].at("txPackets rate (packets/s)"), "", "no rate at first");
        NS_TEST_EXPECT_MSG_EQ(rows[4].at("txPackets rate (packets/s)"), "1", "then a rate");
        NS_TEST_EXPECT_MSG_EQ(CountCurves("dummy0"), 8, "a curve in the plots for each rate");
        NS_TEST_EXPECT_MSG_EQ(CountCurves("lo"), 8, "and one for the device that was there");
    }

    int CountCurves(const std::string& device)
    {
        const auto script = ReadScript();
        int count = 0;
        const auto title = "title \"" + device + " of node ";
        for (auto at = script.find(title); at != std::string::npos; at = script.find(title, at + 1))
        {
            ++count;
        }
        return count;
    }
};

/// gnuplot's strings have no line ends.
class NameOfTwoLinesTestCase : public SampleTestCase
{
  public:
    NameOfTwoLinesTestCase()
        : SampleTestCase("a node's name of two lines is one line in the script of the plots")
    {
    }

  private:
    void DoRun() override
    {
        const auto lo = MakeLo();
        Names::Add("two\nlines", lo->GetNode());
        LinkStatsHelper::Sample(lo->GetNode(), Seconds(1), m_prefix);
        Simulator::Stop(Seconds(2));
        Simulator::Run();
        Simulator::Destroy();
        Names::Clear();
        const auto script = ReadScript();
        NS_TEST_EXPECT_MSG_NE(script.find("title \"lo of node two\\nlines, "),
                              std::string::npos,
                              "a title with an escaped line end in " << script);
    }
};

/// What is in the file while the simulation runs is what an abort leaves.
class FlushTestCase : public SampleTestCase
{
  public:
    FlushTestCase()
        : SampleTestCase("rows are in the file as soon as they are sampled")
    {
    }

  private:
    void DoRun() override
    {
        const auto lo = MakeLo();
        LinkStatsHelper::Sample(lo->GetNode(), Seconds(1), m_prefix);
        for (std::size_t i = 0; i < 5; ++i)
        {
            Simulator::Schedule(MilliSeconds(i * 1000 + 500), [this, i] {
                NS_TEST_EXPECT_MSG_EQ(ReadRows(m_prefix).size(), i + 1, "rows so far");
                NS_TEST_EXPECT_MSG_EQ(std::filesystem::exists(m_prefix + ".plt"),
                                      true,
                                      "and the script");
            });
        }
        Simulator::Run();
    }
};

/// A run with and without samplers.
class UndisturbedTestCase : public SampleTestCase
{
  public:
    UndisturbedTestCase()
        : SampleTestCase("a simulation that is sampled does what it does otherwise")
    {
    }

  private:
    void DoRun() override
    {
        for (const std::string delivery : {"Immediate", "Scheduled", "Backlog"})
        {
            const auto plain = Run(delivery, false);
            NS_TEST_EXPECT_MSG_GT(plain.size(), 5000, "a trace");
            NS_TEST_EXPECT_MSG_EQ(Run(delivery, true), plain, "the same trace, " << delivery);
        }
    }

    std::string Run(const std::string& delivery, bool doSample)
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
                devices.Get(i)->TraceConnectWithoutContext(
                    source,
                    Callback<void, Ptr<const Packet>>(write));
            }
        }
        for (int i = 0; i < 200; ++i)
        {
            SendAt(MilliSeconds(i / 4), devices.Get(i % 2), i + 1);
        }
        if (doSample)
        {
            LinkStatsHelper::Sample(nodes, MilliSeconds(1), m_prefix);
            LinkStatsHelper::Sample(nodes.Get(0), MicroSeconds(300), m_prefix + "-2");
        }
        Simulator::Stop(MilliSeconds(60));
        Simulator::Run();
        Simulator::Destroy();
        return trace.str();
    }
};

/// A number as another locale writes it.
class GermanNumbers : public std::numpunct<char>
{
  private:
    char do_decimal_point() const override
    {
        return ',';
    }

    char do_thousands_sep() const override
    {
        return '.';
    }

    std::string do_grouping() const override
    {
        return "\3";
    }
};

/// What a number looks like.
class NumbersTestCase : public SampleTestCase
{
  public:
    NumbersTestCase()
        : SampleTestCase("numbers are exact at an epoch time and in any locale")
    {
    }

  private:
    void DoRun() override
    {
        const auto lo = MakeLo();
        const std::locale before =
            std::locale::global(std::locale(std::locale::classic(), new GermanNumbers));
        Simulator::Schedule(NanoSeconds(1800000000123456789), [this, lo] {
            LinkStatsHelper::Sample(lo->GetNode(), MilliSeconds(3), m_prefix);
            SendAt(Simulator::Now() + MilliSeconds(1), lo, 12345);
        });
        Simulator::Run();
        Simulator::Destroy();
        std::locale::global(before);
        const auto rows = ReadRows(m_prefix);
        NS_TEST_EXPECT_MSG_EQ(rows.size(), 2, "rows");
        if (IsStatusFailure())
        {
            return;
        }
        NS_TEST_EXPECT_MSG_EQ(rows[0].at("time (s)"), "1800000000.123456789", "time");
        NS_TEST_EXPECT_MSG_EQ(rows[1].at("time (s)"), "1800000000.126456789", "time");
        NS_TEST_EXPECT_MSG_EQ(rows[1].at("txBytes (bytes)"), "12345", "counter");
        NS_TEST_EXPECT_MSG_EQ(rows[1].at("txBytes rate (bytes/s)"), "4115000", "rate");
    }
};

class LoSampleTestSuite : public TestSuite
{
  public:
    LoSampleTestSuite()
        : TestSuite("lo-sample", TestSuite::Type::UNIT)
    {
        AddTestCase(new ValuesTestCase);
        AddTestCase(new EndTestCase);
        AddTestCase(new SameTimeTestCase);
        AddTestCase(new ManySamplersTestCase);
        AddTestCase(new LaterDeviceTestCase);
        AddTestCase(new NameOfTwoLinesTestCase);
        AddTestCase(new FlushTestCase);
        AddTestCase(new UndisturbedTestCase);
        AddTestCase(new NumbersTestCase);
    }
};

LoSampleTestSuite g_loSampleTestSuite;

} // namespace
