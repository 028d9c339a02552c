/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * The response times of services on one host, over lo as it is and over an impaired lo.
 */

#include "example-host.h"
#include "example-options.h"
#include "example-program.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/double.h"
#include "ns3/gnuplot.h"
#include "ns3/random-variable-stream.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/tcp-socket-factory.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <deque>
#include <iomanip>
#include <queue>
#include <vector>

using namespace ns3;

namespace
{

constexpr auto USAGE = R"(Usage: lo-impaired [OPTION]...
Send requests to a chain of services on one host, each of which asks the next
over TCP on lo, as a service, its sidecar and theirs do. Do so with lo as it is
and then with lo impaired as by `tc qdisc add dev lo root netem WORDS`; WORDS
may be several, with ; between them, for a run with each. Print the
distributions of the response times, and what lo counted. Captures and --json
are of the last run. The exit status is 0 if all requests were answered.

  client --> service 1 --> service 2 --> ... --> service N
)";

constexpr auto EXAMPLES =
    R"(ns-3's own attributes and global values are options too, here and in FILE:
  --ns3::TcpSocketBase::MinRto=1s   --RngRun=3

Examples:
  lo-impaired                             delay 1ms, jitter 0.3ms, loss 1%
  lo-impaired --netem "delay 1ms; delay 1ms loss 0.1%; delay 1ms loss 1%" \
    --plot lo-impaired && gnuplot lo-impaired.plt
                                          what loss does, as lo-impaired.png
  lo-impaired --netem "delay 5ms" --responses lo.csv
                                          delay alone; each response time
)";

/// When the first request is sent that counts. Connections are established before lo is impaired.
const Time WARM_UP = Seconds(100);

/// What the services do, and what is asked of them.
struct Settings
{
    LoHost host;                       //!< where the services are
    uint64_t services{4};              //!< in the chain
    uint64_t connections{32};          //!< to each service
    uint64_t requests{10000};          //!< how many
    uint64_t requestSize{500};         //!< in bytes
    uint64_t responseSize{2000};       //!< in bytes
    Time interval{MilliSeconds(10)};   //!< between requests, on average
    Time serviceTime{MilliSeconds(1)}; //!< of a service, on average
};

void
SendBytes(Ptr<Socket> socket, uint64_t size)
{
    socket->Send(Create<Packet>(static_cast<uint32_t>(size)));
}

/// Messages that a socket receives, each of which an action follows.
class Messages : public SimpleRefCount<Messages>
{
  public:
    /**
     * @param size bytes of each message
     * @param action what follows each
     */
    Messages(uint64_t size, const std::function<void()>& action)
        : m_size(size),
          m_action(action)
    {
    }

    /// Receive what a socket has.
    void Receive(Ptr<Socket> socket)
    {
        while (const auto packet = socket->Recv())
        {
            m_received += packet->GetSize();
        }
        for (; m_received >= m_size; m_received -= m_size)
        {
            m_action();
        }
    }

  private:
    uint64_t m_size;                //!< bytes of each message
    std::function<void()> m_action; //!< what follows each
    uint64_t m_received{0};         //!< bytes of the next
};

/// Have an action follow each message that a socket receives.
void
OnMessage(Ptr<Socket> socket, uint64_t size, const std::function<void()>& action)
{
    socket->SetRecvCallback(MakeCallback(&Messages::Receive, Create<Messages>(size, action)));
}

Ptr<RandomVariableStream>
MakeExponential(Time mean, int64_t stream)
{
    auto variable = CreateObject<ExponentialRandomVariable>();
    variable->SetAttribute("Mean", DoubleValue(mean.GetSeconds()));
    variable->SetStream(stream);
    return variable;
}

/**
 * A client and its services, on one node.
 *
 * Each of the client's connections continues as one connection between each service and the next,
 * with one request at a time.
 */
class ServiceChain
{
  public:
    /**
     * @param settings what happens, on a host that has been created
     */
    explicit ServiceChain(const Settings& settings)
        : m_settings(settings),
          m_node(settings.host.node),
          m_interval(MakeExponential(settings.interval, 1)),
          m_serviceTime(MakeExponential(settings.serviceTime, 2))
    {
        for (uint64_t i = 0; i < settings.services; ++i)
        {
            m_listeners.push_back(Socket::CreateSocket(m_node, TcpSocketFactory::GetTypeId()));
            m_listeners.back()->Bind(GetAddress(i));
            m_listeners.back()->Listen();
            m_listeners.back()->SetAcceptCallback(
                MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                MakeCallback(&ServiceChain::Accept, this).Bind(i));
        }
        for (uint64_t i = 0; i < settings.connections; ++i)
        {
            const auto client = Connect(0);
            m_clients.push_back({client, Time(0)});
            OnMessage(client, settings.responseSize, [this, i] { Receive(i); });
            // Not counted: TCP waits for seconds if it has not measured a round trip yet.
            Simulator::ScheduleWithContext(m_node->GetId(),
                                           WARM_UP / 2,
                                           &SendBytes,
                                           client,
                                           settings.requestSize);
        }
        Simulator::ScheduleWithContext(m_node->GetId(), WARM_UP, &ServiceChain::Ask, this);
    }

    /**
     * @return the response times of the answered requests, in milliseconds
     */
    const std::vector<double>& GetTimes() const
    {
        return m_times;
    }

    /**
     * @return the number of requests sent
     */
    uint64_t GetSent() const
    {
        return m_sent;
    }

  private:
    /// A connection of the client.
    struct Client
    {
        Ptr<Socket> socket; //!< its end
        Time sent;          //!< when its request was due; 0 of the first
    };

    /// A connection to a service.
    struct Connection
    {
        Ptr<Socket> caller; //!< the service's end
        Ptr<Socket> next;   //!< the connection to the next service; null of the last one
    };

    Address GetAddress(uint64_t service) const
    {
        return MakeSocketAddress(m_settings.host.address, static_cast<uint16_t>(8000 + service));
    }

    Ptr<Socket> Connect(uint64_t service)
    {
        auto socket = Socket::CreateSocket(m_node, TcpSocketFactory::GetTypeId());
        socket->Connect(GetAddress(service));
        return socket;
    }

    void Accept(uint64_t service, Ptr<Socket> socket, const Address& /* from */)
    {
        auto& connection = m_connections.emplace_back();
        connection.caller = socket;
        if (service + 1 < m_settings.services)
        {
            connection.next = Connect(service + 1);
            OnMessage(connection.next, m_settings.responseSize, [this, &connection] {
                SendBytes(connection.caller, m_settings.responseSize);
            });
        }
        OnMessage(socket, m_settings.requestSize, [this, &connection] {
            Simulator::Schedule(Seconds(m_serviceTime->GetValue()), [this, &connection] {
                if (connection.next)
                {
                    SendBytes(connection.next, m_settings.requestSize);
                }
                else
                {
                    SendBytes(connection.caller, m_settings.responseSize);
                }
            });
        });
    }

    /// Send a request, or let it wait for a connection.
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
        if (m_waiting.empty() || m_idle.empty())
        {
            return;
        }
        auto& client = m_clients[m_idle.back()];
        m_idle.pop_back();
        client.sent = m_waiting.front();
        m_waiting.pop();
        SendBytes(client.socket, m_settings.requestSize);
    }

    void Receive(uint64_t index)
    {
        const auto sent = m_clients[index].sent;
        if (sent.IsStrictlyPositive())
        {
            m_times.push_back((Simulator::Now() - sent).GetSeconds() * 1000);
        }
        m_idle.push_back(index);
        if (m_times.size() == m_settings.requests)
        {
            Simulator::Stop();
        }
        SendWaiting();
    }

    Settings m_settings;                     //!< what happens
    Ptr<Node> m_node;                        //!< where all of it runs
    Ptr<RandomVariableStream> m_interval;    //!< between requests
    Ptr<RandomVariableStream> m_serviceTime; //!< of a service
    std::vector<Ptr<Socket>> m_listeners;    //!< of the services
    std::deque<Connection> m_connections;    //!< to the services
    std::vector<Client> m_clients;           //!< connections of the client
    std::vector<uint64_t> m_idle;            //!< which of them have no request under way
    std::queue<Time> m_waiting;              //!< requests that have no connection yet
    uint64_t m_sent{0};                      //!< requests sent
    std::vector<double> m_times;             //!< response times in milliseconds
};

/// What came of a simulation.
struct Result
{
    std::string label;         //!< how lo was
    std::vector<double> times; //!< response times in milliseconds, sorted
    uint64_t sent;             //!< requests sent
    std::string counters;      //!< what lo counted
};

/**
 * Simulate once.
 * @param settings what happens
 * @param netem how lo is impaired
 * @return what came of it
 */
Result
Simulate(Settings settings, const std::string& netem)
{
    auto& host = settings.host;
    host.netem.clear();
    host.Create();
    Simulator::Schedule(WARM_UP / 4, [&] { InstallNetem(netem, NetDeviceContainer(host.lo)); });
    ServiceChain chain(settings);
    const StopOnSignal stop;
    Simulator::Stop(Days(1)); // requests that are never answered
    Simulator::Run();

    std::ostringstream counters;
    host.Finish(counters);
    Result result{netem.empty() ? "lo as it is" : netem,
                  chain.GetTimes(),
                  chain.GetSent(),
                  counters.str()};
    std::sort(result.times.begin(), result.times.end());
    return result;
}

/// @return TCP's shortest retransmission timeout, in milliseconds
double
GetMinRto()
{
    TypeId::AttributeInformation info;
    TypeId::LookupByName("ns3::TcpSocketBase").LookupAttributeByName("MinRto", &info);
    return DynamicCast<const TimeValue>(info.initialValue)->Get().GetSeconds() * 1000;
}

void
Print(std::ostream& os, const std::vector<Result>& results)
{
    constexpr int LABEL_WIDTH = 32;
    os << std::left << std::setw(LABEL_WIDTH) << "response time, ms" << std::right << std::fixed
       << std::setprecision(3);
    for (const auto* name : {"p50", "p90", "p99", "p99.9", "max", ">= min RTO", "sent", "answered"})
    {
        os << ' ' << std::setw(10) << name;
    }
    os << '\n';
    for (const auto& [label, times, sent, counters] : results)
    {
        os << std::left << std::setw(LABEL_WIDTH) << label << std::right;
        // Of a run without responses there is a row of zeros.
        const auto count = std::max<std::size_t>(times.size(), 1);
        for (const auto permille : {500, 900, 990, 999, 1000})
        {
            const auto rank = (permille * count + 999) / 1000;
            os << ' ' << std::setw(10) << (times.empty() ? 0 : times[rank - 1]);
        }
        const auto late = times.end() - std::lower_bound(times.begin(), times.end(), GetMinRto());
        os << ' ' << std::setw(8) << 100.0 * static_cast<double>(late) / static_cast<double>(count)
           << " % " << std::setw(10) << sent << ' ' << std::setw(10) << times.size() << '\n';
    }
    for (const auto& result : results)
    {
        os << '\n' << result.label << ":\n" << result.counters;
    }
}

/// Write the share of requests that take a time or longer, by that time, as a gnuplot script.
void
Plot(std::ostream& os, const std::string& prefix, const std::vector<Result>& results)
{
    Gnuplot plot(prefix + ".png", "Response times of services on one host");
    plot.SetTerminal("pngcairo size 1000,600 font \"DejaVu Sans,11\"");
    plot.SetLegend("response time (ms)", "requests that take that long or longer");
    std::ostringstream extra;
    extra << "set grid\n"
             "set logscale xy\n"
             "set yrange [*:1.3]\n"
             "set border 3 back\n"
             "set tics nomirror\n"
             "set colorsequence podo\n"
             "set ytics ('all' 1, '10 %% (p90)' 0.1, '1 %% (p99)' 0.01, '0.1 %% (p99.9)' 0.001, "
             "'0.01 %%' 1e-4, '0.001 %%' 1e-5)\n"
             "set key tmargin vertical maxcols 1 Left reverse\n"
          << "set arrow from " << GetMinRto() << ",graph 0 to " << GetMinRto()
          << ",graph 1 nohead dashtype 2\n"
          << "set label \"TCP retransmits after\\n"
          << GetMinRto() << " ms at the earliest\" at " << GetMinRto()
          << ",graph 0.93 right offset -0.7,0";
    plot.AppendExtra(extra.str());
    for (const auto& result : results)
    {
        Gnuplot2dDataset curve(result.label);
        curve.SetStyle(Gnuplot2dDataset::FSTEPS);
        curve.SetExtra("lw 3");
        const auto count = static_cast<double>(result.times.size());
        for (std::size_t i = 0; i < result.times.size(); ++i)
        {
            curve.Add(result.times[i], (count - static_cast<double>(i)) / count);
        }
        // Of a curve without points gnuplot would take the next one's for commands.
        if (!result.times.empty())
        {
            plot.AddDataset(curve);
        }
    }
    os << "reset\n";
    plot.GenerateOutput(os);
}

/// Set what ns-3's TCP does otherwise than Linux's.
void
SetTcpDefaults()
{
    // A message is one segment.
    Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(65000));
    Config::SetDefault("ns3::TcpSocket::TcpNoDelay", BooleanValue(true));
    Config::SetDefault("ns3::TcpSocket::DelAckTimeout", TimeValue(MilliSeconds(40)));
    Config::SetDefault("ns3::TcpSocket::DataRetries", UintegerValue(15));
    Config::SetDefault("ns3::TcpSocketBase::MinRto", TimeValue(MilliSeconds(200)));
    // ns-3.37's sender crashes at the end of its receiver's window.
    Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(262144));
    // ns-3.37 echoes an old time stamp where requests and responses alternate: a sender takes the
    // age of the connection for its round-trip time, and waits as long before it retransmits.
    Config::SetDefault("ns3::TcpSocketBase::Timestamp", BooleanValue(false));
}

/// @return the words of each run
std::vector<std::string>
SplitImpairments(const std::string& netem)
{
    std::vector<std::string> impairments;
    std::istringstream list(netem);
    for (std::string words; std::getline(list >> std::ws, words, ';');)
    {
        CheckNetem(words);
        impairments.push_back(words);
    }
    return impairments;
}

int
Run(int argc, char* argv[])
{
    SetTcpDefaults();
    Settings settings;
    settings.host.netem = "delay 1ms 0.3ms loss 1%";
    std::string responses;
    std::string plot;
    ExampleOptions options(USAGE, EXAMPLES);
    settings.host.AddOptions(options);
    options.AddNumber("services", settings.services, 1, 100, "services in the chain");
    options.AddNumber("connections", settings.connections, 1, 100, "connections to each service");
    options.AddNumber("requests", settings.requests, 1, 1000000, "requests to send");
    options.AddNumber("request-size", settings.requestSize, 1, 65000, "bytes of a request");
    options.AddNumber("response-size", settings.responseSize, 1, 65000, "bytes of a response");
    options.AddTime("interval", settings.interval, "mean time between requests, exponential");
    options.AddTime("service-time", settings.serviceTime, "mean time of a service, exponential");
    options.AddFile("responses", responses, "write each response time to FILE as CSV");
    options.AddText("plot",
                    "PREFIX",
                    plot,
                    "write PREFIX.plt, of which gnuplot makes the picture PREFIX.png");
    if (!options.Read(argc, argv))
    {
        return EXIT_SUCCESS;
    }
    const auto impairments = SplitImpairments(settings.host.netem);
    OutputFile responsesFile(responses);
    OutputFile plotFile(plot.empty() ? "" : plot + ".plt");

    auto untraced = settings;
    for (auto* file : {&untraced.host.pcap, &untraced.host.pcapng, &untraced.host.json})
    {
        file->clear();
    }
    std::vector<Result> results{Simulate(untraced, "")};
    for (std::size_t i = 0; i < impairments.size() && StopOnSignal::GetSignal() == 0; ++i)
    {
        const bool isLast = i + 1 == impairments.size();
        results.push_back(Simulate(isLast ? settings : untraced, impairments[i]));
    }

    Print(GetReport({settings.host.pcapng, settings.host.json, responses}), results);
    Plot(plotFile.GetStream(), plot, results);
    responsesFile.GetStream() << "run,response_ms\n";
    for (const auto& result : results)
    {
        for (const auto milliseconds : result.times)
        {
            responsesFile.GetStream() << result.label << ',' << milliseconds << '\n';
        }
    }
    responsesFile.Close();
    plotFile.Close();
    return std::all_of(results.begin(),
                       results.end(),
                       [&](const auto& result) { return result.times.size() == settings.requests; })
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunExample("lo-impaired", [&] { return Run(argc, argv); });
}
