/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "reject-network.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6.h"
#include "ns3/random-variable-stream.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/token-buckets.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <set>
#include <sstream>

using namespace ns3;
using namespace ns3::tests;

namespace
{

constexpr uint32_t IP_HEADER_SIZE[]{20, 40};
constexpr uint32_t MAX_SIZE[]{576, 1280};

uint32_t
IndexOf(IpVersion version)
{
    return version == IpVersion::V4 ? 0 : 1;
}

/// A test case on a RejectNetwork, which is there while Check is called.
class RejectTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

  protected:
    void DoTeardown() override
    {
        Simulator::Destroy();
        Config::Reset();
    }

    /// Whether something gets an answer when it goes into the device.
    void ExpectAnswers(const Bytes& packet,
                       IpVersion version,
                       uint64_t expected,
                       const std::string& what)
    {
        RejectNetwork network("HostUnreachable");
        network.Swallow(packet, version);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(network.answers.size(), expected, "answers to " << what);
        NS_TEST_EXPECT_MSG_EQ(network.sent, expected, "RejectsSent after " << what);
        NS_TEST_EXPECT_MSG_EQ(network.suppressed, 0, "RejectsSuppressed after " << what);
        NS_TEST_EXPECT_MSG_EQ(network.blackhole->GetStats().txPackets, 1, "TxPackets of " << what);
        Simulator::Destroy();
    }
};

/// The fields of an answer that Linux's has too.
class AnswerTestCase : public RejectTestCase
{
  public:
    AnswerTestCase(IpVersion version, const std::string& reject, uint32_t code, bool checksums)
        : RejectTestCase(NameOf(version) + " is answered with " + reject +
                         (checksums ? ", with checksums" : "")),
          m_version(version),
          m_reject(reject),
          m_code(code),
          m_checksums(checksums)
    {
    }

  private:
    void DoRun() override
    {
        Config::SetGlobal("ChecksumEnabled", BooleanValue(m_checksums));
        const auto largest = MAX_SIZE[IndexOf(m_version)] - IP_HEADER_SIZE[IndexOf(m_version)] - 8;
        const auto payload = largest - IP_HEADER_SIZE[IndexOf(m_version)];
        for (const auto size : {8U, 100U, payload - 1, payload, payload + 1, 1400U})
        {
            const auto packet = MakeUdp(m_version, size);
            RejectNetwork network(m_reject);
            network.SendByHost(packet);
            Simulator::Run();
            NS_TEST_ASSERT_MSG_EQ(network.answers.size(), 1, "answers to a payload of " << size);
            const auto& answer = network.answers[0];
            if (m_version == IpVersion::V4)
            {
                CheckIpv4(answer);
            }
            else
            {
                CheckIpv6(answer);
            }
            CheckQuote(answer, packet, largest);
            NS_TEST_EXPECT_MSG_EQ(network.tagged, false, "tags of the packet are not the answer's");
            Simulator::Destroy();
        }
        CheckPadding();
        Config::SetGlobal("ChecksumEnabled", BooleanValue(false));
    }

    void CheckPadding()
    {
        const auto packet = MakeUdp(m_version, 8);
        auto padded = packet;
        padded.resize(packet.size() + 10);
        RejectNetwork network(m_reject);
        network.Swallow(padded, m_version);
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(network.answers.size(), 1, "answers to a padded packet");
        NS_TEST_EXPECT_MSG_EQ(network.answers[0].size(),
                              IP_HEADER_SIZE[IndexOf(m_version)] + 8 + packet.size(),
                              "what is after the packet is not quoted");
        Simulator::Destroy();
    }

    void CheckIpv4(const Bytes& answer)
    {
        Ipv4Header header;
        Create<Packet>(answer.data(), answer.size())->PeekHeader(header);
        NS_TEST_EXPECT_MSG_EQ(header.GetSource(), Ipv4Address("10.1.1.2"), "source");
        NS_TEST_EXPECT_MSG_EQ(header.GetDestination(), Ipv4Address("10.1.1.1"), "destination");
        NS_TEST_EXPECT_MSG_EQ(+header.GetTtl(), 64, "TTL");
        NS_TEST_EXPECT_MSG_EQ(+header.GetTos(), 0xd8, "TOS: that of the packet, precedence 6");
        NS_TEST_EXPECT_MSG_EQ(header.IsDontFragment(), false, "DF");
        NS_TEST_EXPECT_MSG_EQ(+header.GetProtocol(), 1, "protocol");
        NS_TEST_EXPECT_MSG_EQ(+answer[20], 3, "type");
        NS_TEST_EXPECT_MSG_EQ(+answer[21], m_code, "code");
    }

    void CheckIpv6(const Bytes& answer)
    {
        Ipv6Header header;
        Create<Packet>(answer.data(), answer.size())->PeekHeader(header);
        NS_TEST_EXPECT_MSG_EQ(header.GetSource(), Ipv6Address("fd01::2"), "source");
        NS_TEST_EXPECT_MSG_EQ(header.GetDestination(), Ipv6Address("fd01::1"), "destination");
        NS_TEST_EXPECT_MSG_EQ(+header.GetHopLimit(), 64, "hop limit");
        NS_TEST_EXPECT_MSG_EQ(+header.GetTrafficClass(), 0, "traffic class");
        NS_TEST_EXPECT_MSG_EQ(+header.GetNextHeader(), 58, "next header");
        NS_TEST_EXPECT_MSG_EQ(+answer[40], 1, "type");
        NS_TEST_EXPECT_MSG_EQ(+answer[41], m_code, "code");
    }

    void CheckQuote(const Bytes& answer, Bytes packet, std::size_t largest)
    {
        const auto header = IP_HEADER_SIZE[IndexOf(m_version)];
        const Bytes unused(answer.begin() + header + 4, answer.begin() + header + 8);
        NS_TEST_EXPECT_MSG_EQ((unused == Bytes(4)), true, "the second word is 0");
        packet.resize(std::min(packet.size(), largest));
        NS_TEST_EXPECT_MSG_EQ((Bytes(answer.begin() + header + 8, answer.end()) == packet),
                              true,
                              "the packet as it was sent is quoted, as far as it fits");
    }

    IpVersion m_version;
    std::string m_reject;
    uint32_t m_code;
    bool m_checksums;
};

/// What is quoted fits the way back.
class MtuTestCase : public RejectTestCase
{
  public:
    MtuTestCase()
        : RejectTestCase("an ICMP error is not larger than the MTU of the way back")
    {
    }

  private:
    void DoRun() override
    {
        for (const uint32_t mtu : {68, 300, 577})
        {
            RejectNetwork network("HostUnreachable");
            network.link->SetMtu(mtu);
            network.SendByHost(MakeUdp(IpVersion::V4, 1000));
            Simulator::Run();
            NS_TEST_ASSERT_MSG_EQ(network.answers.size(), 1, "answers, with an MTU of " << mtu);
            NS_TEST_EXPECT_MSG_EQ(network.answers[0].size(), std::min(mtu, 576U), "its size");
            Simulator::Destroy();
        }
        // Two IP headers, ICMP's, and the 8 bytes that ns-3's receivers read.
        ExpectSent(56, 1);
        ExpectSent(55, 0);
    }

    void ExpectSent(uint16_t mtu, uint64_t expected)
    {
        RejectNetwork network("HostUnreachable");
        network.link->SetMtu(mtu);
        network.Swallow(MakeUdp(IpVersion::V4, 1000), IpVersion::V4);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(network.sent, expected, "answers, with an MTU of " << mtu);
        Simulator::Destroy();
    }
};

/// IPv4 packets that get no answer.
class NeverIpv4TestCase : public RejectTestCase
{
  public:
    NeverIpv4TestCase()
        : RejectTestCase("IPv4 packets that no error is to be sent for get none")
    {
    }

  private:
    void DoRun() override
    {
        const Bytes udp(8);
        ExpectAnswers(MakePacket(MakeIpv4Header(), udp), IpVersion::V4, 1, "UDP");
        for (const auto source : {"0.0.0.0",
                                  "0.1.2.3",
                                  "127.0.0.1",
                                  "224.0.0.1",
                                  "255.255.255.255",
                                  "10.1.1.255",
                                  "10.1.1.2",
                                  "10.250.0.1"})
        {
            auto header = MakeIpv4Header();
            header.SetSource(source);
            ExpectAnswers(MakePacket(header, udp),
                          IpVersion::V4,
                          0,
                          "one from " + std::string(source));
        }
        for (const auto destination :
             {"224.1.2.3", "255.255.255.255", "10.1.1.255", "127.0.0.1", "0.0.0.0"})
        {
            auto header = MakeIpv4Header();
            header.SetDestination(destination);
            ExpectAnswers(MakePacket(header, udp),
                          IpVersion::V4,
                          0,
                          "one to " + std::string(destination));
        }
        CheckFragments();
        CheckIcmp();
        auto header = MakeIpv4Header();
        header.SetTtl(255);
        ExpectAnswers(MakePacket(header, udp), IpVersion::V4, 0, "one that was not forwarded");
    }

    void CheckFragments()
    {
        auto header = MakeIpv4Header();
        header.SetMoreFragments();
        ExpectAnswers(MakePacket(header, Bytes(8)), IpVersion::V4, 1, "a first fragment");
        header.SetFragmentOffset(8);
        ExpectAnswers(MakePacket(header, Bytes(8)), IpVersion::V4, 0, "a middle fragment");
        header.SetLastFragment();
        ExpectAnswers(MakePacket(header, Bytes(8)), IpVersion::V4, 0, "the last fragment");
    }

    void CheckIcmp()
    {
        auto header = MakeIpv4Header();
        header.SetProtocol(1);
        ExpectAnswers(MakePacket(header, Bytes()), IpVersion::V4, 0, "ICMP without a type");
        for (int type = 0; type < 256; ++type)
        {
            const bool isError = type != 0 && type != 8 && (type < 13 || type > 18);
            Bytes icmp(8);
            icmp[0] = type;
            ExpectAnswers(MakePacket(header, icmp),
                          IpVersion::V4,
                          isError ? 0 : 1,
                          "ICMP type " + std::to_string(type));
        }
    }
};

/// IPv6 packets that get no answer.
class NeverIpv6TestCase : public RejectTestCase
{
  public:
    NeverIpv6TestCase()
        : RejectTestCase("IPv6 packets that no error is to be sent for get none")
    {
    }

  private:
    void DoRun() override
    {
        const Bytes udp(8);
        ExpectAnswers(MakePacket(MakeIpv6Header(), udp), IpVersion::V6, 1, "UDP");
        for (const auto source :
             {"::", "::1", "ff02::1", "ff0e::1", "fe80::1", "fd01::2", "fd50::1"})
        {
            auto header = MakeIpv6Header();
            header.SetSource(source);
            ExpectAnswers(MakePacket(header, udp),
                          IpVersion::V6,
                          0,
                          "one from " + std::string(source));
        }
        for (const auto destination : {"ff02::1", "ff0e::1", "::1"})
        {
            auto header = MakeIpv6Header();
            header.SetDestination(destination);
            ExpectAnswers(MakePacket(header, udp),
                          IpVersion::V6,
                          0,
                          "one to " + std::string(destination));
        }
        auto header = MakeIpv6Header();
        header.SetHopLimit(255);
        ExpectAnswers(MakePacket(header, udp), IpVersion::V6, 0, "one that was not forwarded");
        CheckIcmp();
    }

    void CheckIcmp()
    {
        for (int type = 0; type < 256; ++type)
        {
            const uint64_t expected = type < 128 ? 0 : 1;
            const auto byte = static_cast<uint8_t>(type);
            const auto name = "ICMPv6 type " + std::to_string(type);
            Check(58, {byte, 0, 0, 0}, expected, name);
            Check(60, {58, 0, 1, 4, 0, 0, 0, 0, byte}, expected, name + " after options");
            Check(51,
                  {58, 1, 0, 0, 0, 0, 0, 7, 0, 0, 0, 1, byte},
                  expected,
                  name + " after an authentication header");
            Check(44, {58, 0, 0, 1, 0, 0, 0, 7, byte}, expected, name + " in a first fragment");
            Check(44, {58, 0, 0, 8, 0, 0, 0, 7, byte}, 0, name + " in a later fragment");
        }
        Check(58, {}, 0, "ICMPv6 without a type");
        Check(44, {58, 0, 0, 1, 0, 0, 0, 7}, 1, "a first fragment without a type");
        Check(60, {58}, 1, "options that are cut off");
        Check(60, {58, 7}, 0, "options that end beyond the end");
    }

    void Check(uint8_t next, const Bytes& payload, uint64_t expected, const std::string& what)
    {
        auto header = MakeIpv6Header();
        header.SetNextHeader(next);
        ExpectAnswers(MakePacket(header, payload), IpVersion::V6, expected, what);
    }
};

/// What is no packet does no harm.
class MalformedTestCase : public RejectTestCase
{
  public:
    MalformedTestCase()
        : RejectTestCase("a packet that is cut off or no packet at all is swallowed, no more")
    {
    }

  private:
    void DoRun() override
    {
        for (const auto version : IP_VERSIONS)
        {
            const auto whole = MakeUdp(version, 20);
            const auto other = version == IpVersion::V4 ? IpVersion::V6 : IpVersion::V4;
            ExpectAnswers(whole, other, 0, "the other version");
            for (std::size_t size = 0; size < whole.size(); ++size)
            {
                ExpectAnswers(Bytes(whole.data(), whole.data() + size),
                              version,
                              0,
                              std::to_string(size) + " bytes of " + NameOf(version));
            }
            TryRandomBytes(whole, version);
        }
    }

    void TryRandomBytes(const Bytes& whole, IpVersion version)
    {
        RejectNetwork network("AdminProhibited");
        network.blackhole->SetAttribute("RejectIpv4Interval", TimeValue(Time(0)));
        network.blackhole->SetAttribute("RejectIpv6Interval", TimeValue(Time(0)));
        auto random = CreateObject<UniformRandomVariable>();
        random->SetStream(1);
        constexpr uint32_t COUNT = 5000;
        for (uint32_t i = 0; i < COUNT; ++i)
        {
            auto packet = whole;
            packet.resize(random->GetInteger(0, packet.size() + 40));
            for (auto changes = random->GetInteger(0, 6); changes > 0 && !packet.empty(); --changes)
            {
                packet[random->GetInteger(0, packet.size() - 1)] = random->GetInteger(0, 255);
            }
            network.Swallow(packet, version);
        }
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(network.blackhole->GetStats().txPackets, COUNT, "packets swallowed");
        NS_TEST_EXPECT_MSG_GT(network.sent, 0, "some were answered");
        NS_TEST_EXPECT_MSG_LT(network.sent, COUNT, "some were not");
        Simulator::Destroy();
    }
};

/// Everything else is the same with each Reject, and with None nothing happens.
class CountersTestCase : public RejectTestCase
{
  public:
    CountersTestCase()
        : RejectTestCase("counters and traces are the same with each Reject, and None is silent")
    {
    }

  private:
    void DoRun() override
    {
        const auto silent = Observe("None");
        NS_TEST_EXPECT_MSG_EQ(m_sent, 0, "RejectsSent with None");
        NS_TEST_EXPECT_MSG_EQ(m_events, 2, "events: the two packets");
        const auto answered = Observe("HostUnreachable");
        NS_TEST_EXPECT_MSG_EQ(m_sent, 2, "RejectsSent with HostUnreachable");
        NS_TEST_EXPECT_MSG_EQ(answered, silent, "counters");
        NS_TEST_EXPECT_MSG_EQ(answered.txPackets, 2, "TxPackets");
        NS_TEST_EXPECT_MSG_EQ(answered.txBytes, 20 + 40 + 2 * 100, "TxBytes");
    }

    LinkStats Observe(const std::string& reject)
    {
        RejectNetwork network(reject);
        m_drops = 0;
        network.blackhole->TraceConnectWithoutContext(
            "Drop",
            MakeCallback(&CountersTestCase::OnDrop, this));
        const auto before = Simulator::GetEventCount();
        Simulator::Run();
        const auto idle = Simulator::GetEventCount() - before;
        for (const auto version : IP_VERSIONS)
        {
            network.Swallow(MakeUdp(version, 100), version);
        }
        Simulator::Run();
        m_events = Simulator::GetEventCount() - before - idle;
        m_sent = network.sent;
        NS_TEST_EXPECT_MSG_EQ(network.answers.size(), m_sent, "answers with " << reject);
        NS_TEST_EXPECT_MSG_EQ(m_drops, 2, "Drop with " << reject);
        const auto stats = network.blackhole->GetStats();
        Simulator::Destroy();
        return stats;
    }

    void OnDrop(Ptr<const Packet> /* packet */, DropReason reason)
    {
        m_drops += reason == DropReason::BLACKHOLE ? 1 : 0;
    }

    uint64_t m_sent{0};
    uint64_t m_events{0};
    uint32_t m_drops{0};
};

/// What Reject is when the packet comes counts.
class ChangeTestCase : public RejectTestCase
{
  public:
    ChangeTestCase()
        : RejectTestCase("Reject can be changed while packets come")
    {
    }

  private:
    void DoRun() override
    {
        RejectNetwork network("None");
        network.blackhole->SetAttribute("RejectIpv4Interval", TimeValue(Time(0)));
        const std::pair<const char*, int> steps[]{{"None", -1},
                                                  {"AdminProhibited", 13},
                                                  {"HostUnreachable", 1},
                                                  {"None", -1},
                                                  {"HostUnreachable", 1}};
        for (const auto& [reject, code] : steps)
        {
            network.answers.clear();
            network.blackhole->SetAttribute("Reject", StringValue(reject));
            network.SendByHost(MakeUdp(IpVersion::V4, 100));
            Simulator::Run();
            NS_TEST_ASSERT_MSG_EQ(network.answers.size(),
                                  (code < 0 ? 0 : 1),
                                  "answers: " << reject);
            if (code >= 0)
            {
                NS_TEST_EXPECT_MSG_EQ(+network.answers[0][21], code, "code of " << reject);
            }
        }
    }
};

/// Where there is nobody to answer, nobody does.
class NoStackTestCase : public RejectTestCase
{
  public:
    NoStackTestCase()
        : RejectTestCase("without a node, a stack, or a way back there is no answer")
    {
    }

  private:
    void DoRun() override
    {
        for (const auto version : IP_VERSIONS)
        {
            CheckVersion(version);
            DoTeardown();
        }
    }

    void CheckVersion(IpVersion version)
    {
        const auto udp = MakeUdp(version, 8);
        const uint16_t protocol = version == IpVersion::V4 ? 0x0800 : 0x86dd;
        const auto send = [&udp, protocol](Ptr<BlackholeNetDevice> device) {
            return device->Send(Create<Packet>(udp.data(), udp.size()), Address(), protocol);
        };
        auto alone = CreateObject<BlackholeNetDevice>();
        alone->SetAttribute("Reject", StringValue("HostUnreachable"));
        NS_TEST_EXPECT_MSG_EQ(send(alone), true, "a device on no node");
        auto node = CreateObject<Node>();
        node->AddDevice(alone);
        NS_TEST_EXPECT_MSG_EQ(send(alone), true, "a device on a node without a stack");
        Simulator::Run();

        RejectNetwork network("HostUnreachable");
        NS_TEST_EXPECT_MSG_EQ(send(network.blackhole), true, "a device with all");
        NS_TEST_EXPECT_MSG_EQ(network.sent, 0, "Send has not answered when it returns");
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(network.answers.size(), 1, "the answer comes later");
        network.blackhole->SetDown();
        NS_TEST_EXPECT_MSG_EQ(send(network.blackhole), false, "a device that is down");
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(network.sent, 1, "it does not answer");
        network.blackhole->SetUp();
        network.router->GetObject<Ipv4>()->SetDown(1);
        network.router->GetObject<Ipv6>()->SetDown(1);
        NS_TEST_EXPECT_MSG_EQ(send(network.blackhole), true, "without a way back");
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(network.sent, 1, "it does not answer either");
        NS_TEST_EXPECT_MSG_EQ(send(network.blackhole), true, "a device that is disposed of");
        network.blackhole->Dispose();
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(network.sent, 1, "answers nothing any more");
    }
};

/// How many answers there are in what time, as was seen of Linux 6.18.
class RateTestCase : public RejectTestCase
{
  public:
    RateTestCase()
        : RejectTestCase("the answers to each source are limited as Linux limits them")
    {
    }

  private:
    void DoRun() override
    {
        RejectNetwork network("HostUnreachable");
        const auto send = [this, &network](IpVersion version, int count) {
            const auto sent = network.sent;
            const auto suppressed = network.suppressed;
            for (int i = 0; i < count; ++i)
            {
                network.SendByHost(MakeUdp(version, 8));
            }
            Simulator::Stop(MilliSeconds(1));
            Simulator::Run();
            const auto answers = network.sent - sent;
            NS_TEST_EXPECT_MSG_EQ(network.suppressed - suppressed, count - answers, "suppressed");
            return answers;
        };
        const auto wait = [](Time time) {
            Simulator::Stop(time);
            Simulator::Run();
        };
        NS_TEST_EXPECT_MSG_EQ(send(IpVersion::V4, 100), 2, "IPv4, 100 at once");
        NS_TEST_EXPECT_MSG_EQ(send(IpVersion::V6, 100), 6, "IPv6, 100 at once");
        for (int i = 0; i < 5; ++i)
        {
            wait(Seconds(1.05));
            NS_TEST_EXPECT_MSG_EQ(send(IpVersion::V4, 100),
                                  0,
                                  "IPv4, one token is spent on a try that needs two");
        }
        wait(Seconds(2.1));
        NS_TEST_EXPECT_MSG_EQ(send(IpVersion::V4, 100), 1, "IPv4, after 2 s without");
        NS_TEST_EXPECT_MSG_EQ(send(IpVersion::V6, 100), 6, "IPv6, after 0.6 s without");
        wait(MilliSeconds(250));
        NS_TEST_EXPECT_MSG_EQ(send(IpVersion::V6, 100), 2, "IPv6, after 0.25 s more");
        wait(Seconds(100));
        NS_TEST_EXPECT_MSG_EQ(send(IpVersion::V4, 100), 2, "IPv4, after a long time");

        network.blackhole->SetAttribute("RejectIpv4Interval", TimeValue(Time(0)));
        network.blackhole->SetAttribute("RejectIpv6Interval", TimeValue(Time(0)));
        NS_TEST_EXPECT_MSG_EQ(send(IpVersion::V4, 100), 100, "IPv4 without limit");
        NS_TEST_EXPECT_MSG_EQ(send(IpVersion::V6, 100), 100, "IPv6 without limit");
    }
};

/// The limit is that of a source.
class SourcesTestCase : public RejectTestCase
{
  public:
    SourcesTestCase()
        : RejectTestCase("each source has a limit of its own")
    {
    }

  private:
    void DoRun() override
    {
        RejectNetwork network("HostUnreachable");
        network.blackhole->SetAttribute("RejectIpv4Burst", UintegerValue(8));
        for (int i = 0; i < 100; ++i)
        {
            for (const auto source : {"10.1.1.1", "10.1.1.3", "10.1.1.4"})
            {
                auto header = MakeIpv4Header();
                header.SetSource(source);
                network.Swallow(MakePacket(header, Bytes(8)), IpVersion::V4);
            }
        }
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(network.sent, uint64_t{3} * 4, "RejectsSent");
        NS_TEST_EXPECT_MSG_EQ(network.suppressed, uint64_t{3} * 96, "RejectsSuppressed");
    }
};

/// Buckets are forgotten before there are too many.
class TokenBucketsTestCase : public TestCase
{
  public:
    TokenBucketsTestCase()
        : TestCase("token buckets fill up in time, and the oldest of too many are forgotten")
    {
    }

  private:
    void DoRun() override
    {
        TokenBuckets buckets;
        const auto take = [&buckets](uint32_t peer, double at) {
            return buckets.Take(Ipv4Address(peer), Seconds(at), Seconds(1), 3);
        };
        for (const bool expected : {true, true, true, false, false})
        {
            NS_TEST_EXPECT_MSG_EQ(take(0, 10), expected, "three tokens are there");
        }
        NS_TEST_EXPECT_MSG_EQ(take(0, 10.9), false, "none is back in less than the interval");
        NS_TEST_EXPECT_MSG_EQ(take(0, 11.1), true, "one is, with what came back before");
        NS_TEST_EXPECT_MSG_EQ(take(0, 11.9), false, "and is gone");
        NS_TEST_EXPECT_MSG_EQ(take(0, 12.0), true, "until the next");

        for (uint32_t peer = 1; peer < TokenBuckets::MAX_PEERS; ++peer)
        {
            take(peer, 12);
        }
        NS_TEST_EXPECT_MSG_EQ(take(0, 12), false, "the first is known, as are so many others");
        take(TokenBuckets::MAX_PEERS, 12);
        NS_TEST_EXPECT_MSG_EQ(take(0, 12), false, "it was not the one longest not heard of");
        for (uint32_t peer = 1; peer <= TokenBuckets::MAX_PEERS; ++peer)
        {
            take(TokenBuckets::MAX_PEERS + peer, 12);
        }
        NS_TEST_EXPECT_MSG_EQ(take(0, 12), true, "now it is forgotten, and has a full bucket");
        TakeAtTheEnd();
    }

    /// There is no room for a sum of times, or for a product.
    void TakeAtTheEnd()
    {
        TokenBuckets buckets;
        const Ipv4Address peer("10.0.0.1");
        const auto now = Time::Max() - Seconds(2);
        for (const bool expected : {true, true, true, false})
        {
            NS_TEST_EXPECT_MSG_EQ(buckets.Take(peer, now, Seconds(1), 3),
                                  expected,
                                  "three tokens are there at the end of ns-3's Time");
        }
        NS_TEST_EXPECT_MSG_EQ(buckets.Take(peer, Time::Max(), Seconds(2), 3),
                              true,
                              "one is back after 2 s");
        const Ipv4Address other("10.0.0.2");
        for (const bool expected : {true, false})
        {
            NS_TEST_EXPECT_MSG_EQ(buckets.Take(other, Seconds(1), Time::Max(), 1000000),
                                  expected,
                                  "all of ns-3's Time is one interval of Time::Max()");
        }
        NS_TEST_EXPECT_MSG_EQ(buckets.Take(other, Time::Max(), Seconds(1), 3),
                              true,
                              "the interval is shorter now");
    }
};

/// Who sent it gets to know.
class SocketTestCase : public RejectTestCase
{
  public:
    SocketTestCase()
        : RejectTestCase("the socket that sent a packet is told of the error")
    {
    }

  private:
    void DoRun() override
    {
        RejectNetwork network("AdminProhibited");
        auto socket = Socket::CreateSocket(network.host, UdpSocketFactory::GetTypeId());
        socket->SetAttribute("IcmpCallback",
                             CallbackValue(MakeCallback(&SocketTestCase::OnIcmpv4, this)));
        socket->Connect(InetSocketAddress("10.9.0.1", 9));
        auto socket6 = Socket::CreateSocket(network.host, UdpSocketFactory::GetTypeId());
        socket6->SetAttribute("IcmpCallback6",
                              CallbackValue(MakeCallback(&SocketTestCase::OnIcmpv6, this)));
        socket6->Bind6();
        socket6->Connect(Inet6SocketAddress("fd09::1", 9));
        Simulator::ScheduleWithContext(network.host->GetId(), Seconds(1), [socket, socket6] {
            socket->Send(Create<Packet>(100));
            socket6->Send(Create<Packet>(100));
        });
        Simulator::Run();
        const std::set<std::string> expected{"10.1.1.2 3 13", "fd01::2 1 1"};
        NS_TEST_EXPECT_MSG_EQ((m_told == expected), true, "source, type and code of both errors");
    }

    void OnIcmpv4(Ipv4Address source,
                  uint8_t /* ttl */,
                  uint8_t type,
                  uint8_t code,
                  uint32_t /* info */)
    {
        Tell(source, type, code);
    }

    void OnIcmpv6(Ipv6Address source,
                  uint8_t /* ttl */,
                  uint8_t type,
                  uint8_t code,
                  uint32_t /* info */)
    {
        Tell(source, type, code);
    }

    template <class IpAddress>
    void Tell(const IpAddress& source, uint8_t type, uint8_t code)
    {
        std::ostringstream text;
        text << source << " " << +type << " " << +code;
        m_told.insert(text.str());
    }

    std::set<std::string> m_told;
};

class LoRejectTestSuite : public TestSuite
{
  public:
    LoRejectTestSuite()
        : TestSuite("lo-reject", TestSuite::Type::UNIT)
    {
        for (const bool checksums : {false, true})
        {
            AddTestCase(new AnswerTestCase(IpVersion::V4, "HostUnreachable", 1, checksums));
            AddTestCase(new AnswerTestCase(IpVersion::V4, "AdminProhibited", 13, checksums));
            AddTestCase(new AnswerTestCase(IpVersion::V6, "HostUnreachable", 0, checksums));
            AddTestCase(new AnswerTestCase(IpVersion::V6, "AdminProhibited", 1, checksums));
        }
        AddTestCase(new MtuTestCase);
        AddTestCase(new NeverIpv4TestCase);
        AddTestCase(new NeverIpv6TestCase);
        AddTestCase(new MalformedTestCase);
        AddTestCase(new CountersTestCase);
        AddTestCase(new ChangeTestCase);
        AddTestCase(new NoStackTestCase);
        AddTestCase(new RateTestCase);
        AddTestCase(new SourcesTestCase);
        AddTestCase(new TokenBucketsTestCase);
        AddTestCase(new SocketTestCase);
    }
};

LoRejectTestSuite g_loRejectTestSuite;

} // namespace
