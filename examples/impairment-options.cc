/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "impairment-options.h"

#include "ns3-value.h"
#include "option-value.h"
#include "program-error.h"

#include "ns3/double.h"
#include "ns3/object-factory.h"
#include "ns3/pointer.h"
#include "ns3/random-variable-stream.h"

#include <sstream>

using namespace ns3;

namespace
{

constexpr auto TYPE = "ns3::LinkImpairment";

constexpr auto DEFAULT_DELAY = "1ms";
constexpr auto DEFAULT_JITTER = "0.3ms";
constexpr auto DEFAULT_LOSS = "0.01";

constexpr std::size_t MAX_LOSSES = 8;

const std::string&
GetOr(const std::string& text, const std::string& initial)
{
    return text.empty() ? initial : text;
}

} // namespace

void
ImpairmentOptions::AddTo(ProgramOptions& options)
{
    options.AddText("delay", "TIME", m_delay, "how long lo holds up a packet, 1ms unless given");
    options.AddText("jitter",
                    "TIME",
                    m_jitter,
                    "how far, each way, a packet's delay is from that, evenly distributed as "
                    "netem's is; 0.3ms unless given, or 0 if --delay is");
    options.AddText("loss",
                    "LIST",
                    m_loss,
                    "probability that lo loses a packet, such as 0.01 or 1%, or a list such as "
                    "0,0.001,0.01 for a run with each; 0.01 unless given");
    options.RefuseBoth("delay", TYPE, "Delay");
    options.RefuseBoth("jitter", TYPE, "Delay");
    options.RefuseBoth("loss", TYPE, "Loss");
    options.RefuseBoth("loss", TYPE, "LossModel");
}

void
ImpairmentOptions::Apply()
{
    ApplyDelay();
    ReadLosses();
}

void
ImpairmentOptions::ApplyDelay()
{
    if (IsNs3DefaultGiven(TYPE, "Delay"))
    {
        return;
    }
    const auto delayText = GetOr(m_delay, DEFAULT_DELAY);
    const auto jitterText = GetOr(m_jitter, m_delay.empty() ? DEFAULT_JITTER : "0");
    const auto delay = ParseTimeOrZero("delay", delayText).GetSeconds();
    const auto jitter = ParseTimeOrZero("jitter", jitterText).GetSeconds();
    m_words = "delay " + delayText;
    Ptr<RandomVariableStream> variable;
    if (jitter > 0)
    {
        m_words += " jitter " + jitterText;
        variable = CreateObjectWithAttributes<UniformRandomVariable>("Min",
                                                                     DoubleValue(delay - jitter),
                                                                     "Max",
                                                                     DoubleValue(delay + jitter));
    }
    else
    {
        variable =
            CreateObjectWithAttributes<ConstantRandomVariable>("Constant", DoubleValue(delay));
    }
    SetNs3DefaultUnlessGiven(TYPE, "Delay", PointerValue(variable));
}

void
ImpairmentOptions::ReadLosses()
{
    if (IsNs3DefaultGiven(TYPE, "Loss") || IsNs3DefaultGiven(TYPE, "LossModel"))
    {
        m_losses = {std::nullopt};
        return;
    }
    const auto list = GetOr(m_loss, DEFAULT_LOSS);
    std::size_t begin = 0;
    while (begin != std::string::npos)
    {
        const auto comma = list.find(',', begin);
        m_losses.emplace_back(ParseProbability("loss", list.substr(begin, comma - begin)));
        begin = comma == std::string::npos ? comma : comma + 1;
    }
    if (m_losses.size() > MAX_LOSSES)
    {
        throw ProgramError("--loss: '" + list + "' has more than " + std::to_string(MAX_LOSSES) +
                           " probabilities");
    }
}

const std::vector<std::optional<double>>&
ImpairmentOptions::GetLosses() const
{
    return m_losses;
}

const std::string&
ImpairmentOptions::GetWords() const
{
    return m_words;
}

Ptr<LinkImpairment>
MakeImpairment(std::optional<double> loss)
{
    auto impairment = CreateObject<LinkImpairment>();
    if (loss)
    {
        impairment->SetAttribute("Loss", DoubleValue(*loss));
    }
    DoubleValue corrupt;
    impairment->GetAttribute("Corrupt", corrupt);
    if (corrupt.Get() > 0)
    {
        throw ProgramError("--ns3::LinkImpairment::Corrupt: a bit flipped in a TCP header can hang "
                           "ns-3's TCP; leave it at 0");
    }
    return impairment;
}
