/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/abort.h"
#include "ns3/link-stats-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/node-container.h"

#include <iostream>
#include <map>
#include <string>

using namespace ns3;

/// Print a new lo, or one that is down.
/// Usage: fresh-lo text|json|proc up|down
int
main(int argc, char* argv[])
{
    NS_ABORT_MSG_UNLESS(argc == 3, "usage: fresh-lo text|json|proc up|down");
    const auto node = CreateObject<Node>();
    LoHelper().Install(node);
    if (argv[2] == std::string("down"))
    {
        LoHelper::GetLo(node)->SetDown();
    }
    const std::map<std::string, void (*)(std::ostream&, const NodeContainer&)> forms{
        {"text", &LinkStatsHelper::PrintIpLink},
        {"json", &LinkStatsHelper::PrintIpLinkJson},
        {"proc", &LinkStatsHelper::PrintProcNetDev}};
    forms.at(argv[1])(std::cout, node);
    return 0;
}
