/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-stats-helper.h"

#include "link-stats-sampling.h"
#include "named-link.h"

#include "ns3/simulation-singleton.h"

#include <algorithm>
#include <array>
#include <iomanip>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

namespace
{

/// What `ip link` says of an interface.
struct Link
{
    uint32_t index;                 ///< from 1
    std::string name;               ///< interface name
    std::vector<std::string> flags; ///< IFF_ flags without the prefix
    uint16_t mtu;                   ///< layer-3 bytes
    bool isUp;                      ///< administratively
    std::string type;               ///< ARPHRD_ type in iproute2's words
    Address address;                ///< link-layer address
    Address broadcast;              ///< link-layer broadcast address
    LinkStats stats;                ///< the counters
};

Link
MakeLink(const NamedLink& named)
{
    const auto& device = named.device;
    Link link{device->GetIfIndex() + 1,
              named.name,
              named.isLo ? std::vector<std::string>{"LOOPBACK"}
                         : std::vector<std::string>{"BROADCAST", "NOARP"},
              device->GetMtu(),
              device->IsLinkUp(),
              named.isLo ? "loopback" : "ether",
              device->GetAddress(),
              device->GetBroadcast(),
              named.GetStats()};
    if (link.isUp)
    {
        link.flags.insert(link.flags.end(), {"UP", "LOWER_UP"});
    }
    return link;
}

std::vector<Link>
GetLinks(Ptr<Node> node)
{
    std::vector<Link> links;
    for (const auto& named : GetNamedLinks(node))
    {
        links.push_back(MakeLink(named));
    }
    return links;
}

std::string
ToText(const Address& address)
{
    std::ostringstream os;
    os << Mac48Address::ConvertFrom(address);
    return os.str();
}

/// What of a link `ip` says in words.
const char*
GetOperState(const Link& link)
{
    return link.isUp ? "UNKNOWN" : "DOWN";
}

std::string
Join(const std::vector<std::string>& words, const std::string& separator, const std::string& quote)
{
    std::string joined;
    for (const auto& word : words)
    {
        joined += joined.empty() ? "" : separator;
        joined += quote;
        joined += word;
        joined += quote;
    }
    return joined;
}

/// A string as JSON writes it (RFC 8259, section 7).
std::string
Quote(const std::string& text)
{
    std::ostringstream os;
    os << '"';
    for (const unsigned char c : text)
    {
        if (c == '"' || c == '\\')
        {
            os << '\\' << c;
        }
        else if (c < 0x20)
        {
            os << "\\u" << std::hex << std::setw(4) << std::setfill('0') << unsigned{c};
        }
        else
        {
            os << c;
        }
    }
    os << '"';
    return os.str();
}

/// The columns of `ip -s link`: receive or transmit, by heading and value.
struct Column
{
    const char* rxName;
    uint64_t rx;
    const char* txName;
    uint64_t tx;
    std::size_t width; ///< of the longest heading that `ip -s -s link` has there
};

std::array<Column, 6>
GetColumns(const LinkStats& s)
{
    return {{{"bytes", s.rxBytes, "bytes", s.txBytes, 10},
             {"packets", s.rxPackets, "packets", s.txPackets, 7},
             {"errors", s.rxErrors, "errors", s.txErrors, 6},
             {"dropped", s.rxDropped, "dropped", s.txDropped, 7},
             {"missed", 0, "carrier", 0, 7},
             {"mcast", s.multicast, "collsns", s.collisions, 7}}};
}

/// The heading `compressed`, which iproute2 leaves blank but does not leave out.
constexpr auto COMPRESSED = "          ";

void
PrintIpStats(std::ostream& os, const LinkStats& stats)
{
    auto columns = GetColumns(stats);
    for (auto& column : columns)
    {
        column.width = std::max(
            {column.width, std::to_string(column.rx).size(), std::to_string(column.tx).size()});
    }
    for (const bool isRx : {true, false})
    {
        std::ostringstream values;
        os << (isRx ? "    RX:" : "    TX:");
        // The first heading shares its column with the word before it.
        int taken = 4;
        for (const auto& column : columns)
        {
            const auto width = static_cast<int>(column.width);
            os << ' ' << std::setw(width - taken) << (isRx ? column.rxName : column.txName);
            values << std::setw(width) << (isRx ? column.rx : column.tx) << ' ';
            taken = 0;
        }
        os << ' ' << COMPRESSED << "\n    " << values.str() << '\n';
    }
}

void
PrintIp(std::ostream& os, const Link& link)
{
    os << link.index << ": " << link.name << ": <" << Join(link.flags, ",", "") << "> mtu "
       << link.mtu << " qdisc noqueue state " << GetOperState(link)
       << " mode DEFAULT group default qlen 1000\n    link/" << link.type << ' '
       << ToText(link.address) << " brd " << ToText(link.broadcast) << "\n";
    PrintIpStats(os, link.stats);
}

void
PrintJson(std::ostream& os, const Link& link)
{
    const auto& s = link.stats;
    os << "\"ifindex\":" << link.index << ",\"ifname\":" << Quote(link.name) << ",\"flags\":["
       << Join(link.flags, ",", "\"") << "],\"mtu\":" << link.mtu
       << ",\"qdisc\":\"noqueue\",\"operstate\":\"" << GetOperState(link)
       << "\",\"linkmode\":\"DEFAULT\",\"group\":\"default\",\"txqlen\":1000,\"link_type\":\""
       << link.type << "\",\"address\":\"" << ToText(link.address) << "\",\"broadcast\":\""
       << ToText(link.broadcast) << "\",\"stats64\":{\"rx\":{\"bytes\":" << s.rxBytes
       << ",\"packets\":" << s.rxPackets << ",\"errors\":" << s.rxErrors
       << ",\"dropped\":" << s.rxDropped << ",\"over_errors\":0,\"multicast\":" << s.multicast
       << "},\"tx\":{\"bytes\":" << s.txBytes << ",\"packets\":" << s.txPackets
       << ",\"errors\":" << s.txErrors << ",\"dropped\":" << s.txDropped
       << ",\"carrier_errors\":0,\"collisions\":" << s.collisions << "}}";
}

void
PrintProc(std::ostream& os, const Link& link)
{
    const auto& s = link.stats;
    const auto put = [&os](int width, uint64_t value) { os << ' ' << std::setw(width) << value; };
    os << std::setw(6) << link.name << ':';
    put(7, s.rxBytes);
    put(7, s.rxPackets);
    put(4, s.rxErrors);
    put(4, s.rxDropped);
    put(4, 0);
    put(5, 0);
    put(10, 0);
    put(9, s.multicast);
    put(8, s.txBytes);
    put(7, s.txPackets);
    put(4, s.txErrors);
    put(4, s.txDropped);
    put(4, 0);
    put(5, s.collisions);
    put(7, 0);
    put(10, 0);
    os << '\n';
}

/// Say which node is meant, if there is a choice.
void
PrintNode(std::ostream& os, Ptr<Node> node, const NodeContainer& nodes)
{
    if (nodes.GetN() > 1)
    {
        os << "\nnetns: " << GetNodeName(node) << '\n';
    }
}

} // namespace

void
LinkStatsHelper::PrintIpLink(std::ostream& os, const NodeContainer& nodes)
{
    std::ostringstream text;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        PrintNode(text, *node, nodes);
        for (const auto& link : GetLinks(*node))
        {
            PrintIp(text, link);
        }
    }
    os << text.str();
}

void
LinkStatsHelper::PrintIpLinkJson(std::ostream& os, const NodeContainer& nodes)
{
    std::ostringstream text;
    const char* separator = "";
    text << '[';
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        for (const auto& link : GetLinks(*node))
        {
            text << std::exchange(separator, ",") << '{';
            if (nodes.GetN() > 1)
            {
                text << "\"netns\":" << Quote(GetNodeName(*node)) << ',';
            }
            PrintJson(text, link);
            text << '}';
        }
    }
    text << "]\n";
    os << text.str();
}

void
LinkStatsHelper::PrintProcNetDev(std::ostream& os, const NodeContainer& nodes)
{
    std::ostringstream text;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        PrintNode(text, *node, nodes);
        text << "Inter-|   Receive                                                |  Transmit\n"
                " face |bytes    packets errs drop fifo frame compressed multicast|bytes    "
                "packets errs drop fifo colls carrier compressed\n";
        for (const auto& link : GetLinks(*node))
        {
            PrintProc(text, link);
        }
    }
    os << text.str();
}

void
LinkStatsHelper::Sample(const NodeContainer& nodes, Time interval, const std::string& prefix)
{
    SimulationSingleton<LinkStatsSampling>::Get()->Start(nodes, interval, prefix);
}

} // namespace ns3
