/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef NS3_OBJECT_TEXT_H
#define NS3_OBJECT_TEXT_H

#include "ns3/attribute.h"

#include <string>

/**
 * @file
 * What has to be known of an attribute's value before ns-3 reads it.
 */

/**
 * ns-3 crashes on the text of an object of a type that is not there, that can not be made, or whose
 * brackets are not closed, and takes a negative number for a very large one.
 * @param text the text of a value, as ns-3 writes it
 * @param checker the attribute's checker
 * @return whether ns-3 can be asked to read it
 */
bool IsSafeToRead(const std::string& text, ns3::Ptr<const ns3::AttributeChecker> checker);

/**
 * @param text name of a type
 * @param other name of the type that is in its place
 * @return whether ns-3 can make one of the type where it makes one of the other
 */
bool IsInPlaceOf(const std::string& text, const std::string& other);

#endif /* NS3_OBJECT_TEXT_H */
