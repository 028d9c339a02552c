/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-stats-helper.h"

#include "named-link.h"
#include "output-file.h"

#include "ns3/link-stats.h"
#include "ns3/names.h"
#include "ns3/netem-queue-disc.h"
#include "ns3/queue-disc.h"
#include "ns3/traffic-control-layer.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <iomanip>
#include <locale>
#include <map>
#include <sstream>
#include <utility>
#include <vector>

namespace ns3
{

namespace
{

/// What is printed of a device or a queue disc: texts by name.
using Values = std::map<std::string, std::string>;

// What is printed, with `%NAME%` in place of a value, and `%WIDTHNAME%` in place of one that is
// aligned to the right.

constexpr auto IP_LINK =
    "%ifindex%: %name%: <%flags%> mtu %mtu% qdisc %qdisc% state %state% mode DEFAULT group default "
    "qlen 1000\n    link/%type% %address% brd %broadcast%\n%counters%";

constexpr auto IP_LINK_JSON =
    R"("ifindex":%ifindex%,"ifname":%quotedName%,"flags":[%quotedFlags%],"mtu":%mtu%,)"
    R"("qdisc":"%qdisc%","operstate":"%state%","linkmode":"DEFAULT","group":"default",)"
    R"("txqlen":1000,"link_type":"%type%","address":"%address%","broadcast":"%broadcast%",)"
    R"("stats64":{"rx":{"bytes":%rxBytes%,"packets":%rxPackets%,"errors":%rxErrors%,)"
    R"("dropped":%rxDropped%,"over_errors":0,"multicast":%multicast%},"tx":{"bytes":%txBytes%,)"
    R"("packets":%txPackets%,"errors":%txErrors%,"dropped":%txDropped%,"carrier_errors":0,)"
    R"("collisions":%collisions%}})";

constexpr auto PROC_NET_DEV =
    "%6name%: %7rxBytes% %7rxPackets% %4rxErrors% %4rxDropped%    0     0          0 %9multicast% "
    "%8txBytes% %7txPackets% %4txErrors% %4txDropped%    0 %5collisions%       0          0\n";

constexpr auto PROC_NET_DEV_HEADING =
    "Inter-|   Receive                                                |  Transmit\n"
    " face |bytes    packets errs drop fifo frame compressed multicast|bytes    "
    "packets errs drop fifo colls carrier compressed\n";

constexpr auto TC_QDISC =
    "qdisc %kind% %handle% dev %name% %place% %options%\n"
    " Sent %bytes% bytes %packets% pkt (dropped %drops%, overlimits 0 requeues %requeues%) \n"
    " backlog %backlog%b %qlen%p requeues %requeues%\n";

/// The columns of `ip -s link`: the width of the longest heading, and the headings and counters of
/// receive and transmit, null for one that stays 0. `ip -s -s link` has more headings.
constexpr struct
{
    std::size_t width;
    const char* headings[2];
    uint64_t LinkStats::*counters[2];
} IP_COLUMNS[]{
    {10, {"bytes", "bytes"}, {&LinkStats::rxBytes, &LinkStats::txBytes}},
    {7, {"packets", "packets"}, {&LinkStats::rxPackets, &LinkStats::txPackets}},
    {6, {"errors", "errors"}, {&LinkStats::rxErrors, &LinkStats::txErrors}},
    {7, {"dropped", "dropped"}, {&LinkStats::rxDropped, &LinkStats::txDropped}},
    {7, {"missed", "carrier"}, {nullptr, nullptr}},
    {7, {"mcast", "collsns"}, {&LinkStats::multicast, &LinkStats::collisions}},
};

/// Return values as text, whatever the program's locale.
template <typename... Ts>
std::string
ToText(const Ts&... values)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    (text << ... << values);
    return text.str();
}

/// Return a form with the values filled in.
std::string
FillIn(const char* form, const Values& values)
{
    std::istringstream parts(form);
    std::ostringstream text;
    bool isName = false;
    for (std::string part; std::getline(parts, part, '%'); isName = !isName)
    {
        if (isName)
        {
            text << std::setw(std::atoi(part.c_str()));
            part = values.at(part.substr(part.find_first_not_of("0123456789")));
        }
        text << part;
    }
    return text.str();
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
    std::string kind;
    for (std::size_t i = 0; i < type.size(); ++i)
    {
        const auto c = static_cast<unsigned char>(type[i]);
        // CoDel is one word.
        const bool isWord = std::isupper(c) != 0 && i > 0 && type.compare(i, 3, "Del") != 0;
        kind += isWord ? "_" : "";
        kind += static_cast<char>(std::tolower(c));
    }
    return kind;
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

/// Return what `ip -s link` prints of the counters.
std::string
GetIpCounters(const LinkStats& stats)
{
    // The heading `compressed`, which iproute2 leaves blank but does not leave out.
    constexpr auto COMPRESSED = "          ";
    std::ostringstream text;
    for (const int direction : {0, 1})
    {
        std::ostringstream values;
        text << (direction == 0 ? "    RX:" : "    TX:");
        // The first heading shares its column with the word before it.
        int taken = 4;
        for (const auto& [least, headings, counters] : IP_COLUMNS)
        {
            const auto rx = counters[0] ? std::to_string(stats.*counters[0]) : "0";
            const auto tx = counters[1] ? std::to_string(stats.*counters[1]) : "0";
            const auto width = static_cast<int>(std::max({least, rx.size(), tx.size()}));
            text << ' ' << std::setw(width - std::exchange(taken, 0)) << headings[direction];
            values << std::setw(width) << (direction == 0 ? rx : tx) << ' ';
        }
        text << ' ' << COMPRESSED << "\n    " << values.str() << '\n';
    }
    return text.str();
}

/// Return what is printed of the devices of this module on a node.
std::vector<Values>
GetLinks(Ptr<Node> node)
{
    std::vector<Values> links;
    for (const auto& [device, link, name] : GetNamedLinks(node))
    {
        const bool isUp = device->IsLinkUp();
        const auto flags = link->GetKind().flags + std::string(isUp ? ",UP,LOWER_UP" : "");
        std::string quotedFlags;
        for (const auto c : flags)
        {
            quotedFlags += c == ',' ? "\",\"" : std::string(1, c);
        }
        const auto stats = link->GetStats();
        auto& values = links.emplace_back(Values{
            {"address", ToText(Mac48Address::ConvertFrom(device->GetAddress()))},
            {"broadcast", ToText(Mac48Address::ConvertFrom(device->GetBroadcast()))},
            {"counters", GetIpCounters(stats)},
            {"flags", flags},
            {"ifindex", std::to_string(device->GetIfIndex() + 1)},
            {"mtu", std::to_string(device->GetMtu())},
            {"name", name},
            {"qdisc", GetKind(GetRootQueueDisc(device))},
            {"quotedFlags", '"' + quotedFlags + '"'},
            {"quotedName", Quote(name)},
            {"state", isUp ? "UNKNOWN" : "DOWN"},
            {"type", link->GetKind().type},
        });
        for (const auto& field : LinkStats::FIELDS)
        {
            values[field.name] = std::to_string(stats.*field.counter);
        }
    }
    return links;
}

/// Append what is printed of a queue disc, and of its children. tc's numbers are hexadecimal.
void
AddQueueDisc(std::vector<Values>& discs,
             const std::string& device,
             Ptr<QueueDisc> disc,
             const std::string& parent)
{
    const auto handle = ToText(std::hex, 0x8001 + discs.size(), ':');
    const auto netem = DynamicCast<NetemQueueDisc>(disc);
    const auto& stats = disc->GetStats();
    // In Linux, netem counts a marked packet as dropped, and a reordered one as requeued.
    const auto marked = netem ? stats.nTotalMarkedPackets : 0;
    const auto requeued = netem ? netem->reordered.Get() : stats.nTotalRequeuedPackets;
    discs.push_back({
        {"backlog", std::to_string(disc->GetNBytes())},
        {"bytes", std::to_string(stats.nTotalSentBytes)},
        {"drops", std::to_string(stats.nTotalDroppedPackets + marked)},
        {"handle", handle},
        {"kind", GetKind(disc)},
        {"name", device},
        {"options", netem ? ToText(static_cast<const NetemParameters&>(*netem)) : ""},
        {"packets", std::to_string(stats.nTotalSentPackets)},
        {"place", parent.empty() ? "root refcnt 2" : "parent " + parent},
        {"qlen", std::to_string(disc->GetNPackets())},
        {"requeues", std::to_string(requeued)},
    });
    for (std::size_t i = 0; i < disc->GetNQueueDiscClasses(); ++i)
    {
        const auto child = disc->GetQueueDiscClass(i);
        // Not a flow of FqCoDel or its like, which tc does not list either.
        if (child->GetInstanceTypeId() == QueueDiscClass::GetTypeId() && child->GetQueueDisc())
        {
            const auto number = ToText(handle, std::hex, i + 1);
            AddQueueDisc(discs, device, child->GetQueueDisc(), number);
        }
    }
}

/// Return what is printed of the queue discs of a node's devices.
std::vector<Values>
GetQueueDiscs(Ptr<Node> node)
{
    std::map<Ptr<NetDevice>, std::string> names;
    for (const auto& link : GetNamedLinks(node))
    {
        names[link.device] = link.name;
    }
    std::vector<Values> discs;
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

/// Write a text to a stream. Aborts if that fails, as it does if a file could not be opened.
void
Write(std::ostream& os, const std::string& text)
{
    errno = 0;
    CheckWritten(bool(os << text), "LinkStatsHelper", "the stream");
}

/// Print what each node has, after a line with its name if there are several nodes.
void
PrintText(std::ostream& os,
          const NodeContainer& nodes,
          std::vector<Values> (*get)(Ptr<Node>),
          const char* form,
          const char* heading = "")
{
    std::string text;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        const auto found = get(*node);
        text += nodes.GetN() > 1 ? "\nnetns: " + GetNodeName(*node) + '\n' : "";
        text += heading;
        for (const auto& values : found)
        {
            text += FillIn(form, values);
        }
    }
    Write(os, text);
}

} // namespace

void
LinkStatsHelper::PrintIpLink(std::ostream& os, const NodeContainer& nodes)
{
    PrintText(os, nodes, GetLinks, IP_LINK);
}

void
LinkStatsHelper::PrintIpLinkJson(std::ostream& os, const NodeContainer& nodes)
{
    std::string text;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        for (const auto& values : GetLinks(*node))
        {
            text += text.empty() ? "{" : ",{";
            text += nodes.GetN() > 1 ? "\"netns\":" + Quote(GetNodeName(*node)) + ',' : "";
            text += FillIn(IP_LINK_JSON, values) + '}';
        }
    }
    Write(os, '[' + text + "]\n");
}

void
LinkStatsHelper::PrintProcNetDev(std::ostream& os, const NodeContainer& nodes)
{
    PrintText(os, nodes, GetLinks, PROC_NET_DEV, PROC_NET_DEV_HEADING);
}

void
LinkStatsHelper::PrintTcQdisc(std::ostream& os, const NodeContainer& nodes)
{
    PrintText(os, nodes, GetQueueDiscs, TC_QDISC);
}

} // namespace ns3
