/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/link-stats-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/node.h"

#include <iostream>

using namespace ns3;

/// Print a new lo as `text`, `json` or `proc`; with `down`, one that is down.
int
main(int argc, char* argv[])
{
    const std::string form = argc > 1 ? argv[1] : "";
    const auto node = CreateObject<Node>();
    LoHelper().Install(node);
    if (argc > 2 && std::string(argv[2]) == "down")
    {
        LoHelper::GetLo(node)->SetDown();
    }
    if (form == "text")
    {
        LinkStatsHelper::PrintIpLink(std::cout, node);
    }
    else if (form == "json")
    {
        LinkStatsHelper::PrintIpLinkJson(std::cout, node);
    }
    else if (form == "proc")
    {
        LinkStatsHelper::PrintProcNetDev(std::cout, node);
    }
    else
    {
        std::cerr << "usage: fresh-lo text|json|proc [down]\n";
        return 1;
    }
    return 0;
}
