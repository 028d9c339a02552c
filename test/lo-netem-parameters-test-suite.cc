/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"

#include "ns3/double.h"
#include "ns3/netem-parameters.h"
#include "ns3/netem-queue-disc.h"
#include "ns3/string.h"

#include <clocale>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// The parser of tc's words for netem.
class ParametersTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Read a number in the environment's locale; other-locale.sh makes one with a decimal comma.
    void ReadsInOtherLocales()
    {
        const std::string before = std::setlocale(LC_NUMERIC, nullptr);
        std::setlocale(LC_NUMERIC, "");
        ExpectShown("loss 0.5% rate 1.5kbit", "limit 1000 loss 0.5% rate 1496bit");
        ExpectShown("rate 16bit", "limit 1000 rate 16bit");
        std::setlocale(LC_NUMERIC, before.c_str());
    }

    /// Parse the examples of tc-netem(8), and print each as `tc qdisc show` does.
    void TakesExamples()
    {
        ExpectShown("delay 100ms", "limit 1000 delay 100ms");
        ExpectShown("delay 100ms 10ms 25%", "limit 1000 delay 100ms  10ms 25%");
        ExpectShown("delay 100ms 20ms distribution normal", "limit 1000 delay 100ms  20ms");
        ExpectShown("loss 0.1%", "limit 1000 loss 0.1%");
        ExpectShown("duplicate 1%", "limit 1000 duplicate 1%");
        ExpectShown("loss 0.3% 25%", "limit 1000 loss 0.3% 25%");
        ExpectShown("gap 5 delay 10ms", "limit 1000 delay 10ms reorder 100% gap 5");
        ExpectShown("delay 10ms reorder 25% 50%", "limit 1000 delay 10ms reorder 25% 50% gap 1");
        ExpectShown("delay 100ms 75ms", "limit 1000 delay 100ms  75ms");
        ExpectShown("delay 10ms 100ms", "limit 1000 delay 10ms  100ms");
        ExpectShown("rate 5kbit 20 100 5",
                    "limit 1000 rate 5Kbit packetoverhead 20 cellsize 100 celloverhead 5");
        ExpectShown("delay 200ms 10ms distribution normal", "limit 1000 delay 200ms  10ms");
    }

    /// Parse defaults, units, abbreviations and aliases.
    void ReadsAsTcDoes()
    {
        ExpectShown("", "limit 1000");
        ExpectShown(" \t\n", "limit 1000");
        ExpectShown("limit 2k", "limit 2048");
        ExpectShown("limit 0", "limit 0");
        ExpectShown("delay 1000", "limit 1000 delay 1us");
        ExpectShown("delay 1.5S", "limit 1000 delay 1.5s");
        ExpectShown("latency 250usecs", "limit 1000 delay 250us");
        ExpectShown("del 123456us", "limit 1000 delay 123ms");
        ExpectShown("drop 5", "limit 1000 loss 5%");
        ExpectShown("loss random 5% 10", "limit 1000 loss 5% 10%");
        ExpectShown("loss gemodel 1%", "limit 1000 loss gemodel p 1% r 99% 1-h 100% 1-k 0%");
        ExpectShown("loss gemodel 1% 10% 70% 0.1%",
                    "limit 1000 loss gemodel p 1% r 10% 1-h 70% 1-k 0.1%");
        ExpectShown("loss state 1%", "limit 1000 loss state p13 1% p31 99% p32 0% p23 100% p14 0%");
        ExpectShown("loss state 1 2 3 4 5",
                    "limit 1000 loss state p13 1% p31 2% p32 3% p23 4% p14 5%");
        // The kernel has 32 bits for a probability.
        ExpectShown("loss 0.001% 0.005%", "limit 1000 loss 0.00100001% 0.00499999%");
        ExpectShown("loss 1e-8% 1%", "limit 1000");
        ExpectShown("loss state 0.001%",
                    "limit 1000 loss state p13 0.00100001% p31 99.999% p32 0% p23 100% p14 0%");
        ExpectShown("loss gemodel 0.001% 1%",
                    "limit 1000 loss gemodel p 0.00100001% r 1% 1-h 100% 1-k 0%");
        ExpectShown("loss 1% ecn", "limit 1000 loss 1% ecn ");
        ExpectShown("corrupt 0.1% 5% dup 2% 3%", "limit 1000 duplicate 2% 3% corrupt 0.1% 5%");
        ExpectShown("seed 42 loss 1%", "limit 1000 loss 1% seed 42");
        // A user pastes what tc has shown: the kernel's own seed has 64 bits.
        ExpectShown("seed 18446744073709551615", "limit 1000 seed 18446744073709551615");
        ExpectShown("seed 010", "limit 1000 seed 10");
        ExpectShown("delay 1ms reorder 1% gap 010", "limit 1000 delay 1ms reorder 1% gap 8");
        ExpectShown("rate 12", "limit 1000 rate 8bit");
        ExpectShown("rate 7bit", "limit 1000");
        ExpectShown("rate 1gbit", "limit 1000 rate 1Gbit");
        ExpectShown("rate 1500kbit", "limit 1000 rate 1500Kbit");
        ExpectShown("rate 1MBps -14", "limit 1000 rate 8Mbit packetoverhead -14");
        ExpectShown("rate 8Kibit 0 0x10 -2", "limit 1000 rate 8192bit cellsize 16 celloverhead -2");
        ExpectShown("slot 800us", "limit 1000 slot 800us 800us");
        ExpectShown("slot 1ms 2ms packets 5 bytes 1k",
                    "limit 1000 slot 1ms 2ms packets 5 bytes 1024");
        ExpectShown("slot distribution pareto 10ms 1ms bytes 64k",
                    "limit 1000 slot distribution 10ms 1ms bytes 65536");
        ExpectShown("delay 1ms gap 2 reorder 10%", "limit 1000 delay 1ms reorder 10% gap 2");
        ExpectShown("delay 100ms 10ms 25% distribution normal loss gemodel 1% 10% 70% 0.1% "
                    "rate 1mbit 20 100 5",
                    "limit 1000 delay 100ms  10ms 25% loss gemodel p 1% r 10% 1-h 70% 1-k 0.1% "
                    "rate 1Mbit packetoverhead 20 cellsize 100 celloverhead 5");
    }

    /// Check that what tc refuses is refused, with the word named.
    void RefusesWrongWords()
    {
        const std::vector<std::pair<const char*, const char*>> wrong{
            {"banana", "\"banana\""},
            {"delay 10ms banana", "\"banana\""},
            {"10ms", "\"10ms\""},
            {"delay", "\"delay\" needs a value"},
            {"delay banana", "\"banana\""},
            {"delay 10m", "\"10m\""},
            {"delay -1ms", "\"-1ms\""},
            {"delay nan", "\"nan\""},
            {"delay 1e30s", "\"1e30s\""},
            {"delay 10ms 5parsec", "\"5parsec\""},
            {"delay 10ms 5ms 101%", "\"101%\""},
            {"delay 10ms latency 10ms", "\"latency\" is given twice"},
            {"limit many", "\"many\""},
            {"limit 5000000000", "\"5000000000\""},
            {"loss 120%", "\"120%\""},
            {"loss 1% 2% 3%", "\"3%\""},
            {"loss -1%", "\"-1%\""},
            {"loss 5percent", "\"5percent\""},
            {"loss r 1%", "\"r\""},
            {"loss markov 1%", "\"markov\""},
            {"loss random", "\"random\" needs a value"},
            {"loss gemodel", "\"gemodel\" needs a value"},
            {"loss gemodel p", "\"p\""},
            {"loss state 1% 2% 3% 4% 5% 6%", "\"6%\""},
            {"loss state 1% 200%", "\"200%\""},
            {"loss 1% loss gemodel 1%", "\"loss\" is given twice"},
            {"drop 1% loss 1%", "\"loss\" is given twice"},
            {"ecn", "\"ecn\" needs a loss model"},
            {"loss 0% ecn", "\"ecn\" needs a loss model"},
            {"duplicate 1e3%", "\"1e3%\""},
            {"corrupt x%", "\"x%\""},
            {"reorder 25%", "\"reorder\" needs a delay"},
            {"reorder 25% delay 0ms", "\"reorder\" needs a delay"},
            {"gap 5", "\"gap\" needs a delay"},
            {"gap 5k delay 1ms", "\"5k\""},
            {"gap -1 delay 1ms", "\"-1\""},
            {"distribution normal", "\"distribution\" needs a delay with jitter"},
            {"delay 1ms distribution normal", "\"distribution\" needs a delay with jitter"},
            {"delay 1ms 1ms distribution gamma", "\"gamma\""},
            {"rate fast", "\"fast\""},
            {"rate 50%", "\"50%\""},
            {"rate 1mbit 20 100 5 7", "\"7\""},
            {"seed -1", "\"-1\""},
            {"seed 0x10", "\"0x10\""},
            {"seed 18446744073709551616", "\"18446744073709551616\""},
            {"slot soon", "\"soon\""},
            {"slot 2ms 1ms", "\"1ms\""},
            {"slot 1ms packets", "\"packets\" needs a value"},
            {"slot 1ms packets -1", "\"-1\""},
            {"slot 1ms bytes 4g", "\"4g\""},
            {"slot distribution normal 1ms 0ms", "\"0ms\""},
        };
        for (const auto& [words, expected] : wrong)
        {
            NetemParameters parameters;
            const auto error = NetemParameters::Parse(words, parameters);
            NS_TEST_EXPECT_MSG_NE(error.find(expected), std::string::npos, words << ": " << error);
            NS_TEST_EXPECT_MSG_EQ(error.find('\n'), std::string::npos, words << ": one line");
        }
    }

    /// Set single attributes, and check how Parameters changes them.
    void SetsSingleParameters()
    {
        const auto disc = CreateObject<NetemQueueDisc>();
        const std::vector<std::pair<const char*, const char*>> attributes{
            {"Limit", "2000"},
            {"Delay", "100ms"},
            {"Jitter", "10ms"},
            {"DelayCorrelation", "0.25"},
            {"Distribution", "pareto"},
            {"Loss", "0.01"},
            {"LossCorrelation", "0.02"},
            {"Ecn", "true"},
            {"Duplicate", "0.03"},
            {"DuplicateCorrelation", "0.04"},
            {"Corrupt", "0.05"},
            {"CorruptCorrelation", "0.06"},
            {"Reorder", "0.07"},
            {"ReorderCorrelation", "0.08"},
            {"Gap", "3"},
            {"Rate", "5Mbps"},
            {"PacketOverhead", "-1"},
            {"CellSize", "48"},
            {"CellOverhead", "5"},
            {"SlotMinDelay", "1ms"},
            {"SlotMaxDelay", "2ms"},
            {"SlotPackets", "4"},
            {"SlotBytes", "5"},
        };
        for (const auto& [name, value] : attributes)
        {
            disc->SetAttribute(name, StringValue(value));
        }
        ExpectPrinted(disc,
                      "limit 2000 delay 100ms  10ms 25% loss 1% 2% duplicate 3% 4% reorder 7% 8% "
                      "corrupt 5% 6% rate 5Mbit packetoverhead -1 cellsize 48 celloverhead 5 "
                      "slot 1ms 2ms packets 4 bytes 5 ecn  gap 3");
        NS_TEST_EXPECT_MSG_EQ(disc->distribution, NETEM_PARETO, "Distribution");
        disc->SetAttribute("Parameters", StringValue("loss 1%"));
        ExpectPrinted(disc, "limit 1000 loss 1%");
        disc->SetAttribute("Delay", StringValue("1ms"));
        ExpectPrinted(disc, "limit 1000 delay 1ms loss 1%");
        ExpectPrinted(CreateObjectWithAttributes<NetemQueueDisc>("Delay", StringValue("1ms")),
                      "limit 1000 delay 1ms");
        NS_TEST_EXPECT_MSG_EQ(disc->SetAttributeFailSafe("Loss", DoubleValue(1.2)),
                              false,
                              "a probability is at most 1");
    }

  private:
    /// Expect the output of `tc qdisc show` for some words.
    void ExpectShown(const std::string& words, const std::string& expected)
    {
        NetemParameters parameters;
        const auto error = NetemParameters::Parse(words, parameters);
        NS_TEST_EXPECT_MSG_EQ(error, "", words);
        std::ostringstream shown;
        shown << std::hex << std::fixed << parameters;
        NS_TEST_EXPECT_MSG_EQ(shown.str(), expected, words);
    }

    /// Expect the output of `tc qdisc show` for a queue disc.
    void ExpectPrinted(Ptr<const NetemQueueDisc> disc, const std::string& expected)
    {
        std::ostringstream printed;
        printed << static_cast<const NetemParameters&>(*disc);
        NS_TEST_EXPECT_MSG_EQ(printed.str(), expected, "as tc qdisc show");
    }
};

/// The parameters of netem.
const Suite g_suite("lo-netem-parameters", TestSuite::Type::UNIT, [](Suite& suite) {
    using Case = ParametersTestCase;
    suite.Add("the examples of tc-netem(8) work when pasted", &Case::TakesExamples);
    suite.Add("units, defaults, abbreviations and aliases are tc's", &Case::ReadsAsTcDoes);
    suite.Add("numbers have a point in every locale", &Case::ReadsInOtherLocales);
    suite.Add("words that tc refuses are refused in a line that names the word",
              &Case::RefusesWrongWords);
    suite.Add("each parameter is an attribute; Parameters sets all of them",
              &Case::SetsSingleParameters);
});

} // namespace
