/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef IMPAIRMENT_CHANGES_H
#define IMPAIRMENT_CHANGES_H

#include "call-sequence.h"

#include "ns3/link-impairment.h"

namespace ns3::tests
{

/**
 * Change an attribute of an impairment, to a value at which it does something within nanoseconds.
 * @param impairment the impairment
 * @param draw makes the choice
 */
void ChangeAnyAttribute(LinkImpairment& impairment, const DrawFunction& draw);

} // namespace ns3::tests

#endif /* IMPAIRMENT_CHANGES_H */
