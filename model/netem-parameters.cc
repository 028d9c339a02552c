/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "netem-parameters.h"

#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/enum.h"
#include "ns3/integer.h"
#include "ns3/object-factory.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <clocale>
#include <cstdlib>
#include <functional>
#include <iomanip>
#include <iterator>
#include <limits>
#include <locale>
#include <ostream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

namespace ns3
{

namespace
{

// tc's units and their factors, each after a space: of times in nanoseconds (get_time64), of rates
// in bytes per second (get_rate64), of sizes in bytes (get_size64), and of percentages.
// None has a decimal point, which strtod may not read in the program's locale.
const std::string TIMES = " =1 ns=1 nsec=1 nsecs=1 us=1e3 usec=1e3 usecs=1e3 ms=1e6 msec=1e6 "
                          "msecs=1e6 s=1e9 sec=1e9 secs=1e9";
const std::string RATES = " =0x1p-3 bit=0x1p-3 kbit=125 mbit=125e3 gbit=125e6 tbit=125e9 "
                          "kibit=0x1p7 mibit=0x1p17 gibit=0x1p27 tibit=0x1p37 bps=1 kbps=1e3 "
                          "mbps=1e6 gbps=1e9 tbps=1e12 kibps=0x1p10 mibps=0x1p20 gibps=0x1p30 "
                          "tibps=0x1p40";
const std::string SIZES = " =1 b=1 k=0x1p10 kb=0x1p10 m=0x1p20 mb=0x1p20 g=0x1p30 gb=0x1p30 "
                          "kbit=0x1p7 mbit=0x1p17 gbit=0x1p27";
const std::string PERCENT = " =1e-2 %=1e-2";

/// The names of the distributions.
const std::array<const char*, 4> DISTRIBUTIONS{"uniform", "normal", "pareto", "paretonormal"};

/// A parser of netem's options, as tc's (netem_parse_opt).
///
/// It throws std::invalid_argument with the message if it refuses a word.
class Parser
{
  public:
    /// Parse words, and set parameters.
    Parser(const std::string& words, NetemParameters& parameters)
        : m_to(parameters)
    {
        std::istringstream stream(words);
        m_words.assign(std::istream_iterator<std::string>(stream), {});
        while (m_next < m_words.size())
        {
            TakeOption();
        }
        CheckTogether();
    }

  private:
    /// Take the next option.
    void TakeOption()
    {
        auto& p = m_to;
        // In tc's order: an abbreviation means the first keyword that it fits.
        const std::vector<std::pair<std::string, std::function<void()>>> options{
            {"limit", [&] { TakeSize(p.limit); }},
            {"delay latency", [&] { TakeAll(p.delay, p.jitter, p.delayCorrelation); }},
            {"loss drop", [&] { TakeLoss(); }},
            {"seed", [&] { Take(p.seed.emplace(), 10); }},
            {"ecn", [&] { p.ecn = true; }},
            {"reorder", [&] { TakeAll(p.reorder, p.reorderCorrelation); }},
            {"corrupt", [&] { TakeAll(p.corrupt, p.corruptCorrelation); }},
            {"gap", [&] { Take(p.gap); }},
            {"duplicate", [&] { TakeAll(p.duplicate, p.duplicateCorrelation); }},
            {"distribution", [&] { Take(p.distribution); }},
            {"rate", [&] { TakeAll(p.rate, p.packetOverhead, p.cellSize, p.cellOverhead); }},
            {"slot", [&] { TakeSlot(); }}};
        m_option = m_words[m_next];
        const auto option = std::find_if(options.begin(), options.end(), [this](const auto& known) {
            return TakeKeyword(known.first);
        });
        Check(option != options.end(), "What is \"" + m_option + "\"?");
        Check(m_given.insert(option->first).second, "\"" + m_option + "\" is given twice");
        option->second();
    }

    /// Take values, of which only the first is mandatory.
    template <typename First, typename... Others>
    void TakeAll(First& first, Others&... others)
    {
        Take(first);
        (TakeIfThere(others), ...);
    }

    /// Take an optional value, which does not change if it is left out.
    template <typename T>
    void TakeIfThere(T& value)
    {
        if (IsNumberNext(std::is_same_v<T, int32_t>))
        {
            Take(value);
        }
    }

    /// Take the values of `loss`.
    void TakeLoss()
    {
        const auto model = IsNumberNext() ? "random" : TakeWord();
        if (model == "random")
        {
            TakeAll(m_to.loss, m_to.lossCorrelation);
            return;
        }
        Check(model == "state" || model == "gemodel",
              IsNot("a percentage or a loss model: random, state, gemodel"));
        const auto type = model == "state" ? FourStateErrorModel::GetTypeId()
                                           : GilbertElliottErrorModel::GetTypeId();
        ObjectFactory factory(type.GetName());
        // tc's values are the attributes, in their order.
        for (std::size_t i = 0; i < type.GetAttributeN() && (i == 0 || IsNumberNext()); ++i)
        {
            double probability{0};
            Take(probability);
            factory.Set(type.GetAttribute(i).name, DoubleValue(probability));
        }
        m_to.lossModel = factory.Create<NetemErrorModel>();
    }

    /// Take the values of `slot`.
    void TakeSlot()
    {
        if (IsNumberNext())
        {
            Take(m_to.slotMinDelay);
            m_to.slotMaxDelay = m_to.slotMinDelay;
            TakeIfThere(m_to.slotMaxDelay);
            Check(m_to.slotMaxDelay >= m_to.slotMinDelay, IsNot("at least the time before it"));
        }
        else
        {
            const auto word = TakeWord();
            Check(word == "distribution", IsNot("a time or distribution"));
            Take(m_to.slotDistribution);
            Take(m_to.slotDelay);
            Take(m_to.slotJitter);
            Check(m_to.slotJitter > Time(0), IsNot("a positive time"));
        }
        if (TakeKeyword("packets"))
        {
            Take(m_to.slotPackets);
        }
        if (TakeKeyword("bytes"))
        {
            TakeSize(m_to.slotBytes);
        }
    }

    /// Take a percentage.
    void Take(double& value)
    {
        value = TakeNumber(PERCENT, 1, "a percentage from 0% to 100%");
    }

    /// Take a time.
    void Take(Time& value)
    {
        value = NanoSeconds(static_cast<int64_t>(TakeNumber(TIMES, 0x1p62, "a time")));
    }

    /// Take a rate.
    void Take(DataRate& value)
    {
        // In whole bytes per second.
        value = DataRate(8 * static_cast<uint64_t>(TakeNumber(RATES, 0x1p60, "a rate")));
    }

    /// Take the name of a distribution.
    void Take(NetemDistribution& value)
    {
        const auto name = std::find(DISTRIBUTIONS.begin(), DISTRIBUTIONS.end(), TakeWord());
        Check(name != DISTRIBUTIONS.end(), IsNot("uniform, normal, pareto or paretonormal"));
        value = static_cast<NetemDistribution>(name - DISTRIBUTIONS.begin());
    }

    /// Take an integer. With the base 0, a prefix tells octal and hexadecimal numbers.
    template <typename T>
    void Take(T& value, int base = 0)
    {
        using Limits = std::numeric_limits<T>;
        const auto word = TakeWord();
        std::istringstream stream(word);
        stream.imbue(std::locale::classic());
        stream >> std::setbase(base) >> value;
        // A stream makes unsigned numbers of negative ones.
        Check(stream && stream.eof() && (Limits::is_signed || word[0] != '-'),
              IsNot("an integer from " + std::to_string(Limits::min()) + " to " +
                    std::to_string(Limits::max())));
    }

    /// Take a size.
    void TakeSize(uint32_t& value)
    {
        value = static_cast<uint32_t>(TakeNumber(SIZES, UINT32_MAX, "a size"));
    }

    /// Take a number with a unit.
    /// @param units the units and their factors
    /// @param max the largest number allowed
    /// @param what the name of such a number, for the message
    /// @return the number in the unit with the factor 1, as is the maximum
    double TakeNumber(const std::string& units, double max, const char* what)
    {
        auto word = TakeWord();
        if (const auto point = word.find('.'); point != std::string::npos)
        {
            // The one that strtod expects in the program's locale.
            word.replace(point, 1, std::localeconv()->decimal_point);
        }
        char* end{nullptr};
        auto number = std::strtod(word.c_str(), &end);
        std::string unit(end);
        std::transform(unit.begin(), unit.end(), unit.begin(), [](unsigned char c) {
            return static_cast<char>(std::tolower(c));
        });
        const auto found = units.find(" " + unit + "=");
        Check(end != word.c_str() && found != std::string::npos, IsNot(what));
        number *= std::strtod(&units[found + unit.size() + 2], nullptr);
        // NaN is refused as well.
        Check(number >= 0 && number <= max, IsNot(what));
        return number;
    }

    /// Take the next word.
    std::string TakeWord()
    {
        Check(m_next < m_words.size(), "\"" + m_words.back() + "\" needs a value");
        return m_words[m_next++];
    }

    /// Take the next word if it is one of some keywords, or abbreviates one. @return whether it was
    bool TakeKeyword(const std::string& keywords)
    {
        const bool isIt = m_next < m_words.size() &&
                          (" " + keywords).find(" " + m_words[m_next]) != std::string::npos;
        m_next += isIt ? 1 : 0;
        return isIt;
    }

    /// @return whether the next word is a number, as an optional value must be
    bool IsNumberNext(bool isSigned = false) const
    {
        const auto first = m_next < m_words.size() ? m_words[m_next][0] : '\0';
        return (first >= '0' && first <= '9') || (isSigned && first == '-');
    }

    /// Refuse an option that lacks another one.
    void CheckTogether() const
    {
        const bool isDelayed = m_to.delay > Time(0);
        const bool isVaried = isDelayed && m_to.jitter > Time(0);
        Check(isDelayed || m_to.reorder == 0, "\"reorder\" needs a delay");
        Check(isDelayed || m_to.gap == 0, "\"gap\" needs a delay");
        Check(!m_to.ecn || m_to.loss > 0 || m_to.lossModel, "\"ecn\" needs a loss model");
        Check(isVaried || m_given.count("distribution") == 0,
              "\"distribution\" needs a delay with jitter");
    }

    /// @return the message that the last word is not what was expected
    std::string IsNot(const std::string& expected) const
    {
        return "Illegal \"" + m_option + "\": \"" + m_words[m_next - 1] + "\" is not " + expected;
    }

    /// Refuse the words with a message unless a condition holds.
    static void Check(bool holds, const std::string& message)
    {
        if (!holds)
        {
            throw std::invalid_argument(message);
        }
    }

    std::vector<std::string> m_words; //!< the words
    std::size_t m_next{0};            //!< the next one
    std::string m_option;             //!< the option whose values are taken
    std::set<std::string> m_given;    //!< the options so far
    NetemParameters& m_to;            //!< the parameters to set
};

/// Format a time as tc does (sprint_time64).
std::string
ToText(Time time)
{
    const auto ns = static_cast<double>(time.GetNanoSeconds());
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << std::setprecision(3);
    ns >= 1e9   ? text << ns / 1e9 << "s"
    : ns >= 1e6 ? text << ns / 1e6 << "ms"
    : ns >= 1e3 ? text << ns / 1e3 << "us"
                : text << ns << "ns";
    return text.str();
}

/// Format a rate as tc does (print_color_rate).
std::string
ToText(DataRate rate)
{
    auto bits = rate.GetBitRate();
    std::string prefix;
    for (const auto next : {"K", "M", "G", "T"})
    {
        if (bits < 1000 || (bits % 1000 != 0 && bits < 1000000))
        {
            break;
        }
        bits /= 1000;
        prefix = next;
    }
    return std::to_string(bits) + prefix + "bit";
}

/// Print a number and the text around it, unless it is 0.
template <typename T>
void
PrintNonZero(std::ostream& os, const char* before, T number, const char* after = "")
{
    if (number != 0)
    {
        os << before << number << after;
    }
}

/// Print the probability of an event and its correlation, unless it is 0.
void
PrintEvent(std::ostream& os, const char* name, double probability, double correlation)
{
    if (const auto percent = ToNetemPercent(probability); percent > 0)
    {
        os << " " << name << " " << percent << "%";
        PrintNonZero(os, " ", ToNetemPercent(correlation), "%");
    }
}

} // namespace

TypeId
NetemParameters::AddAttributes(TypeId tid)
{
    using P = NetemParameters;
    // Each attribute needs a checker of its own: ns-3 tells initial values apart by it.
    const auto time = [] { return std::pair(TimeValue(), MakeTimeChecker(Time(0))); };
    const auto share = [] { return std::pair(DoubleValue(), MakeDoubleChecker<double>(0, 1)); };
    const auto flag = [] { return std::pair(BooleanValue(), MakeBooleanChecker()); };
    const auto bits = [] { return std::pair(DataRateValue(), MakeDataRateChecker()); };
    const auto count = [] { return std::pair(UintegerValue(), MakeUintegerChecker<uint32_t>()); };
    const auto bytes = [] { return std::pair(IntegerValue(), MakeIntegerChecker<int32_t>()); };
    const auto shape = [] {
        return std::pair(EnumValue(NETEM_UNIFORM),
                         MakeEnumChecker(NETEM_UNIFORM,
                                         DISTRIBUTIONS[NETEM_UNIFORM],
                                         NETEM_NORMAL,
                                         DISTRIBUTIONS[NETEM_NORMAL],
                                         NETEM_PARETO,
                                         DISTRIBUTIONS[NETEM_PARETO],
                                         NETEM_PARETONORMAL,
                                         DISTRIBUTIONS[NETEM_PARETONORMAL]));
    };
    const auto add = [&tid](const char* name, const char* help, auto member, const auto& kind) {
        const auto [type, checker] = kind();
        using Value = std::decay_t<decltype(type)>;
        const Value initial(P().*member);
        tid.AddAttribute(name, help, initial, MakeAccessorHelper<Value>(member), checker);
    };
    add("Limit", "Packets that may be pending", &P::limit, count);
    add("Delay", "Mean delay", &P::delay, time);
    add("Jitter", "Variation of the delay", &P::jitter, time);
    add("DelayCorrelation", "Correlation of the delay", &P::delayCorrelation, share);
    add("Distribution", "Shape of the delay's variation", &P::distribution, shape);
    add("Loss", "Probability of loss", &P::loss, share);
    add("LossCorrelation", "Correlation of loss", &P::lossCorrelation, share);
    add("Ecn", "Whether packets are marked rather than lost, if they can be", &P::ecn, flag);
    add("Duplicate", "Probability of duplication", &P::duplicate, share);
    add("DuplicateCorrelation", "Correlation of duplication", &P::duplicateCorrelation, share);
    add("Corrupt", "Probability that one bit is flipped", &P::corrupt, share);
    add("CorruptCorrelation", "Correlation of corruption", &P::corruptCorrelation, share);
    add("Reorder", "Probability of being sent at once", &P::reorder, share);
    add("ReorderCorrelation", "Correlation of reordering", &P::reorderCorrelation, share);
    add("Gap", "A reordered packet follows Gap - 1 others", &P::gap, count);
    add("Rate", "Bits per second, 0bps for no limit", &P::rate, bits);
    add("PacketOverhead", "Bytes that Rate adds per packet", &P::packetOverhead, bytes);
    add("CellSize", "Bytes per cell for Rate, 0 for no cells", &P::cellSize, count);
    add("CellOverhead", "Bytes that Rate adds per cell", &P::cellOverhead, bytes);
    add("SlotMinDelay", "Shortest time between slots", &P::slotMinDelay, time);
    add("SlotMaxDelay", "Longest time between slots", &P::slotMaxDelay, time);
    add("SlotDistribution", "Shape of the variation of SlotDelay", &P::slotDistribution, shape);
    add("SlotDelay", "Mean time between slots, with SlotJitter", &P::slotDelay, time);
    add("SlotJitter", "Its variation; 0: SlotMinDelay to SlotMaxDelay", &P::slotJitter, time);
    add("SlotPackets", "Packets per slot, 0 for no limit", &P::slotPackets, count);
    add("SlotBytes", "Bytes per slot, 0 for no limit", &P::slotBytes, count);
    return tid;
}

std::string
NetemParameters::Parse(const std::string& words, NetemParameters& parameters)
{
    parameters = NetemParameters();
    try
    {
        Parser(words, parameters);
    }
    catch (const std::invalid_argument& error)
    {
        return std::string("netem: ") + error.what();
    }
    return "";
}

bool
NetemParameters::IsSlotted() const
{
    return slotMinDelay > Time(0) || slotMaxDelay > Time(0) || slotJitter > Time(0);
}

uint32_t
NetemParameters::GetGap() const
{
    return reorder > 0 ? std::max(gap, 1U) : gap;
}

double
NetemParameters::GetReorder() const
{
    return reorder == 0 && gap > 0 ? 1 : reorder;
}

std::ostream&
operator<<(std::ostream& os, const NetemParameters& p)
{
    // The caller's stream may have other flags, and the program another locale.
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << "limit " << p.limit;
    if (p.delay > Time(0))
    {
        text << " delay " << ToText(p.delay);
        if (p.jitter > Time(0))
        {
            text << "  " << ToText(p.jitter);
            PrintNonZero(text, " ", ToNetemPercent(p.delayCorrelation), "%");
        }
    }
    PrintEvent(text, "loss", p.loss, p.lossCorrelation);
    if (p.lossModel)
    {
        p.lossModel->Print(text);
    }
    PrintEvent(text, "duplicate", p.duplicate, p.duplicateCorrelation);
    PrintEvent(text, "reorder", p.GetReorder(), p.reorderCorrelation);
    PrintEvent(text, "corrupt", p.corrupt, p.corruptCorrelation);
    if (p.rate.GetBitRate() > 0)
    {
        text << " rate " << ToText(p.rate);
        PrintNonZero(text, " packetoverhead ", p.packetOverhead);
        PrintNonZero(text, " cellsize ", p.cellSize);
        PrintNonZero(text, " celloverhead ", p.cellOverhead);
    }
    if (p.IsSlotted())
    {
        const bool isDistributed = p.slotJitter > Time(0);
        text << " slot " << (isDistributed ? "distribution " : "")
             << ToText(isDistributed ? p.slotDelay : p.slotMinDelay) << " "
             << ToText(isDistributed ? p.slotJitter : p.slotMaxDelay);
        PrintNonZero(text, " packets ", p.slotPackets);
        PrintNonZero(text, " bytes ", p.slotBytes);
    }
    if (p.seed)
    {
        text << " seed " << *p.seed;
    }
    text << (p.ecn ? " ecn " : "");
    PrintNonZero(text, " gap ", p.GetGap());
    return os << text.str();
}

} // namespace ns3
