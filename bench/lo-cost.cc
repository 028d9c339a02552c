/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * UDP datagrams through the stack over one loopback, whose instructions tools/cost counts.
 */

#include "bursts.h"
#include "host.h"

#include <boost/program_options.hpp>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>

using namespace ns3;
namespace po = boost::program_options;

int
main(int argc, char* argv[])
{
    std::string loopback;
    uint64_t packets = 0;
    po::options_description options("Usage: lo-cost [OPTION]...");
    options.add_options()("help", "print this and exit")(
        "loopback",
        po::value(&loopback)->default_value("Immediate"),
        "a Delivery of LoNetDevice, or own: ns-3's LoopbackNetDevice")(
        "packets",
        po::value(&packets)->default_value(6400),
        "datagrams to send, in bursts of 64");
    try
    {
        po::variables_map values;
        po::store(po::parse_command_line(argc, argv, options), values);
        po::notify(values);
        if (values.count("help") > 0)
        {
            std::cout << options;
            return EXIT_SUCCESS;
        }
    }
    catch (const std::exception& error)
    {
        std::cerr << "lo-cost: " << error.what() << "\n";
        return EXIT_FAILURE;
    }

    UdpHost host(loopback);
    uint64_t sent = 0;
    const auto pacer = [&](uint32_t burst) {
        const bool goOn = sent < packets;
        sent += goOn ? burst : 0;
        return goOn;
    };
    Bursts(64, Time(0), pacer, [&host] { host.Send(); }).Run(host.GetNode()->GetId());
    Simulator::Destroy();
    std::cout << host.GetReceived() << " of " << sent << " datagrams arrived\n";
    return host.GetReceived() == sent ? EXIT_SUCCESS : EXIT_FAILURE;
}
