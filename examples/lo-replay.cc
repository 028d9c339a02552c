/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * \file
 * Sends the packets of a capture through a simulated loopback device, each at its own time, and
 * writes a capture of what came out.
 */

#include "capture-reader.h"
#include "output-file.h"
#include "program-error.h"
#include "program-options.h"
#include "replacement-file.h"

#include "ns3/drop-reason.h"
#include "ns3/link-stats-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/mac48-address.h"
#include "ns3/node-container.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"

#include <cerrno>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <limits>
#include <map>
#include <string>
#include <utility>

using namespace ns3;

namespace
{

constexpr auto USAGE = R"(Usage: lo-replay FILE --output OUT [OPTION]...
Send the packets of FILE, a capture of a real loopback (tcpdump -i lo -s 0), at
their own times through a simulated one, and write what comes out to OUT. If the
simulated loopback is not told to do otherwise, OUT is byte for byte the same as
FILE. OUT is written when all has gone well, and may be FILE.
)";

constexpr auto EXAMPLES =
    R"(ns-3's own attributes and global values are options too, here and in the file.

Examples:
  lo-replay lo.pcap --output out.pcap && cmp lo.pcap out.pcap
  lo-replay lo.pcap --output out.pcap --ns3::LoNetDevice::Mtu=1500
                                          see what a smaller MTU would have dropped
  lo-replay lo.pcap --output out.pcap \
    '--ns3::LoNetDevice::ReceiveErrorModel=ns3::BurstErrorModel[ErrorRate=0.1]'
                                          lose packets in bursts
)";

/// What the command line says.
struct Options
{
    std::string input;  //!< capture to read
    std::string output; //!< capture to write
};

bool
ReadOptions(int argc, char* argv[], Options& options)
{
    ProgramOptions parser("lo-replay", USAGE, EXAMPLES);
    parser.AddText("input", "FILE", options.input, "the capture to read, also without --input");
    parser.AddText("output", "OUT", options.output, "the capture to write");
    parser.SetPositional("input");
    if (!parser.Read(argc, argv))
    {
        return false;
    }
    if (options.input.empty())
    {
        throw ProgramError("--input: a capture to read is needed; see --help");
    }
    if (options.output.empty())
    {
        throw ProgramError("--output: a capture to write is needed; see --help");
    }
    return true;
}

/// A handler for every protocol: nobody is to miss one on this host.
void
TakePacket(Ptr<NetDevice>,
           Ptr<const Packet>,
           uint16_t,
           const Address&,
           const Address&,
           NetDevice::PacketType)
{
}

/// Sends a capture's packets, and writes those that come out.
class Replay
{
  public:
    /**
     * \param options what to read, and what to write
     * \param temporary name under which to write it
     */
    Replay(const Options& options, const std::string& temporary);

    /// Send all packets. What goes wrong comes as a ProgramError.
    void Run();

    /// Print what was counted.
    void Print() const;

  private:
    /// Read the next packet, and have it sent when its time comes.
    void ScheduleNext();

    /**
     * \param record the packet to send
     */
    void Send(const CaptureReader::Record& record);

    /**
     * \param frame a frame that came out
     */
    void Write(Ptr<const Packet> frame);

    /// Make sure that what was written so far could be.
    void CheckOutput() const;

    /**
     * \param packet a packet that did not come out
     * \param reason why
     */
    void CountDrop(Ptr<const Packet> packet, DropReason reason);

    /**
     * Do something in an event, from which no exception may come.
     * \param action what to do
     */
    template <typename Action>
    void Try(Action action);

    CaptureReader m_reader;                 //!< what is read
    std::string m_outputPath;               //!< name of what is written
    PcapFile m_output;                      //!< what is written
    int64_t m_subSecond;                    //!< nanoseconds in the unit of its times
    NodeContainer m_nodes;                  //!< the one node
    Ptr<LoNetDevice> m_lo;                  //!< its loopback
    uint64_t m_nIn{0};                      //!< packets read
    uint64_t m_nOut{0};                     //!< packets written
    std::map<DropReason, uint64_t> m_drops; //!< packets dropped
    std::exception_ptr m_error;             //!< what went wrong
};

Replay::Replay(const Options& options, const std::string& temporary)
    : m_reader(options.input),
      m_outputPath(options.output)
{
    const auto format = m_reader.GetFormat();
    m_subSecond = format.nanoseconds ? 1 : 1000;
    m_output.Open(temporary, std::ios::out);
    m_output.Init(format.dataLink, format.snapLen, format.zone, format.swapped, format.nanoseconds);

    m_nodes.Create(1);
    LoHelper().Install(m_nodes);
    m_lo = LoHelper::GetLo(m_nodes.Get(0));
    m_nodes.Get(0)->RegisterProtocolHandler(MakeCallback(&TakePacket), 0, m_lo);
    m_lo->TraceConnectWithoutContext("PromiscSniffer", MakeCallback(&Replay::Write, this));
    m_lo->TraceConnectWithoutContext("Drop", MakeCallback(&Replay::CountDrop, this));
}

template <typename Action>
void
Replay::Try(Action action)
{
    try
    {
        action();
    }
    catch (const ProgramError&)
    {
        m_error = std::current_exception();
        Simulator::Stop();
    }
}

void
Replay::Run()
{
    ScheduleNext();
    Simulator::Run();
    if (m_error)
    {
        std::rethrow_exception(m_error);
    }
    errno = 0;
    m_output.Close();
    CheckOutput();
}

void
Replay::CheckOutput() const
{
    if (m_output.Fail())
    {
        ThrowFileError("write", m_outputPath);
    }
}

void
Replay::ScheduleNext()
{
    auto record = m_reader.Read();
    if (!record)
    {
        return;
    }
    ++m_nIn;
    const auto delay = record->time - Simulator::Now();
    const auto sendIt = [this, next = std::move(*record)] {
        Try([&] {
            Send(next);
            ScheduleNext();
        });
    };
    // In the node's context, as every event of a node.
    Simulator::ScheduleWithContext(m_nodes.Get(0)->GetId(), delay, sendIt);
}

void
Replay::Send(const CaptureReader::Record& record)
{
    const auto* header = record.frame.data();
    Mac48Address destination;
    Mac48Address source;
    destination.CopyFrom(header);
    source.CopyFrom(header + 6);
    const auto etherType = static_cast<uint16_t>(header[12] << 8 | header[13]);
    const auto size = static_cast<uint32_t>(record.frame.size()) - ETHERNET_HEADER_SIZE;
    m_lo->SendFrom(Create<Packet>(header + ETHERNET_HEADER_SIZE, size),
                   source,
                   destination,
                   etherType);
}

void
Replay::Write(Ptr<const Packet> frame)
{
    if (m_error)
    {
        return;
    }
    const auto now = Simulator::Now().GetNanoSeconds();
    const auto seconds = now / 1000000000;
    if (seconds > std::numeric_limits<uint32_t>::max())
    {
        Try([this] {
            throw ProgramError("can not write '" + m_outputPath +
                               "': a capture's times end before that at which a packet came out");
        });
        return;
    }
    errno = 0;
    m_output.Write(static_cast<uint32_t>(seconds),
                   static_cast<uint32_t>(now % 1000000000 / m_subSecond),
                   frame);
    Try([this] { CheckOutput(); });
    ++m_nOut;
}

void
Replay::CountDrop(Ptr<const Packet> /* packet */, DropReason reason)
{
    ++m_drops[reason];
}

void
Replay::Print() const
{
    LinkStatsHelper::PrintIpLink(std::cout, m_nodes);
    std::cout << m_nIn << " packets in, " << m_nOut << " packets out\n";
    for (const auto& [reason, count] : m_drops)
    {
        std::cout << count << " dropped: " << reason << '\n';
    }
}

int
Run(int argc, char* argv[])
{
    Options options;
    if (ReadOptions(argc, argv, options))
    {
        ReplacementFile output(options.output);
        Replay replay(options, output.GetTemporaryPath());
        replay.Run();
        output.Commit();
        replay.Print();
    }
    FlushStandardOutput();
    Simulator::Destroy();
    return EXIT_SUCCESS;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("lo-replay", Run, argc, argv);
}
