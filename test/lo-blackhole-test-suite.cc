/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "blackhole-call-sequence.h"

#include "ns3/blackhole-net-device.h"
#include "ns3/channel.h"
#include "ns3/loopback-net-device.h"
#include "ns3/mac64-address.h"
#include "ns3/random-variable-stream.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <sstream>
#include <string>

using namespace ns3;

namespace
{

/// A blackhole takes every packet, says so in its counters and traces, and delivers none.
class SwallowTestCase : public TestCase
{
  public:
    SwallowTestCase()
        : TestCase("a blackhole accepts every packet, counts it as sent, and delivers none")
    {
    }

  private:
    void DoRun() override
    {
        auto blackhole = CreateObject<BlackholeNetDevice>();
        blackhole->SetReceiveCallback(MakeCallback(&SwallowTestCase::OnReceive, this));
        for (const auto source : {"MacTx", "Sniffer", "PromiscSniffer", "MacRx", "MacTxDrop"})
        {
            blackhole->TraceConnect(source, source, MakeCallback(&SwallowTestCase::OnTrace, this));
        }
        blackhole->TraceConnectWithoutContext("Drop", MakeCallback(&SwallowTestCase::OnDrop, this));

        const auto to = Mac48Address("02:00:00:00:00:01");
        NS_TEST_EXPECT_MSG_EQ(blackhole->Send(Create<Packet>(100), to, 0x0800), true, "Send");
        NS_TEST_EXPECT_MSG_EQ(blackhole->SendFrom(Create<Packet>(50),
                                                  Mac64Address("00:00:00:00:00:00:00:01"),
                                                  Address(),
                                                  0x0800),
                              true,
                              "SendFrom, whatever the addresses");
        Simulator::Run();

        LinkStats expected;
        expected.txPackets = 2;
        expected.txBytes = 150;
        NS_TEST_EXPECT_MSG_EQ(blackhole->GetStats(), expected, "counters");
        NS_TEST_EXPECT_MSG_EQ(m_nReceived, 0, "packets delivered");
        NS_TEST_EXPECT_MSG_EQ(m_trace,
                              "MacTx 100, PromiscSniffer 114, Sniffer 114, Drop BLACKHOLE, "
                              "MacTx 50, PromiscSniffer 64, Sniffer 64, Drop BLACKHOLE, ",
                              "what is traced, in order");
    }

    bool OnReceive(Ptr<NetDevice> /* device */,
                   Ptr<const Packet> /* packet */,
                   uint16_t /* protocol */,
                   const Address& /* from */)
    {
        ++m_nReceived;
        return true;
    }

    // NOLINTNEXTLINE(performance-unnecessary-value-param): ns-3 hands a context over so
    void OnTrace(std::string source, Ptr<const Packet> packet)
    {
        m_trace += source + " " + std::to_string(packet->GetSize()) + ", ";
    }

    void OnDrop(Ptr<const Packet> /* packet */, DropReason reason)
    {
        std::ostringstream os;
        os << "Drop " << reason << ", ";
        m_trace += os.str();
    }

    uint32_t m_nReceived{0};
    std::string m_trace;
};

/// A blackhole that is down takes nothing.
class DownTestCase : public TestCase
{
  public:
    DownTestCase()
        : TestCase("a blackhole that is down refuses packets and counts them as TxDropped")
    {
    }

  private:
    void DoRun() override
    {
        auto blackhole = CreateObject<BlackholeNetDevice>();
        blackhole->SetDown();
        const bool taken = blackhole->Send(Create<Packet>(100), blackhole->GetBroadcast(), 0x0800);
        LinkStats expected;
        expected.txDropped = 1;
        NS_TEST_EXPECT_MSG_EQ(taken, false, "what Send returns");
        NS_TEST_EXPECT_MSG_EQ(blackhole->GetStats(), expected, "counters");
        blackhole->SetUp();
        NS_TEST_EXPECT_MSG_EQ(
            blackhole->Send(Create<Packet>(100), blackhole->GetBroadcast(), 0x0800),
            true,
            "what Send returns once the device is up again");
    }
};

/// What ns-3's stack and routing ask a device.
class NatureTestCase : public TestCase
{
  public:
    NatureTestCase()
        : TestCase("a blackhole is an ordinary interface to ns-3's stack and routing")
    {
    }

  private:
    void DoRun() override
    {
        Ptr<NetDevice> blackhole = CreateObject<BlackholeNetDevice>();
        NS_TEST_EXPECT_MSG_EQ(bool(DynamicCast<LoopbackNetDevice>(blackhole)),
                              false,
                              "it is no loopback");
        NS_TEST_EXPECT_MSG_EQ(bool(blackhole->GetChannel()), false, "it has no channel");
        NS_TEST_EXPECT_MSG_EQ(blackhole->IsPointToPoint(), false, "it is no point-to-point link");
        NS_TEST_EXPECT_MSG_EQ(blackhole->IsBridge(), false, "it is no bridge");
        NS_TEST_EXPECT_MSG_EQ(blackhole->NeedsArp(), false, "it needs no ARP");
        NS_TEST_EXPECT_MSG_EQ(blackhole->IsLinkUp(), true, "it is up");
        NS_TEST_EXPECT_MSG_EQ(blackhole->GetBroadcast(),
                              Address(Mac48Address::GetBroadcast()),
                              "its broadcast address is that of Linux's dummy");
    }
};

/// Whatever is done to the device, no packet is lost sight of.
class AnySequenceTestCase : public TestCase
{
  public:
    AnySequenceTestCase()
        : TestCase("every packet is swallowed or refused, and counted so, in any sequence of calls")
    {
    }

  private:
    void DoRun() override
    {
        auto random = CreateObject<UniformRandomVariable>();
        random->SetStream(1);
        for (uint32_t i = 0; i < 300 && !IsStatusFailure(); ++i)
        {
            tests::BlackholeCallSequence sequence(
                [&](uint32_t n) { return random->GetInteger(0, n - 1); });
            sequence.Run();
            NS_TEST_EXPECT_MSG_EQ(sequence.GetProblem(), "", "sequence " << i);
        }
    }
};

class LoBlackholeTestSuite : public TestSuite
{
  public:
    LoBlackholeTestSuite()
        : TestSuite("lo-blackhole", TestSuite::Type::UNIT)
    {
        AddTestCase(new SwallowTestCase);
        AddTestCase(new DownTestCase);
        AddTestCase(new NatureTestCase);
        AddTestCase(new AnySequenceTestCase);
    }
};

LoBlackholeTestSuite g_loBlackholeTestSuite;

} // namespace
