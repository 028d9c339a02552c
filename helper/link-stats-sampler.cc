/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "link-stats-helper.h"
#include "named-link.h"
#include "output-file.h"

#include "ns3/abort.h"
#include "ns3/default-simulator-impl.h"
#include "ns3/event-impl.h"
#include "ns3/link-stats.h"
#include "ns3/map-scheduler.h"
#include "ns3/object-factory.h"
#include "ns3/simulation-singleton.h"
#include "ns3/simulator.h"
#include "ns3/type-id.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <fstream>
#include <iomanip>
#include <limits>
#include <list>
#include <locale>
#include <optional>
#include <set>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup loopback
 * LinkStatsHelper::Sample: a CSV, a gnuplot script, and the scheduler that writes the rows.
 */

namespace ns3
{

namespace
{

/// What messages begin with.
constexpr auto METHOD = "LinkStatsHelper::Sample";

/// What follows the file names in a script. It has no data, so that it plots what is in the CSV,
/// also after an abort. A rate holds for the time since the row before, as gnuplot's fsteps does. A
/// dashed line shows the one under it: on lo, most of what is received was sent.
constexpr auto SCRIPT = R"gnuplot(
set datafile separator comma
set datafile missing NaN
# A field of a row, where a rate is 0 if no time had passed; nothing in the rows of other devices.
field(f) = strcol(f) eq "" ? 0 : column(f)
id(x) = strcol("node id").",".strcol("device index")
of(d, f) = id(0) eq word(ids, d) ? field(f) : NaN
set terminal pngcairo noenhanced size 900,600
set xlabel "simulated time (s)"
set grid
set border 3 back
set tics nomirror
set colorsequence podo
set key autotitle columnheader tmargin
set yrange [0:1<*]
set style data fsteps
# The devices, and what they are called, in the order of their first rows.
ids = ""
titles = ""
note(i) = strstrt(ids." ", " ".i." ") ? 0 : (ids = ids." ".i, \
    titles = titles.' "'.strcol("device")." of node ".strcol("node").'"', 0)
stats csv using (note(id(0))) nooutput
array picture[4] = ["bytes", "packets", "losses", "total"]
array heading[4] = ["Rate of layer-3 bytes", "Rate of packets", "Rate of lost packets", \
    "Layer-3 bytes since the beginning"]
array counters[4] = ["rxBytes txBytes", "rxPackets txPackets", \
    "rxDropped txDropped rxErrors txErrors", "rxBytes txBytes"]
array unit[4] = ["bytes/s", "packets/s", "packets/s", "bytes"]
do for [i=1:4] {
    isTotal = picture[i] eq "total"
    counter(c) = word(counters[i], c)
    header(c) = counter(c).(isTotal ? "" : " rate")." (".unit[i].")"
    n = words(counters[i])
    stats csv using (sum [c=1:n] field(header(c))) nooutput
    # What stays 0 needs no picture.
    if (STATS_max > 0) {
        set output prefix."-".picture[i].".png"
        set title heading[i]
        set ylabel unit[i]
        if (isTotal) { set style data lines }
        plot for [c=1:n] for [d=1:words(ids)] csv \
            using (column("time (s)")):(of(d, header(c))) \
            title word(titles, d).", ".counter(c) lw 2 dt c
    }
}
)gnuplot";

/// A CSV (RFC 4180) of the counters of some nodes' devices over time, with a gnuplot script.
class LinkStatsSeries
{
  public:
    LinkStatsSeries(const NodeContainer& nodes, Time interval, const std::string& prefix)
        : m_nodes(nodes),
          m_interval(interval),
          m_prefix(prefix)
    {
        ClaimFile(METHOD, prefix + ".csv");
        ClaimFile(METHOD, prefix + ".plt");
        errno = 0;
        m_csv.open(prefix + ".csv");
        CheckWritten(m_csv.is_open(), METHOD, prefix + ".csv");
        m_csv.imbue(std::locale::classic());
        m_csv << std::setfill('0') << std::setprecision(std::numeric_limits<double>::digits10);
        m_csv << "time (s),node id,device index,";
        for (const auto& field : LinkStats::FIELDS)
        {
            m_csv << field.name << " (" << field.unit << "),";
        }
        for (const auto& field : LinkStats::FIELDS)
        {
            m_csv << field.name << " rate (" << field.unit << "/s),";
        }
        m_csv << "node,device\n";
        WriteRows(Simulator::Now());
        errno = 0;
        std::ofstream script(prefix + ".plt");
        script << "prefix = " << std::quoted(prefix, '\'', '\'') << "\ncsv = prefix.'.csv'\n"
               << SCRIPT;
        CheckWritten(bool(script.flush()), METHOD, prefix + ".plt");
    }

    /// Write the last rows, unless the time and the counters are those of the rows before.
    ~LinkStatsSeries()
    {
        if (Simulator::Now() != m_last ||
            std::any_of(m_sources.begin(), m_sources.end(), [](const Source& source) {
                return source.before != source.link->GetStats();
            }))
        {
            WriteRows(Simulator::Now());
        }
    }

    /// Return when rows are due.
    Time GetNext() const
    {
        return m_last + std::min(m_interval, Simulator::GetMaximumSimulationTime() - m_last);
    }

    /// Write a row per device, also of those that are new on the nodes.
    void WriteRows(Time time)
    {
        FindNewLinks();
        errno = 0;
        for (auto& source : m_sources)
        {
            WriteRow(source, time);
        }
        m_last = time;
        CheckWritten(bool(m_csv.flush()), METHOD, m_prefix + ".csv");
    }

  private:
    /// A device, its names, and its row before. Names stay those of the first row.
    struct Source
    {
        const TracedLink* link;          ///< the device
        std::string id;                  ///< number of its node and its index there, as in a row
        std::string names;               ///< names of its node and of it, as in a row
        std::optional<LinkStats> before; ///< counters in its row before, if there is one
    };

    /// Find the devices that are new on the nodes.
    void FindNewLinks()
    {
        for (auto node = m_nodes.Begin(); node != m_nodes.End(); ++node)
        {
            for (const auto& link : GetNamedLinks(*node))
            {
                if (m_known.insert(link.device).second)
                {
                    const auto index = std::to_string(link.device->GetIfIndex());
                    const auto id = std::to_string((*node)->GetId()) + ',' + index;
                    const auto names = GetNodeName(*node) + ',' + link.name;
                    m_sources.push_back({link.link, id, names, std::nullopt});
                }
            }
        }
    }

    void WriteRow(Source& source, Time time)
    {
        // A double has too few digits for an epoch time.
        constexpr int64_t SECOND = 1000000000;
        const auto ns = time.GetNanoSeconds();
        const auto stats = source.link->GetStats();
        m_csv << ns / SECOND << '.' << std::setw(9) << ns % SECOND << ',' << source.id << ',';
        for (const auto& field : LinkStats::FIELDS)
        {
            m_csv << stats.*field.counter << ',';
        }
        const auto elapsed = (time - m_last).GetSeconds();
        for (const auto& field : LinkStats::FIELDS)
        {
            if (source.before && elapsed > 0)
            {
                const auto counted = stats.*field.counter - (*source.before).*field.counter;
                m_csv << static_cast<double>(counted) / elapsed;
            }
            m_csv << ',';
        }
        m_csv << source.names << '\n';
        source.before = stats;
    }

    const NodeContainer m_nodes;      ///< the nodes
    const Time m_interval;            ///< time between rows
    const std::string m_prefix;       ///< what the files' names begin with
    std::ofstream m_csv;              ///< the CSV
    std::set<Ptr<NetDevice>> m_known; ///< the devices
    std::vector<Source> m_sources;    ///< the same devices
    Time m_last;                      ///< when the rows before were written
};

/**
 * ns-3's default scheduler, which also writes rows before time passes them.
 *
 * Rows are not written by events. An object that continues while other events are left, such as
 * NetAnim, and those events would keep each other running.
 */
class LinkStatsScheduler : public MapScheduler
{
  public:
    static TypeId GetTypeId()
    {
        static auto tid = TypeId("ns3::LinkStatsScheduler")
                              .SetParent<MapScheduler>()
                              .SetGroupName("Loopback")
                              .AddConstructor<LinkStatsScheduler>();
        return tid;
    }

    /// Find the scheduler, or make it that of the simulation.
    static LinkStatsScheduler& Get()
    {
        auto& scheduler = *SimulationSingleton<LinkStatsScheduler*>::Get();
        if (!scheduler)
        {
            ObjectFactory factory;
            factory.SetTypeId(GetTypeId());
            Simulator::SetScheduler(factory); // which does not return it
            Simulator::ScheduleDestroy(&LinkStatsScheduler::Close, scheduler);
        }
        return *scheduler;
    }

    LinkStatsScheduler()
    {
        *SimulationSingleton<LinkStatsScheduler*>::Get() = this;
    }

    ~LinkStatsScheduler() override
    {
        NS_ABORT_MSG_UNLESS(m_series.empty(),
                            METHOD << ": the simulation got another scheduler; call "
                                      "Simulator::SetScheduler before Sample");
    }

    void Add(const NodeContainer& nodes, Time interval, const std::string& prefix)
    {
        m_series.emplace_back(nodes, interval, prefix);
        m_due = GetDue();
    }

    Event RemoveNext() override
    {
        const auto next = TimeStep(PeekNext().key.m_ts);
        if (m_due < next && AreAllCancelled())
        {
            // ns-3 would run on to the time of the last cancelled event.
            Simulator::Stop(Time(0));
        }
        else
        {
            WriteRowsBefore(next);
        }
        return MapScheduler::RemoveNext();
    }

  private:
    /// Write the rows that are due before a time.
    void WriteRowsBefore(Time time)
    {
        for (; m_due < time; m_due = GetDue())
        {
            for (auto& series : m_series)
            {
                if (series.GetNext() == m_due)
                {
                    series.WriteRows(m_due);
                }
            }
        }
    }

    /// Return when the next rows are due.
    Time GetDue() const
    {
        auto due = Time::Max();
        for (const auto& series : m_series)
        {
            due = std::min(due, series.GetNext());
        }
        return due;
    }

    /// Return whether all events that are left were cancelled. ns-3 keeps them until their time.
    /// Other simulator implementations than the default one may get events from other threads or
    /// processes.
    bool AreAllCancelled()
    {
        if (!DynamicCast<DefaultSimulatorImpl>(Simulator::GetImplementation()))
        {
            return false;
        }
        std::vector<Event> cancelled;
        while (!IsEmpty() && PeekNext().impl->IsCancelled())
        {
            cancelled.push_back(MapScheduler::RemoveNext());
        }
        const bool areAllCancelled = IsEmpty();
        for (const auto& event : cancelled)
        {
            Insert(event);
        }
        return areAllCancelled;
    }

    /// Write the last rows.
    void Close()
    {
        m_series.clear();
        m_due = GetDue();
    }

    std::list<LinkStatsSeries> m_series; ///< all series of the simulation
    Time m_due{Time::Max()};             ///< GetDue(), which is too slow to call for each event
};

} // namespace

void
LinkStatsHelper::Sample(const NodeContainer& nodes, Time interval, const std::string& prefix)
{
    NS_ABORT_MSG_UNLESS(interval.IsStrictlyPositive(),
                        METHOD << ": the interval is " << interval.As(Time::S)
                               << "; it has to be more than 0");
    NS_ABORT_MSG_IF(prefix.empty(),
                    METHOD << ": the prefix is empty; the files' names begin with it");
    // For its checks only: a series looks for devices itself, also for later ones.
    GetNamedLinks(nodes, METHOD);
    LinkStatsScheduler::Get().Add(nodes, interval, prefix);
}

} // namespace ns3
