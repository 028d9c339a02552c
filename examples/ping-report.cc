/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ping-report.h"

#include "ns3/ipv4-address.h"
#include "ns3/ipv6-address.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>
#include <string>

using namespace ns3;

namespace
{

std::string
ToText(const Address& address)
{
    std::ostringstream os;
    if (Ipv4Address::IsMatchingType(address))
    {
        os << Ipv4Address::ConvertFrom(address);
    }
    else
    {
        os << Ipv6Address::ConvertFrom(address);
    }
    return os.str();
}

/// Milliseconds with three digits behind the point, cut off.
std::string
ToMilliseconds(int64_t microseconds)
{
    std::ostringstream os;
    os << microseconds / 1000 << '.' << std::setw(3) << std::setfill('0') << microseconds % 1000;
    return os.str();
}

/// Milliseconds as in the line of a reply: rounded, the longer the fewer digits.
std::string
ToRoundedMilliseconds(int64_t microseconds)
{
    int precision = 3;
    for (const int64_t limit : {1000, 10000 - 5, 100000 - 50})
    {
        precision -= microseconds >= limit ? 1 : 0;
    }
    const auto unit = static_cast<int64_t>(std::pow(10, 3 - precision));
    const auto rounded = (microseconds + unit / 2) / unit * unit;
    std::ostringstream os;
    os << std::fixed << std::setprecision(precision) << static_cast<double>(rounded) / 1000;
    return os.str();
}

} // namespace

PingReport::PingReport(std::ostream& os, const Address& destination)
    : m_os(os),
      m_destination(destination)
{
}

void
PingReport::PrintHeader(uint32_t size) const
{
    const auto address = ToText(m_destination);
    if (Ipv4Address::IsMatchingType(m_destination))
    {
        m_os << "PING " << address << " (" << address << ") " << size << '(' << size + 28
             << ") bytes of data.\n";
    }
    else
    {
        m_os << "PING " << address << '(' << address << ") " << size << " data bytes\n";
    }
}

void
PingReport::AddRequest(const Echo& echo)
{
    if (echo.destination != m_destination)
    {
        return;
    }
    m_last = Simulator::Now();
    if (m_requests.empty())
    {
        m_first = m_last;
    }
    m_requests[{echo.identifier, echo.sequence}] = {m_last};
}

void
PingReport::AddReply(const Echo& echo)
{
    const auto found = m_requests.find({echo.identifier, echo.sequence});
    if (echo.source != m_destination || found == m_requests.end())
    {
        return;
    }
    auto& request = found->second;
    m_last = Simulator::Now();
    const auto roundTrip = (m_last - request.sent).GetMicroSeconds();
    // ns-3 numbers its requests from 0, ping from 1.
    m_os << echo.size << " bytes from " << ToText(echo.source) << ": icmp_seq=" << echo.sequence + 1
         << " ttl=" << unsigned{echo.ttl} << " time=" << ToRoundedMilliseconds(roundTrip) << " ms"
         << (request.answered ? " (DUP!)" : "") << '\n';
    ++(request.answered ? m_duplicates : m_received);
    request.answered = true;
    AddRoundTrip(roundTrip);
}

void
PingReport::AddRoundTrip(int64_t microseconds)
{
    m_min = m_received + m_duplicates == 1 ? microseconds : std::min(m_min, microseconds);
    m_max = std::max(m_max, microseconds);
    m_sum += microseconds;
    m_sumSquares += static_cast<double>(microseconds) * static_cast<double>(microseconds);
}

void
PingReport::PrintStatistics() const
{
    const auto sent = m_requests.size();
    m_os << "\n--- " << ToText(m_destination) << " ping statistics ---\n"
         << sent << " packets transmitted, " << m_received << " received";
    if (m_duplicates > 0)
    {
        m_os << ", +" << m_duplicates << " duplicates";
    }
    if (sent > 0)
    {
        const auto lost = static_cast<double>(sent - m_received);
        m_os << ", " << lost * 100 / static_cast<double>(sent) << "% packet loss, time "
             << std::llround((m_last - m_first).GetSeconds() * 1000) << "ms";
    }
    m_os << '\n';
    if (HasReply())
    {
        const auto replies = static_cast<double>(m_received + m_duplicates);
        const auto average = static_cast<double>(m_sum) / replies;
        const auto variance = std::max(0.0, m_sumSquares / replies - average * average);
        m_os << "rtt min/avg/max/mdev = " << ToMilliseconds(m_min) << '/'
             << ToMilliseconds(static_cast<int64_t>(average)) << '/' << ToMilliseconds(m_max) << '/'
             << ToMilliseconds(static_cast<int64_t>(std::sqrt(variance))) << " ms";
    }
    m_os << '\n';
}

bool
PingReport::HasReply() const
{
    return m_received > 0;
}
