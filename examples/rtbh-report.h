/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RTBH_REPORT_H
#define RTBH_REPORT_H

#include "plot-file.h"
#include "rtbh-network.h"

#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <vector>

/// What blackhole-rtbh says of a network under attack, beside the same one without an attack.
class RtbhReport
{
  public:
    /**
     * @param scenario what happens
     * @param interval of the lines of the series and the points of the plot
     */
    RtbhReport(const RtbhScenario& scenario, ns3::Time interval);

    /// Simulate both.
    void Run();

    /**
     * Print the goodput in each state of the network, and what became of the attack.
     * @param os where to
     */
    void Print(std::ostream& os) const;

    /**
     * Print a line of CSV for each interval.
     * @param os where to
     */
    void WriteSeries(std::ostream& os) const;

    /**
     * Draw the same.
     * @param plot where to
     */
    void Draw(PlotFile& plot) const;

    /**
     * @return whether FlowMonitor lost the packets of the attack that were sunk or found the queue
     * full, and no others
     */
    bool IsAccountedFor() const;

  private:
    /// A span of time in which nothing changes.
    struct Period
    {
        ns3::Time from; //!< its beginning
        ns3::Time to;   //!< its end
    };

    /// Rates in an interval, in Mbit/s.
    struct Rates
    {
        double goodput;    //!< the neighbour's
        double attackFree; //!< the neighbour's without an attack
        double sent;       //!< the attack's where it is sent
        double arrived;    //!< the attack's where it arrives
        double sunk;       //!< of the attack
        double dropped;    //!< of the attack
    };

    /**
     * @return the periods between the changes, the first second after a change one of its own
     */
    std::vector<Period> GetPeriods() const;

    /**
     * @return the intervals of the series and the plot
     */
    std::vector<Period> GetIntervals() const;

    /**
     * @return when goodput is read to find out when it is back
     */
    std::vector<Period> GetSecondsAfterRoute() const;

    /**
     * @return the state of the network in a period
     */
    std::string GetState(const Period& period) const;

    /**
     * @return the rates in a period
     */
    Rates GetRates(const Period& period) const;

    /**
     * @return how long after the route the goodput is that of the attack-free run again, and stays
     */
    std::optional<ns3::Time> GetRecovery() const;

    /// Print one line for a period.
    void PrintPeriod(std::ostream& os, const Period& period) const;

    RtbhScenario m_scenario;                      //!< what happens
    ns3::Time m_interval;                         //!< of the series and the plot
    std::map<ns3::Time, RtbhCounts> m_attacked;   //!< what was counted
    std::map<ns3::Time, RtbhCounts> m_attackFree; //!< the same without an attack
    RtbhCounts m_total;                           //!< what was counted in all
    AttackFlows m_flows;                          //!< the attack as FlowMonitor saw it
};

#endif /* RTBH_REPORT_H */
