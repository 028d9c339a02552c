/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef OPTION_VALUE_H
#define OPTION_VALUE_H

#include "ns3/nstime.h"

#include <cstdint>
#include <string>

/**
 * @file
 * The values of options, from text. A text that is none comes as a ProgramError that names the
 * option.
 */

/**
 * @param option the option's name, for the error
 * @param text a whole number in decimal digits
 * @param min the smallest value that is valid
 * @param max the largest value that is valid
 * @return the number
 */
uint64_t ParseInteger(const std::string& option,
                      const std::string& text,
                      uint64_t min,
                      uint64_t max);

/**
 * @param option the option's name, for the error
 * @param text a whole number, with k, M or G behind it for thousands, millions or billions
 * @param min the smallest value that is valid
 * @param max the largest value that is valid
 * @return the number
 */
uint64_t ParseBytes(const std::string& option, const std::string& text, uint64_t min, uint64_t max);

/**
 * @param option the option's name, for the error
 * @param text a number with one of ns-3's units of time, or of seconds
 * @return the time, which is above 0 and at most a day
 */
ns3::Time ParseTime(const std::string& option, const std::string& text);

/**
 * @param option the option's name, for the error
 * @param text as for ParseTime, or 0
 * @return the time, which is 0 or above and at most a day
 */
ns3::Time ParseTimeOrZero(const std::string& option, const std::string& text);

/**
 * @param option the option's name, for the error
 * @param text a number from 0 to 1, or from 0% to 100%
 * @return the probability, from 0 to 1
 */
double ParseProbability(const std::string& option, const std::string& text);

/**
 * @param option the option's name, for the error
 * @param text true or false, or another word for it: yes, on and 1, no, off and 0
 * @return whether it is true
 */
bool ParseBoolean(const std::string& option, const std::string& text);

#endif /* OPTION_VALUE_H */
