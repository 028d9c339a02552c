/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "rtbh-report.h"

#include <algorithm>
#include <cmath>
#include <iomanip>

using namespace ns3;

namespace
{

/// How far from the attack-free goodput is back again.
constexpr double TOLERANCE = 0.05;

/// Over which goodput is averaged to tell whether it is back, and what a change is given to settle.
const Time SETTLING = Seconds(1);

/// How exactly it is told when goodput is back.
const Time RESOLUTION = MilliSeconds(10);

double
GetMbps(uint64_t bytes, Time duration)
{
    return static_cast<double>(bytes) * 8 / 1e6 / duration.GetSeconds();
}

/// A curve that its rows are added to.
Gnuplot2dDataset
MakeCurve(const std::string& title, const std::string& look)
{
    Gnuplot2dDataset curve(title);
    curve.SetStyle(Gnuplot2dDataset::LINES);
    curve.SetExtra(look);
    return curve;
}

} // namespace

RtbhReport::RtbhReport(const RtbhScenario& scenario, Time interval)
    : m_scenario(scenario),
      m_interval(interval)
{
}

void
RtbhReport::Run()
{
    std::set<Time> times;
    for (const auto& periods : {GetPeriods(), GetIntervals(), GetSecondsAfterRoute()})
    {
        for (const auto& period : periods)
        {
            times.insert(period.from);
            times.insert(period.to);
        }
    }
    auto quiet = m_scenario;
    quiet.attackers = 0;
    {
        RtbhNetwork network(quiet);
        network.Run(times);
        m_attackFree = network.GetCounts();
    }
    RtbhNetwork network(m_scenario);
    network.Run(times);
    m_attacked = network.GetCounts();
    m_total = network.GetTotal();
    m_flows = network.GetAttackFlows();
}

std::vector<RtbhReport::Period>
RtbhReport::GetPeriods() const
{
    const std::set<Time> changes{m_scenario.attackStart,
                                 m_scenario.blackholeStart,
                                 m_scenario.blackholeStop,
                                 m_scenario.attackStop};
    auto times = changes;
    for (const auto& change : changes)
    {
        times.insert(std::min(change + SETTLING, m_scenario.end));
    }
    times.insert(m_scenario.end);
    std::vector<Period> periods;
    Time from;
    for (const auto& time : times)
    {
        periods.push_back({from, time});
        from = time;
    }
    return periods;
}

std::vector<RtbhReport::Period>
RtbhReport::GetIntervals() const
{
    std::vector<Period> intervals;
    for (Time from; from + m_interval <= m_scenario.end; from += m_interval)
    {
        intervals.push_back({from, from + m_interval});
    }
    return intervals;
}

std::vector<RtbhReport::Period>
RtbhReport::GetSecondsAfterRoute() const
{
    const auto stop = std::min(m_scenario.blackholeStop, m_scenario.end);
    std::vector<Period> seconds;
    for (auto from = m_scenario.blackholeStart; from + SETTLING <= stop; from += RESOLUTION)
    {
        seconds.push_back({from, from + SETTLING});
    }
    return seconds;
}

std::string
RtbhReport::GetState(const Period& period) const
{
    const auto attacked =
        period.from >= m_scenario.attackStart && period.from < m_scenario.attackStop;
    const auto blackholed =
        period.from >= m_scenario.blackholeStart && period.from < m_scenario.blackholeStop;
    return std::string(attacked ? "attack" : "no attack") + (blackholed ? ", blackholed" : "");
}

RtbhReport::Rates
RtbhReport::GetRates(const Period& period) const
{
    const auto& from = m_attacked.at(period.from);
    const auto& to = m_attacked.at(period.to);
    const auto duration = period.to - period.from;
    const auto attack = [duration](uint64_t packets) {
        return GetMbps(packets * RtbhNetwork::ATTACK_PACKET_SIZE, duration);
    };
    return {GetMbps(to.goodput - from.goodput, duration),
            GetMbps(m_attackFree.at(period.to).goodput - m_attackFree.at(period.from).goodput,
                    duration),
            attack(to.sent - from.sent),
            attack(to.arrived - from.arrived),
            attack(to.sunk - from.sunk),
            attack(to.dropped - from.dropped)};
}

std::optional<Time>
RtbhReport::GetRecovery() const
{
    std::optional<Time> back;
    for (const auto& second : GetSecondsAfterRoute())
    {
        const auto rates = GetRates(second);
        if (std::abs(rates.goodput - rates.attackFree) > TOLERANCE * rates.attackFree)
        {
            back.reset();
        }
        else if (!back)
        {
            back = second.from - m_scenario.blackholeStart;
        }
    }
    return back;
}

void
RtbhReport::PrintPeriod(std::ostream& os, const Period& period) const
{
    const auto rates = GetRates(period);
    const auto& from = m_attacked.at(period.from);
    const auto& to = m_attacked.at(period.to);
    os << std::setprecision(2) << std::setw(8) << period.from.GetSeconds() << std::setw(8)
       << period.to.GetSeconds() << "  " << std::left << std::setw(21) << GetState(period)
       << std::right << std::setw(8) << rates.goodput << std::setprecision(1) << std::setw(13);
    if (rates.attackFree > 0)
    {
        os << 100 * rates.goodput / rates.attackFree << " %";
    }
    else
    {
        os << '-' << "  ";
    }
    os << std::setw(9) << to.sent - from.sent << std::setw(9) << to.arrived - from.arrived
       << std::setw(9) << to.sunk - from.sunk << std::setw(9) << to.dropped - from.dropped << '\n';
}

void
RtbhReport::Print(std::ostream& os) const
{
    os << "                               neighbour's goodput          packets of the attack\n"
          "  from s    to s  state           Mbit/s of attack-free     sent  arrived     sunk"
          "  dropped\n"
       << std::fixed;
    for (const auto& period : GetPeriods())
    {
        PrintPeriod(os, period);
    }
    os << '\n';
    const auto recovery = GetRecovery();
    if (recovery)
    {
        os << "The neighbour's goodput is back to within 5 % of the attack-free run "
           << std::setprecision(2) << recovery->GetSeconds() << " s after the route\n";
    }
    else
    {
        os << "The neighbour's goodput is not back to within 5 % of the attack-free run for a"
              " second\nbefore the route is removed\n";
    }
    os << "FlowMonitor: " << m_flows.sent << " packets of the attack sent, " << m_flows.arrived
       << " received, " << m_flows.lost << " lost\n"
       << "The blackhole sank " << m_total.sunk << ", the bottleneck's queue dropped "
       << m_total.dropped << "; together " << m_total.sunk + m_total.dropped << ", "
       << (IsAccountedFor() ? "as many as" : "which are not those that") << " FlowMonitor lost\n";
}

bool
RtbhReport::IsAccountedFor() const
{
    return m_flows.lost == m_total.sunk + m_total.dropped &&
           m_flows.sent == m_flows.arrived + m_flows.lost;
}

void
RtbhReport::WriteSeries(std::ostream& os) const
{
    os << "time_s,goodput_mbps,attack_free_goodput_mbps,attack_sent_mbps,attack_arrived_mbps,"
          "attack_sunk_mbps,attack_dropped_mbps\n"
       << std::fixed << std::setprecision(6);
    for (const auto& interval : GetIntervals())
    {
        const auto rates = GetRates(interval);
        os << interval.to.GetSeconds() << ',' << rates.goodput << ',' << rates.attackFree << ','
           << rates.sent << ',' << rates.arrived << ',' << rates.sunk << ',' << rates.dropped
           << '\n';
    }
}

void
RtbhReport::Draw(PlotFile& plot) const
{
    auto sunk = MakeCurve("attack, sunk by the blackhole", "lw 2 lc rgb '#7f7f7f'");
    auto arrived = MakeCurve("attack, arriving at the victim", "lw 2 lc rgb '#d62728'");
    auto attackFree = MakeCurve("neighbour without an attack", "lw 2 dt 2 lc rgb '#2ca02c'");
    auto goodput = MakeCurve("neighbour", "lw 3 lc rgb '#1f77b4'");
    for (const auto& interval : GetIntervals())
    {
        const auto rates = GetRates(interval);
        const auto time = ((interval.from + interval.to) / 2).GetSeconds();
        sunk.Add(time, rates.sunk);
        arrived.Add(time, rates.arrived);
        attackFree.Add(time, rates.attackFree);
        goodput.Add(time, rates.goodput);
    }
    plot.Mark(m_scenario.attackStart, m_scenario.blackholeStart, "#fde0dd", "attack");
    plot.Mark(m_scenario.blackholeStart, m_scenario.blackholeStop, "#e0ecf4", "victim blackholed");
    if (m_scenario.attackStop > m_scenario.blackholeStop)
    {
        plot.Mark(m_scenario.blackholeStop, m_scenario.attackStop, "#fde0dd", "route removed");
    }
    plot.GetPlot().AppendExtra("set yrange [0:*]");
    for (const auto& curve : {sunk, arrived, attackFree, goodput})
    {
        plot.GetPlot().AddDataset(curve);
    }
}
