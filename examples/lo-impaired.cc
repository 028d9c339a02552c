/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * The response times of services on one host, over an unimpaired and an impaired lo.
 */

#include "example-program.h"

#include "ns3/core-module.h"
#include "ns3/internet-module.h"

#include <algorithm>
#include <iomanip>
#include <map>
#include <queue>
#include <sstream>
#include <stdexcept>
#include <vector>

using namespace ns3;

namespace
{

constexpr auto USAGE = R"(Usage: lo-impaired [OPTION]...
Send requests to a chain of services on one host, each of which asks the next
over TCP on lo, as a service, its sidecar and theirs do. Do so with lo as it is
and then with lo impaired, as `tc qdisc add dev lo root netem WORDS` does. For
several runs, separate the WORDS of each by ;. Times between requests and service
times are exponentially distributed. Print the distributions of the response
times, and what lo counted. Captures and --json are of the last run. The exit
status is 0 if all requests were answered.

  client --> service 1 --> service 2 --> ... --> service N

Examples:
  lo-impaired                             delay 1ms, jitter 0.3ms, loss 1%
  lo-impaired --netem "delay 1ms; delay 1ms loss 0.1%; delay 1ms loss 1%" \
    --plot lo-impaired && gnuplot lo-impaired.plt
                                          what loss does, as lo-impaired.png
  lo-impaired --netem "delay 5ms" --connections 1
                                          delay alone, one request at a time
)";

/// gnuplot's commands for the share of requests that take a time or longer, by that time.
constexpr auto PLOT =
    R"GNUPLOT(
set title "Response times of services on one host"
set xlabel "response time (ms)"
set ylabel "requests that take that long or longer"
set logscale xy
set yrange [*:1.3]
set border 3 back
set colorsequence podo
set ytics ('all' 1, '10 %% (p90)' 0.1, '1 %% (p99)' 0.01, '0.1 %% (p99.9)' 0.001, \
    '0.01 %%' 1e-4, '0.001 %%' 1e-5)
set key tmargin vertical maxcols 1 Left reverse
set arrow from rto,graph 0 to rto,graph 1 nohead dashtype 2
set label "TCP's minimum RTO" at rto,graph 0.93 right offset -0.7,0
# A response time of a run; none in the rows of other runs.
of(run) = strcol(1) eq run ? $2 : NaN
plot )GNUPLOT";

/// When the first counted request is sent. Connections are established before lo is impaired.
const Time WARM_UP = Seconds(100);

/// Bytes of a request.
constexpr uint32_t REQUEST_SIZE = 500;

/// The services, and the requests that they get.
struct Settings
{
    LoHost host;                       //!< where the services are
    uint64_t services{4};              //!< in the chain
    uint64_t connections{32};          //!< to each service
    uint64_t requests{10000};          //!< how many
    uint64_t responseSize{2000};       //!< in bytes
    Time interval{MilliSeconds(10)};   //!< between requests, on average
    Time serviceTime{MilliSeconds(1)}; //!< of a service, on average
};

/**
 * A client and a chain of services, on one node.
 *
 * Each of the client's connections continues as one connection between each service and the next,
 * with one request at a time.
 */
class ServiceChain
{
  public:
    /**
     * @param settings the settings; their host must have been created
     */
    explicit ServiceChain(const Settings& settings)
        : m_settings(settings),
          m_interval(CreateExponential(settings.interval, 1)),
          m_serviceTime(CreateExponential(settings.serviceTime, 2))
    {
        for (uint64_t i = 0; i < settings.services; ++i)
        {
            const auto listener = CreateSocket();
            listener->Bind(GetAddress(i));
            listener->Listen();
            listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                        MakeCallback(&ServiceChain::Accept, this).Bind(i));
        }
        const auto context = settings.host.node->GetId();
        for (uint64_t i = 0; i < settings.connections; ++i)
        {
            const auto client = Connect(0);
            // Not counted: TCP waits for seconds if it has not measured a round trip yet.
            Simulator::ScheduleWithContext(context, WARM_UP / 2, [client] {
                Send(client, REQUEST_SIZE);
            });
        }
        Simulator::ScheduleWithContext(context, WARM_UP, &ServiceChain::Ask, this);
    }

    std::vector<double> times; //!< response times of the answered requests, in milliseconds

  private:
    static Ptr<ExponentialRandomVariable> CreateExponential(Time mean, int64_t stream)
    {
        auto variable = CreateObject<ExponentialRandomVariable>();
        variable->SetAttribute("Mean", DoubleValue(mean.GetSeconds()));
        variable->SetStream(stream);
        return variable;
    }

    Ptr<Socket> CreateSocket() const
    {
        return Socket::CreateSocket(m_settings.host.node, TcpSocketFactory::GetTypeId());
    }

    Address GetAddress(uint64_t service) const
    {
        return m_settings.host.GetSocketAddress(static_cast<uint16_t>(8000 + service));
    }

    Ptr<Socket> Connect(uint64_t service)
    {
        auto socket = CreateSocket();
        socket->SetRecvCallback(MakeCallback(&ServiceChain::HandleResponse, this));
        socket->Connect(GetAddress(service));
        return socket;
    }

    void Accept(uint64_t service, Ptr<Socket> caller, const Address& /* from */)
    {
        caller->SetRecvCallback(MakeCallback(&ServiceChain::HandleRequest, this));
        if (service + 1 < m_settings.services)
        {
            const auto next = Connect(service + 1);
            m_peers[caller] = next;
            m_peers[next] = caller;
        }
    }

    static void Send(Ptr<Socket> socket, uint64_t size)
    {
        socket->Send(Create<Packet>(static_cast<uint32_t>(size)));
    }

    /// Receive a message. Return whether it has arrived as a whole.
    static bool Receive(Ptr<Socket> socket, uint64_t size)
    {
        return socket->GetRxAvailable() >= size && socket->Recv(static_cast<uint32_t>(size), 0);
    }

    void HandleRequest(Ptr<Socket> caller)
    {
        while (Receive(caller, REQUEST_SIZE))
        {
            Simulator::Schedule(Seconds(m_serviceTime->GetValue()), [this, caller] {
                if (const auto next = m_peers[caller])
                {
                    Send(next, REQUEST_SIZE);
                }
                else
                {
                    Send(caller, m_settings.responseSize);
                }
            });
        }
    }

    void HandleResponse(Ptr<Socket> socket)
    {
        while (Receive(socket, m_settings.responseSize))
        {
            if (const auto caller = m_peers[socket])
            {
                Send(caller, m_settings.responseSize);
            }
            else
            {
                Answer(socket);
            }
        }
    }

    /// Count a request of the client as answered.
    void Answer(Ptr<Socket> client)
    {
        if (const auto due = m_due.find(client); due != m_due.end())
        {
            times.push_back((Simulator::Now() - due->second).GetSeconds() * 1000);
        }
        m_idle.push_back(client);
        if (times.size() == m_settings.requests)
        {
            Simulator::Stop();
        }
        SendWaiting();
    }

    /// Send a request as soon as a connection is idle.
    void Ask()
    {
        m_waiting.push(Simulator::Now());
        SendWaiting();
        if (++m_sent < m_settings.requests)
        {
            Simulator::Schedule(Seconds(m_interval->GetValue()), &ServiceChain::Ask, this);
        }
    }

    void SendWaiting()
    {
        if (!m_waiting.empty() && !m_idle.empty())
        {
            m_due[m_idle.back()] = m_waiting.front();
            m_waiting.pop();
            Send(m_idle.back(), REQUEST_SIZE);
            m_idle.pop_back();
        }
    }

    const Settings& m_settings;                   //!< the settings
    Ptr<ExponentialRandomVariable> m_interval;    //!< between requests
    Ptr<ExponentialRandomVariable> m_serviceTime; //!< of a service
    std::map<Ptr<Socket>, Ptr<Socket>>
        m_peers;                       //!< from a service's caller to the next service, and back
    std::map<Ptr<Socket>, Time> m_due; //!< when the request of a connection was due
    std::vector<Ptr<Socket>> m_idle;   //!< the client's connections without a request
    std::queue<Time> m_waiting;        //!< requests that have no connection yet
    uint64_t m_sent{0};                //!< requests sent
};

/// The result of a simulation.
struct Result
{
    std::string label;         //!< how lo was
    std::vector<double> times; //!< response times in milliseconds, sorted
    std::string counters;      //!< what lo counted
    int signal;                //!< what stopped the simulation, or 0
};

/**
 * Simulate once.
 * @param settings the settings
 * @param netem netem's parameters, or nothing for an unimpaired lo
 * @return the result
 */
Result
Simulate(Settings settings, const std::string& netem)
{
    auto& host = settings.host;
    host.netem = "";
    host.Create();
    Simulator::Schedule(WARM_UP / 4, &InstallNetem, netem, NetDeviceContainer(host.lo));
    ServiceChain chain(settings);
    Simulator::Stop(Days(1)); // in case a request is never answered
    const int signal = RunUntilSignal();

    std::ostringstream counters;
    host.Finish(counters);
    Result result{netem.empty() ? "lo as it is" : netem, chain.times, counters.str(), signal};
    std::sort(result.times.begin(), result.times.end());
    return result;
}

/// Return TCP's shortest retransmission timeout, in milliseconds.
double
GetMinRto()
{
    TimeValue minRto;
    CreateObject<TcpSocketBase>()->GetAttribute("MinRto", minRto);
    return minRto.Get().GetSeconds() * 1000;
}

void
Print(std::ostream& os, const std::vector<Result>& results)
{
    constexpr int LABEL_WIDTH = 32;
    os << std::left << std::setw(LABEL_WIDTH) << "response time, ms" << std::right << std::fixed
       << std::setprecision(3);
    for (const auto* name : {"p50", "p90", "p99", "p99.9", "max", ">= min RTO", "answered"})
    {
        os << ' ' << std::setw(10) << name;
    }
    os << '\n';
    for (const auto& [label, times, counters, signal] : results)
    {
        os << std::left << std::setw(LABEL_WIDTH) << label << std::right;
        // A run without responses gets a row of zeros.
        const auto count = std::max<std::size_t>(times.size(), 1);
        for (const auto permille : {500, 900, 990, 999, 1000})
        {
            const auto rank = (permille * count + 999) / 1000;
            os << ' ' << std::setw(10) << (times.empty() ? 0 : times[rank - 1]);
        }
        const auto late = times.end() - std::lower_bound(times.begin(), times.end(), GetMinRto());
        os << ' ' << std::setw(8) << 100.0 * static_cast<double>(late) / static_cast<double>(count)
           << " % " << std::setw(10) << times.size() << '\n';
    }
    for (const auto& result : results)
    {
        os << '\n' << result.label << ":\n" << result.counters;
    }
}

void
WriteResponses(const std::string& prefix, const std::vector<Result>& results)
{
    std::ostringstream rows;
    std::ostringstream curves;
    rows << "run,response_ms,share_that_takes_as_long\n";
    for (const auto& [label, times, counters, signal] : results)
    {
        const auto count = static_cast<double>(times.size());
        for (std::size_t i = 0; i < times.size(); ++i)
        {
            const auto share = static_cast<double>(times.size() - i) / count;
            rows << label << ',' << times[i] << ',' << share << '\n';
        }
        // gnuplot complains about a curve without points.
        if (!times.empty())
        {
            curves << "csv using (of('" << label << "')):3 with fsteps lw 3 title '" << label
                   << "', ";
        }
    }
    WritePlot(prefix,
              rows.str(),
              "rto = " + std::to_string(GetMinRto()) + "\n" + PLOT + curves.str() + "\n");
}

/// Return netem's parameters for each run: none for the first, and those between semicolons.
std::vector<std::string>
SplitImpairments(const std::string& netem)
{
    std::vector<std::string> impairments{""};
    std::istringstream list(netem);
    for (std::string words; std::getline(list >> std::ws, words, ';');)
    {
        CheckNetemForTcp(words);
        std::replace(words.begin(), words.end(), '\n', ' '); // a label has one line
        impairments.push_back(words);
    }
    return impairments;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunExample("lo-impaired", [&] {
        SetLinuxTcp();
        // As in Linux: a message is one segment, and is sent at once.
        Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(65000));
        Config::SetDefault("ns3::TcpSocket::TcpNoDelay", BooleanValue(true));
        // ns-3.37's sender crashes at the end of its receiver's window.
        Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(262144));
        // ns-3.37 echoes an old time stamp where requests and responses alternate: a sender takes
        // the age of the connection for its round-trip time, and waits as long before it
        // retransmits.
        Config::SetDefault("ns3::TcpSocketBase::Timestamp", BooleanValue(false));
        Settings o;
        o.host.netem = "delay 1ms 0.3ms loss 1%";
        std::string plot;
        ExampleOptions options(USAGE);
        o.host.AddOptions(options);
        options.Add("services", Number(o.services, 1, 100), "services in the chain");
        options.Add("connections", Number(o.connections, 1, 100), "connections to each service");
        options.Add("requests", Number(o.requests, 1, 1000000), "requests to send");
        options.Add("response-size", Number(o.responseSize, 1, 65000), "bytes of a response");
        options.Add("interval", Duration(o.interval), "mean time between requests");
        options.Add("service-time", Duration(o.serviceTime), "mean service time");
        options.AddPlot(plot, "each response time");
        options.Read(argc, argv);
        const auto impairments = SplitImpairments(o.host.netem);

        std::vector<Result> results;
        bool isAnswered = true;
        for (const auto& netem : impairments)
        {
            auto run = o;
            if (&netem != &impairments.back())
            {
                run.host.pcap = run.host.pcapng = run.host.json = "";
            }
            results.push_back(Simulate(run, netem));
            isAnswered = isAnswered && results.back().times.size() == o.requests;
            if (results.back().signal != 0)
            {
                break;
            }
        }
        Print(options.GetReport(), results);
        WriteResponses(plot, results);
        if (!isAnswered && results.back().signal == 0)
        {
            throw std::runtime_error("not all requests were answered within 24 h of simulated "
                                     "time; use a shorter --interval, or less loss");
        }
        return isAnswered;
    });
}
