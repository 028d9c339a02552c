/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "../model/ns3-release.h"
#include "member-test-case.h"
#include "node-routes.h"
#include "to-callback.h"

#include "ns3/blackhole-helper.h"
#include "ns3/boolean.h"
#include "ns3/flow-id-tag.h"
#include "ns3/icmpv6-header.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6.h"
#include "ns3/node-container.h"
#include "ns3/simple-net-device-helper.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <sstream>
#include <type_traits>
#include <vector>

using namespace ns3;
using namespace ns3::tests;

namespace
{

using Bytes = std::vector<uint8_t>; ///< the bytes of a packet

/// @return the bytes of a packet
Bytes
GetBytes(Ptr<const Packet> packet)
{
    Bytes bytes(packet->GetSize());
    packet->CopyData(bytes.data(), bytes.size());
    return bytes;
}

/**
 * A host and a router, at 10.1.1.1 and .2, fd01::1 and ::2.
 *
 * The router has blackhole routes to 10.9.0.0/24 and fd09::/64, and forwards all other packets to
 * the host. Both send with a TTL and a hop limit of 33.
 */
class RejectNetwork
{
  public:
    /// Make the network, whose routes answer in a way.
    explicit RejectNetwork(Reject reject)
        : host(CreateObject<Node>()),
          router(CreateObject<Node>())
    {
        Config::SetDefault("ns3::Icmpv6L4Protocol::DAD", BooleanValue(false));
        Config::SetDefault("ns3::Ipv4L3Protocol::DefaultTtl", UintegerValue(33));
        Config::SetDefault("ns3::Ipv6L3Protocol::DefaultTtl", UintegerValue(33));
        const NodeContainer nodes(host, router);
        InternetStackHelper internet;
        internet.Install(nodes);
        internet.AssignStreams(nodes, 0);
        const auto devices = SimpleNetDeviceHelper().Install(nodes);
        m_hostLink = devices.Get(0);
        link = devices.Get(1);
        AddInterface(m_hostLink, "10.1.1.1", "fd01::1");
        AddInterface(link, "10.1.1.2", "fd01::2");
        SetDefaultRoute(router, Ipv4Address("10.1.1.1"));
        SetDefaultRoute(router, Ipv6Address("fd01::1"));
        SetDefaultRoute(host, Ipv4Address("10.1.1.2"));
        SetDefaultRoute(host, Ipv6Address("fd01::2"));
        BlackholeHelper blackhole;
        blackhole.SetReject(reject);
        blackhole.AddRoute(router, "10.9.0.0", "/24");
        blackhole.AddRoute(router, "fd09::", "/64");

        const auto handler =
            ToHandler([this](Ptr<NetDevice>, Ptr<const Packet> packet) { OnReceive(packet); });
        host->RegisterProtocolHandler(handler, 0, m_hostLink);
        const auto follow = [](const std::string& source, uint64_t& count) {
            Config::ConnectWithoutContextFailSafe(
                "/NodeList/*/$ns3::IcmpRejecter/" + source,
                ToCallback([&count](uint64_t /* before */, uint64_t after) { count = after; }));
        };
        follow("Sent", sent);
        follow("Suppressed", suppressed);
    }

    ~RejectNetwork()
    {
        Simulator::Destroy();
    }

    RejectNetwork(const RejectNetwork&) = delete;
    RejectNetwork& operator=(const RejectNetwork&) = delete;

    /// Send a packet with tags from the host to the router, and run the simulation.
    /// @return the last answer, or zeros if there is none
    Bytes Send(const Bytes& packet)
    {
        const uint16_t protocol = packet[0] >> 4 == 4 ? 0x0800 : 0x86dd;
        Simulator::ScheduleWithContext(host->GetId(), Time(0), [this, packet, protocol] {
            const auto carrier = Create<Packet>(packet.data(), packet.size());
            carrier->AddByteTag(FlowIdTag(1));
            carrier->AddPacketTag(FlowIdTag(2));
            m_hostLink->Send(carrier, link->GetAddress(), protocol);
        });
        // The stacks resolve the neighbours' addresses at random moments.
        Simulator::Stop(Seconds(1));
        Simulator::Run();
        return answers.empty() ? Bytes(100) : answers.back();
    }

    Ptr<Node> host;             //!< the host
    Ptr<Node> router;           //!< the router
    Ptr<NetDevice> link;        //!< the router's device to the host
    bool tagged{false};         //!< whether an answer had a tag of the host's packet
    std::vector<Bytes> answers; //!< packets that the host received, except neighbour discovery
    uint64_t sent{0};           //!< the IcmpRejecter's Sent
    uint64_t suppressed{0};     //!< the IcmpRejecter's Suppressed

  private:
    /// Record an answer.
    void OnReceive(Ptr<const Packet> packet)
    {
        const auto bytes = GetBytes(packet);
        const auto version = bytes[0] >> 4;
        if (version == 4 ||
            (version == 6 && bytes[40] < Icmpv6Header::ICMPV6_ND_ROUTER_SOLICITATION))
        {
            answers.push_back(bytes);
            FlowIdTag tag;
            tagged = tagged || packet->FindFirstMatchingByteTag(tag) || packet->PeekPacketTag(tag);
        }
    }

    Ptr<NetDevice> m_hostLink; //!< the host's device
};

/// @return the header of a UDP packet into the route, from the host by default
Ipv4Header
MakeIpv4Header(const char* source = "10.1.1.1")
{
    Ipv4Header header;
    header.SetSource(source);
    header.SetDestination("10.9.0.1");
    header.SetProtocol(17);
    header.SetTtl(64);
    header.SetTos(0xb8);
    header.SetIdentification(0x1234);
    return header;
}

/// @return such a header of IPv6
Ipv6Header
MakeIpv6Header(const char* source = "fd01::1")
{
    Ipv6Header header;
    SetAddresses(header, Ipv6Address(source), Ipv6Address("fd09::1"));
    header.SetNextHeader(17);
    header.SetHopLimit(64);
    header.SetTrafficClass(0xb8);
    header.SetFlowLabel(0x12345);
    return header;
}

/// @return a packet with a header, whose payload size this sets
template <class Header>
Bytes
MakePacket(Header header, const Bytes& payload)
{
    if constexpr (std::is_same_v<Header, Ipv6Header>)
    {
        header.SetPayloadLength(payload.size());
    }
    else
    {
        header.SetPayloadSize(payload.size());
        if (Node::ChecksumEnabled())
        {
            header.EnableChecksum();
        }
    }
    const auto packet = Create<Packet>(payload.data(), payload.size());
    packet->AddHeader(header);
    return GetBytes(packet);
}

/// @return a UDP packet from the host into the route, given the bytes of the IP payload
Bytes
MakeUdp(IpVersion version, uint32_t size)
{
    Bytes payload(size);
    std::iota(payload.begin(), payload.end(), 1);
    return version == IpVersion::V4 ? MakePacket(MakeIpv4Header(), payload)
                                    : MakePacket(MakeIpv6Header(), payload);
}

/// Routes that reject.
class RejectCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Check the fields of an answer, which must be Linux's.
    void Answers(IpVersion version, Reject reject, uint32_t code, bool checksums)
    {
        Config::SetGlobal("ChecksumEnabled", BooleanValue(checksums));
        const auto largest = Pick(version, 576U, 1280U) - GetHeaderSize(version) - 8;
        const auto payload = largest - GetHeaderSize(version);
        for (const auto size : {8U, 100U, payload - 1, payload, payload + 1, 1400U})
        {
            const auto packet = MakeUdp(version, size);
            RejectNetwork network(reject);
            const auto answer = network.Send(packet);
            NS_TEST_ASSERT_MSG_EQ(network.answers.size(), 1, "answers to a payload of " << size);
            version == IpVersion::V4 ? CheckIpv4(answer, code) : CheckIpv6(answer, code);
            CheckQuote(version, answer, packet, largest);
            NS_TEST_EXPECT_MSG_EQ(network.tagged, false, "the answer has no tags of the packet");
        }
        auto padded = MakeUdp(version, 8);
        const auto size = padded.size();
        padded.resize(size + 10);
        RejectNetwork network(reject);
        NS_TEST_EXPECT_MSG_EQ(network.Send(padded).size(),
                              GetHeaderSize(version) + 8 + size,
                              "what is after the packet is not quoted");
    }

    void CheckIpv4(const Bytes& answer, uint32_t code)
    {
        Ipv4Header header;
        Create<Packet>(answer.data(), answer.size())->PeekHeader(header);
        NS_TEST_EXPECT_MSG_EQ(header.GetSource(), Ipv4Address("10.1.1.2"), "source");
        NS_TEST_EXPECT_MSG_EQ(header.GetDestination(), Ipv4Address("10.1.1.1"), "destination");
        NS_TEST_EXPECT_MSG_EQ(+header.GetTtl(), 33, "TTL of the node's packets");
        NS_TEST_EXPECT_MSG_EQ(+header.GetTos(), 0xd8, "TOS: that of the packet, precedence 6");
        NS_TEST_EXPECT_MSG_EQ(header.IsDontFragment(), false, "DF");
        NS_TEST_EXPECT_MSG_EQ(+header.GetProtocol(), 1, "protocol");
        NS_TEST_EXPECT_MSG_EQ(+answer[20], 3, "type");
        NS_TEST_EXPECT_MSG_EQ(+answer[21], code, "code");
    }

    void CheckIpv6(const Bytes& answer, uint32_t code)
    {
        Ipv6Header header;
        Create<Packet>(answer.data(), answer.size())->PeekHeader(header);
        const auto [source, destination] = GetAddresses(header);
        NS_TEST_EXPECT_MSG_EQ(source, Ipv6Address("fd01::2"), "source");
        NS_TEST_EXPECT_MSG_EQ(destination, Ipv6Address("fd01::1"), "destination");
        NS_TEST_EXPECT_MSG_EQ(+header.GetHopLimit(), 33, "hop limit of the node's packets");
        NS_TEST_EXPECT_MSG_EQ(+header.GetTrafficClass(), 0, "traffic class");
        NS_TEST_EXPECT_MSG_EQ(+header.GetNextHeader(), 58, "next header");
        NS_TEST_EXPECT_MSG_EQ(+answer[40], 1, "type");
        NS_TEST_EXPECT_MSG_EQ(+answer[41], code, "code");
    }

    /// @return a packet as ns-3 parsed it; before 3.36 that drops IPv6's flow label
    static Bytes ReadAndWrite(const Bytes& bytes)
    {
        const auto packet = Create<Packet>(bytes.data(), bytes.size());
        Ipv6Header header;
        packet->RemoveHeader(header);
        packet->AddHeader(header);
        return GetBytes(packet);
    }

    void CheckQuote(IpVersion version, const Bytes& answer, Bytes packet, std::size_t largest)
    {
        const auto header = GetHeaderSize(version);
        const Bytes unused(answer.begin() + header + 4, answer.begin() + header + 8);
        NS_TEST_EXPECT_MSG_EQ((unused == Bytes(4)), true, "the second word is 0");
        if (version == IpVersion::V6)
        {
            packet = ReadAndWrite(packet);
        }
        packet.resize(std::min(packet.size(), largest));
        NS_TEST_EXPECT_MSG_EQ((Bytes(answer.begin() + header + 8, answer.end()) == packet),
                              true,
                              "the packet as it was sent is quoted, as far as it fits");
    }

    /// Check that the quote fits the MTU of the way back.
    void Mtu()
    {
        for (const uint32_t mtu : {68, 300, 577})
        {
            RejectNetwork network(Reject::UNREACHABLE);
            network.link->SetMtu(mtu);
            NS_TEST_EXPECT_MSG_EQ(network.Send(MakeUdp(IpVersion::V4, 1000)).size(),
                                  std::min(mtu, 576U),
                                  "size of the answer, with an MTU of " << mtu);
        }
        RejectNetwork network(Reject::UNREACHABLE);
        NS_TEST_EXPECT_MSG_EQ(network.Send(MakePacket(MakeIpv4Header(), Bytes(3))).size(),
                              20 + 8 + 20 + 8,
                              "size of the answer to 3 bytes: ns-3's receivers read 8 of a quote");
    }

    /// Send IPv4 packets that must get no answer.
    void NeverIpv4()
    {
        auto header = MakeIpv4Header();
        ExpectAnswers(MakePacket(header, Bytes(8)), 1, "UDP");
        for (const auto source :
             {"0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255", "10.1.1.255", "10.1.1.2"})
        {
            const auto packet = MakePacket(MakeIpv4Header(source), Bytes(8));
            ExpectAnswers(packet, 0, std::string("one from ") + source);
        }
        header.SetMoreFragments();
        ExpectAnswers(MakePacket(header, Bytes(8)), 1, "a first fragment");
        header.SetFragmentOffset(8);
        ExpectAnswers(MakePacket(header, Bytes(8)), 0, "a middle fragment");
        header.SetLastFragment();
        ExpectAnswers(MakePacket(header, Bytes(8)), 0, "the last fragment");
        auto cut = MakePacket(MakeIpv4Header(), Bytes(8));
        cut.pop_back();
        ExpectAnswers(cut, 0, "one that is cut");
        header = MakeIpv4Header();
        header.SetProtocol(1);
        ExpectAnswers(MakePacket(header, Bytes()), 0, "ICMP without a type");
        for (const uint8_t type : {0, 3, 5, 8, 11, 12, 13, 18, 19, 255})
        {
            const bool isError = type != 0 && type != 8 && (type < 13 || type > 18);
            ExpectAnswers(MakePacket(header, {type, 0, 0, 0, 0, 0, 0, 0}),
                          isError ? 0 : 1,
                          "ICMP type " + std::to_string(type));
        }
    }

    /// Send IPv6 packets that must get no answer.
    void NeverIpv6()
    {
        ExpectAnswers(MakePacket(MakeIpv6Header(), Bytes(8)), 1, "UDP");
        for (const auto source : {"::", "::1", "ff02::1", "ff0e::1", "fe80::1", "fd01::2"})
        {
            const auto packet = MakePacket(MakeIpv6Header(source), Bytes(8));
            ExpectAnswers(packet, 0, std::string("one from ") + source);
        }
        for (const uint8_t type : {1, 2, 127, 128, 129, 255})
        {
            // Bare, after options, after an authentication header, in a first fragment.
            const std::pair<uint8_t, Bytes> packets[]{
                {58, {type, 0, 0, 0}},
                {60, {58, 0, 1, 4, 0, 0, 0, 0, type}},
                {51, {58, 1, 0, 0, 0, 0, 0, 7, 0, 0, 0, 1, type}},
                {44, {58, 0, 0, 1, 0, 0, 0, 7, type}},
            };
            const auto name = "ICMPv6 type " + std::to_string(type);
            for (const auto& [next, payload] : packets)
            {
                const auto what = name + " with the first header " + std::to_string(next);
                CheckIpv6Payload(next, payload, type < 128 ? 0 : 1, what);
            }
            CheckIpv6Payload(44, {58, 0, 0, 8, 0, 0, 0, 7, type}, 1, name + " in a later fragment");
        }
        CheckIpv6Payload(58, {}, 0, "ICMPv6 without a type");
        CheckIpv6Payload(60, {44, 255}, 1, "options that reach beyond the packet");
        CheckIpv6Payload(44, {58, 0, 0, 1, 0, 0, 0, 7}, 1, "a first fragment without a type");
        CheckIpv6Payload(60, {58}, 1, "options that are cut off");
        CheckIpv6Payload(60, {58, 7}, 0, "options that end beyond the end");
    }

    void CheckIpv6Payload(uint8_t next,
                          const Bytes& payload,
                          uint64_t expected,
                          const std::string& what)
    {
        auto header = MakeIpv6Header();
        header.SetNextHeader(next);
        ExpectAnswers(MakePacket(header, payload), expected, what);
    }

    /// Check that each of three routes answers in its own way.
    void Routes()
    {
        RejectNetwork network(Reject::UNREACHABLE);
        BlackholeHelper helper;
        helper.AddRoute(network.router, "10.9.1.0", "/24");
        helper.SetReject(BlackholeHelper::PROHIBIT);
        helper.AddRoute(network.router, "10.9.2.0", "/24");
        // A code of 0 stands for no answer.
        const std::pair<const char*, int> steps[]{{"10.9.0.1", 1},
                                                  {"10.9.1.1", 0},
                                                  {"10.9.2.1", 13}};
        for (const auto& [destination, code] : steps)
        {
            network.answers.clear();
            auto header = MakeIpv4Header();
            header.SetDestination(destination);
            const auto answer = network.Send(MakePacket(header, Bytes(8)));
            NS_TEST_EXPECT_MSG_EQ(network.answers.size(),
                                  (code == 0 ? 0 : 1),
                                  "answers for " << destination);
            NS_TEST_EXPECT_MSG_EQ(+answer[21], code, "code for " << destination);
        }
        NS_TEST_EXPECT_MSG_EQ(CountSunk(network.router), 3, "packets that the device counts");
        NS_TEST_EXPECT_MSG_EQ(network.sent, 2, "answers that the rejecter counts");
    }

    /// Check that there is no answer where none is possible.
    void Silent()
    {
        RejectNetwork network(Reject::UNREACHABLE);
        network.Send(MakePacket(MakeIpv4Header("10.9.0.9"), Bytes(8)));
        network.Send(MakePacket(MakeIpv6Header("fd09::9"), Bytes(8)));
        NS_TEST_EXPECT_MSG_EQ(CountSunk(network.router), 2, "from networks that are rejected");
        const auto device = DynamicCast<BlackholeNetDevice>(network.router->GetDevice(2));
        device->SetDown();
        network.Send(MakeUdp(IpVersion::V4, 8));
        network.Send(MakeUdp(IpVersion::V6, 8));
        NS_TEST_EXPECT_MSG_EQ(device->GetStats().txDropped, 2, "while the device is down");
        NS_TEST_EXPECT_MSG_EQ(network.sent + network.answers.size(), 0, "answers");
    }

    /// Check the limits of Linux's icmp_msgs_per_sec and icmp_msgs_burst.
    uint64_t SendMany(RejectNetwork& network, IpVersion version, int count)
    {
        const auto sent = network.sent;
        const auto suppressed = network.suppressed;
        auto ipv4 = MakeIpv4Header();
        auto ipv6 = MakeIpv6Header();
        const auto rejecter = IcmpRejecter::Get(network.router);
        for (int i = 0; i < count; ++i)
        {
            ipv4.SetSource(Ipv4Address(0x0a010103 + i % 3)); // the limit is not per source
            version == IpVersion::V4 ? rejecter->Answer(network.router->GetObject<Ipv4>(),
                                                        Create<Packet>(),
                                                        ipv4,
                                                        Reject::UNREACHABLE)
                                     : rejecter->Answer(network.router->GetObject<Ipv6>(),
                                                        Create<Packet>(),
                                                        ipv6,
                                                        Reject::UNREACHABLE);
        }
        const auto answers = network.sent - sent;
        NS_TEST_EXPECT_MSG_EQ(network.suppressed - suppressed, count - answers, "suppressed");
        return answers;
    }

    void Limit()
    {
        RejectNetwork network(Reject::UNREACHABLE);
        const auto wait = [](Time time) {
            Simulator::Stop(time);
            Simulator::Run();
        };
        NS_TEST_EXPECT_MSG_EQ(SendMany(network, IpVersion::V4, 40), 40, "IPv4 within the burst");
        NS_TEST_EXPECT_MSG_EQ(SendMany(network, IpVersion::V6, 40), 10, "IPv6 gets the rest");
        NS_TEST_EXPECT_MSG_EQ(SendMany(network, IpVersion::V4, 40), 0, "nothing is left");
        wait(MilliSeconds(7));
        NS_TEST_EXPECT_MSG_EQ(SendMany(network, IpVersion::V4, 40), 7, "one per millisecond");
        wait(MicroSeconds(1500));
        NS_TEST_EXPECT_MSG_EQ(SendMany(network, IpVersion::V4, 40), 1, "and a half");
        wait(MicroSeconds(500));
        NS_TEST_EXPECT_MSG_EQ(SendMany(network, IpVersion::V6, 40), 1, "which is kept");
        wait(Seconds(100));
        NS_TEST_EXPECT_MSG_EQ(SendMany(network, IpVersion::V6, 100), 50, "the burst after a pause");
        Config::Set("/NodeList/*/$ns3::IcmpRejecter/MsgsPerSec", UintegerValue(4294967295));
        Config::Set("/NodeList/*/$ns3::IcmpRejecter/MsgsBurst", UintegerValue(4294967295));
        wait(Seconds(1));
        NS_TEST_EXPECT_MSG_EQ(SendMany(network, IpVersion::V4, 5000), 5000, "as good as no limit");
        Config::Set("/NodeList/*/$ns3::IcmpRejecter/MsgsBurst", UintegerValue(0));
        NS_TEST_EXPECT_MSG_EQ(SendMany(network, IpVersion::V4, 10), 0, "no answer without a burst");
    }

    /// Check that the sender's sockets are told.
    void SocketTold()
    {
        RejectNetwork network(Reject::PROHIBIT);
        for (const auto* destination : {"10.9.0.1", "fd09::1"})
        {
            const auto address = ParseAddress(destination);
            auto socket = Socket::CreateSocket(network.host, UdpSocketFactory::GetTypeId());
            socket->SetAttribute("IcmpCallback",
                                 CallbackValue(MakeCallback(&RejectCase::Tell<Ipv4Address>, this)));
            socket->SetAttribute("IcmpCallback6",
                                 CallbackValue(MakeCallback(&RejectCase::Tell<Ipv6Address>, this)));
            socket->Bind(GetAnyEndpoint(GetVersion(address), 0));
            socket->Connect(MakeEndpoint(address, 9));
            Simulator::ScheduleWithContext(network.host->GetId(), Seconds(1), [socket] {
                socket->Send(Create<Packet>(100));
            });
        }
        Simulator::Run();
        const std::set<std::string> expected{"10.1.1.2 3 13", "fd01::2 1 1"};
        NS_TEST_EXPECT_MSG_EQ((m_told == expected), true, "source, type and code of both errors");
    }

    template <class IpAddress>
    void Tell(IpAddress source, uint8_t /* ttl */, uint8_t type, uint8_t code, uint32_t /* info */)
    {
        std::ostringstream text;
        text << source << " " << +type << " " << +code;
        m_told.insert(text.str());
    }

    /// Expect a number of answers to a packet into a blackhole route.
    void ExpectAnswers(const Bytes& packet, uint64_t expected, const std::string& what)
    {
        RejectNetwork network(Reject::UNREACHABLE);
        network.Send(packet);
        NS_TEST_EXPECT_MSG_EQ(network.answers.size(), expected, "answers to " << what);
        NS_TEST_EXPECT_MSG_EQ(network.sent, expected, "Sent after " << what);
        NS_TEST_EXPECT_MSG_EQ(CountSunk(network.router), 1, "packets counted: " << what);
    }

  private:
    std::set<std::string> m_told; //!< the errors that sockets were told
};

/// BlackholeHelper::SetReject and the IcmpRejecter.
const Suite g_suite("lo-reject", TestSuite::Type::UNIT, [](Suite& suite) {
    const auto addAnswers = [&suite](IpVersion version, Reject reject, uint32_t code) {
        for (const bool checksums : {false, true})
        {
            suite.Add(NameOf(version) + " is answered with code " + std::to_string(code) +
                          (checksums ? ", with checksums" : ""),
                      &RejectCase::Answers,
                      version,
                      reject,
                      code,
                      checksums);
        }
    };
    addAnswers(IpVersion::V4, Reject::UNREACHABLE, 1);
    addAnswers(IpVersion::V4, Reject::PROHIBIT, 13);
    addAnswers(IpVersion::V6, Reject::UNREACHABLE, 0);
    addAnswers(IpVersion::V6, Reject::PROHIBIT, 1);
    suite.Add("an ICMP error is not larger than the MTU of the way back", &RejectCase::Mtu);
    suite.Add("IPv4 packets that must not be answered are not", &RejectCase::NeverIpv4);
    suite.Add("IPv6 packets that must not be answered are not", &RejectCase::NeverIpv6);
    suite.Add("each route answers its own way, the device counts the same with all",
              &RejectCase::Routes);
    suite.Add("there is no answer without a way back, or while the device is down",
              &RejectCase::Silent);
    suite.Add("one limit holds for all answers of a node, IPv4 and IPv6, as on Linux",
              &RejectCase::Limit);
    suite.Add("the socket that sent a packet is told of the error", &RejectCase::SocketTold);
});

} // namespace
