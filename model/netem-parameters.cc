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
#include <cmath>
#include <cstdlib>
#include <iomanip>
#include <limits>
#include <ostream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <strings.h>
#include <utility>
#include <vector>

namespace ns3
{

namespace
{

/// A unit's name, matched without regard to case, and its factor.
using Unit = std::pair<const char*, double>;

/// tc's units of time (get_time64), in nanoseconds.
const std::vector<Unit> TIMES{{"", 1},
                              {"ns", 1},
                              {"nsec", 1},
                              {"nsecs", 1},
                              {"us", 1e3},
                              {"usec", 1e3},
                              {"usecs", 1e3},
                              {"ms", 1e6},
                              {"msec", 1e6},
                              {"msecs", 1e6},
                              {"s", 1e9},
                              {"sec", 1e9},
                              {"secs", 1e9}};

/// tc's units of a rate (get_rate64), in bits per second; the bytes are in capitals by custom only.
const std::vector<Unit> RATES{{"", 1},
                              {"bit", 1},
                              {"kbit", 1e3},
                              {"mbit", 1e6},
                              {"gbit", 1e9},
                              {"tbit", 1e12},
                              {"kibit", 0x1p10},
                              {"mibit", 0x1p20},
                              {"gibit", 0x1p30},
                              {"tibit", 0x1p40},
                              {"bps", 8},
                              {"kbps", 8e3},
                              {"mbps", 8e6},
                              {"gbps", 8e9},
                              {"tbps", 8e12},
                              {"kibps", 0x1p13},
                              {"mibps", 0x1p23},
                              {"gibps", 0x1p33},
                              {"tibps", 0x1p43}};

/// tc's units of a size (get_size64), in bytes.
const std::vector<Unit> SIZES{{"", 1},
                              {"b", 1},
                              {"k", 0x1p10},
                              {"kb", 0x1p10},
                              {"m", 0x1p20},
                              {"mb", 0x1p20},
                              {"g", 0x1p30},
                              {"gb", 0x1p30},
                              {"kbit", 0x1p7},
                              {"mbit", 0x1p17},
                              {"gbit", 0x1p27}};

/// The names of the distributions.
const std::array<const char*, 4> DISTRIBUTIONS{"uniform", "normal", "pareto", "paretonormal"};

/// tc's parser of netem's options (netem_parse_opt); throws what Parse returns.
class Parser
{
  public:
    /**
     * Parse the words.
     * @param text the words
     * @param parameters what they set
     */
    Parser(const std::string& text, NetemParameters& parameters);

  private:
    /// The keyword of an option, of which tc takes any beginning, and its parser.
    struct Option
    {
        const char* word;        //!< the keyword
        const char* name;        //!< the keyword that it is an alias of
        void (Parser::*parse)(); //!< what parses its values
    };

    // Each parses the values of one option.
    void Limit();
    void Delay();
    void Loss();
    void LossRandom();
    void LossModel(const char* type, const std::vector<const char*>& names);
    void Seed();
    void Ecn();
    void Reorder();
    void Corrupt();
    void Gap();
    void Duplicate();
    void Distribution();
    void Rate();
    void Slot();
    void SlotLimits();

    /// Parse the next option.
    void ParseOption();

    /// Refuse options that need others.
    void CheckTogether() const;

    /**
     * Tell whether the next word is a number: only such a one is an optional value.
     * @param isSigned whether it may be negative
     * @return whether it is
     */
    bool IsNumberNext(bool isSigned = false) const;

    /**
     * Take the next word.
     * @return the word
     */
    const std::string& Take();

    /**
     * Take a number with a unit.
     * @param units the units
     * @param max the largest one in the smallest unit
     * @param what what it is, for the message
     * @return the number in the smallest unit
     */
    double TakeNumber(const std::vector<Unit>& units, double max, const char* what);

    /**
     * Take an integer, decimal, octal or hexadecimal.
     * @tparam T its type
     * @return the integer
     */
    template <typename T>
    T TakeInteger();

    /**
     * Take a percentage.
     * @return it as a probability
     */
    double TakePercent();

    /**
     * Take a percentage, if the next word is a number.
     * @param[out] percent it as a probability
     */
    void TakeOptionalPercent(double& percent);

    /**
     * Take a time.
     * @return the time
     */
    Time TakeTime();

    /**
     * Take the name of a distribution.
     * @return the distribution
     */
    NetemDistribution TakeDistribution();

    /**
     * Refuse the last word.
     * @param expected what was expected
     */
    [[noreturn]] void Refuse(const std::string& expected) const;

    std::vector<std::string> m_words; //!< the words
    std::size_t m_next{0};            //!< the next one
    std::string m_option;             //!< the option that is parsed
    std::set<std::string> m_given;    //!< the options that were given
    NetemParameters& m_parameters;    //!< what they set
};

Parser::Parser(const std::string& text, NetemParameters& parameters)
    : m_parameters(parameters)
{
    std::istringstream stream(text);
    for (std::string word; stream >> word;)
    {
        m_words.push_back(word);
    }
    while (m_next < m_words.size())
    {
        ParseOption();
    }
    CheckTogether();
}

void
Parser::ParseOption()
{
    // In the order in which tc looks, which tells what an abbreviation means.
    static const std::vector<Option> options{
        {"limit", "limit", &Parser::Limit},
        {"latency", "delay", &Parser::Delay},
        {"delay", "delay", &Parser::Delay},
        {"loss", "loss", &Parser::Loss},
        {"drop", "loss", &Parser::Loss},
        {"seed", "seed", &Parser::Seed},
        {"ecn", "ecn", &Parser::Ecn},
        {"reorder", "reorder", &Parser::Reorder},
        {"corrupt", "corrupt", &Parser::Corrupt},
        {"gap", "gap", &Parser::Gap},
        {"duplicate", "duplicate", &Parser::Duplicate},
        {"distribution", "distribution", &Parser::Distribution},
        {"rate", "rate", &Parser::Rate},
        {"slot", "slot", &Parser::Slot},
    };
    m_option = m_words[m_next++];
    const auto option = std::find_if(options.begin(), options.end(), [this](const Option& known) {
        return std::string(known.word).compare(0, m_option.size(), m_option) == 0;
    });
    if (option == options.end())
    {
        throw std::invalid_argument("What is \"" + m_option + "\"?");
    }
    if (!m_given.insert(option->name).second)
    {
        throw std::invalid_argument("\"" + m_option + "\" is given twice");
    }
    (this->*option->parse)();
}

void
Parser::CheckTogether() const
{
    const auto refuse = [this](const char* option, bool isLacking, const char* lacking) {
        if (m_given.count(option) && isLacking)
        {
            throw std::invalid_argument(std::string("\"") + option + "\" needs " + lacking);
        }
    };
    const auto& p = m_parameters;
    refuse("reorder", p.GetGap() > 0 && p.delay.IsZero(), "a delay");
    refuse("gap", p.GetGap() > 0 && p.delay.IsZero(), "a delay");
    refuse("ecn", p.loss == 0 && !p.lossModel, "a loss model");
    refuse("distribution", p.delay.IsZero() || p.jitter.IsZero(), "a delay with jitter");
}

bool
Parser::IsNumberNext(bool isSigned) const
{
    return m_next < m_words.size() &&
           (std::isdigit(static_cast<unsigned char>(m_words[m_next][0])) ||
            (isSigned && m_words[m_next][0] == '-'));
}

const std::string&
Parser::Take()
{
    if (m_next == m_words.size())
    {
        throw std::invalid_argument("\"" + m_words.back() + "\" needs a value");
    }
    return m_words[m_next++];
}

void
Parser::Refuse(const std::string& expected) const
{
    throw std::invalid_argument("Illegal \"" + m_option + "\": \"" + m_words[m_next - 1] +
                                "\" is no " + expected);
}

double
Parser::TakeNumber(const std::vector<Unit>& units, double max, const char* what)
{
    const auto& word = Take();
    char* end;
    const auto number = std::strtod(word.c_str(), &end);
    const auto unit = std::find_if(units.begin(), units.end(), [end](const Unit& known) {
        return strcasecmp(known.first, end) == 0;
    });
    // NaN is refused as well.
    if (end == word.c_str() || unit == units.end() ||
        !(number >= 0 && number * unit->second <= max))
    {
        Refuse(what);
    }
    return std::floor(number * unit->second);
}

template <typename T>
T
Parser::TakeInteger()
{
    const auto& word = Take();
    char* end;
    errno = 0;
    const auto number = std::strtoll(word.c_str(), &end, 0);
    if (end == word.c_str() || *end || errno || number < std::numeric_limits<T>::min() ||
        number > std::numeric_limits<T>::max())
    {
        Refuse(std::numeric_limits<T>::min() < 0 ? "integer of 32 bits"
                                                 : "positive integer of 32 bits");
    }
    return static_cast<T>(number);
}

double
Parser::TakePercent()
{
    const auto& word = Take();
    char* end;
    const auto percent = std::strtod(word.c_str(), &end);
    if (end == word.c_str() || (*end && end != std::string("%")) ||
        !(percent >= 0 && percent <= 100))
    {
        Refuse("percentage from 0% to 100%");
    }
    return percent / 100;
}

void
Parser::TakeOptionalPercent(double& percent)
{
    if (IsNumberNext())
    {
        percent = TakePercent();
    }
}

Time
Parser::TakeTime()
{
    // ns-3's Time ends after 292 years.
    return NanoSeconds(static_cast<int64_t>(TakeNumber(TIMES, 0x1p62, "time")));
}

NetemDistribution
Parser::TakeDistribution()
{
    const auto& word = Take();
    const auto name = std::find(DISTRIBUTIONS.begin(), DISTRIBUTIONS.end(), word);
    if (name == DISTRIBUTIONS.end())
    {
        Refuse("distribution: uniform, normal, pareto or paretonormal");
    }
    return static_cast<NetemDistribution>(name - DISTRIBUTIONS.begin());
}

void
Parser::Limit()
{
    m_parameters.limit = static_cast<uint32_t>(TakeNumber(SIZES, UINT32_MAX, "size"));
}

void
Parser::Delay()
{
    m_parameters.delay = TakeTime();
    if (IsNumberNext())
    {
        m_parameters.jitter = TakeTime();
        TakeOptionalPercent(m_parameters.delayCorrelation);
    }
}

void
Parser::Loss()
{
    if (IsNumberNext())
    {
        LossRandom();
        return;
    }
    const auto& model = Take();
    if (model == "random")
    {
        LossRandom();
    }
    else if (model == "state")
    {
        LossModel("ns3::FourStateErrorModel", {"P13", "P31", "P32", "P23", "P14"});
    }
    else if (model == "gemodel")
    {
        LossModel("ns3::GilbertElliottErrorModel", {"P", "R", "OneMinusH", "OneMinusK"});
    }
    else
    {
        Refuse("loss model: random, state or gemodel");
    }
}

void
Parser::LossRandom()
{
    m_parameters.loss = TakePercent();
    TakeOptionalPercent(m_parameters.lossCorrelation);
}

void
Parser::LossModel(const char* type, const std::vector<const char*>& names)
{
    ObjectFactory factory(type);
    factory.Set(names.front(), DoubleValue(TakePercent()));
    for (auto name = names.begin() + 1; name != names.end() && IsNumberNext(); ++name)
    {
        factory.Set(*name, DoubleValue(TakePercent()));
    }
    m_parameters.lossModel = factory.Create<NetemErrorModel>();
}

void
Parser::Seed()
{
    const auto& word = Take();
    char* end;
    errno = 0;
    m_parameters.seed = std::strtoull(word.c_str(), &end, 10);
    if (*end || errno || !std::isdigit(static_cast<unsigned char>(word[0])))
    {
        Refuse("positive integer of 64 bits");
    }
}

void
Parser::Ecn()
{
    m_parameters.ecn = true;
}

void
Parser::Reorder()
{
    m_parameters.reorder = TakePercent();
    TakeOptionalPercent(m_parameters.reorderCorrelation);
}

void
Parser::Corrupt()
{
    m_parameters.corrupt = TakePercent();
    TakeOptionalPercent(m_parameters.corruptCorrelation);
}

void
Parser::Gap()
{
    m_parameters.gap = TakeInteger<uint32_t>();
}

void
Parser::Duplicate()
{
    m_parameters.duplicate = TakePercent();
    TakeOptionalPercent(m_parameters.duplicateCorrelation);
}

void
Parser::Distribution()
{
    m_parameters.distribution = TakeDistribution();
}

void
Parser::Rate()
{
    m_parameters.rate = DataRate(static_cast<uint64_t>(TakeNumber(RATES, 0x1p63, "rate")));
    if (IsNumberNext(true))
    {
        m_parameters.packetOverhead = TakeInteger<int32_t>();
    }
    if (IsNumberNext())
    {
        m_parameters.cellSize = TakeInteger<uint32_t>();
    }
    if (IsNumberNext(true))
    {
        m_parameters.cellOverhead = TakeInteger<int32_t>();
    }
}

void
Parser::Slot()
{
    auto& p = m_parameters;
    if (IsNumberNext())
    {
        p.slotMinDelay = TakeTime();
        p.slotMaxDelay = IsNumberNext() ? TakeTime() : p.slotMinDelay;
        if (p.slotMaxDelay < p.slotMinDelay)
        {
            Refuse("time of at least the one before");
        }
    }
    else
    {
        if (Take() != "distribution")
        {
            Refuse("time or distribution");
        }
        p.slotDistribution = TakeDistribution();
        p.slotDelay = TakeTime();
        p.slotJitter = TakeTime();
        if (p.slotJitter.IsZero())
        {
            Refuse("positive jitter");
        }
    }
    SlotLimits();
}

void
Parser::SlotLimits()
{
    const auto isNext = [this](const std::string& keyword) {
        const bool isIt = m_next < m_words.size() &&
                          keyword.compare(0, m_words[m_next].size(), m_words[m_next]) == 0;
        m_next += isIt ? 1 : 0;
        return isIt;
    };
    if (isNext("packets"))
    {
        m_parameters.slotPackets = TakeInteger<int32_t>();
        if (m_parameters.slotPackets < 0)
        {
            Refuse("positive integer of 32 bits");
        }
    }
    if (isNext("bytes"))
    {
        m_parameters.slotBytes = static_cast<int32_t>(TakeNumber(SIZES, INT32_MAX, "size"));
    }
}

/**
 * Print a time as tc does (sprint_time64).
 * @param os the stream to print to
 * @param time the time
 */
void
PrintTime(std::ostream& os, Time time)
{
    const auto ns = static_cast<double>(time.GetNanoSeconds());
    const auto unit = ns >= 1e9   ? Unit("s", 1e9)
                      : ns >= 1e6 ? Unit("ms", 1e6)
                      : ns >= 1e3 ? Unit("us", 1e3)
                                  : Unit("ns", 1);
    os << std::setprecision(3) << ns / unit.second << std::setprecision(6) << unit.first;
}

/**
 * Print a rate as tc does (print_color_rate).
 * @param os the stream to print to
 * @param rate bits per second
 */
void
PrintRate(std::ostream& os, uint64_t rate)
{
    static const std::array<const char*, 5> prefixes{"", "K", "M", "G", "T"};
    std::size_t i = 0;
    for (; i + 1 < prefixes.size() && rate >= 1000 && (rate % 1000 == 0 || rate >= 1000000); ++i)
    {
        rate /= 1000;
    }
    os << rate << prefixes[i] << "bit";
}

/**
 * Print a probability and its correlation, unless the event never happens.
 * @param os the stream to print to
 * @param name the name of the event
 * @param probability the probability
 * @param correlation its correlation
 */
void
PrintEvent(std::ostream& os, const char* name, double probability, double correlation)
{
    if (probability > 0)
    {
        os << " " << name << " " << 100 * probability << "%";
        if (correlation > 0)
        {
            os << " " << 100 * correlation << "%";
        }
    }
}

/**
 * Print a number unless it is 0.
 * @tparam T the type of the number
 * @param os the stream to print to
 * @param name the name of the number
 * @param number the number
 */
template <typename T>
void
PrintNumber(std::ostream& os, const char* name, T number)
{
    if (number != 0)
    {
        os << " " << name << " " << number;
    }
}

/**
 * Print the delay.
 * @param os the stream to print to
 * @param p the parameters
 */
void
PrintDelay(std::ostream& os, const NetemParameters& p)
{
    if (p.delay.IsZero())
    {
        return;
    }
    os << " delay ";
    PrintTime(os, p.delay);
    if (!p.jitter.IsZero())
    {
        os << "  ";
        PrintTime(os, p.jitter);
        if (p.delayCorrelation > 0)
        {
            os << " " << 100 * p.delayCorrelation << "%";
        }
    }
}

/**
 * Print the slots.
 * @param os the stream to print to
 * @param p the parameters
 */
void
PrintSlot(std::ostream& os, const NetemParameters& p)
{
    const bool isDistributed = p.slotJitter > Time(0);
    if (!isDistributed && p.slotMaxDelay.IsZero() && p.slotMinDelay.IsZero())
    {
        return;
    }
    os << (isDistributed ? " slot distribution " : " slot ");
    PrintTime(os, isDistributed ? p.slotDelay : p.slotMinDelay);
    os << " ";
    PrintTime(os, isDistributed ? p.slotJitter : p.slotMaxDelay);
    PrintNumber(os, "packets", p.slotPackets);
    PrintNumber(os, "bytes", p.slotBytes);
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
    // In a stream of its own, for the flags of the caller's do not count.
    std::ostringstream text;
    text << "limit " << p.limit;
    PrintDelay(text, p);
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
        text << " rate ";
        PrintRate(text, p.rate.GetBitRate());
        PrintNumber(text, "packetoverhead", p.packetOverhead);
        PrintNumber(text, "cellsize", p.cellSize);
        PrintNumber(text, "celloverhead", p.cellOverhead);
    }
    PrintSlot(text, p);
    if (p.seed)
    {
        text << " seed " << *p.seed;
    }
    text << (p.ecn ? " ecn " : "");
    PrintNumber(text, "gap", p.GetGap());
    return os << text.str();
}

} // namespace ns3
