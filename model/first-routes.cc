/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "first-routes.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("FirstRoutes");

NS_OBJECT_TEMPLATE_CLASS_DEFINE(FirstRoutes, Ipv4Family);
NS_OBJECT_TEMPLATE_CLASS_DEFINE(FirstRoutes, Ipv6Family);

} // namespace ns3
