/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-stats-helper.h"

#include "named-link.h"

#include "ns3/link-stats.h"
#include "ns3/names.h"
#include "ns3/netem-queue-disc.h"
#include "ns3/queue-disc.h"
#include "ns3/traffic-control-layer.h"

#include <algorithm>
#include <cctype>
#include <iomanip>
#include <map>
#include <sstream>
#include <utility>
#include <vector>

namespace ns3
{

namespace
{

/// A counter in `ip -s link` and `ip -s -j link`.
struct IpCounter
{
    const char* heading;          ///< as text
    const char* name;             ///< as JSON
    uint64_t LinkStats::*counter; ///< the counter, or null for one that stays 0
};

/// The columns of `ip -s link`: the width of the longest heading, and the counters of receive and
/// transmit. `ip -s -s link` has more headings.
constexpr struct
{
    std::size_t width;
    IpCounter directions[2];
} IP_COLUMNS[]{
    {10, {{"bytes", "bytes", &LinkStats::rxBytes}, {"bytes", "bytes", &LinkStats::txBytes}}},
    {7,
     {{"packets", "packets", &LinkStats::rxPackets},
      {"packets", "packets", &LinkStats::txPackets}}},
    {6, {{"errors", "errors", &LinkStats::rxErrors}, {"errors", "errors", &LinkStats::txErrors}}},
    {7,
     {{"dropped", "dropped", &LinkStats::rxDropped},
      {"dropped", "dropped", &LinkStats::txDropped}}},
    {7, {{"missed", "over_errors", nullptr}, {"carrier", "carrier_errors", nullptr}}},
    {7,
     {{"mcast", "multicast", &LinkStats::multicast},
      {"collsns", "collisions", &LinkStats::collisions}}},
};

/// The counters in /proc/net/dev, null for one that stays 0, and their widths.
constexpr std::pair<uint64_t LinkStats::*, int> PROC_COLUMNS[]{
    {&LinkStats::rxBytes, 8},
    {&LinkStats::rxPackets, 8},
    {&LinkStats::rxErrors, 5},
    {&LinkStats::rxDropped, 5},
    {nullptr, 5},
    {nullptr, 6},
    {nullptr, 11},
    {&LinkStats::multicast, 10},
    {&LinkStats::txBytes, 9},
    {&LinkStats::txPackets, 8},
    {&LinkStats::txErrors, 5},
    {&LinkStats::txDropped, 5},
    {nullptr, 5},
    {&LinkStats::collisions, 6},
    {nullptr, 8},
    {nullptr, 11},
};

uint64_t
GetCount(const LinkStats& stats, uint64_t LinkStats::*counter)
{
    return counter ? stats.*counter : 0;
}

/// Return the flags of an interface, separated by commas.
std::string
GetFlags(const NamedLink& named)
{
    return named.link->GetKind().flags +
           std::string(named.device->IsLinkUp() ? ",UP,LOWER_UP" : "");
}

const char*
GetOperState(const NamedLink& named)
{
    return named.device->IsLinkUp() ? "UNKNOWN" : "DOWN";
}

/// Return the root queue disc on a device, or null. A device that was disposed has no node.
Ptr<QueueDisc>
GetRootQueueDisc(Ptr<NetDevice> device)
{
    const auto node = device->GetNode();
    const auto layer = node ? node->GetObject<TrafficControlLayer>() : nullptr;
    return layer ? layer->GetRootQueueDiscOnDevice(device) : nullptr;
}

/// Return tc's name of a queue disc: that of the class in snake case, such as pfifo_fast.
std::string
GetKind(Ptr<const QueueDisc> disc)
{
    if (!disc)
    {
        return "noqueue";
    }
    auto type = disc->GetInstanceTypeId().GetName();
    type = type.substr(0, type.rfind("QueueDisc"));
    type = type.substr(type.rfind(':') + 1);
    std::string name;
    for (std::size_t i = 0; i < type.size(); ++i)
    {
        // CoDel is one word.
        const bool isWord = std::isupper(type[i]) != 0 && i > 0 && type.compare(i, 3, "Del") != 0;
        name += isWord ? "_" : "";
        name += static_cast<char>(std::tolower(type[i]));
    }
    return name;
}

/// Return a string as JSON has it (RFC 8259, section 7).
std::string
Quote(const std::string& text)
{
    std::ostringstream os;
    os << '"' << std::hex << std::setfill('0');
    for (const unsigned char c : text)
    {
        if (c < 0x20)
        {
            os << "\\u" << std::setw(4) << unsigned{c};
        }
        else
        {
            os << (c == '"' || c == '\\' ? "\\" : "") << c;
        }
    }
    os << '"';
    return os.str();
}

void
PrintIpStats(std::ostream& os, const LinkStats& stats)
{
    // The heading `compressed`, which iproute2 leaves blank but does not leave out.
    constexpr auto COMPRESSED = "          ";
    for (const int direction : {0, 1})
    {
        std::ostringstream values;
        os << (direction == 0 ? "    RX:" : "    TX:");
        // The first heading shares its column with the word before it.
        int taken = 4;
        for (const auto& [least, counters] : IP_COLUMNS)
        {
            const auto rx = std::to_string(GetCount(stats, counters[0].counter));
            const auto tx = std::to_string(GetCount(stats, counters[1].counter));
            const auto width = static_cast<int>(std::max({least, rx.size(), tx.size()}));
            os << ' ' << std::setw(width - std::exchange(taken, 0)) << counters[direction].heading;
            values << std::setw(width) << (direction == 0 ? rx : tx) << ' ';
        }
        os << ' ' << COMPRESSED << "\n    " << values.str() << '\n';
    }
}

void
PrintIp(std::ostream& os, const NamedLink& named)
{
    const auto& device = named.device;
    os << device->GetIfIndex() + 1 << ": " << named.name << ": <" << GetFlags(named) << "> mtu "
       << device->GetMtu() << " qdisc " << GetKind(GetRootQueueDisc(named.device)) << " state "
       << GetOperState(named) << " mode DEFAULT group default qlen 1000\n    link/"
       << named.link->GetKind().type << ' ' << Mac48Address::ConvertFrom(device->GetAddress())
       << " brd " << Mac48Address::ConvertFrom(device->GetBroadcast()) << '\n';
    PrintIpStats(os, named.link->GetStats());
}

void
PrintJson(std::ostream& os, const NamedLink& named)
{
    const auto& device = named.device;
    os << "\"ifindex\":" << device->GetIfIndex() + 1 << ",\"ifname\":" << Quote(named.name)
       << ",\"flags\":[\"";
    for (const auto c : GetFlags(named))
    {
        os << (c == ',' ? "\",\"" : std::string(1, c));
    }
    os << "\"],\"mtu\":" << device->GetMtu()
       << ",\"qdisc\":" << Quote(GetKind(GetRootQueueDisc(named.device))) << ",\"operstate\":\""
       << GetOperState(named)
       << "\",\"linkmode\":\"DEFAULT\",\"group\":\"default\",\"txqlen\":1000,\"link_type\":\""
       << named.link->GetKind().type << "\",\"address\":\""
       << Mac48Address::ConvertFrom(device->GetAddress()) << "\",\"broadcast\":\""
       << Mac48Address::ConvertFrom(device->GetBroadcast()) << "\",\"stats64\":{";
    const auto stats = named.link->GetStats();
    for (const int direction : {0, 1})
    {
        os << (direction == 0 ? "\"rx\":{" : "},\"tx\":{");
        const char* separator = "\"";
        for (const auto& [width, counters] : IP_COLUMNS)
        {
            const auto& [heading, name, counter] = counters[direction];
            os << std::exchange(separator, ",\"") << name << "\":" << GetCount(stats, counter);
        }
    }
    os << "}}";
}

void
PrintProc(std::ostream& os, const NamedLink& named)
{
    const auto stats = named.link->GetStats();
    os << std::setw(6) << named.name << ':';
    for (const auto& [counter, width] : PROC_COLUMNS)
    {
        os << std::setw(width) << GetCount(stats, counter);
    }
    os << '\n';
}

/// A queue disc, and what tc calls it. tc's numbers are hexadecimal.
struct NamedQueueDisc
{
    std::string handle;  ///< its number
    std::string device;  ///< name of its device
    std::string parent;  ///< number of the class that it is in, or empty if it is a root
    Ptr<QueueDisc> disc; ///< the queue disc
};

uint64_t
GetDrops(Ptr<QueueDisc> disc)
{
    // In Linux, netem counts a marked packet as dropped.
    const auto& stats = disc->GetStats();
    const auto netem = DynamicCast<NetemQueueDisc>(disc);
    return stats.nTotalDroppedPackets + (netem ? stats.nTotalMarkedPackets : 0);
}

uint64_t
GetRequeues(Ptr<QueueDisc> disc)
{
    // In Linux, netem counts a reordered packet as requeued.
    const auto netem = DynamicCast<NetemQueueDisc>(disc);
    return netem ? netem->reordered.Get() : disc->GetStats().nTotalRequeuedPackets;
}

/// Append a queue disc, and its children.
void
AddQueueDisc(std::vector<NamedQueueDisc>& discs,
             const std::string& device,
             Ptr<QueueDisc> disc,
             const std::string& parent)
{
    std::ostringstream handle;
    handle << std::hex << 0x8001 + discs.size() << ':';
    discs.push_back({handle.str(), device, parent, disc});
    for (std::size_t i = 0; i < disc->GetNQueueDiscClasses(); ++i)
    {
        const auto child = disc->GetQueueDiscClass(i);
        // Not a flow of FqCoDel or its like, which tc does not list either.
        if (child->GetInstanceTypeId() == QueueDiscClass::GetTypeId() && child->GetQueueDisc())
        {
            std::ostringstream number;
            number << handle.str() << std::hex << i + 1;
            AddQueueDisc(discs, device, child->GetQueueDisc(), number.str());
        }
    }
}

/// Return the queue discs of a node's devices.
std::vector<NamedQueueDisc>
GetQueueDiscs(Ptr<Node> node)
{
    std::map<Ptr<NetDevice>, std::string> names;
    for (const auto& link : GetNamedLinks(node))
    {
        names[link.device] = link.name;
    }
    std::vector<NamedQueueDisc> discs;
    for (uint32_t i = 0; i < node->GetNDevices(); ++i)
    {
        const auto device = node->GetDevice(i);
        if (const auto root = GetRootQueueDisc(device))
        {
            auto& name = names[device];
            name = name.empty() ? Names::FindName(device) : name;
            AddQueueDisc(discs, name.empty() ? "eth" + std::to_string(i) : name, root, "");
        }
    }
    return discs;
}

void
PrintTc(std::ostream& os, const NamedQueueDisc& named)
{
    os << "qdisc " << GetKind(named.disc) << ' ' << named.handle << " dev " << named.device
       << (named.parent.empty() ? " root refcnt 2 " : " parent " + named.parent + " ");
    if (const auto netem = DynamicCast<NetemQueueDisc>(named.disc))
    {
        os << static_cast<const NetemParameters&>(*netem);
    }
    const auto& stats = named.disc->GetStats();
    const auto requeues = GetRequeues(named.disc);
    os << "\n Sent " << stats.nTotalSentBytes << " bytes " << stats.nTotalSentPackets
       << " pkt (dropped " << GetDrops(named.disc) << ", overlimits 0 requeues " << requeues
       << ") \n backlog " << named.disc->GetNBytes() << "b " << named.disc->GetNPackets()
       << "p requeues " << requeues << '\n';
}

void
PrintTcJson(std::ostream& os, const NamedQueueDisc& named)
{
    const auto& stats = named.disc->GetStats();
    os << "\"kind\":" << Quote(GetKind(named.disc)) << ",\"handle\":" << Quote(named.handle)
       << ",\"dev\":" << Quote(named.device)
       << (named.parent.empty() ? ",\"root\":true,\"refcnt\":2"
                                : ",\"parent\":" + Quote(named.parent))
       << ",\"options\":{},\"bytes\":" << stats.nTotalSentBytes
       << ",\"packets\":" << stats.nTotalSentPackets << ",\"drops\":" << GetDrops(named.disc)
       << ",\"overlimits\":0,\"requeues\":" << GetRequeues(named.disc)
       << ",\"backlog\":" << named.disc->GetNBytes() << ",\"qlen\":" << named.disc->GetNPackets();
}

/// Print what each node has, after a line with its name if there are several nodes.
template <typename T>
void
PrintNodes(std::ostream& os,
           const NodeContainer& nodes,
           const std::string& heading,
           std::vector<T> (*get)(Ptr<Node>),
           void (*print)(std::ostream&, const T&))
{
    // The caller's stream may have other number formats.
    std::ostringstream text;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        const auto found = get(*node);
        if (nodes.GetN() > 1)
        {
            text << "\nnetns: " << GetNodeName(*node) << '\n';
        }
        text << heading;
        for (const auto& one : found)
        {
            print(text, one);
        }
    }
    os << text.str();
}

/// Print what some nodes have as a JSON array of objects.
template <typename T>
void
PrintArray(std::ostream& os,
           const NodeContainer& nodes,
           std::vector<T> (*get)(Ptr<Node>),
           void (*print)(std::ostream&, const T&))
{
    std::ostringstream text;
    const char* separator = "";
    text << '[';
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        for (const auto& one : get(*node))
        {
            text << std::exchange(separator, ",") << '{';
            if (nodes.GetN() > 1)
            {
                text << "\"netns\":" << Quote(GetNodeName(*node)) << ',';
            }
            print(text, one);
            text << '}';
        }
    }
    text << "]\n";
    os << text.str();
}

} // namespace

void
LinkStatsHelper::PrintIpLink(std::ostream& os, const NodeContainer& nodes)
{
    PrintNodes<NamedLink>(os, nodes, "", GetNamedLinks, PrintIp);
}

void
LinkStatsHelper::PrintProcNetDev(std::ostream& os, const NodeContainer& nodes)
{
    PrintNodes<NamedLink>(
        os,
        nodes,
        "Inter-|   Receive                                                |  Transmit\n"
        " face |bytes    packets errs drop fifo frame compressed multicast|bytes    "
        "packets errs drop fifo colls carrier compressed\n",
        GetNamedLinks,
        PrintProc);
}

void
LinkStatsHelper::PrintIpLinkJson(std::ostream& os, const NodeContainer& nodes)
{
    PrintArray<NamedLink>(os, nodes, GetNamedLinks, PrintJson);
}

void
LinkStatsHelper::PrintTcQdisc(std::ostream& os, const NodeContainer& nodes)
{
    PrintNodes<NamedQueueDisc>(os, nodes, "", GetQueueDiscs, PrintTc);
}

void
LinkStatsHelper::PrintTcQdiscJson(std::ostream& os, const NodeContainer& nodes)
{
    PrintArray<NamedQueueDisc>(os, nodes, GetQueueDiscs, PrintTcJson);
}

} // namespace ns3
