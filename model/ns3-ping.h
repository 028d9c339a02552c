/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef NS3_PING_H
#define NS3_PING_H

#include "ns3/internet-apps-module.h"

/**
 * @file
 * @ingroup loopback
 * What differs between ns-3 releases in a module that examples and tests use, and the models do
 * not. Not installed.
 */

/// Whether ns-3 has one ping application for both IP versions (3.38), not V4Ping and Ping6.
#ifdef PING_HELPER_H
#define LOOPBACK_NS3_HAS_PING 1
#else
#define LOOPBACK_NS3_HAS_PING 0
#endif

#endif /* NS3_PING_H */
