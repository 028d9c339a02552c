/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/address.h"
#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/mac64-address.h"
#include "ns3/packet-socket-address.h"
#include "ns3/test.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

/// @return the number that ns-3 gave an address's type when it was first used
unsigned
GetType(const Address& address)
{
    std::stringstream text;
    unsigned type = 0;
    text << address; // type, length and bytes, such as 04-06-00:00:00:00:00:01
    text >> std::hex >> type;
    return type;
}

/// @return whether the types of addresses have the numbers that they would have without our suites
bool
IsNothingMade()
{
    PacketSocketAddress socket; // whose members ns-3 does not initialize
    socket.SetProtocol(0);
    socket.SetAllDevices();
    // A type gets the next number when it is first used.
    const auto first = GetType(Mac64Address());
    return first < std::min({GetType(Ipv6Address::GetLoopback()),
                             GetType(Ipv4Address::GetLoopback()),
                             GetType(socket),
                             GetType(Inet6SocketAddress(Ipv6Address::GetLoopback(), 9)),
                             GetType(InetSocketAddress(Ipv4Address::GetLoopback(), 9))});
}

} // namespace

// ns-3's test runner for this module's suites, where there is no ns-3 tree: `--list` lists them,
// `--suite=NAME --verbose` runs one.
int
main(int argc, char* argv[])
{
    // ns-3's suite neighbor-cache, for one, fails if the types of addresses have other numbers.
    if (!IsNothingMade())
    {
        std::fputs("a suite's constructor has made an address; it must only register cases\n",
                   stderr);
        return EXIT_FAILURE;
    }
    // Otherwise the files that tests write stay behind, and runs in the same second share them.
    auto folder = (std::filesystem::temp_directory_path() / "loopback-XXXXXX").string();
    if (!mkdtemp(folder.data()))
    {
        std::perror("cannot make a folder for what the tests write");
        return EXIT_FAILURE;
    }
    std::string option = "--tempdir=" + folder;
    std::vector<char*> arguments(argv, argv + argc + 1); // with the null at the end
    arguments.insert(arguments.begin() + 1, option.data());
    const int status = TestRunner::Run(argc + 1, arguments.data());
    std::filesystem::remove_all(folder);
    return status;
}
