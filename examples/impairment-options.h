/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef IMPAIRMENT_OPTIONS_H
#define IMPAIRMENT_OPTIONS_H

#include "program-options.h"

#include "ns3/link-impairment.h"

#include <optional>
#include <string>
#include <vector>

/**
 * How lo is impaired, in netem's words, and the options that say so. LinkImpairment's attributes
 * are options too, --ns3::LinkImpairment::Loss and so on.
 */
class ImpairmentOptions
{
  public:
    /**
     * @param options where to add the options
     */
    void AddTo(ProgramOptions& options);

    /**
     * Check the options, and make the delay ns-3's default. What is wrong comes as a ProgramError.
     */
    void Apply();

    /**
     * @return the probabilities of loss, one for each impaired run; none stands for that which
     * ns3::LinkImpairment's attributes say
     */
    const std::vector<std::optional<double>>& GetLosses() const;

    /**
     * @return what --delay and --jitter say in netem's words; empty if an attribute says it
     */
    const std::string& GetWords() const;

  private:
    /// Make --delay and --jitter the default of LinkImpairment's Delay.
    void ApplyDelay();

    /// Find out what --loss says.
    void ReadLosses();

    std::string m_delay;                         //!< --delay, empty if it is not given
    std::string m_jitter;                        //!< --jitter, empty if it is not given
    std::string m_words;                         //!< delay and jitter
    std::string m_loss;                          //!< --loss, empty if it is not given
    std::vector<std::optional<double>> m_losses; //!< what --loss says
};

/**
 * @param loss probability of loss, or none for that which ns3::LinkImpairment's attributes say
 * @return an impairment. That it can not be used with TCP comes as a ProgramError.
 */
ns3::Ptr<ns3::LinkImpairment> MakeImpairment(std::optional<double> loss);

#endif /* IMPAIRMENT_OPTIONS_H */
