/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef EXAMPLE_PROGRAM_H
#define EXAMPLE_PROGRAM_H

#include "example-options.h"

#include "ns3/ipv4-address.h"
#include "ns3/lo-net-device.h"
#include "ns3/net-device-container.h"
#include "ns3/netem-parameters.h"
#include "ns3/node.h"

/**
 * @file
 * What the programs share: how they run, and the host with a loopback device that most simulate.
 *
 * @code
 *   int main(int argc, char* argv[])
 *   {
 *       return RunExample("lo-ping", [&] {
 *           LoHost host;
 *           ExampleOptions options("Usage: lo-ping [OPTION]...\n");
 *           host.AddOptions(options);
 *           ... // add more options, and read them
 *           host.Create();
 *           ... // install applications on host.node
 *           RunUntilSignal();
 *           host.Finish(options.GetReport());
 *           return true;
 *       });
 *   }
 * @endcode
 */

/**
 * Run a program. Print an exception as one line on stderr. If a signal stopped the simulation, end
 * by that signal.
 * @param name the program
 * @param run does the work, and returns whether it succeeded
 * @return the exit status
 */
int RunExample(const std::string& name, const std::function<bool()>& run);

/**
 * Run the simulation. SIGINT (Ctrl-C) and SIGTERM stop it as Simulator::Stop does: the program
 * continues, prints its results and closes its files. A second signal ends the program. An ignored
 * signal, as under nohup, stays ignored.
 * @return the signal that stopped the simulation, or 0
 */
int RunUntilSignal();

/// A host with a loopback device, with the options and files that programs share.
struct LoHost
{
    ns3::Address address{ns3::Ipv4Address::GetLoopback()}; //!< an address of lo
    std::string netem;                                     //!< netem's parameters, or nothing
    std::string pcap;                                      //!< file of the capture, or nothing
    std::string pcapng;                                    //!< the same as pcapng
    std::string json;                                      //!< file of the counters, or nothing
    ns3::Ptr<ns3::Node> node;                              //!< the host
    ns3::Ptr<ns3::LoNetDevice> lo;                         //!< its loopback device

    /**
     * Add --dest, --mtu, --delivery, --netem, --pcap, --pcapng and --json.
     * @param options the program's options
     */
    void AddOptions(ExampleOptions& options);

    /// Create the host, with its address, its impairment and its captures.
    void Create();

    /**
     * @param port a port
     * @return the host's address with the port, for a socket to bind or connect to
     */
    ns3::Address GetSocketAddress(uint16_t port) const;

    /**
     * Print the counters, destroy the simulation, and write the file of the counters.
     * @param report where to print
     */
    void Finish(std::ostream& report) const;
};

/**
 * Parse netem's parameters. Throw if they are wrong.
 * @param words the parameters, as tc takes them
 * @return the parameters
 */
ns3::NetemParameters CheckNetem(const std::string& words);

/**
 * Throw if netem's parameters are wrong, or would corrupt packets of TCP.
 * @param words the parameters
 */
void CheckNetemForTcp(const std::string& words);

/**
 * Impair devices, as `tc qdisc add dev lo root netem WORDS` does.
 * @param words netem's parameters, or nothing to leave the devices as they are
 * @param devices the devices, of hosts with the Internet stack
 */
void InstallNetem(const std::string& words, const ns3::NetDeviceContainer& devices);

/**
 * Make TCP's defaults those of Linux: in ns-3 the shortest time-out is 1 s, an acknowledgement is
 * delayed as long as Linux's shortest time-out, and a sender gives up after 6 tries instead of 15.
 */
void SetLinuxTcp();

/**
 * Write PREFIX.csv, and PREFIX.plt, of which gnuplot makes the picture PREFIX.png.
 * @param prefix the prefix, or nothing to write none
 * @param rows the CSV, which begins with the names of its columns
 * @param script gnuplot's commands, in which csv is the name of the CSV
 */
void WritePlot(const std::string& prefix, const std::string& rows, const std::string& script);

/**
 * Mark a period in a plot over time.
 * @param from when the period begins
 * @param to when it ends
 * @param color the background, as #rrggbb
 * @param text what the period is
 * @return commands for WritePlot
 */
std::string MarkPeriod(ns3::Time from,
                       ns3::Time to,
                       const std::string& color,
                       const std::string& text);

#endif /* EXAMPLE_PROGRAM_H */
