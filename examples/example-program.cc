/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "example-program.h"

#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"
#include "ns3/traffic-control-module.h"

#include <algorithm>
#include <cctype>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <iomanip>
#include <sstream>
#include <stdexcept>

using namespace ns3;

namespace
{

/// The signal that stopped the last simulation, or 0.
volatile std::sig_atomic_t g_signal = 0;

void
StopSimulation(int signal)
{
    std::signal(signal, SIG_DFL);
    g_signal = signal;
    // It only sets a flag.
    Simulator::Stop();
}

void
HandleSignals(void (*handler)(int))
{
    for (const int signal : {SIGINT, SIGTERM})
    {
        if (std::signal(signal, handler) == SIG_IGN)
        {
            std::signal(signal, SIG_IGN);
        }
    }
}

void
PrintError(const std::string& name, std::string text)
{
    // A file's name may have line ends.
    const auto isControl = [](unsigned char c) { return std::iscntrl(c) != 0; };
    std::replace_if(text.begin(), text.end(), isControl, '?');
    std::cerr << name << ": " << text << '\n';
}

/// Make ::1 the source of what is sent to ::1, as it is since ns-3 3.36. Before, the source was ::,
/// which nothing can answer, unless ::1 had a global scope.
void
SetLoopbackSource(Ptr<Ipv6> ip)
{
    const auto loopback = Ipv6Address::GetLoopback();
    if (ip->SourceAddressSelection(0, loopback) != loopback)
    {
        Ipv6InterfaceAddress address(loopback, Ipv6Prefix::GetOnes());
        address.SetScope(Ipv6InterfaceAddress::GLOBAL);
        ip->RemoveAddress(0, 0);
        ip->AddAddress(0, address);
    }
}

/// Add an address to lo, as `ip address add ADDRESS dev lo` does. IPv6 ignores one that it has.
void
AddLoAddress(Ptr<Node> node, const Address& address)
{
    if (Ipv4Address::IsMatchingType(address))
    {
        const auto ip = node->GetObject<Ipv4>();
        const auto own = Ipv4Address::ConvertFrom(address);
        if (ip->GetInterfaceForAddress(own) < 0)
        {
            ip->AddAddress(0, Ipv4InterfaceAddress(own, Ipv4Mask::GetOnes()));
        }
        return;
    }
    const auto own = Ipv6Address::ConvertFrom(address);
    node->GetObject<Ipv6>()->AddAddress(0, Ipv6InterfaceAddress(own, Ipv6Prefix::GetOnes()));
}

} // namespace

int
RunExample(const std::string& name, const std::function<bool()>& run)
{
    // ns-3 has said what is wrong, in a line. Without this, C++ adds one that says nothing.
    std::set_terminate([] { std::_Exit(EXIT_FAILURE); });
    try
    {
        const bool isGood = run();
        if (!std::cout.flush())
        {
            throw std::runtime_error("cannot write standard output");
        }
        if (const int signal = g_signal)
        {
            PrintError(name,
                       std::string(strsignal(signal)) + ": the results are of the time until then");
            std::raise(signal);
        }
        return isGood ? EXIT_SUCCESS : EXIT_FAILURE;
    }
    catch (const std::exception& error)
    {
        PrintError(name, error.what());
        return EXIT_FAILURE;
    }
}

int
RunUntilSignal()
{
    g_signal = 0;
    HandleSignals(&StopSimulation);
    Simulator::Run();
    HandleSignals(SIG_DFL);
    return g_signal;
}

void
LoHost::AddOptions(ExampleOptions& options)
{
    options.Add("dest", UnicastAddress(address), "destination, an address that lo gets");
    options.Add("mtu", AttributeDefault("ns3::LoNetDevice::Mtu"), "MTU of lo");
    options.Add("delivery",
                AttributeDefault("ns3::LoNetDevice::Delivery"),
                "when a packet is delivered: Immediate, Scheduled or Backlog");
    options.Add("netem",
                Text("WORDS", netem),
                "impair lo as `tc qdisc add dev lo root netem WORDS` does");
    options.AddFile("pcap", pcap, "write what crosses lo to FILE, for Wireshark");
    options.AddFile("pcapng",
                    pcapng,
                    "write a pcapng capture to FILE, with dropped packets and why");
    options.AddFile("json", json, "write counters to FILE as `ip -s -j link show` does");
}

void
LoHost::Create()
{
    if (pcap == "-" || std::filesystem::is_fifo(pcap))
    {
        throw std::runtime_error("--pcap: ns-3 cannot write a pcap to a pipe; --pcapng can");
    }
    // No other host can have the address.
    Config::SetDefault("ns3::Icmpv6L4Protocol::DAD", BooleanValue(false));
    node = CreateObject<Node>();
    LoHelper helper;
    helper.Install(node);
    lo = LoHelper::GetLo(node);
    InternetStackHelper().Install(node);
    SetLoopbackSource(node->GetObject<Ipv6>());
    InstallNetem(netem, NetDeviceContainer(lo));
    AddLoAddress(node, address);
    if (!pcap.empty())
    {
        helper.EnablePcap(pcap, lo, true, true);
    }
    if (!pcapng.empty())
    {
        PcapngHelper::EnablePcapng(pcapng, node);
    }
}

Address
LoHost::GetSocketAddress(uint16_t port) const
{
    if (Ipv4Address::IsMatchingType(address))
    {
        return InetSocketAddress(Ipv4Address::ConvertFrom(address), port);
    }
    return Inet6SocketAddress(Ipv6Address::ConvertFrom(address), port);
}

void
LoHost::Finish(std::ostream& report) const
{
    LinkStatsHelper::PrintIpLink(report, node);
    std::ostringstream counters;
    LinkStatsHelper::PrintIpLinkJson(counters, node);
    Simulator::Destroy();
    WriteFile(json, counters.str());
}

NetemParameters
CheckNetem(const std::string& words)
{
    NetemParameters parameters;
    const auto problem = NetemParameters::Parse(words, parameters);
    if (!problem.empty())
    {
        throw std::runtime_error("--netem: " + problem);
    }
    return parameters;
}

void
CheckNetemForTcp(const std::string& words)
{
    if (CheckNetem(words).corrupt > 0)
    {
        throw std::runtime_error(
            "--netem: corrupt cannot be used with TCP: ns-3 aborts or loops on "
            "a corrupted TCP header; use loss instead");
    }
}

void
InstallNetem(const std::string& words, const NetDeviceContainer& devices)
{
    if (!words.empty())
    {
        CheckNetem(words);
        TrafficControlHelper tch;
        tch.SetRootQueueDisc("ns3::NetemQueueDisc", "Parameters", StringValue(words));
        tch.Install(devices);
    }
}

void
SetLinuxTcp()
{
    Config::SetDefault("ns3::TcpSocketBase::MinRto", TimeValue(MilliSeconds(200)));
    Config::SetDefault("ns3::TcpSocket::DelAckTimeout", TimeValue(MilliSeconds(40)));
    Config::SetDefault("ns3::TcpSocket::DataRetries", UintegerValue(15));
}

void
WritePlot(const std::string& prefix, const std::string& rows, const std::string& script)
{
    if (!prefix.empty())
    {
        WriteFile(prefix + ".csv", rows);
        std::ostringstream plot;
        plot << "set terminal pngcairo size 1000,600 font 'DejaVu Sans,11'\nset output "
             << std::quoted(prefix + ".png", '\'', '\'')
             << "\ncsv = " << std::quoted(prefix + ".csv", '\'', '\'')
             << "\nset datafile separator comma\nset key autotitle columnhead\n"
                "set key tmargin\nset grid\nset tics nomirror\n"
             << script;
        WriteFile(prefix + ".plt", plot.str());
    }
}

std::string
MarkPeriod(Time from, Time to, const std::string& color, const std::string& text)
{
    std::ostringstream commands;
    commands << "set object rectangle from " << from.GetSeconds() << ", graph 0 to "
             << to.GetSeconds() << ", graph 1 behind fs solid noborder fc rgb '" << color
             << "'\nset label '" << text << "' at " << from.GetSeconds()
             << ", graph 0.96 offset 0.5, 0\n";
    return commands.str();
}
