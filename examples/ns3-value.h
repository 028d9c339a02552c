/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef NS3_VALUE_H
#define NS3_VALUE_H

#include "ns3/attribute.h"

#include <string>

/**
 * Give ns-3 a default or a global value. That there is no such one, or that it can not have the
 * value, comes as a ProgramError.
 * @param name an attribute, as ns3::LoNetDevice::Mtu, or a global value, as RngRun
 * @param text its value, as ns-3 writes it
 */
void SetNs3Value(const std::string& name, const std::string& text);

/**
 * @param type a type
 * @param attribute its attribute
 * @return whether it has been given a default
 */
bool IsNs3DefaultGiven(const std::string& type, const std::string& attribute);

/**
 * Give ns-3 a default that it has not been given by SetNs3Value.
 * @param type the type
 * @param attribute its attribute
 * @param value the attribute's value
 */
void SetNs3DefaultUnlessGiven(const std::string& type,
                              const std::string& attribute,
                              const ns3::AttributeValue& value);

#endif /* NS3_VALUE_H */
