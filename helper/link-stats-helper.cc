/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-stats-helper.h"

#include "named-link.h"
#include "output-file.h"

#include "ns3/link-stats.h"
#include "ns3/netem-queue-disc.h"
#include "ns3/queue-disc.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <iomanip>
#include <locale>
#include <map>
#include <sstream>
#include <utility>

namespace ns3
{

namespace
{

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
    std::string kind;
    for (std::size_t i = 0; i < type.size(); ++i)
    {
        // CoDel is one word.
        const bool isWord = std::isupper(type[i], std::locale::classic()) && i > 0 &&
                            type.compare(i, 3, "Del") != 0;
        kind += isWord ? "_" : "";
        kind += std::tolower(type[i], std::locale::classic());
    }
    return kind;
}

/// Print the counters as `ip -s link` does, in columns as wide as the longest heading or number.
/// `ip -s -s link` has more headings.
void
PrintIpCounters(std::ostream& os, const LinkStats& s)
{
    constexpr std::size_t N = 6;
    using Row = std::array<std::string, N>;
    const auto toRow = [](auto... counts) { return Row{std::to_string(counts)...}; };
    const Row rx = toRow(s.rxBytes, s.rxPackets, s.rxErrors, s.rxDropped, 0, s.multicast);
    const Row tx = toRow(s.txBytes, s.txPackets, s.txErrors, s.txDropped, 0, s.collisions);
    const auto print = [&](const Row& row, std::size_t taken) {
        constexpr std::array<std::size_t, N> LEAST{10, 7, 6, 7, 7, 7};
        for (std::size_t i = 0; i < N; ++i)
        {
            const auto width = std::max({LEAST[i], rx[i].size(), tx[i].size()});
            os << std::setw(static_cast<int>(width - (i == 0 ? taken : 0))) << row[i] << ' ';
        }
    };
    // Ten spaces for the heading `compressed`, which iproute2 leaves blank but does not leave out.
    // The first heading shares its column with the word before it.
    os << "    RX: ";
    print({"bytes", "packets", "errors", "dropped", "missed", "mcast"}, 4);
    os << "          \n    ";
    print(rx, 0);
    os << "\n    TX: ";
    print({"bytes", "packets", "errors", "dropped", "carrier", "collsns"}, 4);
    os << "          \n    ";
    print(tx, 0);
    os << '\n';
}

/// Return an interface's IFF_ flags, separated by commas.
std::string
GetFlags(const NamedLink& link)
{
    return link.link->GetKind().flags + std::string(link.device->IsLinkUp() ? ",UP,LOWER_UP" : "");
}

/// Return an interface's operational state.
const char*
GetState(const NamedLink& link)
{
    return link.device->IsLinkUp() ? "UNKNOWN" : "DOWN";
}

void
PrintIpLinks(std::ostream& os, Ptr<Node> node)
{
    for (const auto& link : GetNamedLinks(node))
    {
        const auto& device = link.device;
        os << device->GetIfIndex() + 1 << ": " << link.name << ": <" << GetFlags(link) << "> mtu "
           << device->GetMtu() << " qdisc " << GetKind(GetRootQueueDisc(device)) << " state "
           << GetState(link) << " mode DEFAULT group default qlen 1000\n    link/"
           << link.link->GetKind().type << ' ' << Mac48Address::ConvertFrom(device->GetAddress())
           << " brd " << Mac48Address::ConvertFrom(device->GetBroadcast()) << '\n';
        PrintIpCounters(os, link.link->GetStats());
    }
}

/// Print the end of a device's JSON object.
void
PrintJson(std::ostream& os, const NamedLink& link)
{
    const auto& device = link.device;
    const auto s = link.link->GetStats();
    os << R"("ifindex":)" << device->GetIfIndex() + 1 << R"(,"ifname":")" << link.name
       << R"(","flags":[")";
    for (const auto c : GetFlags(link))
    {
        os << (c == ',' ? R"(",")" : std::string(1, c));
    }
    os << R"("],"mtu":)" << device->GetMtu() << R"(,"qdisc":")" << GetKind(GetRootQueueDisc(device))
       << R"(","operstate":")" << GetState(link)
       << R"(","linkmode":"DEFAULT","group":"default","txqlen":1000,"link_type":")"
       << link.link->GetKind().type << R"(","address":")"
       << Mac48Address::ConvertFrom(device->GetAddress()) << R"(","broadcast":")"
       << Mac48Address::ConvertFrom(device->GetBroadcast()) << R"(","stats64":{"rx":{"bytes":)"
       << s.rxBytes << R"(,"packets":)" << s.rxPackets << R"(,"errors":)" << s.rxErrors
       << R"(,"dropped":)" << s.rxDropped << R"(,"over_errors":0,"multicast":)" << s.multicast
       << R"(},"tx":{"bytes":)" << s.txBytes << R"(,"packets":)" << s.txPackets << R"(,"errors":)"
       << s.txErrors << R"(,"dropped":)" << s.txDropped << R"(,"carrier_errors":0,"collisions":)"
       << s.collisions << "}}}";
}

void
PrintProcLinks(std::ostream& os, Ptr<Node> node)
{
    using std::setw;
    os << "Inter-|   Receive                                                |  Transmit\n"
          " face |bytes    packets errs drop fifo frame compressed multicast|bytes    "
          "packets errs drop fifo colls carrier compressed\n";
    for (const auto& link : GetNamedLinks(node))
    {
        const auto s = link.link->GetStats();
        os << setw(6) << link.name << ": " << setw(7) << s.rxBytes << ' ' << setw(7) << s.rxPackets
           << ' ' << setw(4) << s.rxErrors << ' ' << setw(4) << s.rxDropped
           << "    0     0          0 " << setw(9) << s.multicast << ' ' << setw(8) << s.txBytes
           << ' ' << setw(7) << s.txPackets << ' ' << setw(4) << s.txErrors << ' ' << setw(4)
           << s.txDropped << "    0 " << setw(5) << s.collisions << "       0          0\n";
    }
}

/// Print a queue disc, and its children. tc's numbers are hexadecimal.
/// @param os the stream
/// @param device name of the device
/// @param disc the queue disc
/// @param parent handle of the parent, 0 for none
/// @param child number of the parent's class that it is in
/// @param next handle of the queue disc that is printed next
void
PrintQueueDisc(std::ostream& os,
               const std::string& device,
               Ptr<QueueDisc> disc,
               uint32_t parent,
               std::size_t child,
               uint32_t& next)
{
    const auto handle = next++;
    os << std::hex << "qdisc " << GetKind(disc) << ' ' << handle << ": dev " << device;
    if (parent == 0)
    {
        os << " root refcnt 2 ";
    }
    else
    {
        os << " parent " << parent << ':' << child << ' ';
    }
    os << std::dec;
    const auto netem = DynamicCast<NetemQueueDisc>(disc);
    if (netem)
    {
        os << static_cast<const NetemParameters&>(*netem);
    }
    const auto& stats = disc->GetStats();
    // In Linux, netem counts a marked packet as dropped, and a reordered one as requeued.
    const auto dropped = stats.nTotalDroppedPackets + (netem ? stats.nTotalMarkedPackets : 0);
    const auto requeued = netem ? netem->reordered.Get() : stats.nTotalRequeuedPackets;
    os << "\n Sent " << stats.nTotalSentBytes << " bytes " << stats.nTotalSentPackets
       << " pkt (dropped " << dropped << ", overlimits 0 requeues " << requeued << ") \n backlog "
       << disc->GetNBytes() << "b " << disc->GetNPackets() << "p requeues " << requeued << '\n';
    for (std::size_t i = 0; i < disc->GetNQueueDiscClasses(); ++i)
    {
        const auto inner = disc->GetQueueDiscClass(i);
        // Not a flow of FqCoDel or its like, which tc does not list either.
        if (inner->GetInstanceTypeId() == QueueDiscClass::GetTypeId() && inner->GetQueueDisc())
        {
            PrintQueueDisc(os, device, inner->GetQueueDisc(), handle, i + 1, next);
        }
    }
}

void
PrintQueueDiscs(std::ostream& os, Ptr<Node> node)
{
    std::map<Ptr<NetDevice>, std::string> names;
    for (const auto& link : GetNamedLinks(node))
    {
        names[link.device] = link.name;
    }
    uint32_t next = 0x8001;
    for (uint32_t i = 0; i < node->GetNDevices(); ++i)
    {
        const auto device = node->GetDevice(i);
        if (const auto root = GetRootQueueDisc(device))
        {
            const auto name = names.emplace(device, GetName(device, "eth" + std::to_string(i)));
            PrintQueueDisc(os, name.first->second, root, 0, 0, next);
        }
    }
}

/// Write a text to a stream. Aborts if that fails, as it does if a file could not be opened.
void
Write(std::ostream& os, const std::ostringstream& text)
{
    errno = 0;
    CheckWritten(bool(os << text.str()), "LinkStatsHelper", "the stream");
}

/// Print each node, after a line with its name if there are several nodes.
void
PrintNodes(std::ostream& os, const NodeContainer& nodes, void (*print)(std::ostream&, Ptr<Node>))
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        if (nodes.GetN() > 1)
        {
            text << "\nnetns: " << GetNodeName(*node) << '\n';
        }
        print(text, *node);
    }
    Write(os, text);
}

} // namespace

void
LinkStatsHelper::PrintIpLink(std::ostream& os, const NodeContainer& nodes)
{
    PrintNodes(os, nodes, &PrintIpLinks);
}

void
LinkStatsHelper::PrintIpLinkJson(std::ostream& os, const NodeContainer& nodes)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << '[';
    const char* separator = "{";
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        for (const auto& link : GetNamedLinks(*node))
        {
            text << std::exchange(separator, ",{");
            if (nodes.GetN() > 1)
            {
                text << R"("netns":")" << GetNodeName(*node) << R"(",)";
            }
            PrintJson(text, link);
        }
    }
    text << "]\n";
    Write(os, text);
}

void
LinkStatsHelper::PrintProcNetDev(std::ostream& os, const NodeContainer& nodes)
{
    PrintNodes(os, nodes, &PrintProcLinks);
}

void
LinkStatsHelper::PrintTcQdisc(std::ostream& os, const NodeContainer& nodes)
{
    PrintNodes(os, nodes, &PrintQueueDiscs);
}

} // namespace ns3
