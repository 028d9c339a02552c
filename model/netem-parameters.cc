/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "netem-parameters.h"

#include "ns3/double.h"
#include "ns3/object-factory.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <iomanip>
#include <limits>
#include <ostream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <type_traits>
#include <variant>
#include <vector>

namespace ns3
{

namespace
{

// tc's units and their factors, each after a space: of times in nanoseconds (get_time64), of rates
// in bits per second (get_rate64), of sizes in bytes (get_size64), and of percentages.
const std::string TIMES = " =1 ns=1 nsec=1 nsecs=1 us=1e3 usec=1e3 usecs=1e3 ms=1e6 msec=1e6 "
                          "msecs=1e6 s=1e9 sec=1e9 secs=1e9";
const std::string RATES = " =1 bit=1 kbit=1e3 mbit=1e6 gbit=1e9 tbit=1e12 kibit=0x1p10 "
                          "mibit=0x1p20 gibit=0x1p30 tibit=0x1p40 bps=8 kbps=8e3 mbps=8e6 "
                          "gbps=8e9 tbps=8e12 kibps=0x1p13 mibps=0x1p23 gibps=0x1p33 tibps=0x1p43";
const std::string SIZES = " =1 b=1 k=0x1p10 kb=0x1p10 m=0x1p20 mb=0x1p20 g=0x1p30 gb=0x1p30 "
                          "kbit=0x1p7 mbit=0x1p17 gbit=0x1p27";
const std::string PERCENT = " =0.01 %=0.01";

/// The names of the distributions.
const std::array<std::string, 4> DISTRIBUTIONS{"uniform", "normal", "pareto", "paretonormal"};

/// tc's parser of netem's options (netem_parse_opt); throws the message of what it refuses.
class Parser
{
  public:
    /**
     * Parse words.
     * @param words the words
     * @param parameters what they set
     */
    Parser(const std::string& words, NetemParameters& parameters)
        : m_to(parameters)
    {
        std::istringstream stream(words);
        for (std::string word; stream >> word;)
        {
            m_words.push_back(word);
        }
        while (m_next < m_words.size())
        {
            TakeOption();
        }
        CheckTogether();
    }

  private:
    using P = NetemParameters; //!< what is set

    /// What follows an option's keyword: values by their members, or what a method takes.
    using Value = std::variant<double P::*,
                               Time P::*,
                               DataRate P::*,
                               uint32_t P::*,
                               int32_t P::*,
                               bool P::*,
                               NetemDistribution P::*,
                               void (Parser::*)()>;

    /// An option; its values after the first may be left out.
    struct Option
    {
        std::string keyword;       //!< the keyword
        std::string alias;         //!< another one
        std::vector<Value> values; //!< the values
    };

    /// Take the next option.
    void TakeOption()
    {
        // In the order in which tc looks: an abbreviation means the first that it fits.
        static const std::vector<Option> options{
            {"limit", "limit", {&Parser::TakeLimit}},
            {"delay", "latency", {&P::delay, &P::jitter, &P::delayCorrelation}},
            {"loss", "drop", {&Parser::TakeLoss}},
            {"seed", "seed", {&Parser::TakeSeed}},
            {"ecn", "ecn", {&P::ecn}},
            {"reorder", "reorder", {&P::reorder, &P::reorderCorrelation}},
            {"corrupt", "corrupt", {&P::corrupt, &P::corruptCorrelation}},
            {"gap", "gap", {&P::gap}},
            {"duplicate", "duplicate", {&P::duplicate, &P::duplicateCorrelation}},
            {"distribution", "distribution", {&P::distribution}},
            {"rate", "rate", {&P::rate, &P::packetOverhead, &P::cellSize, &P::cellOverhead}},
            {"slot", "slot", {&Parser::TakeSlot}}};
        m_option = m_words[m_next];
        const auto option =
            std::find_if(options.begin(), options.end(), [this](const Option& known) {
                return TakeKeyword(known.keyword) || TakeKeyword(known.alias);
            });
        Check(option != options.end(), "What is \"" + m_option + "\"?");
        Check(m_given.insert(option->keyword).second, "\"" + m_option + "\" is given twice");
        TakeValues(option->values);
    }

    /**
     * Take values.
     * @param values the values, of which only the first must be there
     */
    void TakeValues(const std::vector<Value>& values)
    {
        for (const auto& value : values)
        {
            if (&value == &values.front() ||
                IsNumberNext(std::holds_alternative<int32_t P::*>(value)))
            {
                std::visit([this](auto member) { Take(member); }, value);
            }
        }
    }

    /// Take the value of `limit`.
    void TakeLimit()
    {
        m_to.limit = static_cast<uint32_t>(TakeNumber(SIZES, UINT32_MAX, "a size"));
    }

    /// Take the value of `seed`.
    void TakeSeed()
    {
        m_to.seed = TakeInteger(0, std::numeric_limits<int64_t>::max());
    }

    /// Take the values of `loss`.
    void TakeLoss()
    {
        if (IsNumberNext() || TakeKeyword("random"))
        {
            TakeValues({&P::loss, &P::lossCorrelation});
            return;
        }
        const auto model = TakeWord();
        if (model == "state")
        {
            TakeLossModel("ns3::FourStateErrorModel", {"P13", "P31", "P32", "P23", "P14"});
            return;
        }
        Check(model == "gemodel", IsNot("a percentage or a loss model: random, state, gemodel"));
        TakeLossModel("ns3::GilbertElliottErrorModel", {"P", "R", "OneMinusH", "OneMinusK"});
    }

    /**
     * Take the values of a loss model.
     * @param type the type of the model
     * @param names the attributes that the values set
     */
    void TakeLossModel(const char* type, const std::vector<const char*>& names)
    {
        ObjectFactory factory(type);
        for (const auto& name : names)
        {
            if (&name == &names.front() || IsNumberNext())
            {
                factory.Set(name, DoubleValue(TakePercent()));
            }
        }
        m_to.lossModel = factory.Create<NetemErrorModel>();
    }

    /// Take the values of `slot`.
    void TakeSlot()
    {
        if (IsNumberNext())
        {
            Take(&P::slotMinDelay);
            m_to.slotMaxDelay = m_to.slotMinDelay;
            if (IsNumberNext())
            {
                Take(&P::slotMaxDelay);
            }
            Check(m_to.slotMaxDelay >= m_to.slotMinDelay, IsNot("at least the time before it"));
        }
        else
        {
            const auto word = TakeWord();
            Check(word == "distribution", IsNot("a time or distribution"));
            Take(&P::slotDistribution);
            Take(&P::slotDelay);
            Take(&P::slotJitter);
            Check(m_to.slotJitter > Time(0), IsNot("a positive time"));
        }
        if (TakeKeyword("packets"))
        {
            m_to.slotPackets = static_cast<int32_t>(TakeInteger(0, INT32_MAX));
        }
        if (TakeKeyword("bytes"))
        {
            m_to.slotBytes = static_cast<int32_t>(TakeNumber(SIZES, INT32_MAX, "a size"));
        }
    }

    /**
     * Take a value by its type, or what a method takes.
     * @tparam T the type
     * @param member the value
     */
    template <typename T>
    void Take(T P::*member)
    {
        auto& value = m_to.*member;
        if constexpr (std::is_same_v<T, double>)
        {
            value = TakePercent();
        }
        else if constexpr (std::is_same_v<T, Time>)
        {
            value = NanoSeconds(static_cast<int64_t>(TakeNumber(TIMES, 0x1p62, "a time")));
        }
        else if constexpr (std::is_same_v<T, DataRate>)
        {
            value = DataRate(static_cast<uint64_t>(TakeNumber(RATES, 0x1p63, "a rate")));
        }
        else if constexpr (std::is_same_v<T, bool>)
        {
            value = true;
        }
        else if constexpr (std::is_same_v<T, NetemDistribution>)
        {
            const auto name = std::find(DISTRIBUTIONS.begin(), DISTRIBUTIONS.end(), TakeWord());
            Check(name != DISTRIBUTIONS.end(), IsNot("uniform, normal, pareto or paretonormal"));
            value = static_cast<NetemDistribution>(name - DISTRIBUTIONS.begin());
        }
        else
        {
            using Limits = std::numeric_limits<T>;
            value = static_cast<T>(TakeInteger(Limits::min(), Limits::max()));
        }
    }

    /// @copydoc Take
    void Take(void (Parser::*member)())
    {
        (this->*member)();
    }

    /**
     * Take a percentage.
     * @return it as a probability
     */
    double TakePercent()
    {
        return TakeNumber(PERCENT, 1, "a percentage from 0% to 100%");
    }

    /**
     * Take a number.
     * @param units the units that it may have
     * @param max the largest one allowed, in the unit with the factor 1
     * @param what what the number is
     * @return the number in that unit
     */
    double TakeNumber(const std::string& units, double max, const char* what)
    {
        const auto word = TakeWord();
        char* end{nullptr};
        auto number = std::strtod(word.c_str(), &end);
        std::string unit(end);
        std::transform(unit.begin(), unit.end(), unit.begin(), ::tolower);
        const auto found = units.find(" " + unit + "=");
        Check(end != word.c_str() && found != std::string::npos, IsNot(what));
        number *= std::strtod(&units[found + unit.size() + 2], nullptr);
        // NaN is refused as well.
        Check(number >= 0 && number <= max, IsNot(what));
        return number;
    }

    /**
     * Take an integer.
     * @param min the smallest one allowed
     * @param max the largest one allowed
     * @return the integer
     */
    int64_t TakeInteger(int64_t min, int64_t max)
    {
        const auto word = TakeWord();
        char* end{nullptr};
        errno = 0;
        const int64_t number = std::strtoll(word.c_str(), &end, 0);
        Check(end != word.c_str() && *end == '\0' && errno == 0 && number >= min && number <= max,
              IsNot("an integer from " + std::to_string(min) + " to " + std::to_string(max)));
        return number;
    }

    /**
     * Take the next word.
     * @return the word
     */
    std::string TakeWord()
    {
        Check(m_next < m_words.size(), "\"" + m_words.back() + "\" needs a value");
        return m_words[m_next++];
    }

    /**
     * Take the next word if it is a beginning of a keyword.
     * @param keyword the keyword
     * @return whether it was
     */
    bool TakeKeyword(const std::string& keyword)
    {
        const bool isIt = m_next < m_words.size() && keyword.rfind(m_words[m_next], 0) == 0;
        m_next += isIt ? 1 : 0;
        return isIt;
    }

    /**
     * Tell whether the next word is a number, as a value that may be left out has to be.
     * @param isSigned whether it may be negative
     * @return whether it is
     */
    bool IsNumberNext(bool isSigned = false) const
    {
        const auto first = m_next < m_words.size() ? m_words[m_next][0] : '\0';
        return (first >= '0' && first <= '9') || (isSigned && first == '-');
    }

    /// Refuse options that lack others.
    void CheckTogether() const
    {
        const auto check = [this](const char* option, bool isComplete, const char* lacking) {
            Check(isComplete || m_given.count(option) == 0,
                  std::string("\"") + option + "\" needs " + lacking);
        };
        const bool isDelayed = m_to.delay > Time(0);
        check("reorder", isDelayed || m_to.reorder == 0, "a delay");
        check("gap", isDelayed || m_to.gap == 0, "a delay");
        check("ecn", m_to.loss > 0 || m_to.lossModel, "a loss model");
        check("distribution", isDelayed && m_to.jitter > Time(0), "a delay with jitter");
    }

    /**
     * Say that the last word is wrong.
     * @param expected what was expected
     * @return the message
     */
    std::string IsNot(const std::string& expected) const
    {
        return "Illegal \"" + m_option + "\": \"" + m_words[m_next - 1] + "\" is not " + expected;
    }

    /**
     * Refuse the words unless a condition holds.
     * @param holds whether it does
     * @param message what is wrong
     */
    static void Check(bool holds, const std::string& message)
    {
        if (!holds)
        {
            throw std::invalid_argument(message);
        }
    }

    std::vector<std::string> m_words; //!< the words
    std::size_t m_next{0};            //!< the next one
    std::string m_option;             //!< the option whose values come
    std::set<std::string> m_given;    //!< the options so far
    NetemParameters& m_to;            //!< what they set
};

/**
 * Print a time as tc does (sprint_time64).
 * @param time the time
 * @return the text
 */
std::string
ToText(Time time)
{
    const auto ns = static_cast<double>(time.GetNanoSeconds());
    std::ostringstream text;
    text << std::setprecision(3);
    ns >= 1e9   ? text << ns / 1e9 << "s"
    : ns >= 1e6 ? text << ns / 1e6 << "ms"
    : ns >= 1e3 ? text << ns / 1e3 << "us"
                : text << ns << "ns";
    return text.str();
}

/**
 * Print a rate as tc does (print_color_rate).
 * @param rate the rate
 * @return the text
 */
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

/**
 * Print a number that is not 0, with what stands around it.
 * @tparam T the type of the number
 * @param os the stream to print to
 * @param before what stands before it
 * @param number the number
 * @param after what stands after it
 */
template <typename T>
void
PrintNonZero(std::ostream& os, const char* before, T number, const char* after = "")
{
    if (number != 0)
    {
        os << before << number << after;
    }
}

/**
 * Print a probability that is not 0, and its correlation.
 * @param os the stream to print to
 * @param name the name of the event
 * @param probability the probability
 * @param correlation the correlation
 */
void
PrintEvent(std::ostream& os, const char* name, double probability, double correlation)
{
    if (probability > 0)
    {
        os << " " << name << " " << 100 * probability << "%";
        PrintNonZero(os, " ", 100 * correlation, "%");
    }
}

} // namespace

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
    // A stream of its own has none of the caller's flags.
    std::ostringstream text;
    text << "limit " << p.limit;
    if (p.delay > Time(0))
    {
        text << " delay " << ToText(p.delay);
        if (p.jitter > Time(0))
        {
            text << "  " << ToText(p.jitter);
            PrintNonZero(text, " ", 100 * p.delayCorrelation, "%");
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
