/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @file
 * A capture of a real loopback, sent through a simulated one, and a capture of the result.
 */

#include "example-program.h"

#include "ns3/core-module.h"
#include "ns3/loopback-module.h"
#include "ns3/network-module.h"
#include "ns3/traffic-control-module.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <pcap/pcap.h>
#include <stdexcept>
#include <system_error>
#include <unistd.h>
#include <vector>

using namespace ns3;

namespace
{

constexpr auto USAGE = R"(Usage: lo-replay FILE --output OUT [OPTION]...
Send the packets of FILE, a capture of a real loopback (tcpdump -i lo -s 0; pcap
or pcapng, any link type of a loopback), at their own times through a simulated
one, and write what comes out to OUT, a pcap of the same link type. Unless
options change the simulated loopback, OUT equals FILE byte for byte, if FILE is
a pcap as tcpdump writes it on this machine. OUT is written at the end of a run
without errors, and may be FILE; - is standard input or output. Of a capture on
all interfaces (tcpdump -i any) each packet that crossed lo is sent once.

Examples:
  lo-replay lo.pcap --output out.pcap && cmp lo.pcap out.pcap
  lo-replay lo.pcap --output out.pcap --ns3::LoNetDevice::Mtu=1500
                                          what a smaller MTU would have dropped
  lo-replay lo.pcap --output - --netem "loss 10%" | tcpdump -r -
                                          what loss would have left
)";

/// A link type of captures of a loopback. A field that its header lacks is at -1.
struct LinkType
{
    int number;         //!< libpcap's
    uint32_t size;      //!< bytes of the header
    int protocolAt;     //!< EtherType
    int hardwareTypeAt; //!< of the device, as ARP numbers it
    int directionAt;    //!< whether the packet was outgoing
};

constexpr LinkType LINK_TYPES[]{{DLT_EN10MB, 14, 12, -1, -1},
                                {DLT_NULL, 4, -1, -1, -1},
                                {DLT_LOOP, 4, -1, -1, -1},
                                {DLT_RAW, 0, -1, -1, -1},
                                {DLT_IPV4, 0, -1, -1, -1},
                                {DLT_IPV6, 0, -1, -1, -1},
                                {DLT_LINUX_SLL, 16, 14, 2, 1},
                                {DLT_LINUX_SLL2, 20, 0, 8, 10}};

/// A packet of a capture.
struct Record
{
    Time time;                      //!< when it was captured
    std::vector<uint8_t> linkLayer; //!< its link-layer header
    uint16_t protocol{0};           //!< its EtherType
    Ptr<Packet> packet;             //!< the packet after that header
};

uint16_t
ReadBigEndian(const uint8_t* bytes)
{
    return static_cast<uint16_t>(bytes[0] << 8 | bytes[1]);
}

/// Return the unit of a capture's fractions of a second.
Time
GetUnit(pcap_t* capture)
{
    const auto precision = pcap_get_tstamp_precision(capture);
    return precision == PCAP_TSTAMP_PRECISION_MICRO ? MicroSeconds(1) : NanoSeconds(1);
}

/// A capture to read, by libpcap.
class Input
{
  public:
    /**
     * @param path name of the capture; "-" is stdin
     */
    explicit Input(const std::string& path)
        : m_path(path),
          m_file(path == "-" ? stdin : std::fopen(path.c_str(), "rb"))
    {
        const auto precision = PeekPrecision();
        char error[PCAP_ERRBUF_SIZE];
        m_pcap.reset(pcap_fopen_offline_with_tstamp_precision(m_file, precision, error));
        if (!m_pcap)
        {
            Refuse(error);
        }
        const auto number = pcap_datalink(m_pcap.get());
        m_type = std::find_if(std::begin(LINK_TYPES), std::end(LINK_TYPES), [&](const auto& type) {
            return type.number == number;
        });
        if (m_type == std::end(LINK_TYPES))
        {
            Refuse(std::string("its link type is ") +
                   pcap_datalink_val_to_description_or_dlt(number) +
                   "; capture on lo itself: tcpdump -i lo -s 0 -w NEW");
        }
    }

    /**
     * @return libpcap's handle of the file
     */
    pcap_t* GetPcap() const
    {
        return m_pcap.get();
    }

    /**
     * @return the next packet that crossed lo, or nothing at the end
     */
    std::optional<Record> Read()
    {
        pcap_pkthdr* header = nullptr;
        const uint8_t* bytes = nullptr;
        do
        {
            ++m_count;
            const auto begin = std::ftell(m_file);
            const auto result = pcap_next_ex(m_pcap.get(), &header, &bytes);
            if (result == PCAP_ERROR_BREAK)
            {
                return std::nullopt;
            }
            if (result != 1)
            {
                Refuse(pcap_geterr(m_pcap.get()) +
                       std::string("; keep what is before it: editcap -F pcap FILE NEW"));
            }
            Check(*header, std::ftell(m_file) - begin);
        } while (!IsFromLo(bytes));

        // libpcap takes a capture's seconds as signed.
        const auto seconds = static_cast<uint32_t>(header->ts.tv_sec);
        const auto* payload = bytes + m_type->size;
        const auto size = header->caplen - m_type->size;
        const uint16_t ipProtocol = size > 0 && payload[0] >> 4 == 6 ? 0x86dd : 0x0800;
        return Record{Seconds(seconds) + GetUnit(m_pcap.get()) * header->ts.tv_usec,
                      {bytes, payload},
                      m_type->protocolAt < 0 ? ipProtocol
                                             : ReadBigEndian(bytes + m_type->protocolAt),
                      Create<Packet>(payload, size)};
    }

  private:
    [[noreturn]] void Refuse(const std::string& problem) const
    {
        const auto place = m_count > 0 ? "packet " + std::to_string(m_count) + ": " : "";
        throw std::runtime_error("cannot read '" + m_path + "': " + place + problem);
    }

    /// Return the precision of the file's times. The bytes that say so are pushed back for libpcap.
    u_int PeekPrecision() const
    {
        uint8_t bytes[4]{};
        const auto size = m_file ? std::fread(bytes, 1, sizeof(bytes), m_file) : 0;
        if (!m_file || std::ferror(m_file) != 0)
        {
            Refuse(std::strerror(errno));
        }
        if (size == 0)
        {
            Refuse("it is empty; capture again: tcpdump -i lo -s 0 -w NEW");
        }
        if (bytes[0] == 0x1f && bytes[1] == 0x8b)
        {
            Refuse("it is compressed; unpack it: zcat FILE >NEW");
        }
        for (auto i = size; i > 0; --i)
        {
            std::ungetc(bytes[i - 1], m_file);
        }
        // A pcap in microseconds, of either byte order.
        const auto begin = ReadBigEndian(bytes);
        const bool isMicro = (begin == 0xa1b2 && bytes[2] == 0xc3) || begin == 0xd4c3;
        return isMicro ? PCAP_TSTAMP_PRECISION_MICRO : PCAP_TSTAMP_PRECISION_NANO;
    }

    /**
     * Refuse a packet that is not complete.
     * @param header what the capture says about it
     * @param size bytes of the packet and its record header in the file; 0 in a pipe
     */
    void Check(const pcap_pkthdr& header, long size) const
    {
        constexpr long RECORD_HEADER_SIZE = 16;
        if (header.caplen < header.len)
        {
            // The file may hold more of it than libpcap returns.
            Refuse("only " + std::to_string(header.caplen) + " of its " +
                   std::to_string(header.len) + " bytes are within the snap length; " +
                   (size == RECORD_HEADER_SIZE + header.len
                        ? "correct that: mergecap -F pcap -w NEW FILE"
                        : "capture whole packets: tcpdump -i lo -s 0 -w NEW"));
        }
        if (header.caplen < m_type->size || header.caplen > header.len || header.ts.tv_usec < 0 ||
            GetUnit(m_pcap.get()) * header.ts.tv_usec >= Seconds(1))
        {
            Refuse("its size or time is impossible; leave it out: editcap -F pcap FILE NEW " +
                   std::to_string(m_count));
        }
    }

    /**
     * Tell whether a packet was captured on lo, in the direction of the first one that was.
     * @param bytes the packet
     */
    bool IsFromLo(const uint8_t* bytes)
    {
        constexpr uint16_t ARPHRD_LOOPBACK = 772;
        if (m_type->directionAt < 0)
        {
            return true;
        }
        if (ReadBigEndian(bytes + m_type->hardwareTypeAt) != ARPHRD_LOOPBACK)
        {
            return false;
        }
        constexpr uint8_t OUTGOING = 4;
        const bool isOutgoing = bytes[m_type->directionAt] == OUTGOING;
        m_isOutgoing = m_isOutgoing.value_or(isOutgoing);
        return m_isOutgoing == isOutgoing;
    }

    std::string m_path;               //!< name of the file
    std::FILE* m_file;                //!< the file
    const LinkType* m_type{nullptr};  //!< its link type
    uint64_t m_count{0};              //!< packets read
    std::optional<bool> m_isOutgoing; //!< direction of the packets that are sent
    /// The reader of the file.
    std::unique_ptr<pcap_t, decltype(&pcap_close)> m_pcap{nullptr, &pcap_close};
};

/// A pcap to write. The file gets its name when it is complete.
class Output
{
  public:
    /**
     * @param path name of the file; "-" is stdout
     * @param like a capture with the link type and the precision that the file gets
     */
    Output(const std::string& path, pcap_t* like)
        : m_path(path),
          m_unit(GetUnit(like))
    {
        namespace fs = std::filesystem;
        if (path != "-" && !fs::is_other(path))
        {
            m_path = fs::weakly_canonical(path).string();
            // Another run may write the same file.
            m_written = m_path + "." + std::to_string(getpid()) + ".part";
        }
        m_file = pcap_dump_open(like, m_written.c_str());
        Require(m_file != nullptr);
    }

    ~Output()
    {
        if (m_written != m_path)
        {
            std::error_code ignored;
            std::filesystem::remove(m_written, ignored);
        }
    }

    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    /**
     * Write a packet.
     * @param time when it came out
     * @param bytes the packet with its link-layer header
     */
    void Write(Time time, const std::vector<uint8_t>& bytes)
    {
        constexpr int64_t second = 1000000000;
        const auto ns = time.GetNanoSeconds();
        const auto size = static_cast<uint32_t>(bytes.size());
        const pcap_pkthdr header{{ns / second, ns % second / m_unit.GetNanoSeconds()}, size, size};
        pcap_dump(static_cast<u_char*>(static_cast<void*>(m_file)), &header, bytes.data());
        Require(std::ferror(pcap_dump_file(m_file)) == 0);
    }

    /// Give the file its name.
    void Commit()
    {
        Require(pcap_dump_flush(m_file) == 0);
        if (m_written != m_path)
        {
            std::filesystem::rename(m_written, m_path);
            m_written = m_path;
        }
    }

  private:
    void Require(bool isWritten) const
    {
        if (!isWritten)
        {
            throw std::runtime_error("cannot write '" + m_path + "': " + std::strerror(errno));
        }
    }

    std::string m_path;             //!< name of the file
    std::string m_written{m_path};  //!< its name until Commit
    Time m_unit;                    //!< of fractions of a second
    pcap_dumper_t* m_file{nullptr}; //!< the file
};

/// A host that sends the packets of a capture over its lo.
class Replay
{
  public:
    /**
     * @param input the capture
     * @param output where packets that come out of lo go
     * @param netem how lo is impaired
     */
    Replay(Input& input, Output& output, const std::string& netem)
        : m_input(input),
          m_output(output),
          m_node(CreateObject<Node>())
    {
        m_node->AggregateObject(CreateObject<TrafficControlLayer>());
        InstallNetem(netem, LoHelper().Install(m_node));
        m_lo = LoHelper::GetLo(m_node);
        // The host accepts packets of all protocols.
        m_lo->SetReceiveCallback(MakeCallback(&Replay::Take, this));
        m_lo->TraceConnectWithoutContext("PromiscSniffer", MakeCallback(&Replay::Write, this));
        m_lo->TraceConnectWithoutContext("Drop", MakeCallback(&Replay::CountDrop, this));
        ScheduleNext();
    }

    /**
     * Print the counters of lo, and the number of packets by their fate.
     * @param os where to print
     */
    void Print(std::ostream& os) const
    {
        LinkStatsHelper::PrintIpLink(os, m_node);
        os << m_nIn << " packets in, " << m_nOut << " packets out\n";
        for (const auto& [reason, count] : m_drops)
        {
            os << count << " dropped: " << reason << '\n';
        }
    }

  private:
    bool Take(Ptr<NetDevice> /* lo */,
              Ptr<const Packet> /* packet */,
              uint16_t /* protocol */,
              const Address& /* from */)
    {
        return true;
    }

    void ScheduleNext()
    {
        if (const auto record = m_input.Read())
        {
            ++m_nIn;
            const auto delay = Max(record->time - Simulator::Now(), Time(0));
            Simulator::ScheduleWithContext(m_node->GetId(), delay, &Replay::Send, this, *record);
        }
    }

    /// Send a packet, and schedule the one after it.
    void Send(const Record& record)
    {
        m_linkLayers[record.protocol] = record.linkLayer;
        // Two CPUs wrote the capture: its times step back, but simulated time cannot.
        if (record.time < Simulator::Now())
        {
            m_late[record.packet->GetUid()] = Simulator::Now() - record.time;
        }
        m_lo->Send(record.packet, m_lo->GetAddress(), record.protocol);
        ScheduleNext();
    }

    /**
     * Write a packet that came out of lo.
     * @param frame the packet, as an Ethernet frame
     */
    void Write(Ptr<const Packet> frame)
    {
        EthernetHeader ethernet;
        const auto packet = frame->Copy();
        packet->RemoveHeader(ethernet);
        const auto& header = m_linkLayers[ethernet.GetLengthType()];
        std::vector<uint8_t> bytes(header.size() + packet->GetSize());
        std::copy(header.begin(), header.end(), bytes.begin());
        packet->CopyData(bytes.data() + header.size(), packet->GetSize());
        const auto late = m_late.find(frame->GetUid());
        m_output.Write(Simulator::Now() - (late == m_late.end() ? Time(0) : late->second), bytes);
        ++m_nOut;
    }

    void CountDrop(Ptr<const Packet> /* packet */, DropReason reason)
    {
        ++m_drops[reason];
    }

    Input& m_input;                         //!< the capture
    Output& m_output;                       //!< where packets that come out of lo go
    Ptr<Node> m_node;                       //!< a host
    Ptr<LoNetDevice> m_lo;                  //!< its loopback device
    std::map<uint64_t, Time> m_late;        //!< how late a packet was sent, by its UID
    uint64_t m_nIn{0};                      //!< packets sent
    uint64_t m_nOut{0};                     //!< packets that came out
    std::map<DropReason, uint64_t> m_drops; //!< packets that were dropped
    /// Link-layer headers by protocol: on a loopback all packets of a protocol have the same one.
    std::map<uint16_t, std::vector<uint8_t>> m_linkLayers;
};

} // namespace

int
main(int argc, char* argv[])
{
    return RunExample("lo-replay", [&] {
        std::string inputPath;
        std::string outputPath;
        std::string netem;
        ExampleOptions options(USAGE, "input");
        options.Add("input", Text("FILE", inputPath), "the capture to read, also without --input");
        options.AddFile("output", outputPath, "the capture to write");
        options.Add("netem", Text("WORDS", netem), "impair lo as `tc qdisc ... netem WORDS` does");
        options.Read(argc, argv);
        if (inputPath.empty() || outputPath.empty())
        {
            throw std::runtime_error("a FILE to read and --output are needed; see --help");
        }
        Input input(inputPath);
        Output output(outputPath, input.GetPcap());
        Replay replay(input, output, netem);
        RunUntilSignal();
        output.Commit();
        replay.Print(options.GetReport());
        Simulator::Destroy();
        return true;
    });
}
